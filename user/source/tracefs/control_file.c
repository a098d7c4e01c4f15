// SPDX-License-Identifier: GPL-2.0
/*
 * Reading and writing the small files of tracefs.
 */
#include "source/tracefs/control_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "source/tracefs/record.h"

int aw_trace_put(const char *dir, const char *file, const char *text)
{
	AW_CLOSE int fd = -1;
	char path[320];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		return -errno;
	return 0;
}

int aw_trace_put_event(const char *dir, unsigned int type, const char *file, const char *text)
{
	const struct aw_trace_event *event = &aw_trace_events[type];
	char path[128];

	snprintf(path, sizeof(path), "events/%s/%s/%s", event->group, event->name, file);
	return aw_trace_put(dir, path, text);
}

void aw_trace_get(const char *dir, const char *file, char *line, size_t size)
{
	AW_FREE char *text = NULL;
	char path[320];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	line[0] = '\0';
	if (!aw_file_read(path, &text, NULL))
		snprintf(line, size, "%.*s", (int)strcspn(text, "\n"), text);
}

void aw_trace_get_clock(const char *dir, char *clock, size_t size)
{
	char line[256];
	const char *open;

	aw_trace_get(dir, "trace_clock", line, sizeof(line));
	open = strchr(line, '[');
	snprintf(clock, size, "%.*s", open ? (int)strcspn(open + 1, "]") : 0, open ? open + 1 : "");
}

/* overrun: 12 */
static uint64_t number_of(const char *text, const char *name)
{
	const char *line = text;
	size_t len = strlen(name);

	while (line) {
		if (!strncmp(line, name, len) && line[len] == ':')
			return strtoull(line + len + 1, NULL, 10);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return 0;
}

uint64_t aw_trace_stats(const char *dir, const char *name)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	uint64_t sum = 0;

	for (long cpu = 0; cpu < cpus; cpu++) {
		AW_FREE char *text = NULL;
		char path[320];

		snprintf(path, sizeof(path), "%s/per_cpu/cpu%ld/stats", dir, cpu);
		if (!aw_file_read(path, &text, NULL))
			sum += number_of(text, name);
	}
	return sum;
}
