// SPDX-License-Identifier: GPL-2.0
/* What memory looked like to the request: the cause, and how sure it is. */
#include "verdict/parts.h"

/* The picture is from the failure itself, not from some time after it. */
static bool picture_is_timely(const struct aw_failure *failure)
{
	return failure->zones_when == AW_ZONES_AT_FAILURE ||
	       failure->zones_when == AW_ZONES_FROM_LOG;
}

static void set_cause(struct aw_verdict *v, enum aw_cause cause, enum aw_certainty certainty)
{
	v->cause = cause;
	v->cause_certainty = certainty;
	v->likely_cause = cause;
}

static void set_likely(struct aw_verdict *v, enum aw_cause likely)
{
	v->cause = AW_CAUSE_UNKNOWN;
	v->likely_cause = likely;
	v->cause_certainty = likely == AW_CAUSE_UNKNOWN ? AW_NOT_KNOWN : AW_LIKELY;
}

static bool above_max_order(const struct aw_case *c)
{
	return c->kernel->max_order && c->failure->order > c->kernel->max_order;
}

/*
 * From 4.8 on a refused charge turns a page that was found into NULL after
 * the fact (__memcg_kmem_charge_page() at the end of __alloc_pages()).
 */
static bool may_be_charge(const struct aw_case *c)
{
	return c->era.charge_in_allocator && aw_gfp_has(&c->failure->gfp, AW_GFP_ACCOUNT);
}

static bool zone_passes(const struct aw_case *c)
{
	return c->decisive && c->decisive->cause == AW_CAUSE_TRANSIENT;
}

/* What the compaction attempts say about memory that nobody looked at. */
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
 * Without a picture of the zones: order 0 cannot fail for fragmentation, and
 * costly orders hardly ever fail for anything else where reclaim is allowed.
 */
static enum aw_cause likely_without_zones(const struct aw_case *c)
{
	enum aw_cause told = cause_by_effort(&c->failure->effort);

	if (told != AW_CAUSE_UNKNOWN)
		return told;
	if (!c->failure->order)
		return AW_CAUSE_SHORTAGE;
	return c->failure->order > AW_COSTLY_ORDER ? AW_CAUSE_FRAGMENTATION : AW_CAUSE_UNKNOWN;
}

/* The zones were seen, but not all of what decides. */
static void find_cause_of_half_known(const struct aw_case *c, struct aw_verdict *v)
{
	const struct aw_finding *f = c->decisive;

	if (!(f->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		aw_verdict_miss(v, "watermarks");
	if (c->failure->order && !f->blocks.known)
		aw_verdict_miss(v, "free lists");
	else if (c->failure->order && f->blocks.fits == AW_DONT_KNOW)
		aw_verdict_miss(v, "migratetypes of the free blocks");
	if (f->blocks.fits == AW_DONT_KNOW && f->blocks.closed_cma)
		set_likely(v, f->roomy ? AW_CAUSE_FRAGMENTATION : AW_CAUSE_CMA_ONLY);
	else
		set_likely(v, likely_without_zones(c));
}

/*
 * Open zones that are short, while one that the mask or the cpuset bars has
 * the memory: the restriction is the cause.
 */
static bool is_restricted(const struct aw_case *c)
{
	return c->elsewhere && (!c->decisive || c->decisive->cause == AW_CAUSE_SHORTAGE);
}

static void find_cause_in_zones(const struct aw_case *c, struct aw_verdict *v)
{
	enum aw_certainty certainty = picture_is_timely(c->failure) ? AW_CERTAIN : AW_LIKELY;

	if (!c->decisive || is_restricted(c)) {
		set_cause(v, AW_CAUSE_ZONE_RESTRICTED, certainty);
		return;
	}
	if (c->decisive->cause == AW_CAUSE_UNKNOWN) {
		find_cause_of_half_known(c, v);
		return;
	}
	/* One node's zones pass, but the request was bound to a node not known. */
	if (c->decisive->cause == AW_CAUSE_TRANSIENT && c->allows.thisnode && c->several_nodes) {
		aw_verdict_miss(v, "preferred node");
		set_likely(v, AW_CAUSE_ZONE_RESTRICTED);
		return;
	}
	/* The page was there, and nobody saw whether warn_alloc() was called. */
	if (c->decisive->cause == AW_CAUSE_TRANSIENT && may_be_charge(c) &&
	    !c->failure->warn_watched && !(c->failure->saw & (AW_SAW_LOG | AW_SAW_WARN))) {
		aw_verdict_miss(v, "warn_alloc");
		set_likely(v, AW_CAUSE_MEMCG_LIMIT);
		return;
	}
	set_cause(v, c->decisive->cause, c->era.certain ? certainty : AW_LIKELY);
}

/* No warn_alloc() though a charge was due: a page was found, and given back. */
static void find_refused_charge(const struct aw_case *c, struct aw_verdict *v)
{
	bool seen = zone_passes(c) && picture_is_timely(c->failure);

	set_cause(v, AW_CAUSE_MEMCG_LIMIT, seen ? AW_CERTAIN : AW_LIKELY);
	if (!c->nr_findings)
		aw_verdict_miss(v, "zones");
}

void aw_verdict_find_cause(const struct aw_case *c, struct aw_verdict *v)
{
	if (above_max_order(c)) {
		set_cause(v, AW_CAUSE_ORDER_TOO_LARGE, AW_CERTAIN);
		return;
	}
	if (c->silent && may_be_charge(c) && !c->allows.nolock) {
		find_refused_charge(c, v);
		return;
	}
	if (!c->nr_findings) {
		aw_verdict_miss(v, "zones");
		/* of many that were only counted, none is the one to guess from */
		set_likely(v, c->silent || c->failure->unsampled ? AW_CAUSE_UNKNOWN : likely_without_zones(c));
		return;
	}
	find_cause_in_zones(c, v);
	/* silent without a reason that is known: what the zones say need not be it */
	if (c->silent && !c->allows.nolock && v->cause_certainty == AW_CERTAIN)
		v->cause_certainty = AW_LIKELY;
}
