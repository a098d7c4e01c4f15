/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A full compaction of a zone, simulated: what is gained, and what is lost
 * because moving takes free pages elsewhere.
 *
 * As compact_zone() of mm/compaction.c does for /proc/sys/vm/compact_memory, one
 * scanner takes movable pages from the zone's start upwards, another takes free
 * pages from its end downwards, and it is over when they meet.  Free pages are
 * only taken from Movable and CMA pageblocks (suitable_migration_target()), and
 * not from pageblocks that are wholly free.  Of these, those within a larger free
 * block are looked at in vain, which lengthens the strides of the free scanner.
 */
#ifndef AW_PAGES_SIMULATE_H
#define AW_PAGES_SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/zone.h"

struct aw_simulated {
	uint64_t moved;		/* pages */
	bool ran_out;		/* it ended for want of free pages, not because the scanners met */
	bool missed;		/* and there were some, which the free scanner strode over */
};

/* What differs between kernels. */
struct aw_compaction {
	bool moves_folios;	/* compaction moves compound pages (6.9 on) */
	bool samples_free;	/* the free scanner takes longer strides where it finds nothing (5.1 on) */
	unsigned int max_order;	/* of the largest free blocks; 0: pageblocks */
	bool finishes_blocks;	/* the migrate scanner takes the rest of a pageblock at once (5.1 on) */
	uint64_t keeps;		/* pages that were moved last leave their place on the list of a cpu, so many of them */
};

/* Moves pages in `zone`, which is to be a copy if the original is still needed. */
void aw_compaction_simulate(struct aw_zone_pages *zone, const struct aw_compaction *rules, struct aw_simulated *out);

#endif
