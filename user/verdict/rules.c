// SPDX-License-Identifier: GPL-2.0
/* Every rule as one row, and at which of them a request ended. */
#include "base/array.h"
#include "verdict/internal.h"

static enum aw_certainty yes_if(bool condition)
{
	return condition ? AW_CERTAIN : AW_NOT_KNOWN;
}

static enum aw_certainty stops_order_limit(const struct aw_case *request,
					   const struct aw_verdict *verdict)
{
	(void)request;
	return yes_if(verdict->cause == AW_CAUSE_ORDER_TOO_LARGE);
}

static void tell_order_limit(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence, "order %u > %u, the largest block that this kernel keeps (%s)",
			request->failure->order, request->kernel->max_order,
			aw_case_order_size(request, request->kernel->max_order).s);
}

static enum aw_certainty stops_trylock(const struct aw_case *request,
				       const struct aw_verdict *verdict)
{
	if (!request->allows.nolock || !request->silent)
		return AW_NOT_KNOWN;
	return verdict->cause == AW_CAUSE_TRANSIENT ? verdict->cause_certainty : AW_LIKELY;
}

static void tell_trylock(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence,
			"alloc_pages_nolock() of %s does not wait for a lock that is held, "
			"and calls no warn_alloc()",
			request->era.name);
}

static enum aw_certainty stops_memcg(const struct aw_case *request,
				     const struct aw_verdict *verdict)
{
	(void)request;
	if (verdict->cause == AW_CAUSE_MEMCG_LIMIT)
		return verdict->cause_certainty;
	return verdict->likely_cause == AW_CAUSE_MEMCG_LIMIT ? AW_LIKELY : AW_NOT_KNOWN;
}

static void tell_memcg(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence,
			"__GFP_ACCOUNT charges the page to the task's memory cgroup, which "
			"refused; warn_alloc() %s",
			request->failure->warn_watched ? "was watched and not called" :
							 "could not be watched");
}

static enum aw_certainty stops_no_zone(const struct aw_case *request,
				       const struct aw_verdict *verdict)
{
	(void)verdict;
	return yes_if(request->nr_findings && !request->nr_open && !request->failure->zones_partial);
}

static void tell_no_zone(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence, "no zone with memory is open to this request: zones up to %s%s",
			aw_zone_type_name(request->allows.highest_zone),
			request->allows.cpuset && (request->task->known & AW_TASK_KNOWS_MEMS) ?
			" on the nodes of its cpuset" : "");
}

static enum aw_certainty stops_thisnode(const struct aw_case *request,
					const struct aw_verdict *verdict)
{
	(void)verdict;
	return yes_if(request->allows.thisnode_quick);
}

static enum aw_certainty stops_no_direct(const struct aw_case *request,
					 const struct aw_verdict *verdict)
{
	(void)verdict;
	return yes_if(!request->allows.direct_reclaim);
}

static void tell_no_direct(const struct aw_case *request, struct aw_sentence *sentence)
{
	const struct aw_finding *finding = request->decisive;

	aw_sentence_add(sentence, "without %s, %s may neither reclaim nor compact",
			request->era.wait_flag, request->era.name);
	if (request->allows.no_watermarks)
		aw_sentence_add(sentence, ", only take what is free, down to the last page");
	else if (finding && finding->check.min < finding->check.mark)
		aw_sentence_add(sentence, ", only take what is free above %s (min watermark %s)",
				aw_case_size(request, finding->check.min).s,
				aw_case_size(request, finding->check.mark).s);
	else if (request->allows.high || request->allows.harder || request->allows.victim)
		aw_sentence_add(sentence, ", only take what is free above a part of the min watermark");
	else
		aw_sentence_add(sentence, ", only take what is free above the min watermark");
	aw_sentence_add(sentence, request->allows.kswapd ? "; kswapd was woken" :
							   "; kswapd was not even woken");
}

static enum aw_certainty stops_memalloc(const struct aw_case *request,
					const struct aw_verdict *verdict)
{
	(void)verdict;
	if (!(request->task->known & (AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_MEMALLOC)) || !request->task->memalloc)
		return AW_NOT_KNOWN;
	/* up to 6.19 costly orders compacted first, and __GFP_NORETRY may have ended there */
	return request->allows.noretry && request->failure->effort.compact_calls ? AW_LIKELY : AW_CERTAIN;
}

