// SPDX-License-Identifier: GPL-2.0
/*
 * A full compaction of a zone, simulated.
 */
#include "pages/simulate.h"

struct scanners {
	struct aw_zone_pages *zone;
	uint64_t migrate;	/* pageblock whose movable pages are taken */
	uint64_t free;		/* pageblocks from here on have given their free pages */
	uint64_t next, end;	/* pages of the current pageblock of the free scanner that are left to look at */
};

static bool is_target(const struct aw_zone_pages *zone, uint64_t block)
{
	uint64_t pages = 1ull << zone->pageblock_order;
	const uint8_t *class = &zone->class[block * pages];
	uint64_t free_pages = 0;

	/* A full pageblock of unknown type has nothing to give. */
	if (zone->type[block] != AW_MT_MOVABLE && zone->type[block] != AW_MT_CMA && zone->type[block] != AW_MT_UNKNOWN)
		return false;
	for (uint64_t i = 0; i < pages; i++)
		free_pages += class[i] == AW_PAGE_FREE;
	return free_pages && free_pages < pages;
}

/* The index of a free page to move to; -1: the scanners met. */
static int64_t take_free(struct scanners *scanners)
{
	struct aw_zone_pages *zone = scanners->zone;

	for (;;) {
		for (; scanners->next < scanners->end; scanners->next++)
			if (zone->class[scanners->next] == AW_PAGE_FREE)
				return (int64_t)scanners->next++;
		do {
			if (scanners->free <= scanners->migrate + 1)
				return -1;
			scanners->free--;
		} while (!is_target(zone, scanners->free));
		scanners->next = scanners->free << zone->pageblock_order;
		scanners->end = (scanners->free + 1) << zone->pageblock_order;
	}
}

static bool move_block(struct scanners *scanners, bool moves_folios, struct aw_simulated *out)
{
	struct aw_zone_pages *zone = scanners->zone;
	uint64_t from = scanners->migrate << zone->pageblock_order;
	uint64_t until = (scanners->migrate + 1) << zone->pageblock_order;

	for (uint64_t i = from; i < until; i++) {
		int64_t target;

		if (!aw_page_moves(zone->class[i], moves_folios))
			continue;
		target = take_free(scanners);
		if (target < 0)
			return false;
		zone->class[target] = zone->class[i];
		zone->class[i] = AW_PAGE_FREE;
		out->moved++;
	}
	return true;
}

void aw_compaction_simulate(struct aw_zone_pages *zone, bool moves_folios, struct aw_simulated *out)
{
	struct scanners scanners = { .zone = zone, .free = zone->nr_blocks };

	*out = (struct aw_simulated){ .moved = 0 };
	for (; scanners.migrate < scanners.free; scanners.migrate++) {
		if (!move_block(&scanners, moves_folios, out)) {
			out->ran_out = true;
			return;
		}
	}
}
