/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading and writing the small files of tracefs.
 */
#ifndef AW_SOURCE_TRACEFS_PUT_H
#define AW_SOURCE_TRACEFS_PUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes text to DIR/FILE.  0 or -errno. */
int aw_trace_put(const char *dir, const char *file, const char *text);

/* Writes to DIR/events/GROUP/NAME/FILE of a trace event (enum aw_trace_kind). */
int aw_trace_put_event(const char *dir, unsigned int kind, const char *file, const char *text);

/* The first line of DIR/FILE without its end, "" where it can't be read. */
void aw_trace_get(const char *dir, const char *file, char *line, size_t size);

/* The clock in brackets: "local [mono] global" is "mono". */
void aw_trace_get_clock(const char *dir, char *clock, size_t size);

/* Sums up a number of every per_cpu/cpuN/stats, for example "overrun". */
uint64_t aw_trace_stats(const char *dir, const char *name);

#endif
