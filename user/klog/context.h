/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the functions of a trace tell of the request besides who asked.
 */
#ifndef AW_KLOG_CONTEXT_H
#define AW_KLOG_CONTEXT_H

#include "event/event.h"
#include "klog/klog.h"

enum aw_context aw_klog_context(const struct aw_klog_report *report, const struct aw_gfp *gfp);

/* AW_KLOG_TRACE_* of the report's frames; what trace_has is set to. */
uint32_t aw_klog_trace_has(const struct aw_klog_report *report);

/*
 * Was this trace printed because the page allocator failed?  For traces whose
 * header is missing.  By warn_alloc() or the slow path as its innermost
 * function; a task that merely waits in the allocator does not count, nor does
 * an OOM kill.
 */
bool aw_klog_trace_is_allocation_failure(const struct aw_klog_report *report);

#endif
