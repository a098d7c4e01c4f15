// SPDX-License-Identifier: GPL-2.0
/*
 * The names of trace instances, which say who made them and what else was changed.
 */
#include "source/tracefs/instance_name.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/file.h"

/* The letter of a clock, 'a' for the first, because the names of instances have to be short. */
static const char *const clocks[] = { "local", "global", "counter", "uptime", "perf", "mono", "mono_raw", "boot", "tai",
				      "x86-tsc" };
#define CLOCKS ARRAY_SIZE(clocks)

/* An unknown clock becomes the default of the kernel. */
static char clock_letter(const char *name)
{
	for (unsigned int i = 0; i < CLOCKS; i++)
		if (!strcmp(clocks[i], name))
			return (char)('a' + i);
	return 'a';
}

void aw_instance_name_write(const struct aw_instance_name *name, char text[AW_INSTANCE_NAME])
{
	int used = snprintf(text, AW_INSTANCE_NAME, "allocwatch-%d-%x-%c", name->pid, name->start, name->part);

	if (name->part == 't')
		snprintf(text + used, AW_INSTANCE_NAME - used, "%c%d", clock_letter(name->top.clock),
			 name->top.stacktrace | name->top.tracing_on << 1);
}

int aw_instance_name_parse(const char *text, struct aw_instance_name *out)
{
	struct aw_instance_name name = { .pid = 0 };
	int used = 0;

	if (sscanf(text, "allocwatch-%d-%x-%c%n", &name.pid, &name.start, &name.part, &used) != 3 || name.pid <= 0 ||
	    !strchr("fet", name.part))
		return -EINVAL;
	text += used;
	if (name.part == 't') {
		unsigned int clock = (unsigned char)text[0] - 'a';

		if (clock >= CLOCKS || text[1] < '0' || text[1] > '3')
			return -EINVAL;
		snprintf(name.top.clock, sizeof(name.top.clock), "%s", clocks[clock]);
		name.top.stacktrace = text[1] & 1;
		name.top.tracing_on = text[1] & 2;
		text += 2;
	}
	if (*text)
		return -EINVAL;
	*out = name;
	return 0;
}

/*
 * 331 (a) b) S 1 331 ... : field 22 is the start time.  The name may contain
 * anything, so fields are counted from the last parenthesis.
 */
static uint32_t start_of(int pid)
{
	AW_FREE char *text = NULL;
	unsigned long long start = 0;
	char path[32];
	const char *rest;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (aw_file_read(path, &text, NULL) || !(rest = strrchr(text, ')')))
		return 0;
	sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &start);
	return (uint32_t)start;
}

void aw_instance_name_own(struct aw_instance_name *name)
{
	name->pid = getpid();
	name->start = start_of(name->pid);
}

bool aw_instance_name_alive(const struct aw_instance_name *name)
{
	return start_of(name->pid) == name->start;
}
