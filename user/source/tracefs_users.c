// SPDX-License-Identifier: GPL-2.0
/*
 * Who uses the top-level trace buffer already.
 */
#include "source/tracefs_users.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/tracefs_put.h"

/* Files whose readers and writers work with the top-level buffer. */
static const char *const buffer_files[] = { "trace_pipe", "trace_pipe_raw", "snapshot_raw", "trace_marker" };

static int is_buffer_file(const char *path, const char *root)
{
	const char *name = strrchr(path, '/');

	if (!name || strncmp(path, root, strlen(root)) || strstr(path, "/instances/"))
		return 0;
	for (unsigned int i = 0; i < sizeof(buffer_files) / sizeof(buffer_files[0]); i++)
		if (!strcmp(name + 1, buffer_files[i]))
			return 1;
	return 0;
}

static int has_buffer_open(const char *pid, const char *root)
{
	char path[64], target[256];
	struct dirent *entry;
	int found = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%.16s/fd", pid);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir))) {
		char link[384];
		ssize_t len;

		snprintf(link, sizeof(link), "%s/%s", path, entry->d_name);
		len = readlink(link, target, sizeof(target) - 1);
		target[len > 0 ? len : 0] = '\0';
		found = is_buffer_file(target, root);
	}
	if (dir)
		closedir(dir);
	return found;
}

/* The process that has the buffer open: "trace-cmd (pid 89)"; "" none is seen. */
static void find_user(const char *root, char *who, size_t size)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	who[0] = '\0';
	while (proc && !who[0] && (entry = readdir(proc))) {
		char dir[64], comm[64];

		if (!strspn(entry->d_name, "0123456789") || atoi(entry->d_name) == getpid() ||
		    !has_buffer_open(entry->d_name, root))
			continue;
		snprintf(dir, sizeof(dir), "/proc/%.16s", entry->d_name);
		aw_trace_get(dir, "comm", comm, sizeof(comm));
		snprintf(who, size, "%s (pid %.16s)", comm, entry->d_name);
	}
	if (proc)
		closedir(proc);
}

/* # entries-in-buffer... has no exact place in every kernel: per_cpu/cpuN/stats has. */
static int check_settings(const char *root, struct aw_error *error)
{
	char tracer[64], enabled[8], events[128];

	aw_trace_get(root, "current_tracer", tracer, sizeof(tracer));
	if (strcmp(tracer, "nop"))
		return aw_error_set(error, -EBUSY, "the tracer %s is in use in %s: end it, or echo nop > current_tracer there",
				    tracer, root);
	aw_trace_get(root, "events/enable", enabled, sizeof(enabled));
	aw_trace_get(root, "set_event", events, sizeof(events));
	if (strcmp(enabled, "0") || events[0])
		return aw_error_set(error, -EBUSY, "somebody traces %s in %s: end that, or echo 0 > events/enable there",
				    events[0] ? events : "events", root);
	if (aw_trace_stats(root, "entries"))
		return aw_error_set(error, -EBUSY, "the trace buffer in %s holds an earlier trace: save it, then echo > trace there",
				    root);
	return 0;
}

int aw_trace_top_is_free(const char *root, struct aw_error *error)
{
	char who[96];

	find_user(root, who, sizeof(who));
	if (who[0])
		return aw_error_set(error, -EBUSY, "this kernel has one trace buffer for all, and %s uses it: end that first", who);
	return check_settings(root, error);
}
