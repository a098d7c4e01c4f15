// SPDX-License-Identifier: GPL-2.0
/*
 * Encodes events as records.
 */
#include "recording/encode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "recording/block.h"
#include "recording/encode_internal.h"

_Static_assert(AW_SAW_TRACEPOINT == 0x1 && AW_SAW_WARN == 0x2 && AW_SAW_LOG == 0x4,
	       "the values are part of the file format");
_Static_assert(AW_ZONE_KNOWS_CMA == 0x1 && AW_ZONE_KNOWS_HIGHATOMIC == 0x2 &&
	       AW_ZONE_KNOWS_FREE_HIGHATOMIC == 0x4 && AW_ZONE_KNOWS_BOOST == 0x8 &&
	       AW_ZONE_KNOWS_TYPES == 0x10 && AW_ZONE_KNOWS_WATERMARKS == 0x20 &&
	       AW_ZONE_KNOWS_MANAGED == 0x40 && AW_ZONE_KNOWS_LRU == 0x80 &&
	       AW_ZONE_NAMED == 0x200, "the values are part of the file format");

struct aw_recording_encoder *aw_recording_encoder_new(const struct aw_recording_facts *facts)
{
	struct aw_recording_encoder *encoder = calloc(1, sizeof(*encoder));

	if (encoder)
		encoder->facts = *facts;
	return encoder;
}

static void forget(struct aw_recording_encoder *encoder)
{
	aw_dictionary_clear(&encoder->strings);
	aw_dictionary_clear(&encoder->stacks);
	aw_dictionary_clear(&encoder->tasks);
	aw_dictionary_clear(&encoder->gfps);
}

void aw_recording_encoder_free(struct aw_recording_encoder *encoder)
{
	if (!encoder)
		return;
	forget(encoder);
	aw_bytes_free(&encoder->records);
	aw_bytes_free(&encoder->scratch);
	free(encoder);
}

static int result(const struct aw_recording_encoder *encoder)
{
	return encoder->records.failed ? -ENOMEM : 0;
}

static uint32_t file_flags(const struct aw_recording_encoder *encoder)
{
	return encoder->facts.raw_addresses ? AW_RECORDING_RAW_ADDRESSES : 0;
}

int aw_recording_begin(struct aw_recording_encoder *encoder, uint64_t start_ns, struct aw_bytes *out)
{
	encoder->records.used = 0;
	encoder->start_ns = start_ns;
	encoder->stored = encoder->block = encoder->pending = (struct aw_recording_count){ 0 };
	aw_recording_put_header(out, file_flags(encoder));
	aw_recording_group(encoder, start_ns);
	if (out->failed)
		return -ENOMEM;
	return aw_recording_flush(encoder, out);
}

int aw_recording_group(struct aw_recording_encoder *encoder, uint64_t time_ns)
{
	const struct aw_recording_group group = {
		.start_ns = encoder->start_ns,
		.time_ns = time_ns,
		.events = encoder->stored.events + encoder->block.events,
		.failures = encoder->stored.failures + encoder->block.failures,
		.flags = file_flags(encoder),
	};

	forget(encoder);
	aw_recording_put_group(&encoder->records, &group);
	aw_recording_put_facts(encoder, encoder->start_ns);
	return result(encoder);
}

size_t aw_recording_pending(const struct aw_recording_encoder *encoder)
{
	return encoder->records.used;
}

int aw_recording_flush(struct aw_recording_encoder *encoder, struct aw_bytes *out)
{
	int err = result(encoder);

	if (err || !encoder->records.used)
		return err;
	err = aw_recording_pack(out, encoder->records.data, encoder->records.used);
	if (err)
		return err;
	encoder->records.used = 0;
	encoder->stored.events += encoder->block.events;
	encoder->stored.failures += encoder->block.failures;
	encoder->block = encoder->pending;
	encoder->pending = (struct aw_recording_count){ 0 };
	return 0;
}

static void put_reset(struct aw_recording_encoder *encoder)
{
	forget(encoder);
	aw_record_end(&encoder->records, aw_record_begin(&encoder->records, AW_RECORD_RESET));
}

int aw_recording_restart(struct aw_recording_encoder *encoder, uint64_t time_ns)
{
	encoder->records.used = 0;
	encoder->block = encoder->pending = (struct aw_recording_count){ 0 };
	return aw_recording_group(encoder, time_ns);
}

/* Bounds the memory of the reader, too. */
static void reset_when_full(struct aw_recording_encoder *encoder)
{
	/* An event adds at most two strings per frame and per zone, and a few of its own. */
	const uint32_t strings = AW_RECORDING_ENTRIES - 4 * AW_MAX_STACK;

	if (encoder->strings.count < strings && encoder->stacks.count < AW_RECORDING_STACKS &&
	    encoder->tasks.count < AW_RECORDING_ENTRIES && encoder->gfps.count < AW_RECORDING_ENTRIES)
		return;
	put_reset(encoder);
}

