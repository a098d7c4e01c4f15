/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The zones of a report's Mem-Info, in pages.
 */
#ifndef AW_EVENT_KLOG_ZONES_H
#define AW_EVENT_KLOG_ZONES_H

#include "event/event.h"
#include "kernel/kernel.h"
#include "kernel/klog.h"

/* Fills at most `max`; returns how many. Without a page size: none. */
unsigned int aw_klog_zones(const struct aw_klog_report *report, const struct aw_kernel *kernel,
			   struct aw_zone *zones, unsigned int max);

#endif
