// SPDX-License-Identifier: GPL-2.0
/*
 * The migratetypes of pageblocks, from the free lists.
 */
#include "pages/lists.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define LIST_HEAD_BYTES 16
/* struct zone is aligned to cache lines (____cacheline_internodealigned_in_smp); no kernel here has smaller ones. */
#define ZONE_ALIGNMENT 64

/* ---- which list a block is in ---- */

/* Finds blocks by frame number; blocks of a list lie all over the zone, so this must not look at many. */
struct finder {
	const struct aw_free_lists *lists;
	const struct aw_free_blocks *blocks;
	const struct aw_zone_pages *zone;
	uint64_t *first;	/* owned; of each pageblock: the index of its first block, or of one that follows */
};

static int finder_init(struct finder *finder)
{
	const struct aw_zone_pages *zone = finder->zone;
	uint64_t at = 0;

	finder->first = malloc((zone->nr_blocks + 1) * sizeof(*finder->first));
	if (!finder->first)
		return -ENOMEM;
	for (uint64_t i = 0; i <= zone->nr_blocks; i++) {
		while (at < finder->blocks->count &&
		       finder->blocks->blocks[at].pfn < zone->start + (i << zone->pageblock_order))
			at++;
		finder->first[i] = at;
	}
	return 0;
}

/* The index of the block whose lru is at this address; -1: none. */
static int64_t block_at(const struct finder *finder, uint64_t address)
{
	const struct aw_free_block *blocks = finder->blocks->blocks;
	uint64_t pfn = (address - finder->lists->layout->lru - finder->lists->vmemmap) / finder->lists->layout->size;
	uint64_t pageblock = (pfn - finder->zone->start) >> finder->zone->pageblock_order;
	uint64_t low, high;

	if (pfn < finder->zone->start || pageblock >= finder->zone->nr_blocks)
		return -1;
	low = finder->first[pageblock];
	high = finder->first[pageblock + 1];
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (blocks[middle].pfn < pfn)
			low = middle + 1;
		else
			high = middle;
	}
	return low < finder->blocks->count && blocks[low].pfn == pfn ? (int64_t)low : -1;
}

bool aw_list_is_page(const struct aw_free_lists *lists, const struct aw_zone_pages *zone, uint64_t address)
{
	uint64_t first = lists->vmemmap + zone->start * lists->layout->size;

	return address >= first && address - first < zone->count * lists->layout->size;
}

/*
 * Follows the links from block `start` to the end of its list, and notes the
 * address of the list's head for all blocks on the way.  head[]: 0 not visited.
 * `way` has room for all blocks.
 */
static void follow(const struct finder *finder, uint64_t start, uint64_t *head, uint64_t *way)
{
	const struct aw_free_block *blocks = finder->blocks->blocks;
	uint64_t end = AW_LIST_NOT_KNOWN, steps = 0;
	int64_t at = (int64_t)start;

	while (at >= 0 && !head[at] && blocks[at].order == blocks[start].order) {
		uint64_t next = blocks[at].next;

		head[at] = AW_LIST_NOT_KNOWN;	/* ends a circle */
		way[steps++] = (uint64_t)at;
		at = -1;
		if (aw_list_is_page(finder->lists, finder->zone, next))
			at = block_at(finder, next);
		else
			end = next;
	}
	if (at >= 0 && blocks[at].order == blocks[start].order)
		end = head[at];
	while (steps)
		head[way[--steps]] = end;
}

int aw_list_heads_find(const struct aw_free_lists *lists, const struct aw_free_blocks *blocks,
		       const struct aw_zone_pages *zone, uint64_t *head)
{
	struct finder finder = { .lists = lists, .blocks = blocks, .zone = zone };
	AW_FREE uint64_t *way = malloc((blocks->count + 1) * sizeof(*way));

	if (!way || finder_init(&finder))
		return -ENOMEM;
	memset(head, 0, blocks->count * sizeof(*head));
	for (uint64_t i = 0; i < blocks->count; i++)
		if (!head[i])
			follow(&finder, i, head, way);
	free(finder.first);
	return 0;
}

/* ---- of which type a list is ---- */

/* A list's head, as if all orders had the same: zone->free_area[0].free_list[type]. */
static uint64_t head_of_order_0(const struct aw_free_lists *lists, uint64_t head, unsigned int order)
{
	return head - (uint64_t)order * lists->layout->free_area_size;
}

/*
 * Is zone->free_area[] there?  After the lists of each order it has their number of blocks, nr_free; 64 bytes
 * before or behind it lie addresses, which are no such number.
 */
static bool is_base(const struct aw_free_lists *lists, const struct aw_zone_pages *zone, uint64_t base)
{
	const struct aw_page_layout *layout = lists->layout;

	for (unsigned int order = 0; order < lists->nr_orders; order++) {
		uint64_t at = base + (uint64_t)order * layout->free_area_size + layout->free_area_count, blocks;

		if (lists->memory->read(lists->memory->context, at, &blocks, sizeof(blocks)) || blocks > zone->count >> order)
			return false;
	}
	return true;
}

