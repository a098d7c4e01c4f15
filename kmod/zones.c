// SPDX-License-Identifier: GPL-2.0
/*
 * Pictures of the zones, taken in the failing context, under no lock: a
 * number may be of a moment later than its neighbour.
 */
#include "kmod.h"

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/nodemask.h>
#include <linux/smp.h>

/* Failures per second that carry pictures: some microseconds each. */
#define ZONES_PER_SECOND 100
#define SECOND_SHIFT 30		/* 2^30 ns: no division, which 32-bit machines lack for 64 bits */

/* Racing cpus may go over the budget by a few: it bounds cost, not meaning. */
static unsigned long budget_second;
static unsigned int budget_used;

static int allowed(u64 now)
{
	unsigned long second = now >> SECOND_SHIFT;

	if (READ_ONCE(budget_second) != second) {
		WRITE_ONCE(budget_second, second);
		WRITE_ONCE(budget_used, 0);
	}
	return budget_used++ < ZONES_PER_SECOND;
}

/* Blocks of every order, and which migratetypes have one: an empty list points to itself. */
static void fill_free_area(struct zone *zone, struct aw_wire_zone *record)
{
	unsigned int order, type;

	record->nr_orders = ARRAY_SIZE(zone->free_area);
	if (record->nr_orders > AW_WIRE_ORDERS)
		record->nr_orders = AW_WIRE_ORDERS;
	for (order = 0; order < record->nr_orders; order++) {
		struct free_area *area = &zone->free_area[order];

		record->nr_free[order] = READ_ONCE(area->nr_free);
		for (type = 0; type < MIGRATE_TYPES; type++)
			if (READ_ONCE(area->free_list[type].next) != &area->free_list[type])
				record->types[order] |= 1u << type;
	}
	record->known |= AW_ZONE_TYPES;
}

static void fill_pages(struct zone *zone, struct aw_wire_zone *record)
{
	record->managed = aw_zone_managed(zone);
	record->free = zone_page_state(zone, NR_FREE_PAGES);
#ifdef HAVE_ZONE_CMA
	record->free_cma = zone_page_state(zone, NR_FREE_CMA_PAGES);
	record->known |= AW_ZONE_CMA;
#endif
#ifdef HAVE_ZONE_HIGHATOMIC
	record->reserved_highatomic = READ_ONCE(zone->nr_reserved_highatomic);
	record->known |= AW_ZONE_HIGHATOMIC;
#endif
#ifdef HAVE_ZONE_FREE_HIGHATOMIC
	record->free_highatomic = READ_ONCE(zone->nr_free_highatomic);
	record->known |= AW_ZONE_FREE_HIGHATOMIC;
#endif
}

static void fill_watermarks(struct zone *zone, struct aw_wire_zone *record)
{
	unsigned int i;

	record->wmark_min = aw_zone_watermark(zone, WMARK_MIN);
	record->wmark_low = aw_zone_watermark(zone, WMARK_LOW);
	record->wmark_high = aw_zone_watermark(zone, WMARK_HIGH);
#ifdef HAVE_ZONE_BOOST
	record->wmark_boost = READ_ONCE(zone->watermark_boost);
	record->known |= AW_ZONE_BOOST;
#endif
	for (i = 0; i < ARRAY_SIZE(zone->lowmem_reserve) && i < AW_WIRE_RESERVES; i++)
		record->lowmem_reserve[i] = READ_ONCE(zone->lowmem_reserve[i]);
}

static int send_zone(struct zone *zone, int node, int index, u64 id)
{
	struct aw_wire_zone *record;
	unsigned long flags;

	record = aw_record_begin(AW_WIRE_ZONE, sizeof(*record), aw_now(), &flags);
	if (!record)
		return 0;
	record->head.id = id;
	record->node = node;
	record->index = index;
	aw_copy_text(record->name, zone->name, sizeof(record->name));
	fill_pages(zone, record);
	fill_watermarks(zone, record);
	fill_free_area(zone, record);
	aw_record_commit(flags);
	return 1;
}

/* next_zone() is not exported to modules: nodes and their zones it is. */
void aw_take_zones(struct aw_request *request)
{
	u64 now = aw_now();
	u64 id = now << 8 | (raw_smp_processor_id() & 0xff);
	unsigned int sent = 0;
	int node, index;

	if (!allowed(now)) {
		request->zones_flags |= AW_SEEN_ZONES_BUDGET;
		aw_count_lost(AW_LOST_ZONES_BUDGET);
		return;
	}
	for_each_online_node(node) {
		for (index = 0; index < MAX_NR_ZONES; index++) {
			struct zone *zone = &NODE_DATA(node)->node_zones[index];

			if (aw_zone_managed(zone) && sent < AW_WIRE_ZONES)
				sent += send_zone(zone, node, index, id);
		}
	}
	request->zones_id = id;
	request->nr_zones = sent;
}
