// SPDX-License-Identifier: GPL-2.0
/* Which free blocks of a zone a request may take. */
#include "verdict/blocks.h"

#include <string.h>

static unsigned int orders_of(const struct aw_zone *zone)
{
	return zone->nr_orders < AW_MAX_ORDERS ? zone->nr_orders : AW_MAX_ORDERS;
}

static bool has_type(uint16_t types, enum aw_migratetype type)
{
	return types >> type & 1;
}

/* Pages in blocks of `order` and above, all migratetypes. */
uint64_t aw_blocks_pages_from(const struct aw_zone *zone, unsigned int order)
{
	uint64_t pages = 0;
	unsigned int i;

	for (i = order; i < orders_of(zone); i++)
		pages += zone->nr_free[i] << i;
	return pages;
}

bool aw_blocks_has_open(const struct aw_blocks *blocks, unsigned int order)
{
	for (unsigned int i = order; i < AW_MAX_ORDERS; i++)
		if (blocks->open[i] && !(blocks->only_reserve >> i & 1))
			return true;
	return false;
}

static uint64_t highatomic_pages(const struct aw_zone *zone)
{
	if (zone->known & AW_ZONE_KNOWS_FREE_HIGHATOMIC)
		return zone->free_highatomic;
	return zone->known & AW_ZONE_KNOWS_HIGHATOMIC ? zone->reserved_highatomic : 0;
}

static void find_closed_pages(const struct aw_zone *zone, const struct aw_allows *allows,
			      struct aw_blocks *out)
{
	if (!allows->cma && (zone->known & AW_ZONE_KNOWS_CMA))
		out->closed_cma = zone->free_cma;
	if (!allows->highatomic_counts)
		out->closed_highatomic = highatomic_pages(zone);
	if (!allows->highatomic_blocks)
		out->kept_highatomic = highatomic_pages(zone);
	if (out->kept_highatomic < out->closed_highatomic)
		out->kept_highatomic = out->closed_highatomic;
}

/* The migratetypes of an order's blocks, as bits: open to the request, closed to it, and of these for vm.defrag_mode alone. */
struct split {
	uint16_t open, closed, by_mode;
};

static struct split split_types(uint16_t types, const struct aw_allows *allows, unsigned int order)
{
	struct split split = { 0 };
	unsigned int type;

	for (type = 0; type < AW_MT_COUNT; type++) {
		if (!has_type(types, type))
			continue;
		if (aw_allows_type(allows, type, order))
			split.open |= (uint16_t)(1u << type);
		else
			split.closed |= (uint16_t)(1u << type);
		if (aw_allows_but_for_mode(allows, type, order))
			split.by_mode |= (uint16_t)(1u << type);
	}
	return split;
}

/* One order whose migratetypes are known. */
static void look_at_order(const struct aw_zone *zone, const struct aw_allows *allows,
			  unsigned int order, struct aw_blocks *out)
{
	uint16_t bit = (uint16_t)(1u << order);
	struct split split = split_types(zone->types[order], allows, order);

	if (has_type(split.closed, AW_MT_CMA))
		out->cma |= bit;
	if (has_type(split.closed, AW_MT_HIGHATOMIC))
		out->highatomic |= bit;
	if (split.by_mode)
		out->by_mode |= bit;
	if (has_type(split.open, AW_MT_RESERVE))
		out->reserve |= bit;
	if (split.open == 1u << AW_MT_RESERVE)
		out->only_reserve |= bit;
	if (!split.open)
		return;
	out->open[order] = zone->nr_free[order];
	if (split.closed)
		out->mixed |= bit;
}

/* Without migratetypes: the closed pages may be anywhere. */
static enum aw_known fits_by_count(const struct aw_zone *zone, const struct aw_allows *allows,
				   unsigned int order, const struct aw_blocks *blocks)
{
	uint64_t pages = aw_blocks_pages_from(zone, order);
	bool all_known = allows->cma || (zone->known & AW_ZONE_KNOWS_CMA);

	if (!pages)
		return AW_NO;
	if (allows->own_type_only)
		return AW_DONT_KNOW;
	if (all_known && pages > blocks->closed_cma + blocks->closed_highatomic)
		return AW_YES;
	return AW_DONT_KNOW;
}

static enum aw_known fits_by_type(const struct aw_blocks *blocks, unsigned int order)
{
	unsigned int i;

	for (i = order; i < AW_MAX_ORDERS; i++)
		if (blocks->open[i])
			return AW_YES;
	return AW_NO;
}

/* The lists were read one by one: a count without any list means a race. */
static bool types_complete(const struct aw_zone *zone)
{
	unsigned int order;

	if (!(zone->known & AW_ZONE_KNOWS_TYPES))
		return false;
	for (order = 0; order < orders_of(zone); order++)
		if (zone->nr_free[order] && !zone->types[order])
			return false;
	return true;
}

void aw_blocks_of(const struct aw_zone *zone, const struct aw_allows *allows, unsigned int order,
		  struct aw_blocks *out)
{
	bool complete = types_complete(zone);
	unsigned int i;

	memset(out, 0, sizeof(*out));
	out->known = zone->nr_orders != 0;
	find_closed_pages(zone, allows, out);
	for (i = 0; i < orders_of(zone); i++) {
		if (!zone->nr_free[i])
			continue;
		if (complete) {
			look_at_order(zone, allows, i, out);
			continue;
		}
		out->open[i] = zone->nr_free[i];
		if (out->closed_cma || out->closed_highatomic)
			out->mixed |= (uint16_t)(1u << i);
	}
	if (!out->known)
		out->fits = AW_DONT_KNOW;
	else if (complete)
		out->fits = fits_by_type(out, order);
	else
		out->fits = fits_by_count(zone, allows, order, out);
}
