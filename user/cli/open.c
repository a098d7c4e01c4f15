// SPDX-License-Identifier: GPL-2.0
/*
 * Opens the session of a command that watches this machine.
 */
#include "cli/open.h"

#include <errno.h>

#include "base/exit_status.h"
#include "cli/say.h"
#include "session/boot_trace.h"

/* Without page scans, verdicts say less. */
static void open_scanner(struct aw_session *session)
{
	struct aw_error error;

	if (aw_watches_here(session->options->source) && aw_session_open_scanner(session, &error))
		aw_say("no page scans: %s", error.text);
}

int aw_open_watching(const struct aw_options *options, const char *done, struct aw_session *session)
{
	struct aw_error error;
	int err = aw_session_open(options, session, &error);

	if (!err) {
		open_scanner(session);
		return 0;
	}
	if (err != -ENODEV)
		return aw_say_error(&error);
	aw_say("nothing can be %s here: %s", done, error.text);
	aw_say("allocwatch doctor says what each source needs; a log of this machine: allocwatch explain FILE");
	return AW_EXIT_NOTHING;
}
