/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command that `allocwatch record -- COMMAND` runs.
 */
#ifndef AW_CLI_RECORD_CHILD_H
#define AW_CLI_RECORD_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "cli/sudo_user.h"

struct aw_child {
	pid_t pid;	/* 0: none was started, or it was waited for */
	int status;	/* as in a shell: 128 + signal if it was killed */
};

/*
 * Starts it as `caller` (NULL: as this process).  From then on SIGINT, SIGTERM, SIGHUP and SIGQUIT go to it, and
 * the recording ends when it does; what a terminal sends, it gets by itself.
 * 0, or -errno with the reason and `status` 127 (not found) or 126.
 */
int aw_child_start(struct aw_child *child, const struct aw_sudo_user *caller, char **argv, struct aw_error *error);

/* Has it ended?  Its status is kept. */
bool aw_child_ended(struct aw_child *child);

/* Waits until it ends. */
void aw_child_wait(struct aw_child *child);

#endif