static void put_effort(struct aw_bytes *out, const struct aw_effort *effort)
{
	aw_put_u64(out, effort->total_ns);
	aw_put_u64(out, effort->reclaim_ns);
	aw_put_u64(out, effort->compact_ns);
	aw_put_u64(out, effort->reclaim_pages);
	aw_put_u32(out, effort->reclaim_calls);
	aw_put_u32(out, effort->reclaim_declined);
	aw_put_u32(out, effort->compact_calls);
	aw_put_u32(out, (effort->known ? AW_STORED_EFFORT_KNOWN : 0) |
			(effort->knows_reclaim ? AW_STORED_KNOWS_RECLAIM : 0) |
			(effort->knows_compaction ? AW_STORED_KNOWS_COMPACTION : 0) |
			(effort->knows_retry ? AW_STORED_KNOWS_RETRY : 0) |
			(effort->lower_bound ? AW_STORED_LOWER_BOUND : 0) |
			(effort->knows_pages ? AW_STORED_KNOWS_PAGES : 0) |
			(effort->knows_zones ? AW_STORED_KNOWS_ZONES : 0));
	for (unsigned int i = 0; i < effort->nr_attempts; i++) {
		const struct aw_attempt *attempt = &effort->attempts[i];

		aw_put_u8(out, (uint8_t)attempt->prio);
		aw_put_u8(out, (uint8_t)attempt->result);
		aw_put_u16(out, attempt->deferred);
		aw_put_u32(out, attempt->us);
		aw_put_u32(out, attempt->zones);
	}
}

static void put_retry(struct aw_bytes *out, const struct aw_effort *effort)
{
	aw_put_u64(out, effort->retry_available);
	aw_put_u64(out, effort->retry_min_wmark);
	aw_put_u64(out, effort->retry_reclaimable);
	aw_put_u32(out, effort->reclaim_retries);
	aw_put_u32(out, (uint32_t)effort->retry_no_progress);
	aw_put_u32(out, effort->compact_retries);
	aw_put_u32(out, (uint32_t)effort->compact_retry_loops);
	aw_put_u32(out, (uint32_t)effort->compact_retry_max);
	aw_put_u8(out, (uint8_t)effort->compact_retry_result);
	aw_put_u8(out, (effort->retry_wmark_ok ? AW_STORED_WMARK_OK : 0) |
		       (effort->compact_retry_again ? AW_STORED_COMPACT_AGAIN : 0));
	aw_put_u16(out, 0);
}

static void put_pages(struct aw_bytes *out, const struct aw_effort *effort)
{
	aw_put_u64(out, effort->scanned);
	aw_put_u64(out, effort->taken);
	aw_put_u64(out, effort->moved);
	aw_put_u64(out, effort->failed);
	aw_put_u64(out, effort->free_scanned);
	aw_put_u64(out, effort->free_taken);
}

static void put_zone(struct aw_bytes *out, const struct aw_zone *zone)
{
	aw_put_u32(out, (uint32_t)zone->node);
	aw_put_u32(out, (uint32_t)zone->index);
	aw_put_bytes(out, zone->name, AW_COMM_LEN);
	aw_put_u32(out, zone->known);
	aw_put_u8(out, (uint8_t)zone->type);
	aw_put_u8(out, (uint8_t)zone->nr_reserves);
	aw_put_u8(out, (uint8_t)zone->nr_orders);
	aw_put_u8(out, 0);
	aw_put_u64(out, zone->managed);
	aw_put_u64(out, zone->free);
	aw_put_u64(out, zone->free_cma);
	aw_put_u64(out, zone->reserved_highatomic);
	aw_put_u64(out, zone->free_highatomic);
	aw_put_u64(out, zone->min);
	aw_put_u64(out, zone->low);
	aw_put_u64(out, zone->high);
	aw_put_u64(out, zone->boost);
	if (zone->known & AW_ZONE_KNOWS_LRU) {
		aw_put_u64(out, zone->lru_anon);
		aw_put_u64(out, zone->lru_file);
		aw_put_u64(out, zone->unevictable);
	}
	for (unsigned int i = 0; i < zone->nr_reserves; i++)
		aw_put_u64(out, (uint64_t)zone->lowmem_reserve[i]);
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		aw_put_u64(out, zone->nr_free[order]);
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		aw_put_u16(out, zone->types[order]);
}

/* After all else, where older readers ignore it. */
static void put_more_pages(struct aw_bytes *out, const struct aw_failure *failure)
{
	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		if (failure->zones[i].known & AW_ZONE_KNOWS_PENDING)
			aw_put_u64(out, failure->zones[i].write_pending);
		if (failure->zones[i].known & AW_ZONE_KNOWS_HUGE)
			aw_put_u64(out, failure->zones[i].node_huge);
	}
}

