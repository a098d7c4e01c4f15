/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of trace instances, which say who made them and what else was changed.
 *
 * From the name, the next start can clean up after a crash.  Unlike a file it
 * needs no file system, and like all of tracefs it is gone after a reboot, so no
 * boot id has to be compared.
 */
#ifndef AW_SOURCE_TRACEFS_INSTANCE_NAME_H
#define AW_SOURCE_TRACEFS_INSTANCE_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The settings of the top-level buffer before it was used. */
struct aw_trace_settings {
	char clock[16];
	bool stacktrace, tracing_on;
};

struct aw_instance_name {
	int pid;
	uint32_t start;		/* of that process: the low bits of its start time in /proc/PID/stat, in ticks since boot */
	char part;		/* 'f' failures, 'e' effort, 't' the top-level buffer is in use */
	struct aw_trace_settings top;	/* of 't' */
};

/*
 * Up to 4.0 the kernel gives an instance with a name longer than 31 characters a
 * wrong name, and never removes it (instance_mkdir() uses d_iname).
 */
#define AW_INSTANCE_NAME 32

/* "allocwatch-331-1267-f", "allocwatch-331-1267-ta2": the clock's letter, 1 stacktrace + 2 tracing_on */
void aw_instance_name_write(const struct aw_instance_name *name, char text[AW_INSTANCE_NAME]);

/* 0, or -EINVAL: it is not a name of allocwatch. */
int aw_instance_name_parse(const char *text, struct aw_instance_name *out);

/* Fills in this process as the owner. */
void aw_instance_name_own(struct aw_instance_name *name);

/* Does the owner still run? */
bool aw_instance_name_alive(const struct aw_instance_name *name);

#endif
