/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report of the kernel log as an event.
 */
#ifndef AW_KLOG_EVENT_H
#define AW_KLOG_EVENT_H

#include "event/event.h"
#include "klog/klog.h"
#include "mm/kernel.h"

/* The event and what it points to.  Not to be copied: it points into itself. */
struct aw_klog_event {
	struct aw_event event;
	struct aw_stack stack;
	struct aw_zone zones[AW_MAX_ZONES];
};

/*
 * The report as FAILURE, STALL, OOM_KILL, CMA_FAILURE or WARNING (vmalloc), with
 * the request that it tells of in `failure`.  Function names stay the report's,
 * names of the mask the kernel's table's: both must outlive the event.
 * `kernel` needs a page size for zones; `gfp` is its table.
 */
void aw_klog_event_of(const struct aw_klog_report *report, const struct aw_kernel *kernel,
		      struct aw_klog_event *out);

/* FAILURE, STALL, OOM_KILL, CMA_FAILURE or WARNING. */
enum aw_event_type aw_klog_event_type(enum aw_klog_type type);

/* "aarch64", "x86_64", "arm", "mips", "riscv64" from the functions of a trace; "" not known. */
const char *aw_klog_arch(const struct aw_klog_report *report);

#endif
