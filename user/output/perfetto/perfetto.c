// SPDX-License-Identifier: GPL-2.0
/*
 * A Perfetto trace: slow paths as slices of their thread, failures and other
 * events as instants with their verdict and stack, and zones as counters.
 *
 * Times are CLOCK_MONOTONIC.  A trace that knows how this clock and CLOCK_BOOTTIME
 * relate, such as one of Android of the same boot, can be appended to this one.
 */
#include <stdio.h>

#include "output/exporters.h"
#include "output/perfetto/packet.h"
#include "verdict/allows.h"
#include "verdict/blocks.h"
#include "verdict/verdict.h"

/* Plain tracks. */
enum { TRACK_COUNTED_ONLY = 1, TRACK_LIMITS = 2 };

/* A zone has these counters, from COUNTER_BLOCKS on for each order that a request had. */
enum { COUNTER_FREE, COUNTER_FREE_CMA, COUNTER_BLOCKS, COUNTER_USABLE, COUNTER_MAKEABLE };

static uint64_t wall_ns(const struct aw_report *report, uint64_t mono_ns)
{
	return report->kernel->wall_offset_ns ? mono_ns + (uint64_t)report->kernel->wall_offset_ns : 0;
}

static int begin(FILE *out, const struct aw_report *report)
{
	AW_PACKET struct aw_packet packet = { 0 };

	aw_packet_clocks(&packet, report->start_ns, wall_ns(report, report->start_ns));
	return aw_packet_flush(&packet, out);
}

static void put_request(struct aw_packet *packet, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;

	aw_packet_number(packet, "order", failure->order);
	if (failure->bytes)
		aw_packet_number(packet, "bytes", failure->bytes);
	aw_packet_text(packet, "gfp", failure->gfp.names);
	aw_packet_text(packet, "migratetype", aw_migratetype_name(failure->migratetype));
	if (event->site)
		aw_packet_text(packet, "module", event->site->module);
}

/* How the time was spent is known, when it was is not: so these are arguments, not slices. */
static void put_effort(struct aw_packet *packet, const struct aw_effort *effort)
{
	if (effort->knows_reclaim) {
		aw_packet_number(packet, "reclaim calls", effort->reclaim_calls);
		aw_packet_number(packet, "reclaim ns", effort->reclaim_ns);
		aw_packet_number(packet, "reclaimed pages", effort->reclaim_pages);
	}
	if (effort->knows_compaction) {
		aw_packet_number(packet, "compaction calls", effort->compact_calls);
		aw_packet_number(packet, "compaction ns", effort->compact_ns);
	}
	for (unsigned int i = 0; i < effort->nr_attempts; i++)
		aw_packet_text(packet, aw_compact_prio_name(effort->attempts[i].prio),
			       effort->attempts[i].deferred ? "deferred" :
			       aw_compact_result_name(effort->attempts[i].result));
}

/* The slice from when the slow path began; nothing if that is not known. */
static void put_slow_path(struct aw_packet *packet, const struct aw_event *event, uint64_t track, const char *name)
{
	const struct aw_effort *effort = &event->failure.effort;

	if (!effort->known || !effort->total_ns || effort->total_ns > event->time_ns)
		return;
	aw_packet_begin(packet, AW_SLICE_BEGIN, track, name, "slow path");
	put_request(packet, event);
	put_effort(packet, effort);
	aw_packet_end(packet, event->time_ns - effort->total_ns);
	aw_packet_begin(packet, AW_SLICE_END, track, NULL, NULL);
	aw_packet_end(packet, event->time_ns);
}

static void put_verdict(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	struct aw_verdict verdict;

	aw_verdict_make(event, report->kernel, &verdict);
	aw_packet_text(packet, "class", aw_class_name(event->failure.class));
	aw_packet_text(packet, "log", aw_log_name(event->failure.log));
	aw_packet_text(packet, "verdict", verdict.headline);
	aw_packet_text(packet, "cause", aw_cause_name(verdict.cause));
	aw_packet_text(packet, "because", verdict.cause_text);
	aw_packet_text(packet, "stopped by", aw_rule_name(verdict.rule));
	aw_packet_text(packet, "the rule", verdict.rule_text);
	aw_packet_text(packet, "tried", verdict.tried_text);
	for (unsigned int i = 0; i < verdict.nr_advice; i++)
		aw_packet_text(packet, verdict.advice[i].who == AW_FOR_CALLER ? "caller" : "administrator",
			       verdict.advice[i].text);
}

