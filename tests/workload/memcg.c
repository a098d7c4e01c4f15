/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A memory cgroup that refuses what the machine could give.
 *
 * A refused charge of order 4 kills nobody: mem_cgroup_oom() leaves costly orders alone. What remains
 * below the limit, less than one such block, is enough for our own page faults.
 */
#include <err.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memcg.h"

#define ROOT "/sys/fs/cgroup"
#define OURS ROOT "/repro"
#define LIMIT_BYTES (8L << 20)

static void cgroup_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file))
		err(1, "%s (cgroup2 with the memory controller is needed)", path);
}

void memcg_enter(void)
{
	char limit[32];

	snprintf(limit, sizeof(limit), "%ld", LIMIT_BYTES);
	cgroup_write(ROOT "/cgroup.subtree_control", "+memory");
	if (mkdir(OURS, 0755))
		err(1, OURS);
	cgroup_write(OURS "/memory.max", limit);
	cgroup_write(OURS "/cgroup.procs", "0");
}

void memcg_leave(void)
{
	cgroup_write(ROOT "/cgroup.procs", "0");
	if (rmdir(OURS))
		warn(OURS);
}
