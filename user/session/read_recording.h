/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads a whole recording, for report, export and diff.
 */
#ifndef AW_SESSION_READ_RECORDING_H
#define AW_SESSION_READ_RECORDING_H

#include "output/report.h"
#include "session/session.h"

/* A recording that is read.  Not to be copied: it points into itself. */
struct aw_reading {
	struct aw_options options;
	char *source;			/* named by options */
	struct aw_session session;
};

/*
 * Opens `file` (NULL: AW_RECORDING_DEFAULT, "-": standard input), with a copy of
 * `options`.  0, or -errno with the reason.
 */
int aw_reading_open(const struct aw_options *options, const char *file, struct aw_reading *out,
		    struct aw_error *error);

/*
 * Runs to the end of the file.  `event` (NULL: none) gets each event that the
 * filter wants; after its first -errno no more, and that is returned.  0 or
 * -errno with the reason, -EINTR when a signal came before the end: half a
 * recording must not pass for the whole.
 */
int aw_reading_run(struct aw_reading *reading, int (*event)(void *arg, const struct aw_event *event),
		   void *arg, struct aw_error *error);

/*
 * Is everything that was read in the summary, and was there memory to sort it?
 * To be called again after the summary was printed.  0, or -ENOMEM with the reason.
 */
int aw_reading_check(const struct aw_reading *reading, struct aw_error *error);

void aw_reading_close(struct aw_reading *reading);

/* The file of a --source, as messages name it: "standard input" for "recording:-". */
const char *aw_recording_name(const char *source);

/* Says on stderr how far a damaged recording could be read.  True: it is damaged. */
bool aw_reading_warn_damage(const struct aw_reading *reading);

/* Says on stderr what was lost, because not every format can show it. */
void aw_reading_warn_losses(const struct aw_report *report);

#endif