static uint64_t counter_id(const struct aw_zone *zone, unsigned int what, unsigned int order)
{
	return (uint64_t)(unsigned int)zone->node << 16 | (uint64_t)(unsigned int)zone->type << 8 | what << 5 | order;
}

static void put_counter(struct aw_packet *packet, const struct aw_zone *zone, unsigned int what, unsigned int order,
			const char *text, uint64_t value, uint64_t time_ns)
{
	char name[64];
	uint64_t track;

	if (what >= COUNTER_BLOCKS)
		snprintf(name, sizeof(name), "node %d %s: %s order >= %u", zone->node, zone->name, text, order);
	else
		snprintf(name, sizeof(name), "node %d %s: %s", zone->node, zone->name, text);
	track = aw_packet_counter_track(packet, counter_id(zone, what, order), name,
					what >= COUNTER_BLOCKS ? AW_UNIT_COUNT : AW_UNIT_BYTES);
	aw_packet_count(packet, track, time_ns, value);
}

static uint64_t sum_from(const uint64_t counts[AW_MAX_ORDERS], unsigned int order)
{
	uint64_t sum = 0;

	for (; order < AW_MAX_ORDERS; order++)
		sum += counts[order];
	return sum;
}

/* What was free when the request failed, and what of it was open to the request. */
static void put_zone(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event,
		     const struct aw_zone *zone, const struct aw_allows *allows)
{
	unsigned int order = event->failure.order < AW_MAX_ORDERS ? event->failure.order : AW_MAX_ORDERS - 1;
	uint64_t page = report->kernel->page_size, time_ns = event->time_ns;
	struct aw_blocks blocks;

	put_counter(packet, zone, COUNTER_FREE, 0, "free", zone->free * page, time_ns);
	if (zone->known & AW_ZONE_KNOWS_CMA)
		put_counter(packet, zone, COUNTER_FREE_CMA, 0, "free CMA", zone->free_cma * page, time_ns);
	if (!zone->nr_orders)
		return;
	put_counter(packet, zone, COUNTER_BLOCKS, order, "free blocks of", sum_from(zone->nr_free, order), time_ns);
	aw_blocks_of(zone, allows, order, &blocks);
	if (blocks.known)
		put_counter(packet, zone, COUNTER_USABLE, order, "usable blocks of", sum_from(blocks.open, order),
			    time_ns);
}

static void put_zones(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	struct aw_allows allows;
	struct aw_era era;

	if (!event->failure.nr_zones)
		return;
	aw_era_of(report->kernel, &event->failure.gfp, &era);
	aw_allows_of(event, report->kernel, &era, &allows);
	for (unsigned int i = 0; i < event->failure.nr_zones; i++)
		put_zone(packet, report, event, &event->failure.zones[i], &allows);
}

/* When they failed is only known to the second. */
static void put_counted_only(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	uint64_t track = aw_packet_plain_track(packet, TRACK_COUNTED_ONLY, "failures that were only counted");

	aw_packet_begin(packet, AW_INSTANT, track, event->site ? event->site->name : "failed", "failure");
	aw_packet_number(packet, "failures", event->failure.unsampled);
	put_request(packet, event);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
}

static void put_failure(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	char name[160];
	uint64_t track;

	if (event->failure.unsampled) {
		put_counted_only(packet, report, event);
		return;
	}
	track = aw_packet_task_track(packet, event);
	snprintf(name, sizeof(name), "%s: order %u failed", event->site ? event->site->name : "?",
		 event->failure.order);
	put_slow_path(packet, event, track, name);
	aw_packet_begin(packet, AW_INSTANT, track, name, aw_class_name(event->failure.class));
	put_request(packet, event);
	put_verdict(packet, report, event);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
	put_zones(packet, report, event);
}

static void put_stall(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	char name[160];

	(void)report;
	snprintf(name, sizeof(name), "%s: order %u stalled", event->site ? event->site->name : "?",
		 event->failure.order);
	put_slow_path(packet, event, aw_packet_task_track(packet, event), name);
}

static void begin_instant(struct aw_packet *packet, const struct aw_event *event, const char *name)
{
	aw_packet_begin(packet, AW_INSTANT, aw_packet_task_track(packet, event), name,
			aw_event_type_name(event->type));
}

