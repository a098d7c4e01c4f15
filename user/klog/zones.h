/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The zones of a report's Mem-Info, in pages.
 */
#ifndef AW_KLOG_ZONES_H
#define AW_KLOG_ZONES_H

#include "event/event.h"
#include "klog/klog.h"
#include "mm/kernel.h"

/* Fills at most `max`; returns how many. Without a page size: none. */
unsigned int aw_klog_zones(const struct aw_klog_report *report, const struct aw_kernel *kernel, enum aw_zone_type highest,
			   struct aw_zone *zones, unsigned int max);

/*
 * Does the log lack zones that exist and that a request up to zone type
 * `highest` could use?  Their lowmem_reserve[] proves it.
 */
bool aw_klog_zones_partial(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			   const struct aw_zone *zones, unsigned int count, enum aw_zone_type highest);

/* Is Mem-Info cut before the first zone that is left, so that zones above it may be missing? */
bool aw_klog_zones_front_cut(const struct aw_klog_report *r);

/*
 * Has the machine zones that show_mem() left out because the request may not
 * use them: of other nodes (SHOW_MEM_FILTER_NODES), or above its own (6.1 on)?
 * Then "pages RAM" is more than what the zones that were printed have.
 */
bool aw_klog_zones_hidden(const struct aw_klog_report *r, const struct aw_kernel *kernel);

#endif
