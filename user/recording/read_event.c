// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the events of a recording.
 */
#include <string.h>

#include "base/bulk.h"
#include "recording/decode_internal.h"

static void read_attempt(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			 struct aw_attempt *attempt)
{
	attempt->prio = (enum aw_compact_prio)aw_get_enum(decoder, AW_ENUM_COMPACT_PRIO, record);
	attempt->result = (enum aw_compact_result)aw_get_enum(decoder, AW_ENUM_COMPACT_RESULT, record);
	attempt->deferred = aw_get_u16(record);
	attempt->us = aw_get_u32(record);
	attempt->zones = aw_get_u32(record);
}

static void read_effort(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			unsigned int attempts, struct aw_effort *effort)
{
	uint32_t flags;

	effort->total_ns = aw_get_u64(record);
	effort->reclaim_ns = aw_get_u64(record);
	effort->compact_ns = aw_get_u64(record);
	effort->reclaim_pages = aw_get_u64(record);
	effort->reclaim_calls = aw_get_u32(record);
	effort->reclaim_declined = aw_get_u32(record);
	effort->compact_calls = aw_get_u32(record);
	flags = aw_get_u32(record);
	effort->known = flags & AW_STORED_EFFORT_KNOWN;
	effort->knows_reclaim = flags & AW_STORED_KNOWS_RECLAIM;
	effort->knows_compaction = flags & AW_STORED_KNOWS_COMPACTION;
	effort->knows_retry = flags & AW_STORED_KNOWS_RETRY;
	effort->lower_bound = flags & AW_STORED_LOWER_BOUND;
	effort->knows_pages = flags & AW_STORED_KNOWS_PAGES;
	effort->knows_zones = flags & AW_STORED_KNOWS_ZONES;
	effort->nr_attempts = attempts;
	for (unsigned int i = 0; i < attempts; i++)
		read_attempt(decoder, record, &effort->attempts[i]);
}

static void read_retry(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
		       struct aw_effort *effort)
{
	unsigned int flags;

	effort->retry_available = aw_get_u64(record);
	effort->retry_min_wmark = aw_get_u64(record);
	effort->retry_reclaimable = aw_get_u64(record);
	effort->reclaim_retries = aw_get_u32(record);
	effort->retry_no_progress = (int32_t)aw_get_u32(record);
	effort->compact_retries = aw_get_u32(record);
	effort->compact_retry_loops = (int32_t)aw_get_u32(record);
	effort->compact_retry_max = (int32_t)aw_get_u32(record);
	effort->compact_retry_result = (enum aw_compact_result)aw_get_enum(decoder, AW_ENUM_COMPACT_RESULT, record);
	flags = aw_get_u8(record);
	effort->retry_wmark_ok = flags & AW_STORED_WMARK_OK;
	effort->compact_retry_again = flags & AW_STORED_COMPACT_AGAIN;
	aw_get_u16(record);
}

static void read_pages(struct aw_cursor *record, struct aw_effort *effort)
{
	effort->scanned = aw_get_u64(record);
	effort->taken = aw_get_u64(record);
	effort->moved = aw_get_u64(record);
	effort->failed = aw_get_u64(record);
	effort->free_scanned = aw_get_u64(record);
	effort->free_taken = aw_get_u64(record);
}

static void read_zone_pages(struct aw_cursor *record, struct aw_zone *zone)
{
	zone->managed = aw_get_u64(record);
	zone->free = aw_get_u64(record);
	zone->free_cma = aw_get_u64(record);
	zone->reserved_highatomic = aw_get_u64(record);
	zone->free_highatomic = aw_get_u64(record);
	zone->min = aw_get_u64(record);
	zone->low = aw_get_u64(record);
	zone->high = aw_get_u64(record);
	zone->boost = aw_get_u64(record);
	if (!(zone->known & AW_ZONE_KNOWS_LRU))
		return;
	zone->lru_anon = aw_get_u64(record);
	zone->lru_file = aw_get_u64(record);
	zone->unevictable = aw_get_u64(record);
}

static bool read_zone(const struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_zone *zone)
{
	const uint8_t *name;

	memset(zone, 0, sizeof(*zone));
	zone->node = (int32_t)aw_get_u32(record);
	zone->index = (int32_t)aw_get_u32(record);
	name = aw_get_bytes(record, AW_COMM_LEN);
	zone->known = aw_get_u32(record);
	zone->type = (enum aw_zone_type)aw_get_enum(decoder, AW_ENUM_ZONE_TYPE, record);
	zone->nr_reserves = aw_get_u8(record);
	zone->nr_orders = aw_get_u8(record);
	aw_get_u8(record);
	if (!name || zone->nr_reserves > AW_MAX_RESERVES || zone->nr_orders > AW_MAX_ORDERS)
		return false;
	memcpy(zone->name, name, AW_COMM_LEN);
	read_zone_pages(record, zone);
	for (unsigned int i = 0; i < zone->nr_reserves; i++)
		zone->lowmem_reserve[i] = (int64_t)aw_get_u64(record);
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		zone->nr_free[order] = aw_get_u64(record);
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		zone->types[order] = (uint16_t)aw_recording_map_bits(&decoder->map, AW_ENUM_MIGRATETYPE,
								     aw_get_u16(record));
	return !record->failed;
}

