/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A memory cgroup that refuses charges while the machine has free memory.
 *
 * A refused charge of order 4 does not kill a process, because mem_cgroup_oom() ignores costly orders.
 * The room left below the limit, less than such a block, suffices for the page faults of this program.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memcg.h"

#define VERSION_2 "/sys/fs/cgroup"
#define VERSION_1 "/tmp/repro-cgroup"
#define LIMIT_BYTES (8L << 20)

static const char *root;	/* the mount that has the memory controller */
static bool mounted;		/* by this program */

static bool try_write(const char *directory, const char *file, const char *text)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s%s", directory, file);
	out = fopen(path, "w");
	if (!out)
		return false;
	if (fputs(text, out) < 0) {
		fclose(out);
		return false;
	}
	return !fclose(out);
}

static void cgroup_write(const char *file, const char *text)
{
	if (!try_write(root, file, text))
		err(1, "%s%s", root, file);
}

/* Where the kernel has no cgroup2 with this controller: version 1, all there is up to 4.4. */
static void find_controller(void)
{
	root = VERSION_2;
	if (try_write(root, "/cgroup.subtree_control", "+memory"))
		return;
	root = VERSION_1;
	mkdir(root, 0755);
	if (mount("none", root, "cgroup", 0, "memory"))
		err(1, "mount -t cgroup -o memory none %s (the memory controller is needed, version 2 or 1)", root);
	mounted = true;
}

static void set_limits(const char *limit)
{
	if (!mounted) {
		cgroup_write("/repro/memory.max", limit);
		return;
	}
	/* Kernel memory is only counted if it has a limit, set before a task comes in; since 5.16 there is none. */
	try_write(root, "/repro/memory.kmem.limit_in_bytes", limit);
	cgroup_write("/repro/memory.limit_in_bytes", limit);
}

void memcg_enter(void)
{
	char limit[32], directory[64];

	find_controller();
	snprintf(limit, sizeof(limit), "%ld", LIMIT_BYTES);
	snprintf(directory, sizeof(directory), "%s/repro", root);
	if (mkdir(directory, 0755))
		err(1, "%s", directory);
	set_limits(limit);
	cgroup_write("/repro/cgroup.procs", "0");
}

void memcg_leave(void)
{
	char directory[64];

	cgroup_write("/cgroup.procs", "0");
	snprintf(directory, sizeof(directory), "%s/repro", root);
	if (rmdir(directory))
		warn("%s", directory);
	if (mounted && (umount2(root, MNT_DETACH) || rmdir(root)))
		warn("%s", root);
}
