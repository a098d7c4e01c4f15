// SPDX-License-Identifier: GPL-2.0
/* What the allocator tried, in words: "reclaim 1 x (declined ...), compaction 2 x: ..." */
#include "verdict/internal.h"

#include <inttypes.h>

static void tell_reclaim(const struct aw_effort *effort, struct aw_sentence *sentence)
{
	if (!effort->reclaim_calls) {
		aw_sentence_item(sentence, "no reclaim");
		return;
	}
	aw_sentence_item(sentence, "reclaim %u x (", effort->reclaim_calls);
	if (effort->reclaim_declined == effort->reclaim_calls) {
		aw_sentence_add(sentence, "declined: compaction was ready)");
		return;
	}
	aw_sentence_add(sentence, "%" PRIu64 " pages", effort->reclaim_pages);
	if (effort->reclaim_declined)
		aw_sentence_add(sentence, "; %u declined: compaction was ready",
				effort->reclaim_declined);
	aw_sentence_add(sentence, ")");
}

/* "async skipped"; a deferred attempt never started, so its mode says nothing. */
static void tell_attempt(const struct aw_attempt *attempt, struct aw_sentence *sentence)
{
	if (attempt->deferred || attempt->result == AW_COMPACT_DEFERRED)
		aw_sentence_add(sentence, "deferred");
	else if (attempt->prio != AW_PRIO_UNKNOWN)
		aw_sentence_add(sentence, "%s %s", aw_compact_prio_name(attempt->prio),
				aw_compact_result_name(attempt->result));
	else
		aw_sentence_add(sentence, "%s", aw_compact_result_name(attempt->result));
}

/* "(41000 pages scanned, 35 taken, 3 moved)": only of a run that looked at pages. */
static void tell_pages(const struct aw_effort *effort, struct aw_sentence *sentence)
{
	if (!effort->knows_pages || !effort->scanned)
		return;
	aw_sentence_add(sentence, " (%" PRIu64 " pages scanned, %" PRIu64 " taken", effort->scanned, effort->taken);
	if (effort->taken)
		aw_sentence_add(sentence, ", %" PRIu64 " moved", effort->moved);
	if (effort->failed)
		aw_sentence_add(sentence, ", %" PRIu64 " failed", effort->failed);
	aw_sentence_add(sentence, ")");
}

static void tell_compaction(const struct aw_effort *effort, struct aw_sentence *sentence)
{
	unsigned int count = effort->nr_attempts;
	unsigned int i;

	if (!effort->compact_calls) {
		aw_sentence_item(sentence, "no compaction");
		return;
	}
	if (count > AW_MAX_ATTEMPTS)
		count = AW_MAX_ATTEMPTS;
	aw_sentence_item(sentence, "compaction %u x", effort->compact_calls);
	for (i = 0; i < count; i++) {
		aw_sentence_add(sentence, i ? ", " : ": ");
		tell_attempt(&effort->attempts[i], sentence);
	}
	if (count && count < effort->compact_calls)
		aw_sentence_add(sentence, ", ...");
	tell_pages(effort, sentence);
}

static void tell_rounds(const struct aw_effort *effort, struct aw_sentence *sentence)
{
	if (effort->reclaim_retries)
		aw_sentence_item(sentence, "%u rounds of should_reclaim_retry()",
				 effort->reclaim_retries);
	if (effort->compact_retries)
		aw_sentence_item(sentence, "%u of should_compact_retry()", effort->compact_retries);
}

void aw_verdict_tell_tried(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_effort *effort = &request->failure->effort;
	struct aw_sentence sentence;

	aw_sentence_start(&sentence, verdict->tried_text, sizeof(verdict->tried_text));
	if (verdict->rule == AW_RULE_NO_DIRECT_RECLAIM || verdict->rule == AW_RULE_TRYLOCK) {
		aw_sentence_add(&sentence, "nothing but the free lists");
		return;
	}
	if (!effort->known)
		return;
	if (effort->knows_reclaim)
		tell_reclaim(effort, &sentence);
	if (effort->knows_compaction && request->failure->order)
		tell_compaction(effort, &sentence);
	if (effort->knows_retry)
		tell_rounds(effort, &sentence);
	if (effort->total_ns)
		aw_sentence_add(&sentence, "%s%s%s", sentence.len ? "; " : "",
				effort->lower_bound ? "at least " : "",
				aw_words_time(effort->total_ns).s);
}
