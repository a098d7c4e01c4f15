// SPDX-License-Identifier: GPL-2.0
/* The facts that a verdict rests on, each with its number. */
#include "verdict/internal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "verdict/causes.h"
#include "verdict/fragmentation.h"

static void put(struct aw_verdict *verdict, const char *fact, int64_t value, const char *unit,
		const char *format, ...) __attribute__((format(printf, 5, 6)));

static void put(struct aw_verdict *verdict, const char *fact, int64_t value, const char *unit,
		const char *format, ...)
{
	struct aw_evidence *evidence;
	va_list args;

	if (verdict->nr_evidence >= AW_MAX_EVIDENCE)
		return;
	evidence = &verdict->evidence[verdict->nr_evidence++];
	evidence->fact = fact;
	evidence->value = value;
	evidence->unit = unit;
	va_start(args, format);
	vsnprintf(evidence->text, sizeof(evidence->text), format, args);
	va_end(args);
}

static void put_request(const struct aw_case *request, struct aw_verdict *verdict)
{
	put(verdict, "order", request->failure->order, "order", "order %u is %s",
	    request->failure->order, aw_case_order_size(request, request->failure->order).s);
	put(verdict, "order_limit", AW_COSTLY_ORDER, "order",
	    "orders above %u are not retried without %s (PAGE_ALLOC_COSTLY_ORDER)", AW_COSTLY_ORDER,
	    request->era.retry_flag);
	if (request->kernel->max_order && request->failure->order > request->kernel->max_order)
		put(verdict, "max_order", request->kernel->max_order, "order",
		    "the largest order is %u", request->kernel->max_order);
}

struct zone_words {
	char s[48];
};

static struct zone_words name_zone(const struct aw_case *request, const struct aw_finding *finding)
{
	struct zone_words words;
	struct aw_sentence sentence;

	aw_sentence_start(&sentence, words.s, sizeof(words.s));
	aw_case_add_zone(request, finding->zone, &sentence);
	return words;
}

static void put_pages(const struct aw_case *request, const struct aw_finding *finding,
		      struct aw_verdict *verdict)
{
	struct zone_words zone = name_zone(request, finding);
	int64_t open = aw_check_open(&finding->check);
	int64_t must_leave = aw_check_must_leave(&finding->check);
	int64_t margin = aw_check_margin(&finding->check);

