/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Opens the session of a command that watches this machine.
 */
#ifndef AW_CLI_OPEN_H
#define AW_CLI_OPEN_H

#include "session/session.h"

/*
 * Opens the source that the options name.  0, or the exit status after a
 * message: "nothing can be DONE here: ...", AW_EXIT_NOTHING, where this machine
 * has no source.
 */
int aw_open_watching(const struct aw_options *options, const char *done, struct aw_session *session);

#endif
