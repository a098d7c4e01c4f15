// SPDX-License-Identifier: GPL-2.0
/* One failure laid out for judgement. */
#include "verdict/case.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bulk.h"
#include "verdict/causes.h"

/* Numbers may come from a damaged file; capped, they do not overflow in sums and shifts. */
#define MAX_SHIFT 31u
/* Smaller blocks are a way out where they hold the request this many times: one block may be gone the next moment. */
#define SMALLER_BLOCKS 4u
#define MAX_BLOCKS (UINT64_C(1) << 40)

static unsigned int cap_order(unsigned int order)
{
	return order < MAX_SHIFT ? order : MAX_SHIFT;
}

struct aw_words aw_case_size(const struct aw_case *request, int64_t pages)
{
	struct aw_words words;

	if (pages < 0)
		pages = 0;
	if (request->page_size)
		return aw_words_bytes((uint64_t)pages * request->page_size);
	snprintf(words.s, sizeof(words.s), "%" PRId64 " pages", pages);
	return words;
}

struct aw_words aw_case_order_size(const struct aw_case *request, unsigned int order)
{
	return aw_case_size(request, (int64_t)1 << cap_order(order));
}

struct aw_words aw_case_block(const struct aw_case *request, unsigned int order)
{
	struct aw_words words;

	if (request->page_size)
		return aw_words_block(request->page_size << order);
	snprintf(words.s, sizeof(words.s), "order %u", order);
	return words;
}

void aw_case_add_zone(const struct aw_case *request, const struct aw_zone *zone,
		      struct aw_sentence *sentence)
{
	if (request->several_nodes)
		aw_sentence_add(sentence, "node %d ", zone->node);
	aw_sentence_add(sentence, "zone %s",
			zone->name[0] ? zone->name : aw_zone_type_name(zone->type));
}

static uint64_t page_size_of(const struct aw_failure *failure, const struct aw_kernel *kernel)
{
	if (kernel->page_size)
		return kernel->page_size;
	return failure->order < 64 ? failure->bytes >> failure->order : 0;
}

/* The zonelist goes from the highest zone down; which node comes first is not known. */
static int compare_findings(const void *left, const void *right)
{
	const struct aw_zone *one = ((const struct aw_finding *)left)->zone;
	const struct aw_zone *other = ((const struct aw_finding *)right)->zone;

	if (one->type != other->type)
		return one->type > other->type ? -1 : 1;
	return (one->node > other->node) - (one->node < other->node);
}

/* Is this zone nearer to success than the other?  The nearest one gives the cause. */
static bool is_nearer(const struct aw_finding *one, const struct aw_finding *other)
{
	return aw_cause_row(one->cause)->rank > aw_cause_row(other->cause)->rank;
}

static void pick_zones(struct aw_case *request)
{
	unsigned int i;

	for (i = 0; i < request->nr_findings; i++) {
		const struct aw_finding *finding = &request->findings[i];

		if (finding->bar == AW_BAR_NONE) {
			request->nr_open++;
			request->damaged |= finding->damaged;
			if (!request->decisive ||
			    is_nearer(finding, request->decisive))
				request->decisive = finding;
		} else if (finding->bar != AW_BAR_EMPTY && finding->cause == AW_CAUSE_TRANSIENT &&
			   !request->elsewhere) {
			request->elsewhere = finding;
		}
	}
}

/* The cause that the open zones of one node give; UNKNOWN, and false: it has none. */
static bool cause_on(const struct aw_case *request, int node, enum aw_cause *cause)
{
	const struct aw_finding *nearest = NULL;

	for (unsigned int i = 0; i < request->nr_findings; i++) {
		const struct aw_finding *finding = &request->findings[i];

		if (finding->bar == AW_BAR_NONE && finding->zone->node == node && (!nearest || is_nearer(finding, nearest)))
			nearest = finding;
	}
	*cause = nearest ? nearest->cause : AW_CAUSE_UNKNOWN;
	return nearest;
}

