// SPDX-License-Identifier: GPL-2.0
/* What a mask, and the task that asks with it, may do by the rules of an era. */
#include "verdict/allows.h"

#include <string.h>

static bool in_interrupt(const struct aw_task *task)
{
	return task->context == AW_IN_SOFTIRQ || task->context == AW_IN_HARDIRQ ||
	       task->context == AW_IN_NMI;
}

static bool is_memalloc(const struct aw_task *task)
{
	return (task->known & AW_TASK_KNOWS_FLAGS) && task->memalloc;
}

static bool is_victim(const struct aw_task *task)
{
	return (task->known & AW_TASK_KNOWS_VICTIM) && task->oom_victim;
}

static bool is_realtime(const struct aw_task *task)
{
	return (task->known & AW_TASK_KNOWS_POLICY) && task->realtime;
}

/* gfp_zone(): the highest zone that the mask reaches. */
static enum aw_zone_type zone_of_mask(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_DMA))
		return AW_ZONE_TYPE_DMA;
	if (aw_gfp_has(gfp, AW_GFP_DMA32))
		return AW_ZONE_TYPE_DMA32;
	if (!aw_gfp_has(gfp, AW_GFP_HIGHMEM))
		return AW_ZONE_TYPE_NORMAL;
	return aw_gfp_has(gfp, AW_GFP_MOVABLE) ? AW_ZONE_TYPE_MOVABLE : AW_ZONE_TYPE_HIGHMEM;
}

/* gfp_migratetype(), where the event could not tell. */
static enum aw_migratetype type_of_mask(const struct aw_gfp *gfp)
{
	if (aw_gfp_has(gfp, AW_GFP_MOVABLE))
		return AW_MT_MOVABLE;
	return aw_gfp_has(gfp, AW_GFP_RECLAIMABLE) ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
}

static void allow_efforts(const struct aw_gfp *gfp, unsigned int order, const struct aw_era *era,
			  struct aw_allows *a)
{
	a->direct_reclaim = aw_gfp_may_direct_reclaim(gfp);
	a->io = aw_gfp_has(gfp, AW_GFP_IO);
	a->fs = aw_gfp_has(gfp, AW_GFP_FS);
	a->kswapd = era->highatomic ? aw_gfp_has(gfp, AW_GFP_KSWAPD_RECLAIM) :
				      !aw_gfp_has(gfp, AW_GFP_NO_KSWAPD);
	a->compaction = order && a->direct_reclaim && a->io &&
			(a->fs || !era->compaction_needs_fs);
	a->retry = aw_gfp_has(gfp, AW_GFP_REPEAT) || aw_gfp_has(gfp, AW_GFP_RETRY_MAYFAIL);
	a->noretry = aw_gfp_has(gfp, AW_GFP_NORETRY);
	a->nofail = aw_gfp_has(gfp, AW_GFP_NOFAIL);
	a->nowarn = aw_gfp_has(gfp, AW_GFP_NOWARN);
	a->thisnode = aw_gfp_has(gfp, AW_GFP_THISNODE);
	a->thisnode_quick = era->order_marks && a->thisnode && a->noretry && a->nowarn;
	a->nolock = era->nolock && !a->direct_reclaim && !a->kswapd && a->nowarn &&
		    aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
}

/* __gfp_pfmemalloc_flags(): who ignores the watermarks, wholly or by half. */
static void allow_reserves(const struct aw_gfp *gfp, const struct aw_task *task,
			   const struct aw_era *era, struct aw_allows *a)
{
	bool interrupt = in_interrupt(task);

	if (aw_gfp_has(gfp, AW_GFP_NOMEMALLOC))
		return;
	if (aw_gfp_has(gfp, AW_GFP_MEMALLOC))
		a->no_watermarks = true;
	else if (is_memalloc(task) && (!interrupt || task->context == AW_IN_SOFTIRQ))
		a->no_watermarks = true;
	else if (is_victim(task) && !interrupt && era->victim_half)
		a->victim = true;
	else if (is_victim(task) && !interrupt)
		a->no_watermarks = true;
}

