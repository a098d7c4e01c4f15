/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of a verdict, which an event carries: what memory looked like
 * (cause), and which rule of that kernel ended the attempt (rule).  What they
 * mean, and when each is given, is in verdict/.
 */
#ifndef AW_EVENT_CAUSE_H
#define AW_EVENT_CAUSE_H

/* A row each in verdict/causes.c; new ones at the end. */
enum aw_cause {
	AW_CAUSE_UNKNOWN,		/* or not judged */
	AW_CAUSE_FRAGMENTATION,
	AW_CAUSE_SHORTAGE,
	AW_CAUSE_CMA_ONLY,
	AW_CAUSE_RESERVE_ONLY,
	AW_CAUSE_ZONE_RESTRICTED,
	AW_CAUSE_MEMCG_LIMIT,
	AW_CAUSE_ORDER_TOO_LARGE,
	AW_CAUSE_TRANSIENT,
	AW_CAUSE_ADDRESS_SPACE,		/* vmalloc found no free range of kernel addresses */
	AW_CAUSE_POOL,			/* memory set aside for one purpose is used up */
	AW_CAUSES
};

/* A row each in verdict/rules.c; new ones at the end. */
enum aw_rule {
	AW_RULE_UNKNOWN,		/* or not judged */
	AW_RULE_COSTLY_ORDER,
	AW_RULE_NORETRY,
	AW_RULE_NO_DIRECT_RECLAIM,
	AW_RULE_NO_COMPACTION_WITHOUT_IO,
	AW_RULE_RETRIES_EXHAUSTED,
	AW_RULE_OOM_NOT_ALLOWED,
	AW_RULE_MEMCG,
	AW_RULE_NO_ELIGIBLE_ZONE,
	AW_RULE_TRYLOCK,
	AW_RULE_DYING_TASK,
	AW_RULE_MEMALLOC_CONTEXT,
	AW_RULE_ORDER_LIMIT,		/* above the largest order that this kernel keeps */
	AW_RULES
};

#endif
