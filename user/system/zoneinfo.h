/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parses the zones in /proc/zoneinfo, buddyinfo and pagetypeinfo, for failures
 * without a zone snapshot.
 */
#ifndef AW_SYSTEM_ZONEINFO_H
#define AW_SYSTEM_ZONEINFO_H

#include <stddef.h>

#include "mm/kernel.h"
#include "mm/zone.h"

/*
 * Parses at most `max` populated zones of /proc/zoneinfo.  Subtracts the boost,
 * which min, low and high include from 5.0 on.  Returns the number of zones.
 */
unsigned int aw_zoneinfo_parse(const char *text, size_t len, struct aw_zone *out, unsigned int max);

/* Adds the free blocks of /proc/buddyinfo to the zones that are already in zones[]. */
void aw_buddyinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count);

/*
 * Adds which migratetypes have a block of each order, from the table "Free pages
 * count per migrate type at order" of /proc/pagetypeinfo.
 */
void aw_pagetypeinfo_parse(const char *text, size_t len, struct aw_zone *zones, unsigned int count);

/* Reads the first two files of the running kernel: microseconds.  Returns the number of zones; 0: can't read /proc/zoneinfo. */
unsigned int aw_zones_read_counts(struct aw_zone *out, unsigned int max);

/* The same of all three.  For the last the kernel counts free lists with interrupts off: milliseconds where they are long. */
unsigned int aw_zones_read(struct aw_zone *out, unsigned int max);

#endif
