/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures that the kernel traced before user space, matched with what its log
 * tells of them.
 */
#ifndef AW_SESSION_BOOT_TRACE_H
#define AW_SESSION_BOOT_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"

/* No more failures are kept; those beyond are counted. */
#define AW_BOOT_FAILURES 16384

/* Does the source of this name ("auto", "bpf") watch this machine, not a file or what was traced before? */
bool aw_watches_here(const char *source);

/* Events that are kept, with all that they point to. */
struct aw_past;

struct aw_past *aw_past_new(void);		/* NULL: no memory */
void aw_past_free(struct aw_past *past);	/* NULL allowed */

/* Adds a copy of a failure.  `from_log`: it is a report of the kernel log. */
void aw_past_add(struct aw_past *past, const struct aw_event *event, bool from_log);

/*
 * A request that was traced and printed is one failure: the record has its stack
 * and is always there, the report its zones.  To be called when all are added.
 */
void aw_past_match(struct aw_past *past);

/*
 * Calls `fn` for each failure, oldest first; reports that were matched are left
 * out, and with `traced_only` all others, too.  Returns how many that were.
 */
unsigned int aw_past_deliver(const struct aw_past *past, bool traced_only,
			     void (*fn)(void *arg, const struct aw_event *event), void *arg);

uint64_t aw_past_left_out(const struct aw_past *past);	/* beyond AW_BOOT_FAILURES */

/* The trace of the boot, while it is read. */
struct aw_boot_trace;

/*
 * To be opened before the source of the session, which may need the same buffer:
 * then all is read already.  NULL: nothing was traced, or no memory.
 */
struct aw_boot_trace *aw_boot_trace_open(void);

/* By the module, which keeps it for the next one, too; else by trace events, for one reader. */
bool aw_boot_trace_by_module(const struct aw_boot_trace *boot);

/* Without telling what is in it; an instance can be opened again.  NULL allowed. */
void aw_boot_trace_close(struct aw_boot_trace *boot);

/*
 * Ends the trace and closes `boot`.  `*past` becomes its failures up to
 * `until_ns` (CLOCK_MONOTONIC).  Returns how many records the kernel had lost.
 */
uint64_t aw_boot_trace_take(struct aw_boot_trace *boot, uint64_t until_ns, struct aw_past **past);

#endif
