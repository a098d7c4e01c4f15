// SPDX-License-Identifier: GPL-2.0
/*
 * The user who called sudo: SUDO_UID, SUDO_GID and SUDO_USER, see sudo(8).
 *
 * The names and groups are not asked from the C library, whose sources of names
 * a static program cannot load.
 */
#include "cli/sudo_user.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/units.h"

#define ANCESTORS 32

static bool number_of(const char *variable, uint32_t *out)
{
	const char *text = getenv(variable);
	uint64_t number;

	if (!text || aw_parse_number(text, &number) || number >= UINT32_MAX)
		return false;
	*out = (uint32_t)number;
	return true;
}

/* Groups:	4 24 27 1000 */
static void read_groups(const char *line, struct aw_sudo_user *caller)
{
	char *end;

	caller->nr_groups = 0;
	while (caller->nr_groups < AW_SUDO_GROUPS) {
		unsigned long group = strtoul(line, &end, 10);

		if (end == line)
			return;
		caller->groups[caller->nr_groups++] = (gid_t)group;
		line = end;
	}
}

/* The parent of a process; *same: it belongs to the caller, whose groups were taken.  0: not known. */
static pid_t look_at(pid_t pid, struct aw_sudo_user *caller, bool *same)
{
	char path[64], line[4096];
	AW_FCLOSE FILE *file = NULL;
	unsigned int uid = 0;
	int parent = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file)) {
		sscanf(line, "PPid: %d", &parent);
		*same |= sscanf(line, "Uid: %u", &uid) == 1 && uid == caller->uid;
		if (*same && !strncmp(line, "Groups:", 7))
			read_groups(line + 7, caller);
	}
	return parent;
}

/* Those of the nearest ancestor that the user started, which is the shell; else only the user's own group. */
static void find_groups(struct aw_sudo_user *caller)
{
	pid_t pid = getppid();
	bool same = false;

	caller->groups[0] = caller->gid;
	caller->nr_groups = 1;
	for (int i = 0; pid > 0 && !same && i < ANCESTORS; i++)
		pid = look_at(pid, caller, &same);
}

bool aw_sudo_user_find(struct aw_sudo_user *out)
{
	const char *name = getenv("SUDO_USER");

	*out = (struct aw_sudo_user){ .name = name ? name : "" };
	if (geteuid() || !number_of("SUDO_UID", &out->uid) || !number_of("SUDO_GID", &out->gid) || !out->uid)
		return false;
	find_groups(out);
	return true;
}

/* sudo set these to root's.  A user who is not in /etc/passwd gets no HOME. */
static void set_environment(const struct aw_sudo_user *caller)
{
	AW_FCLOSE FILE *file = fopen("/etc/passwd", "re");
	struct passwd *row;

	if (caller->name[0]) {
		setenv("USER", caller->name, 1);
		setenv("LOGNAME", caller->name, 1);
	}
	unsetenv("HOME");
	while (file && (row = fgetpwent(file)))
		if (row->pw_uid == caller->uid) {
			setenv("HOME", row->pw_dir, 1);
			return;
		}
}

int aw_sudo_user_become(const struct aw_sudo_user *caller)
{
	if (setgroups((size_t)caller->nr_groups, caller->groups) || setresgid(caller->gid, caller->gid, caller->gid) ||
	    setresuid(caller->uid, caller->uid, caller->uid))
		return -errno;
	set_environment(caller);
	return 0;
}
