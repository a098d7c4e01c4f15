// SPDX-License-Identifier: GPL-2.0
/* The stable names of causes, rules and certainties. */
#include "verdict/verdict.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const cause_names[] = {
	[AW_CAUSE_UNKNOWN] = "unknown",
	[AW_CAUSE_FRAGMENTATION] = "fragmentation",
	[AW_CAUSE_SHORTAGE] = "shortage",
	[AW_CAUSE_CMA_ONLY] = "cma-only",
	[AW_CAUSE_RESERVE_ONLY] = "reserve-only",
	[AW_CAUSE_ZONE_RESTRICTED] = "zone-restricted",
	[AW_CAUSE_MEMCG_LIMIT] = "memcg-limit",
	[AW_CAUSE_ORDER_TOO_LARGE] = "order-too-large",
	[AW_CAUSE_TRANSIENT] = "transient",
};
_Static_assert(COUNT(cause_names) == AW_CAUSES, "a name for every cause");

static const char *const rule_names[] = {
	[AW_RULE_UNKNOWN] = "unknown",
	[AW_RULE_COSTLY_ORDER] = "costly-order",
	[AW_RULE_NORETRY] = "noretry",
	[AW_RULE_NO_DIRECT_RECLAIM] = "no-direct-reclaim",
	[AW_RULE_NO_COMPACTION_WITHOUT_IO] = "no-compaction-without-io",
	[AW_RULE_RETRIES_EXHAUSTED] = "retries-exhausted",
	[AW_RULE_OOM_NOT_ALLOWED] = "oom-not-allowed",
	[AW_RULE_MEMCG] = "memcg",
	[AW_RULE_NO_ELIGIBLE_ZONE] = "no-eligible-zone",
	[AW_RULE_TRYLOCK] = "trylock",
	[AW_RULE_DYING_TASK] = "dying-task",
	[AW_RULE_MEMALLOC_CONTEXT] = "memalloc-context",
	[AW_RULE_ORDER_LIMIT] = "order-limit",
};
_Static_assert(COUNT(rule_names) == AW_RULES, "a name for every rule");

static const char *const certainty_names[] = {
	[AW_CERTAIN] = "certain",
	[AW_LIKELY] = "likely",
	[AW_NOT_KNOWN] = "not-known",
};

const char *aw_cause_name(enum aw_cause cause)
{
	return (unsigned int)cause < AW_CAUSES ? cause_names[cause] : "unknown";
}

const char *aw_rule_name(enum aw_rule rule)
{
	return (unsigned int)rule < AW_RULES ? rule_names[rule] : "unknown";
}

const char *aw_certainty_name(enum aw_certainty certainty)
{
	return (unsigned int)certainty < COUNT(certainty_names) ? certainty_names[certainty] :
								  "not-known";
}
