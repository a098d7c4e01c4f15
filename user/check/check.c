// SPDX-License-Identifier: GPL-2.0
/*
 * Replays the allocator's check on the zones as they are, block by block.
 */
#include "check/check.h"

#include <string.h>

/* More than that is as good as no end. */
#define MOST 1000000u

static void fill_event(const struct aw_check_request *request, struct aw_check_answer *out)
{
	struct aw_failure *f = &out->event.failure;

	out->event.type = AW_EVENT_FAILURE;
	out->event.stack = &out->stack;
	out->event.task.cgroup = "";
	f->order = request->order;
	f->bytes = aw_order_bytes(request->kernel, request->order);
	f->gfp = request->gfp;
	f->migratetype = AW_MT_UNKNOWN;		/* the mask decides */
	f->class_why = "";
	f->zones_when = AW_ZONES_AT_FAILURE;
	f->nr_zones = request->nr_zones;
	f->zones = out->zones;
}

/*
 * Leaves only blocks that the request may take, so that each of them can be
 * counted.  Up to 4.3 the check looks at the closed ones as well.
 */
static void keep_open_blocks(const struct aw_case *now, const struct aw_pagetypes *types, struct aw_zone *zone)
{
	const struct aw_zone_pagetypes *counted = aw_pagetypes_of(types, zone->node, zone->name);

	if (!counted || now->era.order_marks)
		return;
	for (unsigned int order = 0; order < zone->nr_orders && order < AW_MAX_ORDERS; order++) {
		zone->nr_free[order] = 0;
		zone->types[order] = 0;
		for (enum aw_migratetype type = 0; type < AW_MT_COUNT; type++) {
			if (!counted->free[type][order] || !aw_allows_type(&now->allows, type, order))
				continue;
			zone->nr_free[order] += counted->free[type][order];
			zone->types[order] |= (uint16_t)(1u << type);
		}
	}
	zone->known |= AW_ZONE_KNOWS_TYPES;
}

/* __rmqueue_smallest() and expand(): the smallest block that fits, and its rest goes back. */
static void take_block(struct aw_zone *zone, const struct aw_blocks *blocks, unsigned int order)
{
	unsigned int from = order;

	while (from < AW_MAX_ORDERS - 1 && !blocks->open[from])
		from++;
	zone->free -= 1ull << order;
	if (!zone->nr_free[from])
		return;
	zone->nr_free[from]--;
	while (from-- > order) {
		zone->nr_free[from]++;
		zone->types[from] |= zone->types[from + 1];
	}
}

/* The zone of out->zones[] that a finding is about; findings are of copies. */
static struct aw_zone *zone_of(struct aw_check_answer *out, const struct aw_finding *finding)
{
	return &out->zones[finding->zone - out->now.zones];
}

/* Serves one request from the first zone that passes, in the order that the kernel tries.  NULL: none. */
static const struct aw_finding *serve(struct aw_check_answer *out, unsigned int order)
{
	const struct aw_case *now = &out->now;

	for (unsigned int i = 0; i < now->nr_findings; i++) {
		const struct aw_finding *finding = &now->findings[i];
		struct aw_zone *zone = zone_of(out, finding);
		struct aw_blocks blocks;
		struct aw_check check;

		if (finding->bar != AW_BAR_NONE)
			continue;
		aw_blocks_of(zone, &now->allows, order, &blocks);
		aw_watermark_check(zone, &now->era, &now->allows, &blocks, order, finding->check.lowmem_reserve, &check);
		if (check.failed != AW_CLAUSE_PASSES)
			continue;
		take_block(zone, &blocks, order);
		return finding;
	}
	return NULL;
}

static bool is_too_large(const struct aw_check_request *request)
{
	return request->order >= AW_MAX_ORDERS ||
	       (request->kernel->max_order && request->order > request->kernel->max_order);
}

bool aw_check_is_least(const struct aw_check_request *request)
{
	/* "mm/page_alloc: allow high-order pages to be stored on the per-cpu lists", 5.13 */
	unsigned int on_lists = request->kernel->version >= AW_VERSION(5, 13, 0) ? AW_COSTLY_ORDER : 0;

	return aw_gfp_may_direct_reclaim(&request->gfp) || request->order <= on_lists;
}

void aw_check_make(const struct aw_check_request *request, struct aw_check_answer *out)
{
	const struct aw_finding *finding;

	memset(out, 0, sizeof(*out));
	out->most = request->count > MOST ? request->count : MOST;
	memcpy(out->zones, request->zones, request->nr_zones * sizeof(*out->zones));
	fill_event(request, out);
	aw_case_make(&out->event, request->kernel, true, &out->now);
	for (unsigned int i = 0; i < request->nr_zones; i++)
		keep_open_blocks(&out->now, request->types, &out->zones[i]);
	/* Again, with the blocks that are open. */
	aw_case_make(&out->event, request->kernel, true, &out->now);
	while (!is_too_large(request) && out->served < out->most && (finding = serve(out, request->order))) {
		if (!out->served++)
			out->zone = finding->zone;
	}
	if (!aw_check_has_no_end(out))
		aw_verdict_make(&out->event, request->kernel, &out->end);
}
