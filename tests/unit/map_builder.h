/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Builds what a look at all pages could have found: two zones, with every type of cell.
 */
#ifndef AW_TEST_MAP_BUILDER_H
#define AW_TEST_MAP_BUILDER_H

#include <string.h>

#include "blockers/answer.h"

#define BUILT_BLOCK_ORDER 9
#define BUILT_BLOCK (1u << BUILT_BLOCK_ORDER)

static inline void fill(struct aw_zone_pages *pages, unsigned int block, unsigned int from, unsigned int until,
			enum aw_page_class class)
{
	memset(pages->class + block * BUILT_BLOCK + from, class, until - from);
}

/* Every block by its number: the first are the kernel's, then free, movable, blocked with room, full. */
static inline void fill_block(struct aw_zone_pages *pages, unsigned int block)
{
	static const enum aw_page_class blocks[] = {
		AW_PAGE_SLAB, AW_PAGE_KERNEL, AW_PAGE_TABLE, AW_PAGE_PINNED, AW_PAGE_SLAB, AW_PAGE_HUGE,
	};
	enum aw_page_class class = blocks[block / 3 % 6];

	fill(pages, block, 0, BUILT_BLOCK, block < 5 ? AW_PAGE_RESERVED : AW_PAGE_FREE);
	if (block < 5 || block % 7 == 0)
		return;
	fill(pages, block, 0, block % 5 ? 300 : BUILT_BLOCK, AW_PAGE_ANON);
	if (block % 3)
		return;
	fill(pages, block, 0, block % 4 ? 100 : 420, class);
	fill(pages, block, 420, 424, AW_PAGE_FILE_DIRTY);
}

static inline int build_zone(struct aw_blockers *built, const char *name, uint64_t start, unsigned int blocks,
			     unsigned int hole)
{
	struct aw_blockers_zone *zone = &built->zones[built->nr_zones++];
	struct aw_zone_pages pages;
	int err;

	zone->span.start = start;
	zone->span.spanned = blocks * BUILT_BLOCK;
	strcpy(zone->span.name, name);
	err = aw_zone_pages_init(&pages, &zone->span, BUILT_BLOCK_ORDER);
	if (err)
		return err;
	for (unsigned int b = 0; b < blocks; b++) {
		fill_block(&pages, b);
		pages.type[b] = b >= 96 && b < 112 ? AW_MT_CMA : b == 50 ? AW_MT_HIGHATOMIC : AW_MT_MOVABLE;
		if (hole && b >= hole && b < hole + 70)
			fill(&pages, b, 0, BUILT_BLOCK, AW_PAGE_NONE);
	}
	err = aw_cells_make(&pages, true, AW_CELLS_MAX, &zone->cells);
	aw_windows_count(&pages, &built->request, &zone->windows);
	aw_windows_count(&pages, &built->request, &built->sum);
	zone->makeable = zone->makeable_most = zone->windows.movable / 2;
	built->makeable = built->makeable_most += zone->makeable;
	aw_zone_pages_clear(&pages);
	return err;
}

static inline void build_ranking(struct aw_blockers *built)
{
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (built->sum.class[class].windows)
			built->ranked[built->nr_ranked++] = class;
}

/* To be cleared with aw_blockers_clear().  0 or -ENOMEM. */
static inline int build_map(struct aw_blockers *built, const struct aw_kernel *kernel)
{
	int err;

	*built = (struct aw_blockers){ .kernel = kernel, .request = { .order = 4, .moves_folios = true } };
	err = build_zone(built, "DMA", 0x40000, 300, 130);
	if (!err)
		err = build_zone(built, "Normal", 0x100000, 70, 0);
	build_ranking(built);
	return err;
}

#endif
