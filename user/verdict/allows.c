// SPDX-License-Identifier: GPL-2.0
/* What a mask, and the task that asks with it, may do by the rules of an era. */
#include "verdict/allows.h"

#include <string.h>

static bool in_interrupt(const struct aw_task *task)
{
	return task->context > AW_IN_TASK;
}

static bool is_memalloc(const struct aw_task *task)
{
	return (task->known & (AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_MEMALLOC)) && task->memalloc;
}

static bool is_victim(const struct aw_task *task)
{
	return (task->known & AW_TASK_KNOWS_VICTIM) && task->oom_victim;
}

static bool is_realtime(const struct aw_task *task)
{
	return (task->known & AW_TASK_KNOWS_POLICY) && task->realtime;
}

/* gfp_migratetype(), where the event could not tell. */
static enum aw_migratetype type_of_mask(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_MOVABLE))
		return AW_MT_MOVABLE;
	return aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
}

static void allow_efforts(const struct aw_gfp *gfp, unsigned int order, const struct aw_era *era,
			  struct aw_allows *allows)
{
	allows->direct_reclaim = aw_gfp_may_direct_reclaim(gfp);
	allows->io = aw_gfp_has(gfp, AW_GFP_IO);
	allows->fs = aw_gfp_has(gfp, AW_GFP_FS);
	allows->kswapd = era->highatomic ? aw_gfp_has(gfp, AW_GFP_KSWAPD_RECLAIM) :
				      !aw_gfp_has(gfp, AW_GFP_NO_KSWAPD);
	allows->compaction = order && allows->direct_reclaim && allows->io &&
			(allows->fs || !era->compaction_needs_fs);
	allows->retry = aw_gfp_has(gfp, AW_GFP_REPEAT) || aw_gfp_has(gfp, AW_GFP_RETRY_MAYFAIL);
	allows->noretry = aw_gfp_has(gfp, AW_GFP_NORETRY);
	allows->nofail = aw_gfp_has(gfp, AW_GFP_NOFAIL);
	allows->nowarn = aw_gfp_has(gfp, AW_GFP_NOWARN);
	allows->thisnode = aw_gfp_has(gfp, AW_GFP_THISNODE);
	allows->thisnode_quick = era->order_marks && allows->thisnode && allows->noretry &&
				 allows->nowarn;
	allows->nolock = era->nolock && !allows->direct_reclaim && !allows->kswapd &&
			 allows->nowarn && aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
}

/* __gfp_pfmemalloc_flags(): who ignores the watermarks, wholly or by half. */
static void allow_reserves(const struct aw_gfp *gfp, const struct aw_task *task,
			   const struct aw_era *era, struct aw_allows *allows)
{
	bool interrupt = in_interrupt(task);

	if (aw_gfp_has(gfp, AW_GFP_NOMEMALLOC))
		return;
	if (aw_gfp_has(gfp, AW_GFP_MEMALLOC))
		allows->no_watermarks = true;
	else if (is_memalloc(task) && task->context <= AW_IN_SOFTIRQ)
		allows->no_watermarks = true;
	else if (is_victim(task) && !interrupt && era->victim_half)
		allows->victim = true;
	else if (is_victim(task) && !interrupt)
		allows->no_watermarks = true;
}

/*
 * __alloc_pages_slowpath() replaces the flags of its first try by
 * ALLOC_NO_WATERMARKS or ALLOC_OOM (4.14 on; up to 4.7 they were added): the
 * rights of the mask and those of the task do not add up.
 */
static void replace_flags(const struct aw_era *era, struct aw_allows *allows)
{
	if (!era->victim_half || (!allows->no_watermarks && !allows->victim))
		return;
	allows->high = allows->harder = allows->atomic = allows->non_block = false;
	/* the check of 4.14 to 6.2 lets a victim count the reserve, but rmqueue() gives it no block of that */
	allows->highatomic_counts = allows->victim;
	allows->highatomic_blocks = allows->victim && era->min_reserve;
}

/* gfp_to_alloc_flags() up to 6.2. */
static void allow_depth_harder(const struct aw_gfp *gfp, const struct aw_task *task,
			       const struct aw_era *era, unsigned int order,
			       struct aw_allows *allows)
{
	bool atomic = era->highatomic ? aw_gfp_has(gfp, AW_GFP_ATOMIC) :
					!allows->direct_reclaim && allows->kswapd;

