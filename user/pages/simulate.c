// SPDX-License-Identifier: GPL-2.0
/*
 * A full compaction of a zone, simulated.
 */
#include "pages/simulate.h"

#include <string.h>

#define CLUSTER 32	/* COMPACT_CLUSTER_MAX: pages that are moved at a time, and the longest stride */

#define TAKEN AW_PAGE_CLASSES	/* of a page that the free scanner has taken */
#define LEFT (AW_PAGE_CLASSES + 1)	/* of a page whose content was moved elsewhere */

struct scanners {
	struct aw_zone_pages *zone;
	struct aw_compaction rules;
	uint64_t migrate;	/* page from which on movable pages are looked for next */
	uint64_t free;		/* pageblocks above this one have given their free pages */
	uint64_t next;		/* page of pageblock `free` that is looked at next */
	uint64_t used, use;	/* the same of pages that were taken: from here on they are used */
	uint64_t taken;		/* how many there are */
	bool missed;		/* it strode over free pages */
};

static bool is_whole(const struct aw_zone_pages *zone, uint64_t block)
{
	uint64_t pages = 1ull << zone->pageblock_order;
	const uint8_t *class = &zone->class[block * pages];

	return class[0] == AW_PAGE_FREE && !memcmp(class, class + 1, pages - 1);
}

/* migratetype_is_mergeable() */
static bool merges(const struct aw_zone_pages *zone, uint64_t block, uint64_t other)
{
	return zone->type[block] == zone->type[other] ||
	       (zone->type[block] <= AW_MT_RECLAIMABLE && zone->type[other] <= AW_MT_RECLAIMABLE);
}

/* A wholly free pageblock: is it within a larger free block that begins below? */
static bool is_within(const struct scanners *scanners, uint64_t block)
{
	const struct aw_zone_pages *zone = scanners->zone;
	uint64_t number = (zone->start >> zone->pageblock_order) + block;

	for (unsigned int order = zone->pageblock_order + 1; order <= scanners->rules.max_order; order++) {
		uint64_t blocks = 1ull << (order - zone->pageblock_order), back = number & (blocks - 1);

		if (back > block || block - back + blocks > zone->nr_blocks)
			return false;
		for (uint64_t i = block - back; i < block - back + blocks; i++)
			if (!merges(zone, block, i) || !is_whole(zone, i))
				return false;
		if (back)
			return true;
	}
	return false;
}

/* pageblock_pfn_to_page() looks whether the first and the last page of a pageblock that the zone spans are there. */
static bool is_there(const struct aw_zone_pages *zone, uint64_t block)
{
	uint64_t first = block << zone->pageblock_order, last = first + (1ull << zone->pageblock_order) - 1;
	uint64_t start = zone->span.start - zone->start, end = start + zone->span.spanned - 1;

	first = first < start ? start : first;
	last = last > end ? end : last;
	return zone->class[first] != AW_PAGE_NONE && zone->class[last] != AW_PAGE_NONE;
}

/*
 * isolate_freepages() passes over a pageblock that is not there, and its stride stays.
 *
 * suitable_migration_target() looks whether a free block of a pageblock or more begins here, and does not see one that
 * begins below: then the pageblock counts as one that gives nothing.  Where the type of a full pageblock is not known, it
 * counts as such, too: if the kernel passes over it instead, its strides are shorter, and it misses no more than is
 * foretold.
 */
static bool is_target(const struct scanners *scanners, uint64_t block, bool *gives)
{
	const struct aw_zone_pages *zone = scanners->zone;

	if (!is_there(zone, block) ||
	    (zone->type[block] != AW_MT_MOVABLE && zone->type[block] != AW_MT_CMA && zone->type[block] != AW_MT_UNKNOWN))
		return false;
	*gives = !is_whole(zone, block);
	return *gives || is_within(scanners, block);
}

/*
 * Does the free page `at` begin a free block?  It lies in a larger one that begins below if its buddy there is free, too.  A stride
 * may come to the middle of a block, which has no mark: the kernel takes it for a page in use.
 */
