/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's two measures of fragmentation, as mm/vmstat.c computes them and
 * debugfs extfrag/{extfrag_index,unusable_index} prints them.  Both look at the
 * whole zone, CMA and reserves included.
 */
#ifndef AW_VERDICT_FRAGMENTATION_H
#define AW_VERDICT_FRAGMENTATION_H

#include "event/event.h"

/* The index of a zone that has a block of the order: the request need not fail. */
#define AW_FRAGMENTATION_FITS (-1000)

/*
 * __fragmentation_index(): thousandths; towards 0 for lack of memory, towards
 * 1000 for fragmentation; AW_FRAGMENTATION_FITS where a block is there.
 */
int aw_fragmentation_index(const struct aw_zone *zone, unsigned int order);

/*
 * unusable_free_index(): thousandths of the free memory that lie in blocks
 * below `order`; 1000 when nothing is free.
 */
int aw_unusable_free_index(const struct aw_zone *zone, unsigned int order);

#endif
