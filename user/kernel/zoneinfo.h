/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Zones as /proc tells of them, read after the event where a picture at the
 * instant could not be had.
 */
#ifndef AW_KERNEL_ZONEINFO_H
#define AW_KERNEL_ZONEINFO_H

#include <stddef.h>

#include "kernel/kernel.h"
#include "kernel/zone.h"

/*
 * /proc/zoneinfo: populated zones into out[], at most `max`.  Its min, low and
 * high include the boost (5.0 on), which is taken out.  Returns how many.
 */
unsigned int aw_zoneinfo_parse(const char *text, size_t len, struct aw_zone *out, unsigned int max);

/* /proc/buddyinfo: free blocks of the zones that are in zones[] already. */
void aw_buddyinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count);

/*
 * The "Free pages count per migrate type at order" table of
 * /proc/pagetypeinfo: which migratetypes have a block of each order.
 */
void aw_pagetypeinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count);

/* All three of the running kernel.  Returns how many zones; 0: /proc/zoneinfo can't be read. */
unsigned int aw_zones_read(struct aw_zone *out, unsigned int max);

#endif