	allows->atomic = atomic;
	if (atomic) {
		allows->harder = !aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
		allows->cpuset = false;
	} else {
		allows->harder = is_realtime(task) && !in_interrupt(task);
	}
	allows->highatomic_counts = allows->harder;
	allows->highatomic_blocks = order && allows->harder;
}

/* gfp_to_alloc_flags() of 6.3 on. */
static void allow_depth_reserve(const struct aw_gfp *gfp, const struct aw_task *task,
				const struct aw_era *era, unsigned int order,
				struct aw_allows *allows)
{
	bool highatomic = false;

	if (!allows->direct_reclaim) {
		allows->non_block = !aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
		highatomic = allows->non_block && order &&
			     (allows->high || !era->highatomic_needs_high);
		if (allows->high)
			allows->cpuset = false;
	} else if (is_realtime(task) && !in_interrupt(task)) {
		allows->high = true;
	}
	allows->highatomic_counts = allows->high || allows->non_block;
	allows->highatomic_blocks = order ? highatomic : era->highatomic_order0 && allows->non_block;
}

/*
 * __cpuset_node_allowed(): without __GFP_HARDWALL a request may use the nodes
 * of the nearest hardwall ancestor of its cpuset, which is usually the top.
 * The last try before the OOM killer adds __GFP_HARDWALL.
 */
static bool has_hard_wall(const struct aw_event *event)
{
	const struct aw_task *task = &event->task;

	return !in_interrupt(task) && !is_victim(task) &&
	       (event->failure.to_oom_killer || aw_gfp_has(&event->failure.gfp, AW_GFP_HARDWALL));
}

static void allow_depth(const struct aw_event *event, const struct aw_era *era, bool first,
			struct aw_allows *allows)
{
	const struct aw_gfp *gfp = &event->failure.gfp;
	const struct aw_task *task = &event->task;
	unsigned int order = event->failure.order;

	allows->cpuset = has_hard_wall(event);
	allows->high = aw_gfp_has(gfp, AW_GFP_HIGH);
	if (!first)
		allow_reserves(gfp, task, era, allows);
	if (era->min_reserve)
		allow_depth_reserve(gfp, task, era, order, allows);
	else
		allow_depth_harder(gfp, task, era, order, allows);
	replace_flags(era, allows);
	if (allows->no_watermarks || allows->victim)
		allows->cpuset = false;
}

/*
 * vm.defrag_mode=1 keeps ALLOC_NOFRAGMENT until reclaim and compaction have
 * failed (6.15 on, __alloc_pages_slowpath()): who ends before that never takes
 * a block of another migratetype that is smaller than a pageblock
 * (__rmqueue_claim()).  Who may use reserves loses the flag when these are
 * opened, and from 7.2 on so does who wakes kswapd and may not reclaim.
 */
static bool keeps_to_own_type(const struct aw_event *event, const struct aw_kernel *kernel,
			      const struct aw_era *era, const struct aw_allows *allows)
{
	const struct aw_failure *failure = &event->failure;

	if (kernel->vm.defrag_mode <= 0 || failure->to_oom_killer || allows->no_watermarks || allows->victim)
		return false;
	if (!allows->direct_reclaim)
		return !era->defrag_falls_back || !allows->kswapd;
	return allows->noretry || is_memalloc(&event->task) ||
	       (failure->order > AW_COSTLY_ORDER && (!allows->compaction || !allows->retry));
}

/*
 * ALLOC_CMA: movable requests, but up to 5.12 not those of a task with
 * PF_MEMALLOC_NOCMA (5.1 on; later the flag takes __GFP_MOVABLE out of the
 * mask).  Android kernels that have __GFP_CMA want that
 * flag as well (gfp_to_alloc_flags_cma() of android12-5.10 and later).
 */
static bool may_use_cma(const struct aw_event *event, const struct aw_kernel *kernel,
			enum aw_migratetype type)
{
	const struct aw_gfp *gfp = &event->failure.gfp;

	if (type != AW_MT_MOVABLE || (event->task.known & AW_TASK_KNOWS_FLAGS && event->task.memalloc_pin))
		return false;
	if (kernel->gfp && aw_gfp_raw_bit(kernel->gfp, AW_GFP_CMA))
		return aw_gfp_has(gfp, AW_GFP_CMA);
	return true;
}