static void tell_memalloc(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence,
			"the task has PF_MEMALLOC (it is itself freeing memory): %s does not "
			"reclaim again from there%s",
			request->era.name,
			request->allows.no_watermarks ? ", it only ignores the watermarks" : "");
}

/* TIF_MEMDIE. */
static bool is_victim(const struct aw_case *request)
{
	return (request->task->known & AW_TASK_KNOWS_VICTIM) && request->task->oom_victim;
}

static enum aw_certainty stops_victim(const struct aw_case *request,
				      const struct aw_verdict *verdict)
{
	(void)verdict;
	return yes_if(!request->era.victim_half && is_victim(request) && !request->allows.nofail);
}

static enum aw_certainty stops_noretry(const struct aw_case *request,
				       const struct aw_verdict *verdict)
{
	(void)verdict;
	return yes_if(request->allows.noretry);
}

/*
 * Compaction comes first for costly orders (4.9 on), and __GFP_NORETRY ends
 * there when it was skipped or deferred; from 7.0 on, with __GFP_THISNODE,
 * whatever came of it.
 */
static bool ended_before_reclaim(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;

	return request->failure->order && effort->known && effort->knows_reclaim && effort->knows_compaction &&
	       !effort->reclaim_calls;
}

static bool compaction_started(const struct aw_effort *effort)
{
	for (unsigned int i = 0; i < effort->nr_attempts && i < AW_MAX_ATTEMPTS; i++)
		if (effort->attempts[i].zones)
			return true;
	return false;
}

static void tell_noretry(const struct aw_case *request, struct aw_sentence *sentence)
{
	if (request->allows.thisnode_quick)
		aw_sentence_add(sentence,
				"GFP_THISNODE (__GFP_NORETRY and __GFP_NOWARN with it): %s looks "
				"at the free lists and tries nothing else", request->era.name);
	else if (ended_before_reclaim(request))
		aw_sentence_add(sentence, "__GFP_NORETRY: compaction %s, and %s then gives up on an order %u without reclaim",
				compaction_started(&request->failure->effort) ? "made no block" : "could not start",
				request->era.name, request->failure->order);
	else
		aw_sentence_add(sentence,
				"__GFP_NORETRY: after one round of reclaim and compaction %s gives "
				"up", request->era.name);
}

/*
 * Costly orders depend on compaction, which needs __GFP_IO (and __GFP_FS up to
 * 4.9).  Since 803de9000f33 (early 2024, and in stable kernels) the retry rule
 * checks that; before, the loop ran without any effect.
 */
