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

#include "event/cause.h"
#include "event/event.h"
#include "mm/kernel.h"

enum aw_certainty { AW_CERTAIN, AW_LIKELY, AW_NOT_KNOWN, AW_CERTAINTIES };

#define AW_MAX_EVIDENCE 32
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
	char tried_text[2 * AW_VERDICT_TEXT];	/* "reclaim 1 x (declined ...), compaction 2 x: ..."; "" nothing known */
	char pages_text[2 * AW_VERDICT_TEXT];	/* what a page scan says: "compaction cannot help: ..."; "" none was made */
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

/* Cause and rule alone, without the sentences: for millions of failures.  They may be the event's own. */
void aw_verdict_judge(const struct aw_event *event, const struct aw_kernel *kernel,
		      enum aw_cause *cause, enum aw_rule *rule);

#endif