/* The nodes whose zones the events of the slow path named: of a request with __GFP_THISNODE, its own. */
static uint64_t nodes_tried(const struct aw_failure *failure)
{
	uint64_t nodes = 0;

	for (unsigned int i = 0; failure->effort.knows_zones && i < failure->nr_zones && i < AW_MAX_ZONES; i++)
		if (failure->zones[i].known & AW_ZONE_NAMED && failure->zones[i].node >= 0 && failure->zones[i].node < 64)
			nodes |= UINT64_C(1) << failure->zones[i].node;
	return nodes;
}

static void find_allows(const struct aw_event *event, const struct aw_kernel *kernel,
			const struct aw_era *era, bool first, struct aw_allows *out)
{
	const struct aw_failure *failure = &event->failure;
	const struct aw_gfp *gfp = &failure->gfp;

	memset(out, 0, sizeof(*out));
	out->migratetype = failure->migratetype == AW_MT_UNKNOWN ? type_of_mask(gfp) :
								   failure->migratetype;
	out->highest_zone = aw_gfp_highest_zone(gfp);
	out->cma = may_use_cma(event, kernel, out->migratetype);
	allow_efforts(gfp, failure->order, era, out);
	allow_depth(event, era, first, out);
	out->order_shift = kernel->vm.min_free_order_shift > 0 ? (unsigned int)kernel->vm.min_free_order_shift & 31 : 1;
	out->own_type_only = keeps_to_own_type(event, kernel, era, out);
	out->pageblock_order = kernel->pageblock_order;
	out->nodes = out->thisnode ? nodes_tried(failure) : 0;
}

void aw_allows_of(const struct aw_event *event, const struct aw_kernel *kernel,
		  const struct aw_era *era, struct aw_allows *out)
{
	find_allows(event, kernel, era, false, out);
}

void aw_allows_first_try(const struct aw_event *event, const struct aw_kernel *kernel,
			 const struct aw_era *era, struct aw_allows *out)
{
	find_allows(event, kernel, era, true, out);
}

struct aw_allows aw_allows_before_oom(const struct aw_allows *allows)
{
	struct aw_allows last = *allows;

	last.high_mark = true;
	last.high = last.harder = last.non_block = last.victim = last.no_watermarks = false;
	last.highatomic_counts = last.highatomic_blocks = false;
	return last;
}

static bool is_outside(uint64_t nodes, int node)
{
	return node >= 0 && node < 64 && !(nodes >> node & 1);
}

enum aw_bar aw_allows_zone(const struct aw_allows *allows, const struct aw_event *event,
			   const struct aw_zone *zone)
{
	const struct aw_failure *failure = &event->failure;

	if ((zone->known & AW_ZONE_KNOWS_MANAGED) && !zone->managed)
		return AW_BAR_EMPTY;
	if (zone->type == AW_ZONE_TYPE_DEVICE)
		return AW_BAR_ZONE;
	if (zone->type < AW_ZONE_TYPE_DEVICE && zone->type > allows->highest_zone)
		return AW_BAR_ZONE;
	if (failure->knows_nodemask && failure->nodemask && is_outside(failure->nodemask, zone->node))
		return AW_BAR_POLICY;
	if (allows->nodes && is_outside(allows->nodes, zone->node))
		return AW_BAR_THISNODE;
	if (allows->cpuset && (event->task.known & AW_TASK_KNOWS_MEMS) &&
	    is_outside(event->task.mems_allowed, zone->node))
		return AW_BAR_NODE;
	return AW_BAR_NONE;
}

bool aw_allows_but_for_mode(const struct aw_allows *allows, enum aw_migratetype type, unsigned int order)
{
	return allows->own_type_only && (!allows->pageblock_order || order < allows->pageblock_order) &&
	       type <= AW_MT_RECLAIMABLE && type != allows->migratetype;
}

bool aw_allows_type(const struct aw_allows *allows, enum aw_migratetype type, unsigned int order)
{
	switch (type) {
	case AW_MT_CMA:
		return allows->cma;
	case AW_MT_HIGHATOMIC:
		return allows->highatomic_blocks;
	case AW_MT_ISOLATE:
		return false;
	default:
		return !aw_allows_but_for_mode(allows, type, order);
	}
}
