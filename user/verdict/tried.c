// SPDX-License-Identifier: GPL-2.0
/* What the allocator tried, in words: "reclaim 1 x (declined ...), compaction 2 x: ..." */
#include "verdict/parts.h"

#include <inttypes.h>

static void tell_reclaim(const struct aw_effort *effort, struct aw_sentence *s)
{
	if (!effort->reclaim_calls) {
		aw_sentence_item(s, "no reclaim");
		return;
	}
	aw_sentence_item(s, "reclaim %u x (", effort->reclaim_calls);
	if (effort->reclaim_declined == effort->reclaim_calls) {
		aw_sentence_add(s, "declined: compaction was ready)");
		return;
	}
	aw_sentence_add(s, "%" PRIu64 " pages", effort->reclaim_pages);
	if (effort->reclaim_declined)
		aw_sentence_add(s, "; %u declined: compaction was ready", effort->reclaim_declined);
	aw_sentence_add(s, ")");
}

/* "async skipped"; a deferred attempt never started, so its mode says nothing. */
static void tell_attempt(const struct aw_attempt *attempt, struct aw_sentence *s)
{
	if (attempt->deferred || attempt->result == AW_COMPACT_DEFERRED)
		aw_sentence_add(s, "deferred");
	else if (attempt->prio != AW_PRIO_UNKNOWN)
		aw_sentence_add(s, "%s %s", aw_compact_prio_name(attempt->prio),
				aw_compact_result_name(attempt->result));
	else
		aw_sentence_add(s, "%s", aw_compact_result_name(attempt->result));
}

static void tell_compaction(const struct aw_effort *effort, struct aw_sentence *s)
{
	unsigned int count = effort->nr_attempts;
	unsigned int i;

	if (!effort->compact_calls) {
		aw_sentence_item(s, "no compaction");
		return;
	}
	if (count > AW_MAX_ATTEMPTS)
		count = AW_MAX_ATTEMPTS;
	aw_sentence_item(s, "compaction %u x", effort->compact_calls);
	for (i = 0; i < count; i++) {
		aw_sentence_add(s, i ? ", " : ": ");
		tell_attempt(&effort->attempts[i], s);
	}
	if (count && count < effort->compact_calls)
		aw_sentence_add(s, ", ...");
}

static void tell_rounds(const struct aw_effort *effort, struct aw_sentence *s)
{
	if (effort->reclaim_retries)
		aw_sentence_item(s, "%u rounds of should_reclaim_retry()", effort->reclaim_retries);
	if (effort->compact_retries)
		aw_sentence_item(s, "%u of should_compact_retry()", effort->compact_retries);
}

void aw_verdict_tell_tried(const struct aw_case *c, struct aw_verdict *v)
{
	const struct aw_effort *effort = &c->failure->effort;
	struct aw_sentence s;

	aw_sentence_start(&s, v->tried_text, sizeof(v->tried_text));
	if (v->rule == AW_RULE_NO_DIRECT_RECLAIM || v->rule == AW_RULE_TRYLOCK) {
		aw_sentence_add(&s, "nothing but the free lists");
		return;
	}
	if (!effort->known)
		return;
	if (effort->knows_reclaim)
		tell_reclaim(effort, &s);
	if (effort->knows_compaction && c->failure->order)
		tell_compaction(effort, &s);
	if (effort->knows_retry)
		tell_rounds(effort, &s);
	if (effort->total_ns)
		aw_sentence_add(&s, "%s%s%s", s.len ? "; " : "",
				effort->lower_bound ? "at least " : "",
				aw_words_time(effort->total_ns).s);
}
