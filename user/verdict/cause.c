// SPDX-License-Identifier: GPL-2.0
/* The cause, what memory looked like to the request, and how certain that is. */
#include "verdict/causes.h"
#include "verdict/internal.h"

/* The zone snapshot is from the failure itself, not from some time after it. */
static bool snapshot_is_timely(const struct aw_failure *failure)
{
	return failure->zones_when == AW_ZONES_AT_FAILURE ||
	       failure->zones_when == AW_ZONES_FROM_LOG;
}

static void set_cause(struct aw_verdict *verdict, enum aw_cause cause, enum aw_certainty certainty)
{
	verdict->cause = cause;
	verdict->cause_certainty = certainty;
	verdict->likely_cause = cause;
}

static void set_likely(struct aw_verdict *verdict, enum aw_cause likely)
{
	verdict->cause = AW_CAUSE_UNKNOWN;
	verdict->likely_cause = likely;
	verdict->cause_certainty = likely == AW_CAUSE_UNKNOWN ? AW_NOT_KNOWN : AW_LIKELY;
}

static bool above_max_order(const struct aw_case *request)
{
	return request->kernel->max_order && request->failure->order > request->kernel->max_order;
}

static bool zone_passes(const struct aw_case *request)
{
	return request->decisive && request->decisive->cause == AW_CAUSE_TRANSIENT;
}

/* What follows from the compaction attempts, where there is no zone snapshot. */
static enum aw_cause cause_by_effort(const struct aw_effort *effort)
{
	unsigned int i;

	if (!effort->known || !effort->knows_compaction)
		return AW_CAUSE_UNKNOWN;
	for (i = 0; i < effort->nr_attempts && i < AW_MAX_ATTEMPTS; i++) {
		enum aw_compact_result result = effort->attempts[i].result;

		if (result == AW_COMPACT_COMPLETE || result == AW_COMPACT_PARTIAL_SKIPPED ||
		    result == AW_COMPACT_NO_SUITABLE_PAGE)
			return AW_CAUSE_FRAGMENTATION;
	}
	return AW_CAUSE_UNKNOWN;
}

/*
 * Without a zone snapshot: order 0 cannot fail for fragmentation, and
 * costly orders hardly ever fail for anything else where reclaim is allowed.
 */
static enum aw_cause likely_without_zones(const struct aw_case *request)
{
	enum aw_cause cause = cause_by_effort(&request->failure->effort);

	if (cause != AW_CAUSE_UNKNOWN)
		return cause;
	/* a zone that may have any size, or no memory at all */
	if (aw_gfp_has(&request->failure->gfp, AW_GFP_DMA) && !request->nr_findings)
		return AW_CAUSE_UNKNOWN;
	if (!request->failure->order)
		return AW_CAUSE_SHORTAGE;
	/* no mark held it back: a free block of that order would have been taken */
	if (request->allows.no_watermarks)
		return AW_CAUSE_FRAGMENTATION;
	return request->failure->order > AW_COSTLY_ORDER ? AW_CAUSE_FRAGMENTATION :
							   AW_CAUSE_UNKNOWN;
}

