/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The migratetypes of pageblocks, from the free lists.
 *
 * The kernel keeps them in bitmaps (sections.h), whose address is published only
 * where kallsyms has variables (CONFIG_KALLSYMS_ALL).  But free blocks are linked
 * in lists by migratetype, and each list ends in its head,
 * zone->free_area[order].free_list[migratetype]: the place of the head among the
 * others says of which type a list is.  Only the bitmaps tell the type of a
 * pageblock without a free page, and where both tell one, theirs is right.
 */
#ifndef AW_PAGES_LISTS_H
#define AW_PAGES_LISTS_H

#include <stdint.h>

#include "mm/migratetype.h"
#include "mm/zone.h"
#include "pages/decode.h"
#include "pages/memory.h"

struct aw_free_lists {
	const struct aw_page_layout *layout;
	const struct aw_migratetypes *migratetypes;
	const struct aw_kernel_memory *memory;
	uint64_t vmemmap;		/* address of the struct page of pfn 0 */
	unsigned int nr_orders;
};

#define AW_LIST_NOT_KNOWN 1ull	/* no address: the list changed while it was read */

/* The address that a page's links have: of its lru.  Is it one of `zone`, and not a list's head? */
bool aw_list_is_page(const struct aw_free_lists *lists, const struct aw_zone_pages *zone, uint64_t address);

/* Follows the links of `blocks`.  head[]: for each, in which list it is: the address of the head, or NOT_KNOWN.  0 or -ENOMEM. */
int aw_list_heads_find(const struct aw_free_lists *lists, const struct aw_free_blocks *blocks,
		       const struct aw_zone_pages *zone, uint64_t *head);

/* A CMA area is contiguous: what lies between two of its pageblocks and is not known belongs to it. */
void aw_zone_fill_cma(struct aw_zone_pages *zone);

/*
 * The kernel said that an area has these pages.  Nothing is set if a free block there is of another type: then it is no area any
 * more.
 */
void aw_zone_set_cma(struct aw_zone_pages *zone, uint64_t start, uint64_t pages);

/*
 * At its edges, too.  It has movable pages, such as were pinned, and those that drivers took:
 * such pageblocks of unknown type at its edges belong to it, until it has `blocks`
 * pageblocks, the number that the kernel counts.
 */
void aw_zone_extend_cma(struct aw_zone_pages *zone, uint64_t blocks);

/* Sets zone->type[] of pageblocks with a free page.  `blocks` are those of the zone, by pfn.  0 or -ENOMEM. */
int aw_free_lists_set_types(const struct aw_free_lists *lists, const struct aw_free_blocks *blocks,
			    struct aw_zone_pages *zone);

#endif
