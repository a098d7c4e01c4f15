// SPDX-License-Identifier: GPL-2.0
/*
 * Other users of the top-level trace buffer.
 */
#include "source/tracefs/users.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "source/tracefs/control_file.h"

/* Files that are open while the top-level buffer is used. */
static const char *const buffer_files[] = { "trace_pipe", "trace_pipe_raw", "snapshot_raw", "trace_marker" };

static int is_buffer_file(const char *path, const char *root)
{
	const char *name = strrchr(path, '/');

	if (!name || strncmp(path, root, strlen(root)) || strstr(path, "/instances/"))
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(buffer_files); i++)
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

/* The process that has the buffer open: "trace-cmd (pid 89)"; "": there is none that can be seen. */
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

/* What stands in the way, and the commands that free the buffer, all at once: one step after the other is refused again. */
struct obstacles {
	char what[160], steps[128];
};

static void add_obstacle(struct obstacles *all, const char *what, const char *value, const char *step)
{
	size_t used = strlen(all->what), done = strlen(all->steps);

	snprintf(all->what + used, sizeof(all->what) - used, "%s%s%.60s", used ? ", " : "", what, value);
	snprintf(all->steps + done, sizeof(all->steps) - done, "%s%s", done ? "; " : "", step);
}

/* The number of entries is taken from per_cpu/cpuN/stats; kernels print it in `trace` at different lines. */
static void find_obstacles(const char *root, struct obstacles *all)
{
	char tracer[64], enabled[8], events[128];

	aw_trace_get(root, "current_tracer", tracer, sizeof(tracer));
	if (strcmp(tracer, "nop"))
		add_obstacle(all, "the tracer ", tracer, "echo nop > current_tracer");
	aw_trace_get(root, "events/enable", enabled, sizeof(enabled));
	aw_trace_get(root, "set_event", events, sizeof(events));
	if (strcmp(enabled, "0") || events[0])
		add_obstacle(all, events[0] ? "the event " : "events", events, "echo 0 > events/enable");
	if (aw_trace_stats(root, "entries"))
		add_obstacle(all, "an earlier trace", "", "cat trace > FILE; echo > trace");
}

int aw_trace_top_is_free(const char *root, struct aw_error *error)
{
	struct obstacles obstacles = { .what = "" };
	char who[96];

	find_user(root, who, sizeof(who));
	if (who[0])
		return aw_error_set(error, -EBUSY, "this kernel has only one trace buffer, and %s uses it: end that first", who);
	find_obstacles(root, &obstacles);
	if (!obstacles.what[0])
		return 0;
	return aw_error_set(error, -EBUSY, "the only trace buffer of this kernel is in use (%s): cd %s; %s", obstacles.what,
			    root, obstacles.steps);
}