/* The address of free_area[0].free_list[0]; 0: not found. */
static uint64_t find_base(const struct aw_free_lists *lists, const struct aw_free_blocks *blocks,
			  const struct aw_zone_pages *zone, const uint64_t *head)
{
	uint64_t lowest = UINT64_MAX;

	for (uint64_t i = 0; i < blocks->count; i++) {
		uint64_t at = head_of_order_0(lists, head[i], blocks->blocks[i].order);

		if (head[i] > AW_LIST_NOT_KNOWN && at < lowest)
			lowest = at;
	}
	for (unsigned int back = 0; lowest != UINT64_MAX && back < lists->migratetypes->count; back++) {
		uint64_t candidate = lowest - back * LIST_HEAD_BYTES;

		if ((candidate - lists->layout->free_area) % ZONE_ALIGNMENT == 0 && is_base(lists, zone, candidate))
			return candidate;
	}
	return 0;
}

static void set_type(struct aw_zone_pages *zone, const struct aw_free_block *block, enum aw_migratetype type)
{
	uint64_t first = (block->pfn - zone->start) >> zone->pageblock_order;
	uint64_t last = (block->pfn + (1ull << block->order) - 1 - zone->start) >> zone->pageblock_order;

	for (uint64_t i = first; i <= last && i < zone->nr_blocks; i++)
		zone->type[i] = (uint8_t)type;
}

void aw_zone_fill_cma(struct aw_zone_pages *zone)
{
	uint64_t last = UINT64_MAX;

	for (uint64_t i = 0; i < zone->nr_blocks; i++) {
		if (zone->type[i] == AW_MT_CMA) {
			for (uint64_t k = last; last != UINT64_MAX && k < i; k++)
				zone->type[k] = AW_MT_CMA;
			last = i;
		} else if (zone->type[i] != AW_MT_UNKNOWN) {
			last = UINT64_MAX;
		}
	}
}

void aw_zone_set_cma(struct aw_zone_pages *zone, uint64_t start, uint64_t pages)
{
	uint64_t first = (start - zone->start) >> zone->pageblock_order, end = first + (pages >> zone->pageblock_order);

	if (start < zone->start || end > zone->nr_blocks)
		return;
	for (uint64_t i = first; i < end; i++)
		if (zone->type[i] != AW_MT_CMA && zone->type[i] != AW_MT_ISOLATE && zone->type[i] != AW_MT_UNKNOWN)
			return;
	for (uint64_t i = first; i < end; i++)
		if (zone->type[i] == AW_MT_UNKNOWN)
			zone->type[i] = AW_MT_CMA;
}

/* In CMA a page that blocks was movable before it was pinned, or cma_alloc() gave it to a driver: then it has no mark. */
static bool blocks_in_cma(enum aw_page_class class)
{
	return class == AW_PAGE_KERNEL || class == AW_PAGE_PINNED;
}

/* It has pages of processes or files, and else only what cma_alloc() gave to drivers. */
static bool may_be_cma(const struct aw_zone_pages *zone, uint64_t block)
{
	const uint8_t *class = &zone->class[block << zone->pageblock_order];
	bool movable = false;

	if (zone->type[block] != AW_MT_UNKNOWN)
		return false;
	for (uint64_t i = 0; i < 1ull << zone->pageblock_order; i++) {
		enum aw_page_kind kind = aw_page_class_kind(class[i]);

		if (kind == AW_KIND_NONE || (kind == AW_KIND_BLOCKS && !blocks_in_cma(class[i])))
			return false;
		movable |= class[i] != AW_PAGE_KERNEL;
	}
	return movable;
}

static uint64_t count_cma(const struct aw_zone_pages *zone)
{
	uint64_t count = 0;

	for (uint64_t i = 0; i < zone->nr_blocks; i++)
		count += zone->type[i] == AW_MT_CMA;
	return count;
}

void aw_zone_extend_cma(struct aw_zone_pages *zone, uint64_t blocks)
{
	uint64_t count = count_cma(zone);

	for (uint64_t i = 0; i + 1 < zone->nr_blocks && count < blocks; i++) {
		if (zone->type[i] != AW_MT_CMA || !may_be_cma(zone, i + 1))
			continue;
		zone->type[i + 1] = AW_MT_CMA;
		count++;
	}
	for (uint64_t i = zone->nr_blocks; i-- > 1 && count < blocks; ) {
		if (zone->type[i] != AW_MT_CMA || !may_be_cma(zone, i - 1))
			continue;
		zone->type[i - 1] = AW_MT_CMA;
		count++;
	}
}

int aw_free_lists_set_types(const struct aw_free_lists *lists, const struct aw_free_blocks *blocks,
			    struct aw_zone_pages *zone)
{
	AW_FREE uint64_t *head = malloc((blocks->count + 1) * sizeof(*head));
	uint64_t base;

	if (!head || aw_list_heads_find(lists, blocks, zone, head))
		return -ENOMEM;
	base = find_base(lists, blocks, zone, head);
	for (uint64_t i = 0; base && i < blocks->count; i++) {
		const struct aw_free_block *block = &blocks->blocks[i];
		uint64_t number = (head_of_order_0(lists, head[i], block->order) - base) / LIST_HEAD_BYTES;

		if (head[i] > AW_LIST_NOT_KNOWN && number < lists->migratetypes->count)
			set_type(zone, block, lists->migratetypes->of[number]);
	}
	return 0;
}