static bool has_effort(const struct aw_effort *effort)
{
	return effort->known || effort->total_ns || effort->reclaim_calls || effort->nr_attempts;
}

static bool has_retry(const struct aw_effort *effort)
{
	return effort->reclaim_retries || effort->compact_retries;
}

static void put_failure(struct aw_bytes *out, const struct aw_failure *failure, uint32_t gfp, uint32_t why)
{
	aw_put_u32(out, failure->order);
	aw_put_u32(out, gfp);
	aw_put_u32(out, why);
	aw_put_u32(out, (failure->warn_watched ? AW_STORED_WARN_WATCHED : 0) |
			(failure->before_start ? AW_STORED_BEFORE_START : 0) |
			(failure->zones_over_budget ? AW_STORED_OVER_BUDGET : 0) |
			(has_effort(&failure->effort) ? AW_STORED_EFFORT : 0) |
			(has_retry(&failure->effort) ? AW_STORED_RETRY : 0) |
			(failure->unsampled ? AW_STORED_UNSAMPLED : 0) |
			(failure->knows_nodemask ? AW_STORED_NODEMASK : 0));
	aw_put_u64(out, failure->bytes);
	aw_put_u64(out, 0);	/* once: when the request was over */
	aw_put_u64(out, failure->zones_late_ns);
	aw_put_u8(out, (uint8_t)failure->migratetype);
	aw_put_u8(out, (uint8_t)failure->log);
	aw_put_u8(out, (uint8_t)failure->class);
	aw_put_u8(out, (uint8_t)failure->zones_when);
	aw_put_u8(out, (uint8_t)failure->nr_zones);
	aw_put_u8(out, has_effort(&failure->effort) ? (uint8_t)failure->effort.nr_attempts : 0);
	aw_put_u16(out, (uint16_t)failure->saw);
	if (has_effort(&failure->effort))
		put_effort(out, &failure->effort);
	if (has_retry(&failure->effort))
		put_retry(out, &failure->effort);
	for (unsigned int i = 0; i < failure->nr_zones; i++)
		put_zone(out, &failure->zones[i]);
	if (failure->unsampled)
		aw_put_u64(out, failure->unsampled);
	if (failure->knows_nodemask)
		aw_put_u64(out, failure->nodemask);
	if (has_effort(&failure->effort) && failure->effort.knows_pages)
		put_pages(out, &failure->effort);
	put_more_pages(out, failure);
}

static void put_extfrag(struct aw_bytes *out, const struct aw_extfrag *extfrag)
{
	aw_put_u32(out, (uint32_t)extfrag->alloc_order);
	aw_put_u32(out, (uint32_t)extfrag->fallback_order);
	aw_put_u8(out, (uint8_t)extfrag->from);
	aw_put_u8(out, (uint8_t)extfrag->to);
	aw_put_u16(out, 0);
	aw_put_u32(out, (uint32_t)extfrag->change_ownership);
	aw_put_u64(out, extfrag->pfn);
}

static void put_oom(struct aw_bytes *out, const struct aw_oom_kill *oom)
{
	aw_put_u32(out, oom->victim_pid);
	aw_put_u32(out, (uint32_t)oom->order);
	aw_put_bytes(out, oom->victim_comm, AW_COMM_LEN);
}

static void put_cma(struct aw_bytes *out, const struct aw_cma_failure *cma, uint32_t name)
{
	aw_put_u64(out, cma->count);
	aw_put_u32(out, cma->align);
	aw_put_u32(out, (uint32_t)cma->error);
	aw_put_u32(out, name);
}

static void put_held(struct aw_bytes *out, const struct aw_held *held)
{
	aw_put_u8(out, (uint8_t)held->order);
	aw_put_u8(out, (uint8_t)held->migratetype);
	aw_put_u8(out, (uint8_t)held->shift);
	aw_put_u8(out, held->rest ? AW_STORED_HELD_REST : 0);
	aw_put_u64(out, held->blocks);
	aw_put_u64(out, held->pages);
	aw_put_u64(out, held->oldest_ns);
	aw_put_u64(out, held->newest_ns);
}

static const enum aw_recording_type types[] = {
	[AW_EVENT_FAILURE] = AW_RECORD_FAILURE, [AW_EVENT_STALL] = AW_RECORD_STALL,
	[AW_EVENT_EXTFRAG] = AW_RECORD_EXTFRAG, [AW_EVENT_WARNING] = AW_RECORD_WARNING,
	[AW_EVENT_OOM_KILL] = AW_RECORD_OOM_KILL, [AW_EVENT_CMA_FAILURE] = AW_RECORD_CMA_FAILURE,
	[AW_EVENT_ALLOCATIONS] = AW_RECORD_ALLOCATIONS, [AW_EVENT_SCAN] = AW_RECORD_SCAN,
	[AW_EVENT_HELD] = AW_RECORD_HELD,
};
_Static_assert(ARRAY_SIZE(types) == AW_EVENT_TYPES, "types[] needs every event type");

