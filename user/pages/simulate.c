// SPDX-License-Identifier: GPL-2.0
/*
 * A full compaction of a zone, simulated.
 */
#include "pages/simulate.h"

#include <string.h>

#define CLUSTER 32	/* COMPACT_CLUSTER_MAX: pages that are moved at a time, and the longest stride */

/* Pages that the free scanner has taken. */
struct run {
	uint64_t first, left;
};

struct scanners {
	struct aw_zone_pages *zone;
	struct aw_compaction rules;
	uint64_t migrate;	/* pageblock whose movable pages are taken */
	uint64_t free;		/* pageblocks above this one have given their free pages */
	uint64_t next;		/* page of pageblock `free` that is looked at next */
	struct run runs[CLUSTER];
	unsigned int nr_runs, first_run;
	uint64_t taken;		/* pages in the runs */
	bool missed;		/* it strode over free pages */
};

/*
 * suitable_migration_target().  The type of a full pageblock is not known, and it counts as one that gives nothing: if
 * the kernel passes over it instead, its strides are shorter, and it misses no more than is foretold.
 */
static bool is_target(const struct aw_zone_pages *zone, uint64_t block)
{
	uint64_t pages = 1ull << zone->pageblock_order;
	const uint8_t *class = &zone->class[block * pages];

	if (zone->type[block] != AW_MT_MOVABLE && zone->type[block] != AW_MT_CMA && zone->type[block] != AW_MT_UNKNOWN)
		return false;
	for (uint64_t i = 0; i < pages; i++)
		if (class[i] != AW_PAGE_FREE)
			return true;
	return false;
}

static bool has_free(const struct aw_zone_pages *zone, uint64_t block)
{
	return memchr(&zone->class[block << zone->pageblock_order], AW_PAGE_FREE, 1ull << zone->pageblock_order);
}

/* The pages of the free block that begins at page `at` of a pageblock that ends at `end`. */
static uint64_t free_block(const struct aw_zone_pages *zone, uint64_t at, uint64_t end)
{
	uint64_t pages = 1;

	for (; !(at & pages) && at + 2 * pages <= end; pages *= 2)
		for (uint64_t i = at + pages; i < at + 2 * pages; i++)
			if (zone->class[i] != AW_PAGE_FREE)
				return pages;
	return pages;
}

/* isolate_freepages_block(): whether it found any. */
static bool take_from_block(struct scanners *scanners, uint64_t end, uint64_t stride, unsigned int wanted)
{
	const struct aw_zone_pages *zone = scanners->zone;
	bool found = false;

	for (; scanners->next < end; scanners->next += stride) {
		uint64_t pages;

		if (zone->class[scanners->next] != AW_PAGE_FREE)
			continue;
		pages = free_block(zone, scanners->next, end);
		scanners->runs[scanners->nr_runs++] = (struct run){ scanners->next, pages };
		scanners->taken += pages;
		found = true;
		if (scanners->taken >= wanted) {
			scanners->next += pages;
			return true;
		}
		scanners->next += pages - 1;
	}
	return found;
}

/*
 * isolate_freepages() for `wanted` pages, CLUSTER at most.  From 5.1 on ("mm, compaction: sample pageblocks for free
 * pages") the stride doubles after each pageblock that gave none: free pages at other places are not seen then.
 */
static void take_free(struct scanners *scanners, unsigned int wanted)
{
	unsigned int order = scanners->zone->pageblock_order;
	uint64_t stride = 1;

	scanners->nr_runs = scanners->first_run = 0;
	while (scanners->free > scanners->migrate) {
		uint64_t end = (scanners->free + 1) << order;

		if (scanners->next < end && is_target(scanners->zone, scanners->free)) {
			bool found = take_from_block(scanners, end, stride, wanted);

			if (scanners->taken >= wanted)
				return;
			scanners->missed |= !found && has_free(scanners->zone, scanners->free);
			stride = found ? 1 : stride < CLUSTER && scanners->rules.samples_free ? 2 * stride : stride;
		}
		scanners->free--;
		scanners->next = scanners->free << order;
	}
}

/* The index of a free page to move to; -1: the scanners met. */
static int64_t next_free(struct scanners *scanners, unsigned int wanted)
{
	struct run *run;

	if (!scanners->taken)
		take_free(scanners, wanted);
	if (!scanners->taken)
		return -1;
	scanners->taken--;
	run = &scanners->runs[scanners->first_run];
	if (!--run->left)
		scanners->first_run++;
	return (int64_t)run->first++;
}

/* isolate_migratepages_block(): up to CLUSTER movable pages from `*next` on. */
static unsigned int find_movable(const struct scanners *scanners, uint64_t *next, uint64_t end, uint64_t *found)
{
	unsigned int count = 0;

	for (; *next < end && count < CLUSTER; ++*next)
		if (aw_page_moves(scanners->zone->class[*next], scanners->rules.moves_folios))
			found[count++] = *next;
	return count;
}

static bool move_block(struct scanners *scanners, struct aw_simulated *out)
{
	struct aw_zone_pages *zone = scanners->zone;
	uint64_t next = scanners->migrate << zone->pageblock_order;
	uint64_t end = (scanners->migrate + 1) << zone->pageblock_order;

	while (next < end) {
		uint64_t found[CLUSTER];
		unsigned int count = find_movable(scanners, &next, end, found);

		for (unsigned int i = 0; i < count; i++) {
			int64_t target = next_free(scanners, count);

			if (target < 0)
				return false;
			zone->class[target] = zone->class[found[i]];
			zone->class[found[i]] = AW_PAGE_FREE;
			out->moved++;
		}
	}
	return true;
}

void aw_compaction_simulate(struct aw_zone_pages *zone, const struct aw_compaction *rules, struct aw_simulated *out)
{
	struct scanners scanners = { .zone = zone, .rules = *rules, .free = zone->nr_blocks };

	*out = (struct aw_simulated){ .moved = 0 };
	if (!zone->nr_blocks)
		return;
	scanners.free--;
	scanners.next = scanners.free << zone->pageblock_order;
	for (; scanners.migrate < scanners.free; scanners.migrate++) {
		if (!move_block(&scanners, out)) {
			out->ran_out = true;
			out->missed = scanners.missed;
			return;
		}
	}
}
