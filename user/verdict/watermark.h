/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The allocator's watermark check, replayed on a zone clause by clause:
 * __zone_watermark_ok() of mm/page_alloc.c as it is in the kernel's era, at
 * the min watermark, which is the one that the slow path ends with, or for
 * the last try before the OOM killer at the high one
 * (__alloc_pages_may_oom()).
 *
 * One deliberate difference: from 4.4 to 4.14 ALLOC_HARDER let the block
 * clause pass on any block of the order, CMA included (fixed by b050e3769c6b);
 * here a block must be one that the request can be given.
 */
#ifndef AW_VERDICT_WATERMARK_H
#define AW_VERDICT_WATERMARK_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "verdict/allows.h"
#include "verdict/blocks.h"
#include "verdict/era.h"

enum aw_clause {
	AW_CLAUSE_PASSES,
	AW_CLAUSE_PAGES,	/* too few free pages over the mark */
	AW_CLAUSE_ORDER,	/* up to 4.3: too few of them in blocks of some order */
	AW_CLAUSE_BLOCK,	/* no block of the order or above */
	AW_CLAUSE_NOT_KNOWN	/* the zone's facts do not suffice */
};

/* All numbers are pages; those that are differences may be negative. */
struct aw_check {
	enum aw_clause failed;
	int64_t free;		/* NR_FREE_PAGES */
	int64_t closed;		/* free, but CMA or HighAtomic that this request may not use */
	int64_t usable;		/* free - closed - ((1 << order) - 1) */
	bool high;		/* the mark is the high watermark, not min */
	int64_t mark;		/* the watermark with boost */
	int64_t min;		/* what is left of it for this request */
	int64_t lowmem_reserve;	/* kept from requests that could use a higher zone */
	/* AW_CLAUSE_ORDER only: */
	unsigned int order;	/* pages in blocks above this order ... */
	int64_t order_pages;	/* ... are these ... */
	int64_t order_min;	/* ... and had to be more than these */
};

/* Pages free that the request may use. */
static inline int64_t aw_check_open(const struct aw_check *check)
{
	return check->free - check->closed;
}

/* Pages above what the request must leave; 0 or less: too few. */
static inline int64_t aw_check_margin(const struct aw_check *check)
{
	return check->usable - check->min - check->lowmem_reserve;
}

/* Pages that the request must leave: its mark and the lowmem reserve. */
static inline int64_t aw_check_must_leave(const struct aw_check *check)
{
	return check->min + check->lowmem_reserve;
}

/*
 * Replays the check for a request of `order`.  `reserve` is the zone's
 * lowmem_reserve against this request.
 */
void aw_watermark_check(const struct aw_zone *zone, const struct aw_era *era,
			const struct aw_allows *allows, const struct aw_blocks *blocks,
			unsigned int order, int64_t reserve, struct aw_check *out);

/*
 * lowmem_reserve[] of `zone` against a request whose highest zone is `highest`,
 * pages.  Zones without an index (a log does not print it) are placed by the
 * zones around them in zones[0..count).
 */
int64_t aw_watermark_reserve(const struct aw_zone *zone, enum aw_zone_type highest,
			     const struct aw_zone *zones, unsigned int count);

#endif
