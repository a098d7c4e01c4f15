// SPDX-License-Identifier: GPL-2.0
/*
 * Which rule of that kernel ended the attempt.
 *
 * A table of rules in the order in which __alloc_pages_slowpath() comes to
 * them; the first that applies is the one that stopped the request.
 */
#include "verdict/parts.h"

struct rule {
	enum aw_rule rule;
	bool warns;	/* ends at the label that calls warn_alloc() */
	bool of_kind;	/* mask and order say so, whoever asked */
	/* Did it stop this request?  AW_NOT_KNOWN: no. */
	enum aw_certainty (*stops)(const struct aw_case *c, const struct aw_verdict *v);
	void (*tell)(const struct aw_case *c, struct aw_sentence *s);
};

static enum aw_certainty yes_if(bool condition)
{
	return condition ? AW_CERTAIN : AW_NOT_KNOWN;
}

static enum aw_certainty stops_order_limit(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return yes_if(v->cause == AW_CAUSE_ORDER_TOO_LARGE);
}

static void tell_order_limit(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "order %u > %u, the largest block that this kernel keeps (%s)",
			c->failure->order, c->kernel->max_order,
			aw_case_order_size(c, c->kernel->max_order).s);
}

static enum aw_certainty stops_trylock(const struct aw_case *c, const struct aw_verdict *v)
{
	if (!c->allows.nolock || !c->silent)
		return AW_NOT_KNOWN;
	return v->cause == AW_CAUSE_TRANSIENT ? v->cause_certainty : AW_LIKELY;
}

static void tell_trylock(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "alloc_pages_nolock() of %s does not wait for a lock that is held, "
			   "and calls no warn_alloc()", c->era.name);
}

static enum aw_certainty stops_memcg(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	if (v->cause == AW_CAUSE_MEMCG_LIMIT)
		return v->cause_certainty;
	return v->likely_cause == AW_CAUSE_MEMCG_LIMIT ? AW_LIKELY : AW_NOT_KNOWN;
}

static void tell_memcg(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "__GFP_ACCOUNT charges the page to the task's memory cgroup, which "
			   "refused; warn_alloc() %s", c->failure->warn_watched ?
			   "was watched and not called" : "could not be watched");
}

static enum aw_certainty stops_no_zone(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if(c->nr_findings && !c->nr_open);
}

static void tell_no_zone(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "no zone with memory is open to this request: zones up to %s%s",
			aw_zone_type_name(c->allows.highest_zone),
			c->allows.cpuset && (c->task->known & AW_TASK_KNOWS_MEMS) ?
			" on the nodes of its cpuset" : "");
}

static enum aw_certainty stops_thisnode(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if(c->allows.thisnode_quick);
}

static void tell_thisnode(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "GFP_THISNODE (__GFP_NORETRY and __GFP_NOWARN with it): %s looks at "
			   "the free lists and tries nothing else", c->era.name);
}

static enum aw_certainty stops_no_direct(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if(!c->allows.direct_reclaim);
}

static void tell_no_direct(const struct aw_case *c, struct aw_sentence *s)
{
	const struct aw_finding *f = c->decisive;

	aw_sentence_add(s, "without %s, %s may neither reclaim nor compact", c->era.wait_flag,
			c->era.name);
	if (c->allows.no_watermarks)
		aw_sentence_add(s, ", only take what is free, down to the last page");
	else if (f && f->check.min < f->check.mark)
		aw_sentence_add(s, ", only take what is free above %s (min watermark %s)",
				aw_case_size(c, f->check.min).s, aw_case_size(c, f->check.mark).s);
	else
		aw_sentence_add(s, ", only take what is free above the min watermark");
	aw_sentence_add(s, c->allows.kswapd ? "; kswapd was woken" : "; kswapd was not even woken");
}

static enum aw_certainty stops_memalloc(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if((c->task->known & AW_TASK_KNOWS_FLAGS) && c->task->memalloc);
}

static void tell_memalloc(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "the task has PF_MEMALLOC (it is itself freeing memory): %s does not "
			   "reclaim again from there%s", c->era.name,
			c->allows.no_watermarks ? ", it only ignores the watermarks" : "");
}

/* TIF_MEMDIE up to 4.13: stopped before anything is tried. */
static bool is_victim(const struct aw_case *c)
{
	return (c->task->known & AW_TASK_KNOWS_VICTIM) && c->task->oom_victim;
}

static enum aw_certainty stops_victim(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if(!c->era.victim_half && is_victim(c) && !c->allows.nofail);
}

static void tell_victim(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "the OOM killer has chosen this task: %s lets it fail rather than loop",
			c->era.name);
}

static enum aw_certainty stops_noretry(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return yes_if(c->allows.noretry);
}

