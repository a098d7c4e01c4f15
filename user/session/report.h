/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes the input of all output formats from a session, so that live, report,
 * export and serve agree.
 */
#ifndef AW_SESSION_REPORT_H
#define AW_SESSION_REPORT_H

#include "output/report.h"
#include "session/session.h"

/* The report and what it points to.  Not to be copied: it points into itself. */
struct aw_session_report {
	struct aw_report report;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_loss losses[AW_MAX_LOSSES];
};

/*
 * The session as it is now, also while it runs.  Asks the source for its
 * losses; valid until the session is closed.  `width` as in struct aw_report.
 */
void aw_session_report_make(const struct aw_session *session, unsigned int width,
			    struct aw_session_report *out);

#endif
