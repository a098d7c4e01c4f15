/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading and writing the small files of tracefs.
 */
#ifndef AW_SOURCE_TRACEFS_CONTROL_FILE_H
#define AW_SOURCE_TRACEFS_CONTROL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes text to DIR/FILE.  0 or -errno. */
int aw_trace_put(const char *dir, const char *file, const char *text);

/* Writes to DIR/events/GROUP/NAME/FILE of a trace event (enum aw_trace_type). */
int aw_trace_put_event(const char *dir, unsigned int type, const char *file, const char *text);

/* The first line of DIR/FILE without its newline; "" if it can't be read. */
void aw_trace_get(const char *dir, const char *file, char *line, size_t size);

/* The clock in brackets: "mono" of "local [mono] global". */
void aw_trace_get_clock(const char *dir, char *clock, size_t size);

/* The sum of a number over all per_cpu/cpuN/stats, for example of "overrun". */
uint64_t aw_trace_stats(const char *dir, const char *name);

#endif