static void tell_noretry(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "__GFP_NORETRY: after one round of reclaim and compaction %s gives up",
			c->era.name);
}

/*
 * Costly orders live by compaction, which needs __GFP_IO (and __GFP_FS up to
 * 4.9); since 803de9000f33 (early 2024, and stable) the retry rule itself asks
 * for it, before that the loop ran in vain.
 */
static enum aw_certainty stops_no_compaction(const struct aw_case *c, const struct aw_verdict *v)
{
	bool bound = c->failure->order > AW_COSTLY_ORDER || c->allows.retry;

	(void)v;
	if (!c->failure->order || c->allows.compaction || !bound || c->allows.nofail)
		return AW_NOT_KNOWN;
	return c->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_no_compaction(const struct aw_case *c, struct aw_sentence *s)
{
	const char *flag = c->allows.io ? "__GFP_FS" : "__GFP_IO";

	aw_sentence_add(s, "order %u without %s: %s may not compact for it", c->failure->order, flag,
			c->era.name);
	if (c->failure->order > AW_COSTLY_ORDER && !c->allows.retry)
		aw_sentence_add(s, ", and gives up on order %u > %u after one round of reclaim",
				c->failure->order, AW_COSTLY_ORDER);
	else
		aw_sentence_add(s, ", so retrying cannot help");
}

static enum aw_certainty stops_costly(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	if (c->failure->order <= AW_COSTLY_ORDER || c->allows.retry || c->allows.nofail)
		return AW_NOT_KNOWN;
	return c->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_costly(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "order %u > %u without %s, so ", c->failure->order, AW_COSTLY_ORDER,
			c->era.retry_flag);
	if (c->era.retry == AW_RETRY_SHOULD_ALLOC)
		aw_sentence_add(s, "%s's should_alloc_retry gives up", c->era.name);
	else
		aw_sentence_add(s, "%s gives up after one round", c->era.name);
}

static enum aw_certainty stops_exhausted(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	if (!c->allows.retry || c->allows.nofail)
		return AW_NOT_KNOWN;
	/* __GFP_REPEAT means something to costly orders only */
	if (c->failure->order <= AW_COSTLY_ORDER &&
	    !aw_gfp_has(&c->failure->gfp, AW_GFP_RETRY_MAYFAIL))
		return AW_NOT_KNOWN;
	return c->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_exhausted(const struct aw_case *c, struct aw_sentence *s)
{
	const struct aw_effort *effort = &c->failure->effort;

	if (c->era.retry != AW_RETRY_ROUNDS) {
		aw_sentence_add(s, "__GFP_REPEAT: %s retries an order %u only until %u pages were "
				   "reclaimed or reclaim finds none", c->era.name, c->failure->order,
				1u << c->shift);
		return;
	}
	aw_sentence_add(s, "%s: %s retries up to 16 rounds without progress, then fails",
			c->era.retry_flag, c->era.name);
	if (c->failure->order <= AW_COSTLY_ORDER)
		aw_sentence_add(s, " rather than call the OOM killer");
	if (effort->known && effort->knows_retry && effort->reclaim_retries)
		aw_sentence_add(s, "; here %u rounds", effort->reclaim_retries);
}

/*
 * Orders up to 3 go round until the OOM killer has freed something; these are
 * the cases in which __alloc_pages_may_oom() does not call it.
 */
static const char *oom_refused(const struct aw_case *c)
{
	const struct aw_task *task = c->task;

	if (c->allows.thisnode)
		return "__GFP_THISNODE: killing may free nothing on that node";
	if (c->allows.highest_zone < AW_ZONE_TYPE_NORMAL)
		return "it may use low zones only, and nobody is killed for those";
	if ((task->known & AW_TASK_KNOWS_FLAGS) && task->dumping_core)
		return "the task is dumping core";
	return NULL;
}

static enum aw_certainty stops_oom(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	if (c->failure->order > AW_COSTLY_ORDER || c->allows.nofail || !oom_refused(c))
		return AW_NOT_KNOWN;
	return c->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_oom(const struct aw_case *c, struct aw_sentence *s)
{
	aw_sentence_add(s, "order %u <= %u is retried until the OOM killer frees memory, which %s "
			   "does not call here: %s", c->failure->order, AW_COSTLY_ORDER,
			c->era.name, oom_refused(c));
}

/* Victims of 4.14 on, and tasks on their way out, which out_of_memory() makes victims. */
static enum aw_certainty stops_dying(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	if (c->failure->order > AW_COSTLY_ORDER || c->allows.nofail)
		return AW_NOT_KNOWN;
	if (is_victim(c))
		return AW_CERTAIN;
	return (c->task->known & AW_TASK_KNOWS_FLAGS) && c->task->exiting ? AW_LIKELY : AW_NOT_KNOWN;
}

static void tell_dying(const struct aw_case *c, struct aw_sentence *s)
{
	if (is_victim(c))
		tell_victim(c, s);
	else
		aw_sentence_add(s, "the task is exiting: %s makes it an OOM victim and lets it fail",
				c->era.name);
}

static const struct rule rules[] = {
	{ AW_RULE_ORDER_LIMIT, false, true, stops_order_limit, tell_order_limit },
	{ AW_RULE_TRYLOCK, false, false, stops_trylock, tell_trylock },
	{ AW_RULE_MEMCG, false, false, stops_memcg, tell_memcg },
	{ AW_RULE_NO_ELIGIBLE_ZONE, false, false, stops_no_zone, tell_no_zone },
	{ AW_RULE_NORETRY, true, true, stops_thisnode, tell_thisnode },
	{ AW_RULE_NO_DIRECT_RECLAIM, true, true, stops_no_direct, tell_no_direct },
	{ AW_RULE_MEMALLOC_CONTEXT, true, false, stops_memalloc, tell_memalloc },
	{ AW_RULE_DYING_TASK, true, false, stops_victim, tell_victim },
	{ AW_RULE_NORETRY, true, false, stops_noretry, tell_noretry },
	{ AW_RULE_NO_COMPACTION_WITHOUT_IO, true, false, stops_no_compaction, tell_no_compaction },
	{ AW_RULE_COSTLY_ORDER, true, false, stops_costly, tell_costly },
	{ AW_RULE_RETRIES_EXHAUSTED, true, false, stops_exhausted, tell_exhausted },
	{ AW_RULE_OOM_NOT_ALLOWED, true, false, stops_oom, tell_oom },
	{ AW_RULE_DYING_TASK, true, false, stops_dying, tell_dying },
};

/* Every rule but UNKNOWN is in the table; NORETRY and DYING_TASK twice. */
_Static_assert(sizeof(rules) / sizeof(rules[0]) == AW_RULES - 1 + 2, "a row for every rule");

/*
 * Failures that were only counted are of a kind: of those who asked, some may
 * have ended at an earlier rule that looks at the task.
 */
static enum aw_certainty certainty_of(const struct rule *rule, const struct aw_case *c, const struct aw_verdict *v)
{
	enum aw_certainty certainty = rule->stops(c, v);

	if (aw_failure_is_mixed(c->failure) && rule->rule != AW_RULE_ORDER_LIMIT)
		return AW_NOT_KNOWN;
	if (certainty == AW_CERTAIN && c->failure->unsampled && !rule->of_kind)
		return AW_LIKELY;
	return certainty;
}

/* The first rule that stopped the request; NULL: none did. */
static const struct rule *stopping_rule(const struct aw_case *c, const struct aw_verdict *v,
					enum aw_certainty *certainty)
{
	for (unsigned int i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		*certainty = certainty_of(&rules[i], c, v);
		if (*certainty != AW_NOT_KNOWN && !(c->silent && rules[i].warns))
			return &rules[i];
	}
	*certainty = AW_NOT_KNOWN;
	return NULL;
}

void aw_verdict_find_rule(const struct aw_case *c, struct aw_verdict *v)
{
	const struct rule *rule = stopping_rule(c, v, &v->rule_certainty);

	v->rule = rule ? rule->rule : AW_RULE_UNKNOWN;
	if (!rule && !c->silent && !c->allows.nofail && !(c->task->known & AW_TASK_KNOWS_FLAGS))
		aw_verdict_miss(v, "task flags");
}

static void tell_nothing(const struct aw_case *c, struct aw_sentence *s)
{
	if (aw_failure_is_mixed(c->failure))
		aw_sentence_add(s, "not known: these are requests of several kinds");
	else if (c->silent)
		aw_sentence_add(s, "not known: warn_alloc() was watched and not called");
	else if (c->allows.nofail)
		aw_sentence_add(s, "not known: __GFP_NOFAIL should have looped");
	else
		aw_sentence_add(s, "not known: %s retries order %u <= %u until the OOM killer frees memory; "
				   "a dying task, suspend or a disabled OOM killer ends that",
				c->era.name, c->failure->order, AW_COSTLY_ORDER);
}

void aw_verdict_tell_rule(const struct aw_case *c, struct aw_verdict *v)
{
	enum aw_certainty certainty;
	const struct rule *rule = stopping_rule(c, v, &certainty);
	struct aw_sentence s;

	aw_sentence_start(&s, v->rule_text, sizeof(v->rule_text));
	if (rule)
		rule->tell(c, &s);
	else
		tell_nothing(c, &s);
}