/* A request for one node: if it is not known which, the zones of all were looked at. */
static bool node_decides(const struct aw_case *request)
{
	enum aw_cause cause;

	if (!request->allows.thisnode || request->allows.nodes || !request->several_nodes || !request->decisive)
		return false;
	for (unsigned int i = 0; i < request->nr_findings; i++)
		if (request->findings[i].bar == AW_BAR_NONE && cause_on(request, request->findings[i].zone->node, &cause) &&
		    cause != request->decisive->cause)
			return true;
	return false;
}

/*
 * Zones above gfp_zone() and outside of the nodemask are in no zonelist of the
 * request, so no event of its slow path can name them.  (Those outside of its
 * cpuset can be named: try_to_compact_pages() looks at that from 6.18 on.)
 */
static bool is_contradicted(const struct aw_case *request)
{
	for (unsigned int i = 0; request->failure->effort.knows_zones && i < request->nr_findings; i++) {
		const struct aw_finding *finding = &request->findings[i];

		if (finding->zone->known & AW_ZONE_NAMED && (finding->bar == AW_BAR_ZONE || finding->bar == AW_BAR_POLICY))
			return true;
	}
	return false;
}

static void cap(uint64_t *value, uint64_t most)
{
	if (*value > most)
		*value = most;
}

static void cap_zone(struct aw_zone *zone)
{
	unsigned int i;

	cap(&zone->free, AW_CASE_PAGES);
	cap(&zone->free_cma, AW_CASE_PAGES);
	cap(&zone->reserved_highatomic, AW_CASE_PAGES);
	cap(&zone->free_highatomic, AW_CASE_PAGES);
	cap(&zone->min, AW_CASE_PAGES);
	cap(&zone->low, AW_CASE_PAGES);
	cap(&zone->high, AW_CASE_PAGES);
	cap(&zone->managed, AW_CASE_PAGES);
	cap(&zone->hidden_highatomic_max, AW_CASE_PAGES);
	cap(&zone->boost, AW_CASE_PAGES);
	cap(&zone->lru_anon, AW_CASE_PAGES);
	cap(&zone->lru_file, AW_CASE_PAGES);
	cap(&zone->unevictable, AW_CASE_PAGES);
	cap(&zone->write_pending, AW_CASE_PAGES);
	cap(&zone->node_huge, AW_CASE_PAGES);
	for (i = 0; i < AW_MAX_ORDERS; i++)
		cap(&zone->nr_free[i], MAX_BLOCKS);
	for (i = 0; i < AW_MAX_RESERVES; i++) {
		if (zone->lowmem_reserve[i] < 0)
			zone->lowmem_reserve[i] = 0;
		if (zone->lowmem_reserve[i] > (int64_t)AW_CASE_PAGES)
			zone->lowmem_reserve[i] = (int64_t)AW_CASE_PAGES;
	}
	zone->name[AW_COMM_LEN] = '\0';
}

static void judge_zones(struct aw_case *request)
{
	const struct aw_failure *failure = request->failure;
	unsigned int i;

	request->nr_findings = failure->zones_when == AW_ZONES_NONE ? 0 : failure->nr_zones;
	if (request->nr_findings > AW_MAX_ZONES)
		request->nr_findings = AW_MAX_ZONES;
	for (i = 0; i < request->nr_findings; i++) {
		struct aw_finding *finding = &request->findings[i];

		request->zones[i] = failure->zones[i];
		cap_zone(&request->zones[i]);
		*finding = (struct aw_finding){ .zone = &request->zones[i] };
	}
	for (i = 0; i < request->nr_findings; i++) {
		struct aw_finding *finding = &request->findings[i];

		finding->bar = aw_allows_zone(&request->allows, request->event, finding->zone);
		/* a barred zone is judged as if the request could use it */
		aw_finding_judge(finding, request,
			   finding->bar == AW_BAR_ZONE ? finding->zone->type :
							 request->allows.highest_zone);
		if (finding->zone->node != request->zones[0].node)
			request->several_nodes = true;
	}
	if (request->nr_findings > 1)
		qsort(request->findings, request->nr_findings, sizeof(request->findings[0]),
		      compare_findings);
	pick_zones(request);
	request->node_decides = node_decides(request);
	request->contradicted = is_contradicted(request);
}

