// SPDX-License-Identifier: GPL-2.0
/*
 * What helps: the advice whose conditions the evidence meets, first for the
 * caller, then for the administrator.
 */
#include "verdict/advice.h"

#include "verdict/parts.h"

enum aw_cause aw_advice_cause(const struct aw_verdict *v)
{
	return v->cause == AW_CAUSE_UNKNOWN ? v->likely_cause : v->cause;
}

bool aw_advice_wants_block(const struct aw_case *c, const struct aw_verdict *v)
{
	enum aw_cause cause = aw_advice_cause(v);

	return c->failure->order && (cause == AW_CAUSE_FRAGMENTATION ||
				     cause == AW_CAUSE_CMA_ONLY || cause == AW_CAUSE_RESERVE_ONLY);
}

bool aw_advice_is_hard(const struct aw_case *c)
{
	return c->failure->class == AW_CLASS_HARD;
}

/* A synchronous run went through and gave no block. */
static bool compaction_ran_through(const struct aw_effort *effort)
{
	unsigned int i;

	if (!effort->known || !effort->knows_compaction)
		return false;
	for (i = 0; i < effort->nr_attempts && i < AW_MAX_ATTEMPTS; i++) {
		const struct aw_attempt *a = &effort->attempts[i];

		if ((a->prio == AW_PRIO_SYNC_LIGHT || a->prio == AW_PRIO_SYNC_FULL) &&
		    a->result == AW_COMPACT_COMPLETE)
			return true;
	}
	return false;
}

/*
 * Compaction moves pages to free ones of Movable and CMA pageblocks only
 * (suitable_migration_target() of mm/compaction.c): is none of those free?
 */
static bool has_no_target(const struct aw_case *c)
{
	const struct aw_zone *zone;
	unsigned int o;
	uint16_t types = 0;

	if (!c->decisive)
		return false;
	zone = c->decisive->zone;
	if (!(zone->known & AW_ZONE_KNOWS_TYPES) || !zone->nr_orders)
		return false;
	for (o = 0; o < zone->nr_orders && o < AW_MAX_ORDERS; o++) {
		if (zone->nr_free[o] && !zone->types[o])
			return false;
		types |= zone->types[o];
	}
	return types && !(types & (1u << AW_MT_MOVABLE | 1u << AW_MT_CMA));
}

bool aw_advice_compaction_helps(const struct aw_case *c)
{
	return !compaction_ran_through(&c->failure->effort) && !has_no_target(c);
}

const char *aw_advice_why_not_compaction(const struct aw_case *c)
{
	if (compaction_ran_through(&c->failure->effort))
		return "compaction ran through the zone and found no block to free";
	return "no free page lies in a Movable or CMA pageblock, where compaction could move others to";
}

static void advise(const struct aw_case *c, const struct aw_advice_row *row,
		   enum aw_advice_for who, struct aw_verdict *v)
{
	for (; row->id && v->nr_advice < AW_MAX_ADVICE; row++) {
		struct aw_advice *a = &v->advice[v->nr_advice];

		if ((!row->soft && !aw_advice_is_hard(c)) || !row->fits(c, v))
			continue;
		a->who = who;
		a->id = row->id;
		row->write(c, v, a);
		v->nr_advice++;
	}
}

void aw_verdict_advise(const struct aw_case *c, struct aw_verdict *v)
{
	advise(c, aw_advice_caller_rows, AW_FOR_CALLER, v);
	advise(c, aw_advice_admin_rows, AW_FOR_ADMIN, v);
}
