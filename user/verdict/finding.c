// SPDX-License-Identifier: GPL-2.0
/* What one zone had for a request: the allocator's tries, replayed on it, and the cause that follows. */
#include "verdict/case.h"

/* Pages of blocks that are Reserve and nothing else. */
static uint64_t reserve_pages(const struct aw_finding *finding)
{
	uint64_t pages = 0;
	unsigned int order;

	for (order = 0; order < AW_MAX_ORDERS; order++)
		if (finding->blocks.only_reserve >> order & 1)
			pages += finding->zone->nr_free[order] << order;
	return pages;
}

/*
 * Free memory open to the request, enough over the mark to move pages around
 * in: compact_gap() over the mark that __compaction_suitable() takes, which is
 * low for costly orders and in old kernels, min else.  Unlike the kernel's
 * test it leaves CMA out.
 */
static bool is_roomy(const struct aw_finding *finding, const struct aw_era *era, unsigned int order)
{
	bool over_min = era->compact_over_min && order <= AW_COSTLY_ORDER;
	int64_t mark = over_min ? (int64_t)finding->zone->min : (int64_t)finding->zone->low;

	return finding->open > mark + finding->check.lowmem_reserve + ((int64_t)2 << order);
}

/*
 * Too few pages.  Closed memory is the cause if the check would pass with it
 * and it is at least half of what is free; else memory is short.
 */
static enum aw_cause cause_of_pages(const struct aw_finding *finding)
{
	int64_t need = aw_check_must_leave(&finding->check);
	int64_t cma = (int64_t)finding->blocks.closed_cma;
	int64_t highatomic = (int64_t)finding->blocks.closed_highatomic;

	if (finding->check.usable + cma + highatomic <= need ||
	    2 * (cma + highatomic) < finding->check.free)
		return AW_CAUSE_SHORTAGE;
	return cma >= highatomic ? AW_CAUSE_CMA_ONLY : AW_CAUSE_RESERVE_ONLY;
}

/*
 * Are the blocks in closed memory, while little is open?  Little: no room to
 * compact, or less than a quarter of what is closed.
 */
static bool closed_holds_them(const struct aw_finding *finding, uint16_t orders, uint64_t closed,
			      unsigned int order)
{
	if (!(orders >> order))
		return false;
	return !finding->roomy || finding->open * 4 < (int64_t)closed;
}

static enum aw_cause cause_of_blocks(const struct aw_finding *finding, unsigned int order)
{
	const struct aw_blocks *blocks = &finding->blocks;

	/* for order 0: whatever the counter says, there is no page on an open list */
	if (!order && !blocks->by_mode)
		return blocks->cma ? AW_CAUSE_CMA_ONLY : blocks->highatomic ? AW_CAUSE_RESERVE_ONLY : AW_CAUSE_SHORTAGE;
	/* up to 4.3: an open block is there, and the watermark refused it for what lies in smaller ones */
	if (finding->check.failed == AW_CLAUSE_ORDER && aw_blocks_has_open(blocks, order))
		return AW_CAUSE_FRAGMENTATION;

	if (closed_holds_them(finding, blocks->cma, blocks->closed_cma, order))
		return AW_CAUSE_CMA_ONLY;
	if (closed_holds_them(finding, blocks->highatomic, blocks->kept_highatomic, order))
		return AW_CAUSE_RESERVE_ONLY;
	if (finding->check.failed == AW_CLAUSE_ORDER &&
	    closed_holds_them(finding, blocks->only_reserve, reserve_pages(finding), order))
		return AW_CAUSE_RESERVE_ONLY;
	return AW_CAUSE_FRAGMENTATION;
}

/*
 * What no zone can have: marks out of order, or far above its pages.  (Not
 * just above: somebody may have set vm.min_free_kbytes to more than there is.)
 */
static bool is_damaged(const struct aw_zone *zone)
{
	uint64_t most = (zone->known & AW_ZONE_KNOWS_MANAGED) && zone->managed ? 4 * zone->managed : AW_CASE_PAGES / 256;

	return (zone->known & AW_ZONE_KNOWS_WATERMARKS) &&
	       (zone->min >= most || (zone->low && zone->low < zone->min) ||
		(zone->high && zone->high < zone->low));
}

