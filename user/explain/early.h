/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests of start_kernel(), while the kernel has no tasks and perhaps no memory to give.
 */
#ifndef AW_EXPLAIN_EARLY_H
#define AW_EXPLAIN_EARLY_H

#include "event/event.h"
#include "verdict/verdict.h"

/* start_kernel() runs with GFP_BOOT_MASK, which has no flag of reclaim, I/O and file systems. */
bool aw_explain_is_early_boot(const struct aw_event *event);

/* The same, and no zone has memory or watermarks: memblock has not handed it over yet. */
bool aw_explain_is_before_memory(const struct aw_event *event);

void aw_explain_before_memory(struct aw_verdict *verdict);

#endif