static void put_extfrag(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	const struct aw_extfrag *extfrag = &event->extfrag;
	char name[80];

	snprintf(name, sizeof(name), "steal: %s takes a block of %s", aw_migratetype_name(extfrag->to),
		 aw_migratetype_name(extfrag->from));
	begin_instant(packet, event, name);
	if (extfrag->fallback_order >= 0)
		aw_packet_number(packet, "order of the block", (uint64_t)extfrag->fallback_order);
	if (extfrag->change_ownership >= 0)
		aw_packet_text(packet, "takes the pageblock", extfrag->change_ownership ? "yes" : "no");
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
}

static void put_oom_kill(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	begin_instant(packet, event, "OOM kill");
	aw_packet_text(packet, "victim", event->oom.victim_comm);
	aw_packet_number(packet, "victim pid", event->oom.victim_pid);
	if (event->oom.order >= 0)
		aw_packet_number(packet, "order", (uint64_t)event->oom.order);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
}

static void put_cma(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	begin_instant(packet, event, "CMA area has no room");
	aw_packet_text(packet, "area", event->cma.name);
	aw_packet_number(packet, "pages", event->cma.count);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
}

static void put_warning(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	begin_instant(packet, event, "warning");
	aw_packet_text(packet, "format", event->warning.format);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
}

/* What a full compaction makes, at least, of what is not free now. */
static void put_makeable(struct aw_packet *packet, const struct aw_event *event)
{
	const struct aw_blockers *found = &event->scan->found;

	for (unsigned int i = 0; i < found->nr_zones; i++) {
		const struct aw_zone_span *span = &found->zones[i].span;
		struct aw_zone zone = { .node = span->node, .type = aw_zone_type_from_name(span->name) };

		snprintf(zone.name, sizeof(zone.name), "%s", span->name);
		put_counter(packet, &zone, COUNTER_MAKEABLE, found->request.order, "makeable blocks of",
			    found->zones[i].makeable, event->time_ns);
	}
}

static void put_scan(struct aw_packet *packet, const struct aw_report *report, const struct aw_event *event)
{
	char sentence[AW_SCAN_SENTENCE];

	aw_scan_sentence(event->scan, sentence, sizeof(sentence));
	begin_instant(packet, event, "page scan");
	if (event->scan->cma.count)
		aw_packet_number(packet, "cma_pages", event->scan->cma.count);
	else
		aw_packet_number(packet, "order", event->failure.order);
	aw_packet_text(packet, "answer", sentence);
	aw_packet_stack(packet, event->stack, report->raw_addresses);
	aw_packet_end(packet, event->time_ns);
	if (!event->scan->cma.count)
		put_makeable(packet, event);
}

static int put_event(FILE *out, const struct aw_report *report, const struct aw_event *event)
{
	static void (*const put[AW_EVENT_TYPES])(struct aw_packet *, const struct aw_report *,
						 const struct aw_event *) = {
		[AW_EVENT_FAILURE] = put_failure, [AW_EVENT_STALL] = put_stall, [AW_EVENT_EXTFRAG] = put_extfrag,
		[AW_EVENT_WARNING] = put_warning, [AW_EVENT_OOM_KILL] = put_oom_kill,
		[AW_EVENT_CMA_FAILURE] = put_cma, [AW_EVENT_SCAN] = put_scan,
	};
	AW_PACKET struct aw_packet packet = { 0 };

	/* Successes are counts without a time, and what has none has no place in a trace. */
	if (!put[event->type] || !event->time_ns)
		return 0;
	put[event->type](&packet, report, event);
	return aw_packet_flush(&packet, out);
}

/* What was lost and what is missing, at the end. */
static int write_end(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	AW_PACKET struct aw_packet packet = { 0 };
	uint64_t track = aw_packet_plain_track(&packet, TRACK_LIMITS, "lost and missing");

	for (unsigned int i = 0; i < report->nr_losses; i++) {
		if (!report->losses[i].count)
			continue;
		aw_packet_begin(&packet, AW_INSTANT, track, report->losses[i].meaning, "lost");
		aw_packet_number(&packet, "lost", report->losses[i].count);
		aw_packet_end(&packet, report->end_ns);
	}
	if (aw_report_damaged(report)) {
		aw_packet_begin(&packet, AW_INSTANT, track, report->damage, "damaged");
		aw_packet_end(&packet, report->end_ns);
	}
	return aw_packet_flush(&packet, out) ? aw_report_no_memory(error) : 0;
}

const struct aw_exporter aw_export_perfetto = {
	.name = "perfetto",
	.endings = { "pftrace", "perfetto-trace" },
	.summary = "a trace for ui.perfetto.dev, also beside one of Android",
	.write = write_end,
	.begin = begin,
	.event = put_event,
	.binary = true,
};
