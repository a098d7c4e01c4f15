// SPDX-License-Identifier: GPL-2.0
/*
 * Finds tracefs, and reads its event formats.
 */
#include "system/tracefs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/incomplete.h"
#include "base/memory.h"
#include "system/private_mount.h"

#define PATH_SIZE 64

/* Is there an events/kmem that this user may enter? */
static bool has_events(const char *dir)
{
	char path[PATH_SIZE + 16];

	snprintf(path, sizeof(path), "%s/events/kmem", dir);
	return !access(path, X_OK);
}

static const char *find_mounted(void)
{
	static const char *const usual[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };

	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		if (has_events(usual[i]))
			return usual[i];
	return NULL;
}

/* Up to 4.0, there is no tracefs; its files are in debugfs. */
static bool kernel_has_tracefs(void)
{
	AW_FREE char *known = NULL;

	return aw_file_read("/proc/filesystems", &known, NULL) || strstr(known, "\ttracefs\n") ||
	       !strstr(known, "\tdebugfs\n");
}

/* Without the right to mount, there is none; else it is missing although it could be there. */
static void note_failure(int err)
{
	if (err == -EAGAIN || err == -ENOMEM)	/* the former by pthread_create(), which has no stack */
		aw_memory_note_failure();
	else
		aw_incomplete_note_file("tracefs, mounted privately", err);
}

/* The descriptor stays open until the process ends, because it is the only reference to the mount. */
static const char *mount_privately(char dir[PATH_SIZE])
{
	bool tracefs = kernel_has_tracefs();
	int fd = aw_private_mount(tracefs ? "tracefs" : "debugfs");

	if (fd < 0) {
		note_failure(fd);
		return NULL;
	}
	snprintf(dir, PATH_SIZE, "/proc/self/fd/%d%s", fd, tracefs ? "" : "/tracing");
	if (has_events(dir))
		return dir;
	close(fd);
	return NULL;
}

/* The private mount, of which a process has at most one. */
static struct {
	bool tried;
	const char *dir;
	char text[PATH_SIZE];
} private_mount;

const char *aw_tracefs_dir(void)
{
	const char *dir = find_mounted();

	if (dir)
		return dir;
	if (!private_mount.tried) {
		private_mount.tried = true;
		private_mount.dir = mount_privately(private_mount.text);
	}
	return private_mount.dir;
}

bool aw_tracefs_is_private(const char *dir)
{
	return dir && dir == private_mount.dir;
}

const char *aw_tracefs_mount(void)
{
	return kernel_has_tracefs() ? "mount -t tracefs none /sys/kernel/tracing" :
				      "mount -t debugfs none /sys/kernel/debug";
}

int aw_tracefs_format(const char *group, const char *name, char **text, size_t *len)
{
	const char *dir = aw_tracefs_dir();
	char path[256];

	if (!dir)
		return -ENOENT;
	snprintf(path, sizeof(path), "%s/events/%s/%s/format", dir, group, name);
	return aw_file_read(path, text, len);
}