	put(verdict, "free_pages", finding->check.free, "pages", "%s: %" PRId64 " pages (%s) free",
	    zone.s, finding->check.free, aw_case_size(request, finding->check.free).s);
	if (finding->check.closed)
		put(verdict, "open_pages", open, "pages",
		    "%s: %" PRId64 " pages (%s) of them open to this request",
		    zone.s, open, aw_case_size(request, open).s);
	if (!(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	put(verdict, finding->check.high ? "high_watermark" : "min_watermark", finding->check.mark, "pages",
	    "%s: %s watermark %" PRId64 " pages (%s)", zone.s, finding->check.high ? "high" : "min",
	    finding->check.mark, aw_case_size(request, finding->check.mark).s);
	if (finding->zone->boost)
		put(verdict, "watermark_boost", (int64_t)finding->zone->boost, "pages",
		    "%s: %" PRIu64 " pages (%s) of the watermark are its boost", zone.s, finding->zone->boost,
		    aw_case_size(request, (int64_t)finding->zone->boost).s);
	put(verdict, "margin", margin, "pages", margin > 0 ?
	    "%s: %" PRId64 " pages above what the request must leave" :
	    "%s: %" PRId64 " pages: what the request must leave is not there", zone.s, margin);
	if (must_leave != finding->check.mark)
		put(verdict, "must_leave", must_leave, "pages",
		    "%s: this request must leave more than %" PRId64 " pages: %" PRId64 " of the min "
		    "watermark, %" PRId64 " lowmem reserve", zone.s, must_leave, finding->check.min,
		    finding->check.lowmem_reserve);
}

static void put_closed(const struct aw_case *request, const struct aw_finding *finding,
		       struct aw_verdict *verdict)
{
	struct zone_words zone = name_zone(request, finding);
	int64_t cma = (int64_t)finding->blocks.closed_cma;
	int64_t highatomic = (int64_t)finding->blocks.closed_highatomic;

	if (cma)
		put(verdict, "free_cma", cma, "pages",
		    "%s: %" PRId64 " pages (%s) free in CMA, closed to this request",
		    zone.s, cma, aw_case_size(request, cma).s);
	if (highatomic)
		put(verdict, "highatomic", highatomic, "pages", "%s: %" PRId64 " pages (%s) in the "
		    "HighAtomic reserve, closed to this request", zone.s, highatomic,
		    aw_case_size(request, highatomic).s);
}

static int largest_open(const struct aw_finding *finding)
{
	int order;

	for (order = AW_MAX_ORDERS - 1; order >= 0; order--)
		if (finding->blocks.open[order] && !(finding->blocks.only_reserve >> order & 1))
			break;
	return order;
}

static void put_indices(const struct aw_case *request, const struct aw_finding *finding,
			struct aw_verdict *verdict)
{
	struct zone_words zone = name_zone(request, finding);
	int index = aw_fragmentation_index(finding->zone, request->shift);
	int unusable = aw_unusable_free_index(finding->zone, request->shift);

	if (index != AW_FRAGMENTATION_FITS)
		put(verdict, "fragmentation_index", index, "thousandths",
		    "%s: fragmentation index %s0.%03d "
		    "for order %u (0 lack of memory, 1 fragmentation)",
		    zone.s, index < 0 ? "-" : "", abs(index), request->failure->order);
	put(verdict, "unusable_index", unusable, "thousandths",
	    "%s: %d.%d %% of the free memory is in blocks below order %u",
	    zone.s, unusable / 10, unusable % 10, request->failure->order);
}

static void put_blocks(const struct aw_case *request, const struct aw_finding *finding,
		       struct aw_verdict *verdict)
{
	struct zone_words zone = name_zone(request, finding);
	int largest = largest_open(finding);

	if (!finding->blocks.known || !request->failure->order)
		return;
	put(verdict, "largest_open_order", largest, "order", "%s: %s%s", zone.s,
	    largest < 0 ? "no block is open to this request" :
			  "the largest blocks open to this request, reserve left out, are ",
	    largest < 0 ? "" : aw_case_block(request, (unsigned int)largest).s);
	if (finding->check.failed == AW_CLAUSE_ORDER)
		put(verdict, "order_mark", finding->check.order_pages, "pages",
		    "%s: %" PRId64 " pages in blocks "
		    "above order %u, and %s wants more than %" PRId64 " there",
		    zone.s, finding->check.order_pages, finding->check.order, request->era.name,
		    finding->check.order_min);
	put_indices(request, finding, verdict);
}

/* How much of the decisive zone compaction can move. */
static void put_movable(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_movable *movable = &request->movable;

	if (movable->share == AW_MOVABLE_UNKNOWN)
		return;
	if (movable->huge)
		put(verdict, "huge_pages", (int64_t)movable->huge, "pages",
		    "%s: about %" PRIu64 " used pages are of transparent huge pages, which compaction leaves where they are",
		    name_zone(request, request->decisive).s, movable->huge);
	if (!request->kernel->vm.compact_unevictable_allowed && request->decisive->zone->unevictable)
		put(verdict, "compact_unevictable_allowed", 0, "", "vm.compact_unevictable_allowed is 0: compaction leaves %" PRIu64
		    " locked pages of the zone where they are", request->decisive->zone->unevictable);
	put(verdict, "movable_pages", (int64_t)movable->pages, "pages", movable->huge ?
	    "%s: %" PRIu64 " of %" PRIu64 " used pages are others on the LRU lists, so that compaction can move them" :
	    "%s: %" PRIu64 " of %" PRIu64 " used pages are on the LRU lists, so that compaction can move them",
	    name_zone(request, request->decisive).s, movable->pages, movable->used);
}

/* Settings that say when the kernel compacts, for a request that lacks a block. */
static void put_compaction_settings(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_vm_settings *vm = &request->kernel->vm;
	int score = vm->compaction_proactiveness < 95 ? 100 - vm->compaction_proactiveness : 5;

	if (request->failure->order > AW_COSTLY_ORDER && vm->extfrag_threshold >= 0)
		put(verdict, "extfrag_threshold", vm->extfrag_threshold, "thousandths", "vm.extfrag_threshold is %d: compaction "
		    "for an order > %u is skipped where the fragmentation index is between 0 and %d.%03d",
		    vm->extfrag_threshold, AW_COSTLY_ORDER, vm->extfrag_threshold / 1000, vm->extfrag_threshold % 1000);
	if (!request->failure->order || vm->compaction_proactiveness < 0)
		return;
	if (vm->compaction_proactiveness)
		put(verdict, "compaction_proactiveness", vm->compaction_proactiveness, "", "vm.compaction_proactiveness is %d: "
		    "kcompactd compacts before anybody asks where the fragmentation score is above %d",
		    vm->compaction_proactiveness, score < 90 ? score + 10 : 100);
	else
		put(verdict, "compaction_proactiveness", 0, "", "vm.compaction_proactiveness is 0: kcompactd compacts only "
		    "after somebody asked");
}

/* What the page scan counted. */
static void put_seen(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_seen *seen = &request->seen;
	char when[64];

	if (!seen->known)
		return;
	aw_case_seen_when(request, when, sizeof(when));
	put(verdict, "scan_after", seen->after_ns, "ns", "pages were looked at %s", when);
	put(verdict, "scan_free", (int64_t)seen->free, "blocks", "%" PRIu64 " of %" PRIu64 " windows of order %u were free",
	    seen->free, seen->windows, request->failure->order);
	put(verdict, "scan_makeable", (int64_t)seen->makeable, "blocks",
	    "a full compaction makes %" PRIu64 " to %" PRIu64 " more, by simulation", seen->makeable, seen->makeable_most);
	put(verdict, "scan_blocked", (int64_t)seen->blocked, "blocks",
	    "%" PRIu64 " windows hold pages that cannot be moved", seen->blocked);
	if (seen->most_windows)
		put(verdict, "scan_most", (int64_t)seen->most_windows, "blocks",
		    "%" PRIu64 " of them hold %s, %" PRIu64 " nothing else that blocks", seen->most_windows,
		    aw_page_class_text(seen->most), seen->most_alone);
}

/* Settings that change what the rules are. */
static void put_settings(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_vm_settings *vm = &request->kernel->vm;

	if (vm->defrag_mode > 0)
		put(verdict, "defrag_mode", vm->defrag_mode, "", "vm.defrag_mode is %d: requests keep to pageblocks of "
		    "their own migratetype until reclaim and compaction have failed", vm->defrag_mode);
	if (vm->min_free_order_shift > 0 && request->era.order_marks)
		put(verdict, "min_free_order_shift", vm->min_free_order_shift, "", "vm.min_free_order_shift is %d: "
		    "the watermark shrinks by so many bits an order", vm->min_free_order_shift);
	if (request->decisive && request->decisive->zone->boost && vm->watermark_boost_factor >= 0)
		put(verdict, "watermark_boost_factor", vm->watermark_boost_factor, "", "vm.watermark_boost_factor is %d: "
		    "a pageblock that changes its migratetype raises the marks, up to %d %% of the high watermark",
		    vm->watermark_boost_factor, vm->watermark_boost_factor / 100);
	if (request->decisive && aw_cause_row(request->decisive->cause)->lacks_block)
		put_compaction_settings(request, verdict);
}

static void put_zones(const struct aw_case *request, struct aw_verdict *verdict)
{
	unsigned int i;

	if (request->decisive) {
		put_pages(request, request->decisive, verdict);
		put_closed(request, request->decisive, verdict);
		put_blocks(request, request->decisive, verdict);
	}
	if (request->elsewhere)
		put(verdict, "free_elsewhere", request->elsewhere->check.free, "pages",
		    "%s, not open to this request: %s free",
		    name_zone(request, request->elsewhere).s,
		    aw_case_size(request, request->elsewhere->check.free).s);
	for (i = 0; i < request->nr_findings; i++)
		if (request->findings[i].bar == AW_BAR_NONE &&
		    &request->findings[i] != request->decisive)
			put_pages(request, &request->findings[i], verdict);
}

/*
 * Where nothing can be reclaimed zone_reclaimable_pages() of some releases returns the free pages (seen on 6.1.192; 7.2
 * does not), which should_reclaim_retry() then counts twice.
 */
static void put_reclaim_retry(const struct aw_effort *effort, struct aw_verdict *verdict)
{
	bool twice = effort->retry_reclaimable && effort->retry_available == 2 * effort->retry_reclaimable;
	char reclaimable[64];

	if (!effort->knows_retry || !effort->reclaim_retries)
		return;
	snprintf(reclaimable, sizeof(reclaimable), "%" PRIu64 " reclaimable", effort->retry_reclaimable);
	put(verdict, "retry_available", (int64_t)effort->retry_available, "pages",
	    "should_reclaim_retry() saw %" PRIu64 " pages free or reclaimable (%s), min watermark %" PRIu64
	    ", %s after %d round%s without progress", effort->retry_available,
	    twice ? "likely none reclaimable, and the free ones counted twice" : reclaimable, effort->retry_min_wmark,
	    effort->retry_wmark_ok ? "enough" : "not enough", effort->retry_no_progress,
	    effort->retry_no_progress == 1 ? "" : "s");
}

/* What the scanners of compaction did; where none ran, nothing. */
static void put_compacted(const struct aw_effort *effort, struct aw_verdict *verdict)
{
	if (!effort->knows_pages || (!effort->scanned && !effort->free_scanned))
		return;
	put(verdict, "compact_scanned", (int64_t)effort->scanned, "pages",
	    "compaction looked at %" PRIu64 " pages and took %" PRIu64 " to move", effort->scanned, effort->taken);
	put(verdict, "compact_moved", (int64_t)effort->moved, "pages",
	    "compaction moved %" PRIu64 " pages, and failed to move %" PRIu64, effort->moved, effort->failed);
	put(verdict, "compact_free_scanned", (int64_t)effort->free_scanned, "pages",
	    "compaction looked at %" PRIu64 " pages, one after the other, for places to move others to, and took %" PRIu64
	    "; its fast search is not counted", effort->free_scanned, effort->free_taken);
}

static void put_effort(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_effort *effort = &request->failure->effort;

	if (!effort->known)
		return;
	if (effort->knows_reclaim) {
		put(verdict, "reclaim_calls", effort->reclaim_calls, "calls",
		    "direct reclaim was called %u x, %u x of them declined",
		    effort->reclaim_calls, effort->reclaim_declined);
		put(verdict, "reclaim_pages", (int64_t)effort->reclaim_pages, "pages",
		    "reclaim freed %" PRIu64 " pages", effort->reclaim_pages);
	}
	if (effort->knows_compaction)
		put(verdict, "compact_calls", effort->compact_calls, "calls",
		    "compaction was tried %u x", effort->compact_calls);
	put_compacted(effort, verdict);
	put_reclaim_retry(effort, verdict);
	if (effort->knows_retry && effort->compact_retries)
		put(verdict, "compact_retries", effort->compact_retries, "calls",
		    "should_compact_retry() was asked %u x, at last after \"%s\", and said %s (%d of %d loops)",
		    effort->compact_retries, aw_compact_result_name(effort->compact_retry_result),
		    effort->compact_retry_again ? "again" : "no more", effort->compact_retry_loops,
		    effort->compact_retry_max);
	if (effort->total_ns)
		put(verdict, "slow_path_time", (int64_t)effort->total_ns, "ns",
		    "%s in the slow path", aw_words_time(effort->total_ns).s);
}

/* The most important ones first, so that a long list of zones cannot displace them. */
void aw_verdict_list_evidence(const struct aw_case *request, struct aw_verdict *verdict)
{
	put_request(request, verdict);
	put_effort(request, verdict);
	if (request->failure->zones_when == AW_ZONES_READ_LATER && request->nr_findings)
		put(verdict, "zones_late", (int64_t)request->failure->zones_late_ns, "ns",
		    "the zones were read %s after the failure",
		    aw_words_time(request->failure->zones_late_ns).s);
	put_seen(request, verdict);
	put_movable(request, verdict);
	put_settings(request, verdict);
	put_zones(request, verdict);
}