/* gfp_to_alloc_flags() up to 6.2. */
static void allow_depth_harder(const struct aw_gfp *gfp, const struct aw_task *task,
			       const struct aw_era *era, unsigned int order, struct aw_allows *a)
{
	bool atomic = era->highatomic ? aw_gfp_has(gfp, AW_GFP_ATOMIC) :
					!a->direct_reclaim && a->kswapd;

	if (atomic) {
		a->harder = !aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
		a->cpuset = false;
	} else {
		a->harder = is_realtime(task) && !in_interrupt(task);
	}
	a->highatomic_counts = a->harder || a->victim;
	a->highatomic_blocks = order && (a->harder || a->victim);
}

/* gfp_to_alloc_flags() of 6.3 on. */
static void allow_depth_reserve(const struct aw_gfp *gfp, const struct aw_task *task,
				const struct aw_era *era, unsigned int order, struct aw_allows *a)
{
	bool highatomic = false;

	if (!a->direct_reclaim) {
		a->non_block = !aw_gfp_has(gfp, AW_GFP_NOMEMALLOC);
		highatomic = a->non_block && order && (a->high || !era->highatomic_needs_high);
		if (a->high)
			a->cpuset = false;
	} else if (is_realtime(task) && !in_interrupt(task)) {
		a->high = true;
	}
	a->highatomic_counts = a->high || a->non_block || a->victim;
	a->highatomic_blocks = order && (highatomic || a->victim);
}

static void allow_depth(const struct aw_gfp *gfp, const struct aw_task *task,
			const struct aw_era *era, unsigned int order, struct aw_allows *a)
{
	a->high = aw_gfp_has(gfp, AW_GFP_HIGH);
	a->cpuset = !in_interrupt(task);
	allow_reserves(gfp, task, era, a);
	if (era->min_reserve)
		allow_depth_reserve(gfp, task, era, order, a);
	else
		allow_depth_harder(gfp, task, era, order, a);
	if (a->no_watermarks || a->victim)
		a->cpuset = false;
}

/*
 * ALLOC_CMA: movable requests.  Android kernels that have __GFP_CMA want that
 * flag as well (gfp_to_alloc_flags_cma() of android12-5.10 and later).
 */
static bool may_use_cma(const struct aw_gfp *gfp, const struct aw_kernel *kernel,
			enum aw_migratetype type)
{
	if (type != AW_MT_MOVABLE)
		return false;
	if (kernel->gfp && aw_gfp_raw_bit(kernel->gfp, AW_GFP_CMA))
		return aw_gfp_has(gfp, AW_GFP_CMA);
	return true;
}

void aw_allows_of(const struct aw_event *event, const struct aw_kernel *kernel,
		  const struct aw_era *era, struct aw_allows *out)
{
	const struct aw_failure *failure = &event->failure;
	const struct aw_gfp *gfp = &failure->gfp;

	memset(out, 0, sizeof(*out));
	out->migratetype = failure->migratetype == AW_MT_UNKNOWN ? type_of_mask(gfp) :
								   failure->migratetype;
	out->highest_zone = zone_of_mask(gfp);
	out->cma = may_use_cma(gfp, kernel, out->migratetype);
	allow_efforts(gfp, failure->order, era, out);
	allow_depth(gfp, &event->task, era, failure->order, out);
}

enum aw_bar aw_allows_zone(const struct aw_allows *allows, const struct aw_task *task,
			   const struct aw_zone *zone)
{
	if ((zone->known & AW_ZONE_KNOWS_MANAGED) && !zone->managed)
		return AW_BAR_EMPTY;
	if (zone->type == AW_ZONE_TYPE_DEVICE)
		return AW_BAR_ZONE;
	if (zone->type < AW_ZONE_TYPE_DEVICE && zone->type > allows->highest_zone)
		return AW_BAR_ZONE;
	if (allows->cpuset && (task->known & AW_TASK_KNOWS_MEMS) && zone->node >= 0 &&
	    zone->node < 64 && !(task->mems_allowed >> zone->node & 1))
		return AW_BAR_NODE;
	return AW_BAR_NONE;
}

bool aw_allows_type(const struct aw_allows *allows, enum aw_migratetype type)
{
	switch (type) {
	case AW_MT_CMA:
		return allows->cma;
	case AW_MT_HIGHATOMIC:
		return allows->highatomic_blocks;
	case AW_MT_ISOLATE:
		return false;
	default:
		return true;
	}
}