static uint8_t site_of(const struct aw_event *event)
{
	return event->site ? (uint8_t)(event->site - event->stack->frames) : AW_NO_SITE;
}

/* The numbers of an event's dictionary entries; their records precede its own. */
struct references {
	uint32_t task, stack, gfp, text;
};

static struct references refer(struct aw_recording_encoder *encoder, const struct aw_event *event)
{
	struct references to = {
		.task = aw_recording_task(encoder, &event->task),
		.stack = aw_recording_stack(encoder, event->stack),
	};

	switch (event->type) {
	case AW_EVENT_FAILURE:
	case AW_EVENT_STALL:
		to.gfp = aw_recording_gfp(encoder, &event->failure.gfp);
		to.text = aw_recording_string(encoder, event->failure.class_why ? event->failure.class_why : "");
		break;
	case AW_EVENT_WARNING:
		to.gfp = aw_recording_gfp(encoder, &event->warning.gfp);
		to.text = aw_recording_string(encoder, event->warning.format);
		break;
	case AW_EVENT_SCAN:
		to.gfp = aw_recording_gfp(encoder, &event->failure.gfp);
		aw_recording_scan_texts(encoder, event->scan);
		break;
	case AW_EVENT_CMA_FAILURE:
		to.text = aw_recording_string(encoder, event->cma.name);
		break;
	default:
		break;
	}
	return to;
}

static void put_body(struct aw_recording_encoder *encoder, const struct aw_event *event, const struct references *to)
{
	struct aw_bytes *out = &encoder->records;

	switch (event->type) {
	case AW_EVENT_FAILURE:
	case AW_EVENT_STALL: put_failure(out, &event->failure, to->gfp, to->text); break;
	case AW_EVENT_EXTFRAG: put_extfrag(out, &event->extfrag); break;
	case AW_EVENT_WARNING:
		aw_put_u32(out, to->gfp);
		aw_put_u32(out, to->text);
		break;
	case AW_EVENT_OOM_KILL: put_oom(out, &event->oom); break;
	case AW_EVENT_CMA_FAILURE: put_cma(out, &event->cma, to->text); break;
	case AW_EVENT_ALLOCATIONS:
		aw_put_u32(out, event->allocations.order);
		aw_put_u64(out, event->allocations.count);
		break;
	case AW_EVENT_SCAN: aw_recording_put_scan(encoder, event, to->gfp); break;
	case AW_EVENT_HELD: put_held(out, &event->held); break;
	case AW_EVENT_TYPES: break;
	}
}

int aw_recording_event(struct aw_recording_encoder *encoder, const struct aw_event *event)
{
	struct aw_bytes *out = &encoder->records;
	struct references to;
	size_t record;

	reset_when_full(encoder);
	to = refer(encoder, event);
	record = aw_record_begin(out, types[event->type]);
	aw_put_u64(out, event->time_ns);
	aw_put_u32(out, event->cpu);
	aw_put_u32(out, to.task);
	aw_put_u32(out, to.stack);
	aw_put_u8(out, site_of(event));
	aw_put_u8(out, 0);
	aw_put_u16(out, 0);
	put_body(encoder, event, &to);
	aw_record_end(out, record);
	encoder->pending.events++;
	if (event->type == AW_EVENT_FAILURE)
		encoder->pending.failures += event->failure.unsampled ? event->failure.unsampled : 1;
	return result(encoder);
}

int aw_recording_losses(struct aw_recording_encoder *encoder, enum aw_recording_type type, uint64_t time_ns,
			const struct aw_loss *losses, unsigned int count)
{
	struct aw_bytes *out = &encoder->records;
	uint32_t causes[AW_MAX_LOSSES], meanings[AW_MAX_LOSSES];
	size_t record;

	reset_when_full(encoder);
	for (unsigned int i = 0; i < count; i++) {
		causes[i] = aw_recording_string(encoder, losses[i].cause);
		meanings[i] = aw_recording_string(encoder, losses[i].meaning);
	}
	record = aw_record_begin(out, type);
	aw_put_u64(out, time_ns);
	aw_put_u32(out, count);
	for (unsigned int i = 0; i < count; i++) {
		aw_put_u32(out, causes[i]);
		aw_put_u32(out, meanings[i]);
		aw_put_u64(out, losses[i].count);
	}
	aw_record_end(out, record);
	return result(encoder);
}