/* Does the check fail for the watermark boost alone? */
static bool boost_decides(const struct aw_finding *finding, const struct aw_case *request, int64_t reserve)
{
	struct aw_allows allows = finding->check.high ? aw_allows_before_oom(&request->allows) : request->allows;
	struct aw_zone zone = *finding->zone;
	struct aw_check check;

	if (finding->check.failed != AW_CLAUSE_PAGES || !zone.boost)
		return false;
	zone.boost = 0;
	aw_watermark_check(&zone, &request->era, &allows, &finding->blocks, request->shift, reserve, &check);
	/* past min, the last try before the OOM killer would still meet the high mark */
	if (check.failed == AW_CLAUSE_PASSES && request->failure->to_oom_killer && !finding->check.high) {
		allows = aw_allows_before_oom(&request->allows);
		aw_watermark_check(&zone, &request->era, &allows, &finding->blocks, request->shift, reserve, &check);
	}
	return check.failed == AW_CLAUSE_PASSES;
}

static void check_zone(struct aw_finding *finding, const struct aw_case *request,
		       const struct aw_allows *allows, int64_t reserve)
{
	aw_blocks_of(finding->zone, allows, request->shift, &finding->blocks);
	aw_watermark_check(finding->zone, &request->era, allows, &finding->blocks, request->shift, reserve,
			   &finding->check);
}

/* Of two tries the one that came nearer counts: that which passes, which fails for want of a block, which leaves less. */
static bool came_nearer(const struct aw_check *one, const struct aw_check *other)
{
	if (one->failed == AW_CLAUSE_PAGES && other->failed == AW_CLAUSE_PAGES)
		return aw_check_margin(one) > aw_check_margin(other);
	return one->failed == AW_CLAUSE_PASSES ||
	       (other->failed == AW_CLAUSE_PAGES && one->failed != AW_CLAUSE_NOT_KNOWN);
}

/* A task that may use the reserves tries with the rights of the mask before. */
static void check_first_try(struct aw_finding *finding, const struct aw_case *request, int64_t reserve)
{
	struct aw_finding tried = *finding;
	struct aw_allows first;

	if ((!request->allows.no_watermarks && !request->allows.victim) || finding->check.failed == AW_CLAUSE_PASSES)
		return;
	aw_allows_first_try(request->event, request->kernel, &request->era, &first);
	check_zone(&tried, request, &first, reserve);
	if (came_nearer(&tried.check, &finding->check))
		*finding = tried;
}

void aw_finding_judge(struct aw_finding *finding, const struct aw_case *request, enum aw_zone_type highest)
{
	int64_t reserve = aw_watermark_reserve(finding->zone, highest, request->zones,
					       request->nr_findings);

	check_zone(finding, request, &request->allows, reserve);
	check_first_try(finding, request, reserve);
	/* at min it would have been satisfied; what sent it to the OOM killer is the last try */
	if (request->failure->to_oom_killer && finding->check.failed == AW_CLAUSE_PASSES) {
		struct aw_allows last = aw_allows_before_oom(&request->allows);

		check_zone(finding, request, &last, reserve);
	}
	finding->damaged = is_damaged(finding->zone);
	if (finding->damaged)
		finding->check.failed = AW_CLAUSE_NOT_KNOWN;
	finding->boost_decides = boost_decides(finding, request, reserve);
	finding->open = aw_check_open(&finding->check) - (int64_t)reserve_pages(finding) -
			(int64_t)(finding->blocks.kept_highatomic - finding->blocks.closed_highatomic);
	finding->roomy = is_roomy(finding, &request->era, request->shift);
	switch (finding->check.failed) {
	case AW_CLAUSE_PASSES:
		finding->cause = AW_CAUSE_TRANSIENT;
		break;
	case AW_CLAUSE_PAGES:
		finding->cause = cause_of_pages(finding);
		break;
	case AW_CLAUSE_ORDER:
	case AW_CLAUSE_BLOCK:
		finding->cause = cause_of_blocks(finding, request->shift);
		break;
	case AW_CLAUSE_NOT_KNOWN:
		finding->cause = AW_CAUSE_UNKNOWN;
		break;
	}
}
