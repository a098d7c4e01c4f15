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

void aw_trace_note_write(const struct aw_trace_note *note, char text[AW_TRACE_NOTE_TEXT])
{
	int used = snprintf(text, AW_TRACE_NOTE_TEXT, "allocwatch-%d-%llu-%c", note->pid,
			    (unsigned long long)note->start, note->part);

	if (note->part == 't')
		snprintf(text + used, AW_TRACE_NOTE_TEXT - used, "-%s-%d-%d", note->top.clock, note->top.stacktrace,
			 note->top.tracing_on);
}

int aw_trace_note_parse(const char *text, struct aw_trace_note *out)
{
	struct aw_trace_note note = { .pid = 0 };
	unsigned long long start;
	int used = 0, stacktrace, tracing_on;

	if (sscanf(text, "allocwatch-%d-%llu-%c%n", &note.pid, &start, &note.part, &used) != 3 || note.pid <= 0 ||
	    !strchr("fet", note.part))
		return -EINVAL;
	note.start = start;
	text += used;
	if (note.part == 't') {
		used = 0;
		if (sscanf(text, "-%15[^-]-%1d-%1d%n", note.top.clock, &stacktrace, &tracing_on, &used) != 3)
			return -EINVAL;
		note.top.stacktrace = stacktrace;
		note.top.tracing_on = tracing_on;
		text += used;
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
static uint64_t start_of(int pid)
{
	AW_FREE char *text = NULL;
	unsigned long long start = 0;
	char path[32];
	const char *rest;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (aw_file_read(path, &text, NULL) || !(rest = strrchr(text, ')')))
		return 0;
	sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &start);
	return start;
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
