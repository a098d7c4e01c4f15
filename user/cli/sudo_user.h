/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The user who called sudo.
 */
#ifndef AW_CLI_SUDO_USER_H
#define AW_CLI_SUDO_USER_H

#include <stdbool.h>
#include <sys/types.h>

#define AW_SUDO_GROUPS 256

struct aw_sudo_user {
	uid_t uid;
	gid_t gid;
	const char *name;	/* of the environment */
	int nr_groups;
	gid_t groups[AW_SUDO_GROUPS];	/* of the process that called it */
};

/* False: this is not root by sudo of somebody else. */
bool aw_sudo_user_find(struct aw_sudo_user *out);

/*
 * Becomes that user, with USER, LOGNAME and HOME.  For a child that runs a
 * program.  0 or -errno.
 */
int aw_sudo_user_become(const struct aw_sudo_user *caller);

#endif
