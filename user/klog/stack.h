/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trace of a report as a stack, and what a trace says once it is whole.
 */
#ifndef AW_KLOG_STACK_H
#define AW_KLOG_STACK_H

#include "klog/klog.h"
#include "mm/stack.h"

/* Names stay the report's: it must outlive the stack. */
void aw_klog_stack(const struct aw_klog_report *report, struct aw_stack *stack);

/* Is a function that may have asked among the sure frames?  What is cut behind it does not matter. */
bool aw_klog_reaches_site(const struct aw_klog_report *report);

/* Does a crash, a warning or a watchdog show this trace, in the middle of which the allocator happens to be? */
bool aw_klog_shows_another(const struct aw_klog_report *report);

/*
 * For a report whose trace is over: leaves stale frames out where the unwinder
 * found the real ones, and sets trace_has, site_guess and, for a kill that
 * only its trace tells of a memory cgroup, memcg.
 */
void aw_klog_trace_finish(struct aw_klog_report *report);

#endif
