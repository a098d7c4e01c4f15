/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why a request for pages failed: what memory looked like (cause), which rule
 * of that kernel ended the attempt (rule), and what helps (advice).
 *
 * A pure function over the event and the facts of its kernel: a pasted log, a
 * recording and a live event get the same verdict.  Every statement rests on
 * a fact in the event; what is missing is named, what is not certain is
 * called likely.
 */
#ifndef AW_VERDICT_VERDICT_H
#define AW_VERDICT_VERDICT_H

#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "kernel/kernel.h"

enum aw_cause {
	AW_CAUSE_UNKNOWN,
	AW_CAUSE_FRAGMENTATION,
	AW_CAUSE_SHORTAGE,
	AW_CAUSE_CMA_ONLY,
	AW_CAUSE_RESERVE_ONLY,
	AW_CAUSE_ZONE_RESTRICTED,
	AW_CAUSE_MEMCG_LIMIT,
	AW_CAUSE_ORDER_TOO_LARGE,
	AW_CAUSE_TRANSIENT,
	AW_CAUSES
};

enum aw_rule {
	AW_RULE_UNKNOWN,
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
	AW_RULE_ORDER_LIMIT,	/* above the largest order that this kernel keeps */
	AW_RULES
};

enum aw_certainty { AW_CERTAIN, AW_LIKELY, AW_NOT_KNOWN };

#define AW_MAX_EVIDENCE 24
#define AW_MAX_ADVICE 6
#define AW_MAX_MISSING 6
#define AW_VERDICT_TEXT 240

/* One fact that the verdict rests on. */
struct aw_evidence {
	const char *fact;		/* stable key: "free_pages", "min_watermark", "order_limit" */
	int64_t value;
	const char *unit;		/* "pages", "bytes", "blocks", "calls", "ns", "order", "" */
	char text[AW_VERDICT_TEXT];	/* the sentence for people, quoting the number */
};

enum aw_advice_for { AW_FOR_CALLER, AW_FOR_ADMIN };

struct aw_advice {
	enum aw_advice_for who;
	const char *id;			/* stable key: "kvmalloc", "compact_memory", "no_sysctl" */
	char text[AW_VERDICT_TEXT];	/* what to do, or "no sysctl helps" and why */
	char command[96];		/* to copy; "" none */
	char helps[AW_VERDICT_TEXT];	/* the number or condition that says when it helps; "" always */
};

struct aw_verdict {
	enum aw_cause cause;
	enum aw_certainty cause_certainty;	/* AW_LIKELY with AW_CAUSE_UNKNOWN: see likely_cause */
	enum aw_cause likely_cause;		/* where cause is unknown and the rest points one way */
	enum aw_rule rule;
	enum aw_certainty rule_certainty;
	char headline[AW_VERDICT_TEXT];		/* "memory is fragmented, not short" */
	char cause_text[3 * AW_VERDICT_TEXT];	/* after "fragmentation: " in design.md's form */
	char rule_text[AW_VERDICT_TEXT];	/* after "costly-order: " */
	char scope_text[AW_VERDICT_TEXT];	/* what the task's scope took from the caller's mask; "" nothing visible */
	char tried_text[AW_VERDICT_TEXT];	/* "reclaim 1 x (declined ...), compaction 2 x: ..."; "" nothing known */
	unsigned int nr_missing;
	const char *missing[AW_MAX_MISSING];	/* facts that would have decided it: "zones", "effort" */
	unsigned int nr_evidence;
	struct aw_evidence evidence[AW_MAX_EVIDENCE];
	unsigned int nr_advice;
	struct aw_advice advice[AW_MAX_ADVICE];
};

const char *aw_cause_name(enum aw_cause cause);		/* "fragmentation" */
const char *aw_rule_name(enum aw_rule rule);		/* "costly-order" */
const char *aw_certainty_name(enum aw_certainty certainty);

/* The verdict on an AW_EVENT_FAILURE; fills all of `out`. */
void aw_verdict_make(const struct aw_event *event, const struct aw_kernel *kernel,
		     struct aw_verdict *out);

#endif