static enum aw_certainty stops_no_compaction(const struct aw_case *request,
					     const struct aw_verdict *verdict)
{
	(void)verdict;
	/* lower orders go on with reclaim, so that they end where the OOM killer would be called */
	if (request->failure->order <= AW_COSTLY_ORDER || request->allows.compaction || request->allows.nofail)
		return AW_NOT_KNOWN;
	return request->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_no_compaction(const struct aw_case *request, struct aw_sentence *sentence)
{
	const char *flag = request->allows.io ? "__GFP_FS" : "__GFP_IO";

	aw_sentence_add(sentence, "order %u without %s: %s may not compact for it",
			request->failure->order, flag, request->era.name);
	if (request->failure->order > AW_COSTLY_ORDER && !request->allows.retry)
		aw_sentence_add(sentence,
				", and gives up on order %u > %u after one round of reclaim",
				request->failure->order, AW_COSTLY_ORDER);
	else
		aw_sentence_add(sentence, ", so retrying cannot help");
}

static enum aw_certainty stops_costly(const struct aw_case *request,
				      const struct aw_verdict *verdict)
{
	(void)verdict;
	if (request->failure->order <= AW_COSTLY_ORDER || request->allows.retry ||
	    request->allows.nofail)
		return AW_NOT_KNOWN;
	return request->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_costly(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence, "order %u > %u without %s, so ", request->failure->order,
			AW_COSTLY_ORDER, request->era.retry_flag);
	if (request->era.retry == AW_RETRY_SHOULD_ALLOC)
		aw_sentence_add(sentence, "%s's should_alloc_retry gives up", request->era.name);
	else
		aw_sentence_add(sentence, "%s gives up after one round", request->era.name);
}

static enum aw_certainty stops_exhausted(const struct aw_case *request,
					 const struct aw_verdict *verdict)
{
	(void)verdict;
	if (!request->allows.retry || request->allows.nofail)
		return AW_NOT_KNOWN;
	/* __GFP_REPEAT means something to costly orders only */
	if (request->failure->order <= AW_COSTLY_ORDER &&
	    !aw_gfp_has(&request->failure->gfp, AW_GFP_RETRY_MAYFAIL))
		return AW_NOT_KNOWN;
	return request->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_exhausted(const struct aw_case *request, struct aw_sentence *sentence)
{
	const struct aw_effort *effort = &request->failure->effort;

	if (request->era.retry != AW_RETRY_ROUNDS) {
		aw_sentence_add(sentence,
				"__GFP_REPEAT: %s retries an order %u only until %u pages were "
				"reclaimed or reclaim finds none",
				request->era.name, request->failure->order, 1u << request->shift);
		return;
	}
	if (request->failure->order > AW_COSTLY_ORDER)
		aw_sentence_add(sentence, "%s: %s retries an order > %u only while compaction makes progress, at most "
				"4 times", request->era.retry_flag, request->era.name, AW_COSTLY_ORDER);
	else
		aw_sentence_add(sentence, "%s: %s retries up to 16 rounds without progress, then fails rather than "
				"call the OOM killer", request->era.retry_flag, request->era.name);
	if (effort->known && effort->knows_retry && effort->reclaim_retries)
		aw_sentence_add(sentence, "; here %u rounds", effort->reclaim_retries);
}

/*
 * Orders up to 3 are retried until the OOM killer has freed something; these are
 * the cases in which __alloc_pages_may_oom() does not call it.
 */
static const char *oom_refused(const struct aw_case *request)
{
	const struct aw_task *task = request->task;

	if (request->allows.thisnode)
		return "__GFP_THISNODE: killing may free nothing on that node";
	if (request->allows.highest_zone < AW_ZONE_TYPE_NORMAL)
		return "it may use low zones only, and the kernel kills no task for those";
	if ((task->known & AW_TASK_KNOWS_FLAGS) && task->dumping_core)
		return "the task is dumping core";
	if (request->failure->suspended)
		return "the machine is being suspended, and the OOM killer is off until it is back";
	return NULL;
}

static enum aw_certainty stops_oom(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)verdict;
	if (request->failure->order > AW_COSTLY_ORDER || request->allows.nofail ||
	    !oom_refused(request))
		return AW_NOT_KNOWN;
	return request->era.certain ? AW_CERTAIN : AW_LIKELY;
}

static void tell_oom(const struct aw_case *request, struct aw_sentence *sentence)
{
	aw_sentence_add(sentence,
			"order %u <= %u is retried until the OOM killer frees memory, which %s "
			"does not call here: %s",
			request->failure->order, AW_COSTLY_ORDER, request->era.name,
			oom_refused(request));
}

/* Victims of 4.14 on, and tasks on their way out, which out_of_memory() makes victims. */
static enum aw_certainty stops_dying(const struct aw_case *request,
				     const struct aw_verdict *verdict)
{
	(void)verdict;
	if (request->failure->order > AW_COSTLY_ORDER || request->allows.nofail)
		return AW_NOT_KNOWN;
	if (is_victim(request))
		return AW_CERTAIN;
	if ((request->task->known & AW_TASK_KNOWS_FLAGS) && request->task->exiting)
		return AW_LIKELY;
	return AW_NOT_KNOWN;
}

static void tell_dying(const struct aw_case *request, struct aw_sentence *sentence)
{
	if (is_victim(request))
		aw_sentence_add(sentence,
				"the OOM killer has chosen this task: %s lets it fail rather than "
				"loop", request->era.name);
	else
		aw_sentence_add(sentence,
				"the task is exiting: %s makes it an OOM victim and lets it fail",
				request->era.name);
}

static void tell_unknown(const struct aw_case *request, struct aw_sentence *sentence)
{
	if (aw_failure_is_mixed(request->failure))
		aw_sentence_add(sentence, "not known: these requests differ in mask, migratetype or call site");
	else if (request->silent)
		aw_sentence_add(sentence, "not known: warn_alloc() was watched and not called");
	else if (request->allows.nofail)
		aw_sentence_add(sentence, "not known: __GFP_NOFAIL should have looped");
	else
		aw_sentence_add(sentence,
				"not known: %s retries order %u <= %u until the OOM killer frees "
				"memory; PF_MEMALLOC, a dying task, suspend or a disabled OOM killer ends that",
				request->era.name, request->failure->order, AW_COSTLY_ORDER);
}

static const struct {
	const char *name;	/* stable: "costly-order" */
	/* Appends what the rule says, and where this request met it. */
	void (*tell)(const struct aw_case *request, struct aw_sentence *sentence);
} rules[] = {
	[AW_RULE_UNKNOWN] = { "unknown", tell_unknown },
	[AW_RULE_COSTLY_ORDER] = { "costly-order", tell_costly },
	[AW_RULE_NORETRY] = { "noretry", tell_noretry },
	[AW_RULE_NO_DIRECT_RECLAIM] = { "no-direct-reclaim", tell_no_direct },
	[AW_RULE_NO_COMPACTION_WITHOUT_IO] = { "no-compaction-without-io", tell_no_compaction },
	[AW_RULE_RETRIES_EXHAUSTED] = { "retries-exhausted", tell_exhausted },
	[AW_RULE_OOM_NOT_ALLOWED] = { "oom-not-allowed", tell_oom },
	[AW_RULE_MEMCG] = { "memcg", tell_memcg },
	[AW_RULE_NO_ELIGIBLE_ZONE] = { "no-eligible-zone", tell_no_zone },
	[AW_RULE_TRYLOCK] = { "trylock", tell_trylock },
	[AW_RULE_DYING_TASK] = { "dying-task", tell_dying },
	[AW_RULE_MEMALLOC_CONTEXT] = { "memalloc-context", tell_memalloc },
	[AW_RULE_ORDER_LIMIT] = { "order-limit", tell_order_limit },
};
_Static_assert(ARRAY_SIZE(rules) == AW_RULES, "a row for every rule");

/*
 * A kernel log does not print the flags of the task.  With PF_MEMALLOC the request would have ended before the rules that
 * follow on that one, unless they would have let it pass: memory below the watermarks was open to it then, and it
 * would neither have reclaimed nor compacted.
 */
static bool may_be_memalloc(const struct aw_case *request)
{
	const struct aw_effort *effort = &request->failure->effort;
	const struct aw_task *task = request->task;

	if ((task->known & (AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_MEMALLOC)) || task->context > AW_IN_SOFTIRQ ||
	    request->failure->to_oom_killer)
		return false;
	if (request->event->type == AW_EVENT_STALL || (effort->known && (effort->reclaim_calls || effort->compact_calls)))
		return false;
	/* __GFP_NOMEMALLOC takes the memory below from such a task, but the task ends there all the same */
	return aw_gfp_has(&request->failure->gfp, AW_GFP_NOMEMALLOC) || !aw_case_passes_below(request);
}

/* Where a request may end, in the order in which __alloc_pages_slowpath() comes there. */
static const struct ending {
	enum aw_rule rule;
	/* Did it end this request?  AW_NOT_KNOWN: no. */
	enum aw_certainty (*stops)(const struct aw_case *request, const struct aw_verdict *verdict);
	bool warns;	/* it goes to the label that calls warn_alloc() */
	bool by_mask;	/* mask and order alone decide it, whoever asks */
	bool reclaims;	/* a task with PF_MEMALLOC ends before */
} endings[] = {
	{ .rule = AW_RULE_ORDER_LIMIT, .stops = stops_order_limit, .by_mask = true },
	{ .rule = AW_RULE_TRYLOCK, .stops = stops_trylock },
	{ .rule = AW_RULE_MEMCG, .stops = stops_memcg },
	{ .rule = AW_RULE_NO_ELIGIBLE_ZONE, .stops = stops_no_zone },
	{ .rule = AW_RULE_NORETRY, .stops = stops_thisnode, .warns = true, .by_mask = true },
	{ .rule = AW_RULE_NO_DIRECT_RECLAIM, .stops = stops_no_direct, .warns = true,
	  .by_mask = true },
	{ .rule = AW_RULE_MEMALLOC_CONTEXT, .stops = stops_memalloc, .warns = true },
	{ .rule = AW_RULE_DYING_TASK, .stops = stops_victim, .warns = true },
	{ .rule = AW_RULE_NORETRY, .stops = stops_noretry, .warns = true, .reclaims = true },
	{ .rule = AW_RULE_NO_COMPACTION_WITHOUT_IO, .stops = stops_no_compaction, .warns = true, .reclaims = true },
	{ .rule = AW_RULE_COSTLY_ORDER, .stops = stops_costly, .warns = true, .reclaims = true },
	{ .rule = AW_RULE_RETRIES_EXHAUSTED, .stops = stops_exhausted, .warns = true, .reclaims = true },
	{ .rule = AW_RULE_OOM_NOT_ALLOWED, .stops = stops_oom, .warns = true, .reclaims = true },
	{ .rule = AW_RULE_DYING_TASK, .stops = stops_dying, .warns = true, .reclaims = true },
};

/* Every rule but UNKNOWN ends requests; NORETRY and DYING_TASK at two places. */
_Static_assert(ARRAY_SIZE(endings) == AW_RULES - 1 + 2, "an ending for every rule");

const char *aw_rule_name(enum aw_rule rule)
{
	return rules[(unsigned int)rule < AW_RULES ? rule : AW_RULE_UNKNOWN].name;
}

/* Without zones, a refused charge of a page that was found looks the same. */
static bool may_be_refused(const struct aw_case *request)
{
	return !request->nr_findings && aw_case_is_likely_charge(request);
}

/*
 * Failures that were only counted have order and mask in common: some of them
 * may have ended earlier, at a rule that looks at the task.
 */
static enum aw_certainty certainty_of(const struct ending *ending, const struct aw_case *request,
				      const struct aw_verdict *verdict)
{
	enum aw_certainty certainty = ending->stops(request, verdict);

	if (aw_failure_is_mixed(request->failure) && ending->rule != AW_RULE_ORDER_LIMIT)
		return AW_NOT_KNOWN;
	if (certainty == AW_CERTAIN && request->failure->unsampled && !ending->by_mask)
		return AW_LIKELY;
	if (certainty == AW_CERTAIN && ending->rule != AW_RULE_ORDER_LIMIT && may_be_refused(request))
		return AW_LIKELY;
	if (certainty == AW_CERTAIN && ending->reclaims && may_be_memalloc(request))
		return AW_LIKELY;
	return certainty;
}

/* The first rule that stopped the request; UNKNOWN, and AW_NOT_KNOWN: none did. */
static enum aw_rule stopping_rule(const struct aw_case *request, const struct aw_verdict *verdict,
				  enum aw_certainty *certainty)
{
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		*certainty = certainty_of(&endings[i], request, verdict);
		if (*certainty != AW_NOT_KNOWN && !(request->silent && endings[i].warns))
			return endings[i].rule;
	}
	*certainty = AW_NOT_KNOWN;
	return AW_RULE_UNKNOWN;
}

static bool lacks_task_flags(const struct aw_case *request, const struct aw_verdict *verdict)
{
	if (verdict->rule == AW_RULE_UNKNOWN)
		return !request->silent && !request->allows.nofail && !(request->task->known & AW_TASK_KNOWS_FLAGS);
	return verdict->rule_certainty == AW_LIKELY && may_be_memalloc(request);
}

void aw_verdict_find_rule(const struct aw_case *request, struct aw_verdict *verdict)
{
	verdict->rule = stopping_rule(request, verdict, &verdict->rule_certainty);
	if (lacks_task_flags(request, verdict))
		aw_verdict_miss(verdict, "task flags");
}

void aw_verdict_tell_rule(const struct aw_case *request, struct aw_verdict *verdict)
{
	struct aw_sentence sentence;

	aw_sentence_start(&sentence, verdict->rule_text, sizeof(verdict->rule_text));
	rules[verdict->rule].tell(request, &sentence);
}
