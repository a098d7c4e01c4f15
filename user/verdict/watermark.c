// SPDX-License-Identifier: GPL-2.0
/* The allocator's watermark check, replayed on a zone clause by clause. */
#include "verdict/watermark.h"

#include <string.h>

/* zone_watermark_fast(): order 0 atomic requests do without the boost (5.9 on). */
static bool ignores_boost(const struct aw_era *era, const struct aw_allows *allows,
			  unsigned int order)
{
	if (order || !era->boost_atomic)
		return false;
	return era->min_reserve ? allows->high : allows->atomic;
}

static int64_t min_mark(const struct aw_zone *zone, const struct aw_era *era,
			const struct aw_allows *allows, unsigned int order)
{
	int64_t mark = (int64_t)(allows->high_mark ? zone->high : zone->min);

	if (era->boost && (zone->known & AW_ZONE_KNOWS_BOOST) && !ignores_boost(era, allows, order))
		mark += (int64_t)zone->boost;
	return mark;
}

/* Up to 6.2: HIGH halves; then HARDER takes a quarter, an OOM victim half. */
static int64_t discount_harder(const struct aw_allows *allows, int64_t min)
{
	if (allows->high)
		min -= min / 2;
	if (allows->victim)
		min -= min / 2;
	else if (allows->harder)
		min -= min / 4;
	return min;
}

/* 6.3 on: MIN_RESERVE halves and lets NON_BLOCK take a quarter; a victim half. */
static int64_t discount_reserve(const struct aw_allows *allows, int64_t min)
{
	if (allows->high) {
		min -= min / 2;
		if (allows->non_block)
			min -= min / 4;
	}
	if (allows->victim)
		min -= min / 2;
	return min;
}


/*
 * Up to 4.3: for each order below the request's its free blocks are taken off
 * and the mark is halved.  nr_free holds CMA blocks too, although CMA's pages
 * were taken off before: that is what the kernel does.
 */
static bool check_order_marks(const struct aw_zone *zone, unsigned int shift, unsigned int order,
			      struct aw_check *out)
{
	int64_t free = out->usable;
	int64_t min = out->min;
	unsigned int i;

	for (i = 0; i < order && i < zone->nr_orders && i < AW_MAX_ORDERS; i++) {
		free -= (int64_t)(zone->nr_free[i] << i);
		min >>= shift;
		if (free > min)
			continue;
		out->failed = AW_CLAUSE_ORDER;
		out->order = i;
		out->order_pages = free;
		out->order_min = min;
		return false;
	}
	return true;
}

static void check_blocks(const struct aw_zone *zone, const struct aw_era *era,
			 const struct aw_allows *allows, const struct aw_blocks *blocks,
			 unsigned int order, struct aw_check *out)
{
	/* The check itself does not look at lists for order 0, but rmqueue() takes a page from one. */
	if (!order) {
		out->failed = blocks->known && blocks->fits == AW_NO ? AW_CLAUSE_BLOCK : AW_CLAUSE_PASSES;
		return;
	}
	if (!blocks->known) {
		out->failed = AW_CLAUSE_NOT_KNOWN;
		return;
	}
	if (era->order_marks && !allows->no_watermarks && !check_order_marks(zone, allows->order_shift, order, out))
		return;
	if (blocks->fits == AW_NO)
		out->failed = AW_CLAUSE_BLOCK;
	else if (blocks->fits == AW_DONT_KNOW)
		out->failed = AW_CLAUSE_NOT_KNOWN;
}

void aw_watermark_check(const struct aw_zone *zone, const struct aw_era *era,
			const struct aw_allows *allows, const struct aw_blocks *blocks,
			unsigned int order, int64_t reserve, struct aw_check *out)
{
	memset(out, 0, sizeof(*out));
	out->free = (int64_t)zone->free;
	out->closed = (int64_t)(blocks->closed_cma + blocks->closed_highatomic);
	out->usable = out->free - out->closed - (((int64_t)1 << order) - 1);
	out->high = allows->high_mark;
	out->mark = min_mark(zone, era, allows, order);
	out->min = era->min_reserve ? discount_reserve(allows, out->mark) :
				      discount_harder(allows, out->mark);
	out->lowmem_reserve = reserve;
	if (allows->no_watermarks)
		out->min = out->lowmem_reserve = 0;
	/* without marks there is no check, and the numbers of the reserve may be too high: the lists decide */
	if (allows->no_watermarks && blocks->known && blocks->fits == AW_YES)
		out->failed = AW_CLAUSE_PASSES;
	else if (out->usable <= out->min + out->lowmem_reserve)
		out->failed = AW_CLAUSE_PAGES;
	else
		check_blocks(zone, era, allows, blocks, order, out);
	/* blocks that are too few for a mark of 0 are too few for any */
	if (!(zone->known & AW_ZONE_KNOWS_WATERMARKS) && !allows->no_watermarks &&
	    out->failed != AW_CLAUSE_BLOCK && out->failed != AW_CLAUSE_ORDER)
		out->failed = AW_CLAUSE_NOT_KNOWN;
}

/* The index of zone type `highest`: a zone's own, else counted from those below. */
static unsigned int index_of(enum aw_zone_type highest, const struct aw_zone *zones,
			     unsigned int count)
{
	bool seen[AW_ZONE_TYPE_COUNT] = { false };
	unsigned int index = 0;
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (zones[i].type == highest && zones[i].index >= 0)
			return (unsigned int)zones[i].index;
		if (zones[i].type < highest && !seen[zones[i].type]) {
			seen[zones[i].type] = true;
			index++;
		}
	}
	return index;
}

/* Is there memory in a zone above `highest`?  If not, the last column is as good as its own. */
static bool has_higher(enum aw_zone_type highest, const struct aw_zone *zones, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (zones[i].type > highest && zones[i].type < AW_ZONE_TYPE_UNKNOWN)
			return true;
	return false;
}

int64_t aw_watermark_reserve(const struct aw_zone *zone, enum aw_zone_type highest,
			     const struct aw_zone *zones, unsigned int count)
{
	unsigned int nr = zone->nr_reserves;
	unsigned int index;

	if (nr > AW_MAX_RESERVES)
		nr = AW_MAX_RESERVES;
	if (!nr)
		return 0;
	index = has_higher(highest, zones, count) ? index_of(highest, zones, count) : nr - 1;
	return zone->lowmem_reserve[index < nr ? index : nr - 1];
}
