/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report of the kernel log as an event.
 */
#ifndef AW_EVENT_KLOG_EVENT_H
#define AW_EVENT_KLOG_EVENT_H

#include "event/event.h"
#include "kernel/kernel.h"
#include "kernel/klog.h"

/* The event and what it points to.  Not to be copied: it points into itself. */
struct aw_klog_event {
	struct aw_event event;
	struct aw_stack stack;
	struct aw_zone zones[AW_MAX_ZONES];
};

/*
 * The request of a report as a failure (a page allocation failure, what an
 * OOM kill was for) or stall, whatever its kind.  Function names stay the
 * report's, names of the mask the kernel's table's: both must outlive it.
 * `kernel` needs a page size for zones; `gfp` is its table.
 */
void aw_klog_event_request(const struct aw_klog_report *report, const struct aw_kernel *kernel,
			   struct aw_klog_event *out);

/* The report as what it is: OOM_KILL, CMA_FAILURE, WARNING, or as above. */
void aw_klog_event_of(const struct aw_klog_report *report, const struct aw_kernel *kernel,
		      struct aw_klog_event *out);

/* "aarch64", "x86_64", "arm", "mips", "riscv64" from the functions of a trace; "" not known. */
const char *aw_klog_arch(const struct aw_klog_report *report);

#endif
