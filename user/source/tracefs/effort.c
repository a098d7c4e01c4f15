// SPDX-License-Identifier: GPL-2.0
/*
 * What a request tried, from its trace records.
 *
 * The filter drops successes, so a request that got its pages in the end has no
 * end here.  That another request has begun is inferred from what a single one
 * cannot do twice (see begins_anew()).
 */
#include "source/tracefs/effort.h"

/* Between two events of one request the kernel waits for at most 100 ms (congestion_wait(HZ/10)). */
#define SAME_REQUEST_NS 1000000000ull

#define PRIO_ASYNC 2	/* enum compact_priority */

void aw_trace_effort_clear(struct aw_trace_effort *effort)
{
	*effort = (struct aw_trace_effort){ .state = AW_EFFORT_STATE_NONE };
}

/*
 * A request begins with asynchronous compaction and does it once, or with NORETRY
 * once more after its reclaim.  Up to order 3, from 4.11 on, it gets to
 * reclaim_retry_zone before it reclaims again.
 */
static bool begins_anew(const struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			const struct aw_trace_record *record)
{
	const struct aw_effort_run *run = &effort->state.now;

	/* Inside reclaim or compaction it is an inner request, and the outer one goes on. */
	if (aw_effort_is_inside(run))
		return false;
	if (run->order != (int32_t)record->value[AW_BEGIN_ORDER])
		return true;
	if (record->type == AW_TRACE_COMPACT_TRY) {
		if (!run->effort.compact_calls || (int)record->value[AW_BEGIN_PRIO] != PRIO_ASYNC)
			return false;
		return !(record->value[AW_BEGIN_GFP] & rules->noretry) || !effort->reclaimed;
	}
	return rules->watched & AW_EFFORT_RETRY && run->order <= AW_EFFORT_COSTLY_ORDER &&
	       run->effort.reclaim_calls && !effort->asked && !(run->attempt_ns && effort->reclaimed);
}

/* The current request is over; if it was an inner one, the outer one goes on. */
static void leave(struct aw_trace_effort *effort)
{
	if (!aw_effort_resume_outer(&effort->state))
		aw_trace_effort_clear(effort);
	effort->asked = effort->reclaimed = false;
}

static void begin(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
		  const struct aw_trace_record *record)
{
	int32_t order = (int32_t)record->value[AW_BEGIN_ORDER];

	if (record->time_ns - effort->last_ns > SAME_REQUEST_NS)
		aw_trace_effort_clear(effort);
	else if (begins_anew(effort, rules, record))
		leave(effort);
	effort->asked = false;
	if (record->type == AW_TRACE_RECLAIM_BEGIN) {
		aw_effort_begin_reclaim(&effort->state, order, record->time_ns);
	} else {
		effort->reclaimed = false;
		aw_effort_begin_attempt(&effort->state, order, (int)record->value[AW_BEGIN_PRIO], record->time_ns);
	}
	aw_effort_note_mask(&effort->state, record->value[AW_BEGIN_GFP]);
}

static void add_retry(struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	const uint64_t *value = record->value;

	effort->asked = true;
	if (record->type == AW_TRACE_RECLAIM_RETRY)
		aw_effort_reclaim_retry(&effort->state, value[AW_RETRY_RECLAIMABLE], value[AW_RETRY_AVAILABLE],
					value[AW_RETRY_MIN_WMARK], (int)value[AW_RETRY_LOOPS],
					(int)value[AW_RETRY_WMARK_OK], record->time_ns);
	else	/* the record has only compact_result_to_feedback(), not the enum compact_result */
		aw_effort_compact_retry(&effort->state, -1, (int)value[AW_RETRY_RETRIES], (int)value[AW_RETRY_MAX],
					(int)value[AW_RETRY_AGAIN], record->time_ns);
}

void aw_trace_effort_add(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			 const struct aw_trace_record *record)
{
	uint64_t value = record->value[AW_END_VALUE];

	switch (record->type) {
	case AW_TRACE_RECLAIM_BEGIN:
	case AW_TRACE_COMPACT_TRY:
		begin(effort, rules, record);
		break;
	case AW_TRACE_RECLAIM_END:
		effort->reclaimed |= effort->state.now.reclaim_ns || effort->state.outer.reclaim_ns;
		aw_effort_end_reclaim(&effort->state, value, record->time_ns);
		break;
	case AW_TRACE_COMPACT_SUITABLE:
		aw_effort_suitable(&effort->state, (int)value, rules->continues);
		break;
	case AW_TRACE_COMPACT_DEFERRED:
		aw_effort_deferred(&effort->state, rules->deferred);
		break;
	case AW_TRACE_COMPACT_BEGIN:
		aw_effort_begin_zone(&effort->state);
		break;
	case AW_TRACE_COMPACT_END:
		aw_effort_end_zone(&effort->state, (int)value);
		break;
	case AW_TRACE_RECLAIM_RETRY:
	case AW_TRACE_COMPACT_RETRY:
		add_retry(effort, record);
		break;
	default:
		break;
	}
	effort->last_ns = record->time_ns;
}

/* A success ends unnoticed; a slow path without an event for this long is over. */
static bool goes_on(const struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	return effort->state.now.order >= 0 && record->time_ns - effort->last_ns < SAME_REQUEST_NS;
}

/* Successes are not seen, so that a mask alone does not say whose effort it was: only where orders are promoted. */
static bool is_end(const struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
		   const struct aw_trace_record *record)
{
	bool may_reclaim = !rules->direct_reclaim || record->value[AW_ALLOC_GFP] & rules->direct_reclaim;
	int32_t order = (int32_t)record->value[AW_ALLOC_ORDER];

	return aw_effort_is_end(&effort->state, order, may_reclaim) ||
	       (rules->promotes && aw_effort_is_promoted_end(&effort->state, order, record->value[AW_ALLOC_GFP]));
}

void aw_trace_effort_take(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			  const struct aw_trace_record *record, struct aw_wire_failure *failure)
{
	if (goes_on(effort, record) && is_end(effort, rules, record)) {
		aw_effort_close(&effort->state, record->time_ns);
		failure->effort = effort->state.now.effort;
		failure->attempts = effort->state.now.attempts;
		leave(effort);
	}
	failure->effort.known |= rules->watched;
}
