// SPDX-License-Identifier: GPL-2.0
/*
 * Names of trace instances: who made one, and what else it changed.
 */
#include "source/tracefs_note.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"

/* Clocks by letter, 'a' the first: names of instances have to be short. */
static const char *const clocks[] = { "local", "global", "counter", "uptime", "perf", "mono", "mono_raw", "boot", "tai",
				      "x86-tsc" };
#define CLOCKS (sizeof(clocks) / sizeof(clocks[0]))

/* One that nobody knows becomes the kernel's default. */
static char clock_letter(const char *name)
{
	for (unsigned int i = 0; i < CLOCKS; i++)
		if (!strcmp(clocks[i], name))
			return (char)('a' + i);
	return 'a';
}

void aw_trace_note_write(const struct aw_trace_note *note, char text[AW_TRACE_NOTE_TEXT])
{
	int used = snprintf(text, AW_TRACE_NOTE_TEXT, "allocwatch-%d-%x-%c", note->pid, note->start, note->part);

	if (note->part == 't')
		snprintf(text + used, AW_TRACE_NOTE_TEXT - used, "%c%d", clock_letter(note->top.clock),
			 note->top.stacktrace | note->top.tracing_on << 1);
}

int aw_trace_note_parse(const char *text, struct aw_trace_note *out)
{
	struct aw_trace_note note = { .pid = 0 };
	int used = 0;

	if (sscanf(text, "allocwatch-%d-%x-%c%n", &note.pid, &note.start, &note.part, &used) != 3 || note.pid <= 0 ||
	    !strchr("fet", note.part))
		return -EINVAL;
	text += used;
	if (note.part == 't') {
		unsigned int clock = (unsigned char)text[0] - 'a';

		if (clock >= CLOCKS || text[1] < '0' || text[1] > '3')
			return -EINVAL;
		snprintf(note.top.clock, sizeof(note.top.clock), "%s", clocks[clock]);
		note.top.stacktrace = text[1] & 1;
		note.top.tracing_on = text[1] & 2;
		text += 2;
	}
	if (*text)
		return -EINVAL;
	*out = note;
	return 0;
}

/*
 * 331 (a) b) S 1 331 ... : field 22 is the start time; the name may hold
 * anything, so that counting begins behind its last parenthesis.
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

void aw_trace_note_own(struct aw_trace_note *note)
{
	note->pid = getpid();
	note->start = start_of(note->pid);
}

bool aw_trace_note_alive(const struct aw_trace_note *note)
{
	return start_of(note->pid) == note->start;
}