/* There is a zone snapshot, but a fact that decides is missing. */
static void find_cause_of_half_known(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_finding *finding = request->decisive;

	if (!(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		aw_verdict_miss(verdict, "watermarks");
	if (request->failure->order && !finding->blocks.known)
		aw_verdict_miss(verdict, "free lists");
	else if (request->failure->order && finding->blocks.fits == AW_DONT_KNOW)
		aw_verdict_miss(verdict, "migratetypes of the free blocks");
	if (finding->blocks.fits == AW_DONT_KNOW && finding->blocks.closed_cma)
		set_likely(verdict, finding->roomy ? AW_CAUSE_FRAGMENTATION : AW_CAUSE_CMA_ONLY);
	else
		set_likely(verdict, likely_without_zones(request));
}

/*
 * Open zones that are short, while one that the mask or the cpuset bars has
 * the memory: the restriction is the cause.
 */
static bool is_restricted(const struct aw_case *request)
{
	return request->elsewhere &&
	       (!request->decisive || request->decisive->cause == AW_CAUSE_SHORTAGE);
}

/*
 * The check passes on the snapshot, and the request failed.  Either memory
 * came back in between, or a rule of this kernel is not known here: the
 * functions below look for what speaks for one or the other.
 */

/* How far the counter of free pages and the free lists of the zone are apart: they were read at two moments. */
static int64_t difference_of_counts(const struct aw_finding *finding)
{
	int64_t difference = (int64_t)aw_blocks_pages_from(finding->zone, 0) - (int64_t)finding->zone->free;

	return finding->blocks.known ? (difference < 0 ? -difference : difference) : 0;
}

/*
 * The zone is so near the mark that the snapshot straddles it, or so low that
 * a request that may not reclaim meets it at the mark again and again.
 */
static bool is_at_the_mark(const struct aw_case *request)
{
	const struct aw_finding *finding = request->decisive;
	int64_t margin = aw_check_margin(&finding->check);

	if (!(finding->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return false;
	if (margin <= difference_of_counts(finding))
		return true;
	if (request->failure->order)
		return false;
	return finding->zone->free < finding->zone->low &&
	       (!request->allows.direct_reclaim || request->failure->log_suppressed);
}

/* A reserve that this kernel does not print may be what the check lacked. */
static bool may_be_hidden_reserve(const struct aw_case *request)
{
	const struct aw_finding *finding = request->decisive;

	return !request->allows.highatomic_counts && finding->zone->hidden_highatomic_max &&
	       aw_check_margin(&finding->check) <= (int64_t)finding->zone->hidden_highatomic_max;
}

static void find_cause_of_passing(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_failure *failure = request->failure;

	/* alloc_pages_nolock() gives up on a lock that is held: memory does not decide */
	if (request->allows.nolock && request->silent) {
		set_cause(verdict, AW_CAUSE_TRANSIENT, aw_case_may_be_charge(request) ? AW_LIKELY : AW_CERTAIN);
	} else if (aw_case_came_back(request) && snapshot_is_timely(failure)) {
		bool open = aw_case_depends_on_stable(request);

		if (open)
			aw_verdict_miss(verdict, "stable release");
		set_cause(verdict, AW_CAUSE_TRANSIENT, request->era.certain && !open ? AW_CERTAIN : AW_LIKELY);
	} else if (aw_case_is_likely_charge(request)) {
		aw_verdict_miss(verdict, "warn_alloc");
		set_likely(verdict, AW_CAUSE_MEMCG_LIMIT);
	} else if (request->several_nodes && request->allows.thisnode) {
		aw_verdict_miss(verdict, "preferred node");
		set_likely(verdict, AW_CAUSE_ZONE_RESTRICTED);
	} else if (!snapshot_is_timely(failure)) {
		aw_verdict_miss(verdict, "zones at the failure");
		set_likely(verdict, likely_without_zones(request));
	} else if (may_be_hidden_reserve(request)) {
		aw_verdict_miss(verdict, "reserved_highatomic");
		set_likely(verdict, AW_CAUSE_RESERVE_ONLY);
	} else if (is_at_the_mark(request)) {
		aw_verdict_miss(verdict, "zones at the instant");
		set_likely(verdict, AW_CAUSE_SHORTAGE);
	} else if (failure->to_oom_killer && !failure->order) {
		/* reclaim found nothing for 16 rounds, or no progress: what is free now was not then */
		aw_verdict_miss(verdict, "zones at the instant");
		set_likely(verdict, AW_CAUSE_SHORTAGE);
	} else {
		aw_verdict_miss(verdict, "what refused it");
		set_likely(verdict, AW_CAUSE_UNKNOWN);
	}
}

/* Not all zones are in the log, or their numbers are damaged: no zone decides. */
static void find_cause_of_part(const struct aw_case *request, struct aw_verdict *verdict)
{
	bool blocks = request->decisive && aw_cause_row(request->decisive->cause)->lacks_block;

	aw_verdict_miss(verdict, request->damaged ? "watermarks (damaged)" : "the other zones");
	set_likely(verdict, blocks && !request->damaged ? request->decisive->cause : AW_CAUSE_UNKNOWN);
}

/* A shortage of the zones that were printed: others, which the request may not use, may have had memory. */
static bool may_be_restricted(const struct aw_case *request)
{
	return request->failure->zones_hidden && request->decisive->cause == AW_CAUSE_SHORTAGE;
}

static void find_cause_in_zones(const struct aw_case *request, struct aw_verdict *verdict)
{
	enum aw_certainty certainty = snapshot_is_timely(request->failure) ? AW_CERTAIN : AW_LIKELY;

	if (request->failure->zones_partial || request->damaged) {
		find_cause_of_part(request, verdict);
		return;
	}
	if (!request->decisive || is_restricted(request)) {
		set_cause(verdict, AW_CAUSE_ZONE_RESTRICTED, certainty);
		return;
	}
	if (request->decisive->cause == AW_CAUSE_UNKNOWN) {
		find_cause_of_half_known(request, verdict);
		return;
	}
	if (request->decisive->cause == AW_CAUSE_TRANSIENT) {
		find_cause_of_passing(request, verdict);
		return;
	}
	set_cause(verdict, request->decisive->cause, request->era.certain ? certainty : AW_LIKELY);
	if (request->node_decides) {
		aw_verdict_miss(verdict, "preferred node");
		verdict->cause_certainty = AW_LIKELY;
	}
	if (may_be_restricted(request)) {
		aw_verdict_miss(verdict, "zones closed to it");
		verdict->cause_certainty = AW_LIKELY;
	}
	if (verdict->cause_certainty == AW_CERTAIN && aw_case_depends_on_task(request)) {
		aw_verdict_miss(verdict, "task flags");
		verdict->cause_certainty = AW_LIKELY;
	}
	if (verdict->cause_certainty == AW_CERTAIN && aw_case_depends_on_stable(request)) {
		aw_verdict_miss(verdict, "stable release");
		verdict->cause_certainty = AW_LIKELY;
	}
}

/* No warn_alloc() though a charge was due: a page was found, and given back. */
static void find_refused_charge(const struct aw_case *request, struct aw_verdict *verdict)
{
	bool seen = zone_passes(request) && snapshot_is_timely(request->failure);

	set_cause(verdict, AW_CAUSE_MEMCG_LIMIT, seen ? AW_CERTAIN : AW_LIKELY);
	if (!request->nr_findings)
		aw_verdict_miss(verdict, "zones");
}

void aw_verdict_find_cause(const struct aw_case *request, struct aw_verdict *verdict)
{
	if (above_max_order(request)) {
		set_cause(verdict, AW_CAUSE_ORDER_TOO_LARGE, AW_CERTAIN);
		return;
	}
	if (request->silent && aw_case_may_be_charge(request) && !request->allows.nolock) {
		find_refused_charge(request, verdict);
		return;
	}
	if (!request->nr_findings) {
		aw_verdict_miss(verdict, "zones");
		/* counted failures differ: no cause is likely for all of them */
		set_likely(verdict, request->silent || request->failure->unsampled ?
					    AW_CAUSE_UNKNOWN :
					    likely_without_zones(request));
		return;
	}
	find_cause_in_zones(request, verdict);
	if (request->contradicted && verdict->cause_certainty == AW_CERTAIN) {
		aw_verdict_miss(verdict, "the zones open to it");
		verdict->cause_certainty = AW_LIKELY;
	}
	/* silent, and the reason is not known: the zones need not show the cause */
	if (request->silent && !request->allows.nolock && verdict->cause_certainty == AW_CERTAIN)
		verdict->cause_certainty = AW_LIKELY;
}