static bool read_zones(struct aw_recording_decoder *decoder, struct aw_cursor *record,
		       struct aw_failure *failure)
{
	if (failure->nr_zones > AW_MAX_ZONES)
		return false;
	failure->zones = decoder->zones;
	for (unsigned int i = 0; i < failure->nr_zones; i++)
		if (!read_zone(decoder, record, &decoder->zones[i]))
			return false;
	return true;
}

static void read_more_pages(struct aw_cursor *record, unsigned int count, struct aw_zone *zones)
{
	for (unsigned int i = 0; i < count; i++) {
		if (zones[i].known & AW_ZONE_KNOWS_PENDING)
			zones[i].write_pending = aw_get_u64(record);
		if (zones[i].known & AW_ZONE_KNOWS_HUGE)
			zones[i].node_huge = aw_get_u64(record);
	}
}

static void read_failure_flags(uint32_t flags, struct aw_failure *failure)
{
	failure->warn_watched = flags & AW_STORED_WARN_WATCHED;
	failure->before_start = flags & AW_STORED_BEFORE_START;
	failure->zones_over_budget = flags & AW_STORED_OVER_BUDGET;
}

static bool read_failure(struct aw_recording_decoder *decoder, struct aw_cursor *record,
			 struct aw_event *event)
{
	struct aw_failure *failure = &event->failure;
	const struct aw_gfp *gfp;
	uint32_t flags;
	unsigned int attempts;

	failure->order = aw_get_u32(record);
	gfp = aw_entry_gfp(decoder, aw_get_u32(record));
	failure->class_why = aw_entry_string(decoder, aw_get_u32(record));
	flags = aw_get_u32(record);
	if (flags & ~AW_STORED_FAILURE_FLAGS)
		return false;
	read_failure_flags(flags, failure);
	failure->bytes = aw_get_u64(record);
	aw_get_u64(record);	/* once: when the request was over */
	failure->zones_late_ns = aw_get_u64(record);
	failure->migratetype = (enum aw_migratetype)aw_get_enum(decoder, AW_ENUM_MIGRATETYPE, record);
	failure->log = (enum aw_log)aw_get_enum(decoder, AW_ENUM_LOG, record);
	failure->class = (enum aw_class)aw_get_enum(decoder, AW_ENUM_CLASS, record);
	failure->zones_when = (enum aw_zones_when)aw_get_enum(decoder, AW_ENUM_ZONES_WHEN, record);
	failure->nr_zones = aw_get_u8(record);
	attempts = aw_get_u8(record);
	failure->saw = aw_get_u16(record);
	if (!gfp || !failure->class_why || failure->order > 31 || attempts > AW_MAX_ATTEMPTS)
		return false;
	failure->gfp = *gfp;
	if (flags & AW_STORED_EFFORT)
		read_effort(decoder, record, attempts, &failure->effort);
	if (flags & AW_STORED_RETRY)
		read_retry(decoder, record, &failure->effort);
	if (!read_zones(decoder, record, failure))
		return false;
	if (flags & AW_STORED_UNSAMPLED)
		failure->unsampled = aw_get_u64(record);
	failure->knows_nodemask = flags & AW_STORED_NODEMASK;
	if (failure->knows_nodemask)
		failure->nodemask = aw_get_u64(record);
	if (failure->effort.knows_pages)
		read_pages(record, &failure->effort);
	read_more_pages(record, failure->nr_zones, decoder->zones);
	return true;
}

static bool read_extfrag(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	struct aw_extfrag *extfrag = &event->extfrag;

	extfrag->alloc_order = (int32_t)aw_get_u32(record);
	extfrag->fallback_order = (int32_t)aw_get_u32(record);
	extfrag->from = (enum aw_migratetype)aw_get_enum(decoder, AW_ENUM_MIGRATETYPE, record);
	extfrag->to = (enum aw_migratetype)aw_get_enum(decoder, AW_ENUM_MIGRATETYPE, record);
	aw_get_u16(record);
	extfrag->change_ownership = (int32_t)aw_get_u32(record);
	extfrag->pfn = aw_get_u64(record);
	return true;
}

