/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classifies page structures, copied out of a kernel, in the order of their
 * frame numbers.
 */
#ifndef AW_PAGES_DECODE_H
#define AW_PAGES_DECODE_H

#include <stdint.h>

#include "pages/dirty.h"
#include "pages/holders.h"
#include "pages/layout.h"
#include "pages/zone.h"

/* The first page of a free block. */
struct aw_free_block {
	uint64_t pfn;
	uint64_t next;		/* lru.next: an address in the kernel */
	unsigned int order;
};

struct aw_free_blocks {
	struct aw_free_block *blocks;	/* owned; by pfn */
	uint64_t count, room;
};

/* Neighbours are often alike: a page with the same words is of the same class. */
struct aw_page_alike {
	uint64_t flags, mapping, counts;
	uint8_t class;			/* AW_PAGE_NONE: there is no such page yet */
};

struct aw_page_decoder {
	const struct aw_page_layout *layout;
	struct aw_zone_pages *zone;
	struct aw_holders *holders;	/* not owned; NULL: not asked for */
	struct aw_free_blocks free;
	struct aw_free_blocks unmarked;	/* pages without reference and mark, of class PCP so far: see percpu.h */
	const struct aw_kernel_memory *memory;	/* not owned; NULL: what file systems can do is not asked for */
	struct aw_dirty dirty;
	uint64_t free_until;		/* pages below this pfn belong to the last free block */
	uint64_t head;			/* the first page of the last compound page */
	uint64_t head_until;		/* one past its last page so far; 0: none */
	uint64_t flags;			/* all of them that decide */
	struct aw_page_alike last;
};

void aw_page_decoder_init(struct aw_page_decoder *decoder, const struct aw_page_layout *layout,
			  struct aw_zone_pages *zone);
void aw_page_decoder_clear(struct aw_page_decoder *decoder);

/* `raw`: `count` page structures from `pfn` on.  Pages outside of the zone are ignored.  0 or -ENOMEM. */
int aw_page_decode(struct aw_page_decoder *decoder, uint64_t pfn, const uint8_t *raw, uint64_t count);

/* These pages were not read: they lie inside of a free block. */
void aw_page_decode_free(struct aw_page_decoder *decoder, uint64_t pfn, uint64_t count);

/* These pages could not be read. */
void aw_page_decode_gap(struct aw_page_decoder *decoder);

#endif
