/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of trace instances: who made one, and what else it changed.
 *
 * The name is the note that lets the next start clean up after a crash.  It
 * needs no file system to be kept in, and like all of tracefs it is gone after
 * a boot: no boot id has to be compared.
 */
#ifndef AW_SOURCE_TRACEFS_NOTE_H
#define AW_SOURCE_TRACEFS_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the top-level buffer was set to before it was taken. */
struct aw_trace_settings {
	char clock[16];
	bool stacktrace, tracing_on;
};

struct aw_trace_note {
	int pid;
	uint32_t start;		/* of that process: ticks since boot, /proc/PID/stat, the low bits */
	char part;		/* 'f' failures, 'e' effort, 't' the top-level buffer is in use */
	struct aw_trace_settings top;	/* of 't' */
};

/*
 * Up to 4.0 the kernel gives an instance whose name is longer than 31
 * characters the name of something else, and never removes it
 * (instance_mkdir() looks at d_iname).
 */
#define AW_TRACE_NOTE_TEXT 32

/* "allocwatch-331-1267-f", "allocwatch-331-1267-ta2": the clock's letter, 1 stacktrace + 2 tracing_on */
void aw_trace_note_write(const struct aw_trace_note *note, char text[AW_TRACE_NOTE_TEXT]);

/* 0 or -EINVAL: not a name of ours. */
int aw_trace_note_parse(const char *text, struct aw_trace_note *out);

/* This process as the owner. */
void aw_trace_note_own(struct aw_trace_note *note);

/* Does the process that wrote it still run? */
bool aw_trace_note_alive(const struct aw_trace_note *note);

#endif