static bool begins_block(const struct aw_zone_pages *zone, uint64_t at)
{
	uint64_t offset = at & ((1ull << zone->pageblock_order) - 1), pages = offset & -offset;

	for (uint64_t i = at - pages; i < at + pages; i++)
		if (zone->class[i] != AW_PAGE_FREE)
			return true;
	return !offset;
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

/* From a page that was looked at to the next one.  The pages between them are not seen. */
static void step(struct scanners *scanners, uint64_t end, uint64_t stride)
{
	const uint8_t *class = scanners->zone->class;
	uint64_t next = scanners->next + stride;

	for (uint64_t i = scanners->next; i < end && i < next; i++)
		scanners->missed |= class[i] == AW_PAGE_FREE;
	scanners->next = next;
}

/* isolate_freepages_block(): whether it found any. */
static bool take_from_block(struct scanners *scanners, uint64_t end, uint64_t stride, uint64_t wanted)
{
	struct aw_zone_pages *zone = scanners->zone;
	bool found = false;

	for (; scanners->next < end; step(scanners, end, stride)) {
		uint64_t pages;

		if (zone->class[scanners->next] != AW_PAGE_FREE || !begins_block(zone, scanners->next))
			continue;
		pages = free_block(zone, scanners->next, end);
		memset(&zone->class[scanners->next], TAKEN, pages);
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

/* A pageblock of which all was looked at is done: the scanner stands in the one below. */
static void leave_block(struct scanners *scanners)
{
	unsigned int order = scanners->zone->pageblock_order;

	if (scanners->next >> order <= scanners->free)
		return;
	scanners->free--;
	scanners->next = scanners->free << order;
}

/*
 * isolate_freepages() for `wanted` pages, from pageblocks above the one in which the migrate scanner stands: that is the next
 * one already if it has taken the last pages of a pageblock.  From 5.1 on ("mm, compaction: sample pageblocks for free
 * pages") the stride doubles after each pageblock that gave none: free pages at other places are not seen then.
 */
static void take_free(struct scanners *scanners, uint64_t wanted)
{
	unsigned int order = scanners->zone->pageblock_order;
	uint64_t stride = 1, lowest = (scanners->migrate >> order) + 1;

	scanners->used = scanners->free;
	scanners->use = scanners->next;
	while (scanners->free >= lowest) {
		uint64_t end = (scanners->free + 1) << order;
		bool gives;

		if (scanners->next < end && is_target(scanners, scanners->free, &gives)) {
			bool found = gives && take_from_block(scanners, end, stride, wanted);

			if (scanners->taken >= wanted) {
				leave_block(scanners);
				return;
			}
			stride = found ? 1 : stride < CLUSTER && scanners->rules.samples_free ? 2 * stride : stride;
		}
		scanners->free--;
		scanners->next = scanners->free << order;
	}
}

/* The index of a free page to move to; -1: there is none. */
static int64_t next_free(struct scanners *scanners, uint64_t wanted)
{
	unsigned int order = scanners->zone->pageblock_order;
	uint8_t *class = scanners->zone->class;

	if (!scanners->taken)
		take_free(scanners, wanted);
	if (!scanners->taken)
		return -1;
	scanners->taken--;
	while (class[scanners->use] != TAKEN) {
		if (++scanners->use >> order <= scanners->used)
			continue;
		scanners->used--;
		scanners->use = scanners->used << order;
	}
	return (int64_t)scanners->use;
}

/* isolate_migratepages_block(): at most `most` movable pages from where the scanner stands up to `end`; how many there are. */
static uint64_t find_movable(struct scanners *scanners, uint64_t end, uint64_t most)
{
	uint64_t count = 0;

	while (scanners->migrate < end && count < most)
		count += aw_page_moves(scanners->zone->class[scanners->migrate++], scanners->rules.moves_folios);
	return count;
}

/*
 * Moves the movable pages from `first` up to the migrate scanner, the last one first, as each was put before those that were found
 * earlier.  Free pages are looked for as if all of them were still to be moved; where compaction moves folios, only those that are.
 * False: there were too few free pages.
 */
static bool move_pages(struct scanners *scanners, uint64_t first, uint64_t count, struct aw_simulated *out)
{
	struct aw_zone_pages *zone = scanners->zone;
	uint64_t left = count;

	for (uint64_t i = scanners->migrate; i-- > first; ) {
		int64_t target;

		if (!aw_page_moves(zone->class[i], scanners->rules.moves_folios))
			continue;
		target = next_free(scanners, scanners->rules.moves_folios ? left : count);
		if (target < 0)
			return false;
		zone->class[target] = zone->class[i];
		zone->class[i] = LEFT;
		out->moved++;
		left--;
	}
	return true;
}

/*
 * What was taken and not used is free again.  So is what was left, but for the last pages of it: these lie on the list of the
 * cpu (free_unref_page_commit() adds at its head, free_pcppages_bulk() takes from its end).
 */
static void release(struct scanners *scanners, uint64_t left)
{
	uint8_t *class = scanners->zone->class;

	for (uint64_t i = 0; i < scanners->zone->count; i++) {
		if (class[i] == TAKEN)
			class[i] = AW_PAGE_FREE;
		else if (class[i] == LEFT)
			class[i] = left-- > scanners->rules.keeps ? AW_PAGE_FREE : AW_PAGE_PCP;
	}
}

/*
 * compact_zone(): CLUSTER pages at a time.  From 5.1 on the second time in a pageblock takes all the rest of it ("mm,
 * compaction: avoid rescanning the same pageblock multiple times").  Before each time: is the free scanner in the same
 * pageblock, or below?  Then it is over, also where taken pages are left.
 */
void aw_compaction_simulate(struct aw_zone_pages *zone, const struct aw_compaction *rules, struct aw_simulated *out)
{
	struct scanners scanners = { .zone = zone, .rules = *rules, .free = zone->nr_blocks };
	uint64_t last = UINT64_MAX;	/* the pageblock of which pages were moved last */

	*out = (struct aw_simulated){ .moved = 0 };
	if (!zone->nr_blocks)
		return;
	scanners.free--;
	scanners.next = scanners.free << zone->pageblock_order;
	while (scanners.migrate >> zone->pageblock_order < scanners.free) {
		uint64_t first = scanners.migrate, block = first >> zone->pageblock_order;
		uint64_t count = find_movable(&scanners, (block + 1) << zone->pageblock_order,
					      block == last && rules->finishes_blocks ? UINT64_MAX : CLUSTER);

		if (!count)
			continue;
		last = block;
		if (!move_pages(&scanners, first, count, out)) {
			out->ran_out = true;
			out->missed = scanners.missed;
			break;
		}
	}
	release(&scanners, out->moved);
}