static bool read_warning(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	const struct aw_gfp *gfp = aw_entry_gfp(decoder, aw_get_u32(record));

	event->warning.format = aw_entry_string(decoder, aw_get_u32(record));
	if (!gfp || !event->warning.format)
		return false;
	event->warning.gfp = *gfp;
	return true;
}

static bool read_oom(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	const uint8_t *comm;

	(void)decoder;
	event->oom.victim_pid = aw_get_u32(record);
	event->oom.order = (int32_t)aw_get_u32(record);
	comm = aw_get_bytes(record, AW_COMM_LEN);
	if (comm)
		memcpy(event->oom.victim_comm, comm, AW_COMM_LEN);
	return comm;
}

static bool read_cma(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	event->cma.count = aw_get_u64(record);
	event->cma.align = aw_get_u32(record);
	event->cma.error = (int32_t)aw_get_u32(record);
	event->cma.name = aw_entry_string(decoder, aw_get_u32(record));
	return event->cma.name;
}

static bool read_allocations(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	(void)decoder;
	event->allocations.order = aw_get_u32(record);
	event->allocations.count = aw_get_u64(record);
	return event->allocations.order < AW_MAX_ORDERS;
}

static bool read_held(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event)
{
	struct aw_held *held = &event->held;

	held->order = aw_get_u8(record);
	held->migratetype = (enum aw_migratetype)aw_get_enum(decoder, AW_ENUM_MIGRATETYPE, record);
	held->shift = aw_get_u8(record);
	held->rest = aw_get_u8(record) & AW_STORED_HELD_REST;
	held->blocks = aw_get_u64(record);
	held->pages = aw_get_u64(record);
	held->oldest_ns = aw_get_u64(record);
	held->newest_ns = aw_get_u64(record);
	return held->order < AW_MAX_ORDERS && held->shift <= AW_HELD_SHIFT_MAX && held->blocks < AW_RECORDING_HELD_MAX &&
	       held->pages < AW_RECORDING_HELD_MAX && held->oldest_ns < AW_RECORDING_TIME_MAX &&
	       held->newest_ns < AW_RECORDING_TIME_MAX;
}

static bool read_common(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
			struct aw_event *event)
{
	const struct aw_task *task;
	unsigned int site;

	aw_bulk_zero(event, sizeof(*event));
	event->time_ns = aw_get_u64(record);
	event->cpu = aw_get_u32(record);
	event->texts = aw_intern_serial(decoder->texts);
	task = aw_entry_task(decoder, aw_get_u32(record));
	event->stack = aw_entry_stack(decoder, aw_get_u32(record));
	site = aw_get_u8(record);
	aw_get_u8(record);
	aw_get_u16(record);
	if (event->time_ns >= AW_RECORDING_TIME_MAX)
		return false;
	if (!task || !event->stack || (site != AW_NO_SITE && site >= event->stack->count))
		return false;
	event->task = *task;
	event->site = site == AW_NO_SITE ? NULL : &event->stack->frames[site];
	return true;
}

static const struct {
	enum aw_event_type type;
	bool (*read)(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event);
} readers[] = {
	[AW_RECORD_FAILURE - AW_RECORD_FAILURE] = { AW_EVENT_FAILURE, read_failure },
	[AW_RECORD_STALL - AW_RECORD_FAILURE] = { AW_EVENT_STALL, read_failure },
	[AW_RECORD_EXTFRAG - AW_RECORD_FAILURE] = { AW_EVENT_EXTFRAG, read_extfrag },
	[AW_RECORD_WARNING - AW_RECORD_FAILURE] = { AW_EVENT_WARNING, read_warning },
	[AW_RECORD_OOM_KILL - AW_RECORD_FAILURE] = { AW_EVENT_OOM_KILL, read_oom },
	[AW_RECORD_CMA_FAILURE - AW_RECORD_FAILURE] = { AW_EVENT_CMA_FAILURE, read_cma },
	[AW_RECORD_ALLOCATIONS - AW_RECORD_FAILURE] = { AW_EVENT_ALLOCATIONS, read_allocations },
	[AW_RECORD_SCAN - AW_RECORD_FAILURE] = { AW_EVENT_SCAN, aw_read_scan },
	[AW_RECORD_HELD - AW_RECORD_FAILURE] = { AW_EVENT_HELD, read_held },
};

bool aw_read_event(struct aw_recording_decoder *decoder, enum aw_recording_type type,
		   struct aw_cursor *record, struct aw_event *event)
{
	unsigned int index = (unsigned int)type - AW_RECORD_FAILURE;

	if (!read_common(decoder, record, event))
		return false;
	event->type = readers[index].type;
	return readers[index].read(decoder, record, event) && !record->failed;
}
