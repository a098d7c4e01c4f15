// SPDX-License-Identifier: GPL-2.0
/*
 * Zone snapshots, taken in the context of the failing request.  No lock is held,
 * so the values of a snapshot may differ by moments.
 */
#include "kmod.h"

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/nodemask.h>
#include <linux/smp.h>

/* Failures per second that carry zone snapshots, which take some microseconds each. */
#define ZONES_PER_SECOND 100
#define SECOND_SHIFT 30		/* 2^30 ns, because 32-bit kernels have no 64-bit division */

/* Cpus that race may exceed the budget by a few.  It limits cost; no result depends on it. */
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

/* Free blocks of every order, and the migratetypes that have one: an empty list points to itself. */
static void fill_free_area(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	unsigned int order, type;

	for (order = 0; order < ARRAY_SIZE(zone->free_area) && order < AW_WIRE_ORDERS; order++) {
		struct free_area *area = &zone->free_area[order];

		snapshot->nr_free[order] = READ_ONCE(area->nr_free);
		for (type = 0; type < MIGRATE_TYPES; type++)
			if (READ_ONCE(area->free_list[type].next) != &area->free_list[type])
				snapshot->types[order] |= 1u << type;
	}
	snapshot->nr_orders = order;
	snapshot->known |= AW_ZONE_TYPES;
}

static void fill_pages(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	snapshot->managed = aw_zone_managed(zone);
	snapshot->free = zone_page_state(zone, NR_FREE_PAGES);
#ifdef HAVE_ZONE_CMA
	snapshot->free_cma = zone_page_state(zone, NR_FREE_CMA_PAGES);
	snapshot->known |= AW_ZONE_CMA;
#endif
#ifdef HAVE_ZONE_HIGHATOMIC
	snapshot->reserved_highatomic = READ_ONCE(zone->nr_reserved_highatomic);
	snapshot->known |= AW_ZONE_HIGHATOMIC;
#endif
#ifdef HAVE_ZONE_FREE_HIGHATOMIC
	snapshot->free_highatomic = READ_ONCE(zone->nr_free_highatomic);
	snapshot->known |= AW_ZONE_FREE_HIGHATOMIC;
#endif
}

static void fill_watermarks(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	unsigned int i;

	snapshot->wmark_min = aw_zone_watermark(zone, WMARK_MIN);
	snapshot->wmark_low = aw_zone_watermark(zone, WMARK_LOW);
	snapshot->wmark_high = aw_zone_watermark(zone, WMARK_HIGH);
#ifdef HAVE_ZONE_BOOST
	snapshot->wmark_boost = READ_ONCE(zone->watermark_boost);
	snapshot->known |= AW_ZONE_BOOST;
#endif
	for (i = 0; i < ARRAY_SIZE(zone->lowmem_reserve) && i < AW_WIRE_RESERVES; i++)
		snapshot->lowmem_reserve[i] = READ_ONCE(zone->lowmem_reserve[i]);
}

static int send_zone(struct zone *zone, int node, int index, u64 id)
{
	struct aw_wire_zone *record;
	unsigned long flags;

	record = aw_record_begin(AW_WIRE_ZONE, AW_WIRE_ZONE_SIZE, aw_now(), &flags);
	if (!record)
		return 0;
	aw_wire_size_zone(record);
	record->head.id = id;
	record->snapshot.node = node;
	record->snapshot.index = index;
	aw_copy_text(record->snapshot.name, zone->name, sizeof(record->snapshot.name));
	fill_pages(zone, &record->snapshot);
	fill_watermarks(zone, &record->snapshot);
	fill_free_area(zone, &record->snapshot);
	aw_record_commit(flags);
	return 1;
}

/* By node, because next_zone() is not exported to modules. */
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