/* Compaction passes over transparent huge pages.  They are counted by node: a zone is taken to have its share of them. */
static uint64_t huge_pages(const struct aw_case *request, const struct aw_zone *zone)
{
	uint64_t of_node = 0, of_zone = zone->lru_anon + zone->lru_file;

	if (!(zone->known & AW_ZONE_KNOWS_HUGE))
		return 0;
	for (unsigned int i = 0; i < request->nr_findings; i++)
		if (request->zones[i].node == zone->node)
			of_node += request->zones[i].lru_anon + request->zones[i].lru_file;
	if (zone->node_huge >= of_node)
		return of_zone;
	return (uint64_t)((double)zone->node_huge * (double)of_zone / (double)of_node);
}

static void find_movable(struct aw_case *request)
{
	const struct aw_zone *zone = request->decisive ? request->decisive->zone : NULL;
	struct aw_movable *movable = &request->movable;

	if (!zone || !(zone->known & AW_ZONE_KNOWS_LRU) || !(zone->known & AW_ZONE_KNOWS_MANAGED) ||
	    zone->managed <= zone->free)
		return;
	movable->huge = huge_pages(request, zone);
	movable->pages = zone->lru_anon + zone->lru_file - movable->huge;
	if (request->kernel->vm.compact_unevictable_allowed)
		movable->pages += zone->unevictable;
	movable->used = zone->managed - zone->free;
	movable->share = movable->pages > movable->used / 2  ? AW_MOVABLE_MOST :
			 movable->pages > movable->used / 5  ? AW_MOVABLE_SOME :
							       AW_MOVABLE_FEW;
}

static bool warn_was_silent(const struct aw_failure *failure)
{
	if (failure->log == AW_LOG_NONE)
		return true;
	return failure->log == AW_LOG_UNKNOWN && failure->warn_watched &&
	       (failure->saw & AW_SAW_TRACEPOINT) && !(failure->saw & AW_SAW_WARN);
}

/* Pages in blocks of this order and above that the request may take, at least: closed ones may be among mixed orders. */
static uint64_t open_pages_from(const struct aw_blocks *blocks, unsigned int order)
{
	uint64_t closed = blocks->closed_cma + blocks->kept_highatomic;
	uint64_t open = 0, mixed = 0;

	for (; order < AW_MAX_ORDERS; order++)
		*(blocks->mixed >> order & 1 ? &mixed : &open) += blocks->open[order] << order;
	return open + (mixed > closed ? mixed - closed : 0);
}

unsigned int aw_case_largest_order(const struct aw_case *request)
{
	const struct aw_finding *decisive = request->decisive;
	unsigned int order = decisive && request->shift < AW_MAX_ORDERS ? request->shift : 0;
	struct aw_blocks blocks;
	struct aw_check check;

	while (order > 1) {
		order--;
		aw_blocks_of(decisive->zone, &request->allows, order, &blocks);
		if (open_pages_from(&blocks, order) < (uint64_t)SMALLER_BLOCKS << request->shift)
			continue;
		aw_watermark_check(decisive->zone, &request->era, &request->allows, &blocks, order,
				   decisive->check.lowmem_reserve, &check);
		if (check.failed == AW_CLAUSE_PASSES)
			return order;
	}
	return 0;
}

bool aw_case_passes_below(const struct aw_case *request)
{
	struct aw_allows allows = request->allows;
	struct aw_check check;
	unsigned int i;

	allows.no_watermarks = true;
	for (i = 0; i < request->nr_findings; i++) {
		const struct aw_finding *finding = &request->findings[i];

		if (finding->bar != AW_BAR_NONE || finding->damaged)
			continue;
		aw_watermark_check(finding->zone, &request->era, &allows, &finding->blocks, request->shift, 0, &check);
		if (check.failed == AW_CLAUSE_PASSES)
			return true;
	}
	return false;
}

