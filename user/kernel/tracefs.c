// SPDX-License-Identifier: GPL-2.0
/*
 * Where tracefs is, and its event formats as text.
 */
#include "kernel/tracefs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"

const char *aw_tracefs_dir(void)
{
	static const char *const places[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
	char path[64];

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, sizeof(path), "%s/events/kmem", places[i]);
		if (!access(path, X_OK))
			return places[i];
	}
	return NULL;
}

const char *aw_tracefs_mount(void)
{
	AW_FREE char *known = NULL;

	if (!aw_file_read("/proc/filesystems", &known, NULL) && !strstr(known, "\ttracefs\n") &&
	    strstr(known, "\tdebugfs\n"))
		return "mount -t debugfs none /sys/kernel/debug";
	return "mount -t tracefs none /sys/kernel/tracing";
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