bool aw_case_came_back(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;
	const struct aw_check *check = request->decisive ? &request->decisive->check : NULL;
	int64_t available = (int64_t)(effort->retry_available < AW_CASE_PAGES ? effort->retry_available : AW_CASE_PAGES);

	return check && check->failed == AW_CLAUSE_PASSES && request->nr_open == 1 && effort->knows_retry &&
	       effort->reclaim_retries && !effort->retry_wmark_ok && available < check->free &&
	       available - (check->free - check->usable) <= aw_check_must_leave(check);
}

bool aw_case_may_be_charge(const struct aw_case *request)
{
	return request->era.charge_in_allocator && aw_gfp_has(&request->failure->gfp, AW_GFP_ACCOUNT);
}

bool aw_case_is_likely_charge(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;

	return aw_case_may_be_charge(request) && !request->failure->warn_watched &&
	       !(effort->known && effort->compact_calls) && !(request->failure->saw & (AW_SAW_LOG | AW_SAW_WARN));
}

/* The same request of a task with what is not known of it: for another cause?  Not if it would have been served. */
static bool differs_with(const struct aw_case *request, uint32_t known, uint32_t what)
{
	struct aw_event event = *request->event;
	struct aw_case other;

	if (event.task.known & known)
		return false;
	event.task.known |= what;
	event.task.memalloc = event.task.oom_victim = event.task.realtime = true;
	aw_case_make(&event, request->kernel, true, &other);
	return other.decisive && other.decisive->cause != AW_CAUSE_TRANSIENT && other.decisive->cause != request->decisive->cause;
}

bool aw_case_depends_on_task(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;
	bool reclaimed = effort->known && (effort->reclaim_calls || effort->compact_calls);

	if (!request->decisive || request->failure->to_oom_killer || request->failure->unsampled)
		return false;
	if (request->task->context <= AW_IN_SOFTIRQ && !reclaimed &&
	    differs_with(request, AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_MEMALLOC, AW_TASK_KNOWS_MEMALLOC))
		return true;
	return request->task->context <= AW_IN_TASK &&
	       (differs_with(request, AW_TASK_KNOWS_VICTIM, AW_TASK_KNOWS_VICTIM) ||
		differs_with(request, AW_TASK_KNOWS_POLICY, AW_TASK_KNOWS_POLICY));
}

bool aw_case_depends_on_stable(const struct aw_case *request)
{
	struct aw_case other;

	if (!request->era.open)
		return false;
	aw_case_make(request->event, request->kernel, false, &other);
	return !other.decisive != !request->decisive ||
	       (request->decisive && other.decisive->cause != request->decisive->cause);
}

void aw_case_make(const struct aw_event *event, const struct aw_kernel *kernel, bool newest,
		  struct aw_case *out)
{
	/* All but the zones: to zero them takes longer than to judge them. */
	aw_bulk_zero(out, offsetof(struct aw_case, zones));
	out->event = event;
	out->failure = &event->failure;
	out->task = &event->task;
	out->kernel = kernel;
	out->page_size = page_size_of(out->failure, kernel);
	out->shift = cap_order(out->failure->order);
	out->silent = warn_was_silent(out->failure);
	aw_era_rules(kernel, &out->failure->gfp, newest, &out->era);
	/* CONFIG_COMPACTION depends on CONFIG_MMU, and kvmalloc() has nothing to fall back to without it */
	if (out->failure->nommu)
		out->era.compact_memory = out->era.compact_strides = out->era.kvmalloc = false;
	aw_allows_of(event, kernel, &out->era, &out->allows);
	judge_zones(out);
	find_movable(out);
	aw_case_look_at_pages(out);
}
