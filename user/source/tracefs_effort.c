// SPDX-License-Identifier: GPL-2.0
/*
 * What a request tried, noted from its trace records.
 *
 * The filter lets no success through, so that a request that got its memory
 * after all has no end here: what begins a new one is told by what a single
 * request cannot do twice (see begins_anew()).
 */
#include "source/tracefs_effort.h"

#include <string.h>

/* Between two signs of one request the kernel waits 100 ms at most (congestion_wait(HZ/10)). */
#define SAME_REQUEST_NS 1000000000ull

#define PRIO_ASYNC 2	/* enum compact_priority */

void aw_trace_effort_clear(struct aw_trace_effort *effort)
{
	memset(effort, 0, sizeof(*effort));
	effort->order = -1;
}

static void end_attempt(struct aw_trace_effort *effort, uint64_t now)
{
	struct aw_wire_effort *wire = &effort->wire;
	uint32_t index = wire->compact_calls - 1;
	uint64_t took = now - effort->attempt_ns;

	if (!effort->attempt_ns)
		return;
	wire->compact_ns += took;
	if (index < AW_WIRE_ATTEMPTS)
		wire->attempts[index].us = took / 1000;
	effort->attempt_ns = 0;
	effort->compacting = false;
}

void aw_trace_effort_end(struct aw_trace_effort *effort, uint64_t now)
{
	end_attempt(effort, now);
	if (effort->reclaim_ns)
		effort->wire.reclaim_ns += now - effort->reclaim_ns;
	effort->reclaim_ns = 0;
}

bool aw_trace_effort_ends(const struct aw_trace_effort *effort, unsigned int order, uint64_t now)
{
	return effort->order == order && !effort->reclaim_ns && !effort->compacting &&
	       now - effort->last_ns < SAME_REQUEST_NS;
}

/*
 * A request tries asynchronous compaction first and once, with NORETRY once
 * more after its reclaim; and asks reclaim_retry_zone (4.11 on, orders <= 3)
 * before it reclaims again.
 */
static bool begins_anew(const struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			const struct aw_trace_record *record)
{
	const struct aw_wire_effort *wire = &effort->wire;

	if (effort->order != (int64_t)record->value[AW_BEGIN_ORDER] ||
	    record->time_ns - effort->last_ns > SAME_REQUEST_NS)
		return true;
	if (record->kind == AW_TRACE_COMPACT_TRY) {
		if (!wire->compact_calls || (int)record->value[AW_BEGIN_PRIO] != PRIO_ASYNC)
			return false;
		return !(record->value[AW_BEGIN_GFP] & rules->noretry) || !effort->reclaimed;
	}
	return rules->watched & AW_EFFORT_RETRY && effort->order <= 3 && wire->reclaim_calls && !effort->asked &&
	       !(effort->attempt_ns && effort->reclaimed);
}

static void begin(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
		  const struct aw_trace_record *record)
{
	if (begins_anew(effort, rules, record))
		aw_trace_effort_clear(effort);
	end_attempt(effort, record->time_ns);
	if (!effort->wire.begin_ns)
		effort->wire.begin_ns = record->time_ns;
	effort->order = (int64_t)record->value[AW_BEGIN_ORDER];
	effort->asked = false;
}

static void begin_attempt(struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	uint32_t index = effort->wire.compact_calls++;

	effort->attempt_ns = record->time_ns;
	effort->reclaimed = false;
	if (index >= AW_WIRE_ATTEMPTS)
		return;
	effort->wire.attempts[index].prio = (int)record->value[AW_BEGIN_PRIO];
	effort->wire.attempts[index].result = -1;
}

static void end_reclaim(struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	struct aw_wire_effort *wire = &effort->wire;
	uint64_t pages = record->value[AW_END_VALUE];

	if (!effort->reclaim_ns)
		return;
	wire->reclaim_calls++;
	wire->reclaim_ns += record->time_ns - effort->reclaim_ns;
	wire->reclaim_pages += pages;
	/* The sentinel of compaction_ready(): bpf/effort.bpf.c */
	if (pages == 1 && effort->order > 3)
		wire->reclaim_declined++;
	effort->reclaim_ns = 0;
	effort->reclaimed = true;
}

/* The attempt that runs; NULL: none, or more than are kept one by one. */
static struct aw_wire_attempt *running(struct aw_trace_effort *effort)
{
	uint32_t index = effort->wire.compact_calls - 1;

	if (!effort->attempt_ns || effort->reclaim_ns || index >= AW_WIRE_ATTEMPTS)
		return NULL;
	return &effort->wire.attempts[index];
}

/* try_to_compact_pages() returns the largest result of its zones. */
static void note_result(struct aw_trace_effort *effort, int result, uint8_t flag, unsigned int zones)
{
	struct aw_wire_attempt *attempt = running(effort);

	if (!attempt)
		return;
	attempt->flags |= flag;
	attempt->zones += zones;
	if (result > attempt->result)
		attempt->result = result;
}

static void note_reclaim_retry(struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	struct aw_wire_effort *wire = &effort->wire;

	end_attempt(effort, record->time_ns);
	effort->asked = true;
	wire->reclaim_retries++;
	wire->retry_reclaimable = record->value[AW_RETRY_RECLAIMABLE];
	wire->retry_available = record->value[AW_RETRY_AVAILABLE];
	wire->retry_min_wmark = record->value[AW_RETRY_MIN_WMARK];
	wire->retry_no_progress = (int)record->value[AW_RETRY_LOOPS];
	wire->retry_wmark_ok = record->value[AW_RETRY_WMARK_OK] & 1;
}

static void note_compact_retry(struct aw_trace_effort *effort, const struct aw_trace_record *record)
{
	struct aw_wire_effort *wire = &effort->wire;

	end_attempt(effort, record->time_ns);
	effort->asked = true;
	wire->compact_retries++;
	wire->compact_retry_prio = (int)record->value[AW_RETRY_PRIO];
	wire->compact_retry_result = (int)record->value[AW_RETRY_RESULT];
	wire->compact_retry_loops = (int)record->value[AW_RETRY_RETRIES];
	wire->compact_retry_max = (int)record->value[AW_RETRY_MAX];
	wire->compact_retry_ret = record->value[AW_RETRY_AGAIN] & 1;
}

void aw_trace_effort_add(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			 const struct aw_trace_record *record)
{
	int value = (int)record->value[AW_END_VALUE];

	switch (record->kind) {
	case AW_TRACE_RECLAIM_BEGIN:
		begin(effort, rules, record);
		effort->reclaim_ns = record->time_ns;
		break;
	case AW_TRACE_RECLAIM_END:
		end_reclaim(effort, record);
		break;
	case AW_TRACE_COMPACT_TRY:
		begin(effort, rules, record);
		begin_attempt(effort, record);
		break;
	case AW_TRACE_COMPACT_SUITABLE:
		/* "go on" is no result yet */
		note_result(effort, value == rules->continues ? -1 : value, AW_ATTEMPT_SUITABLE, 0);
		break;
	case AW_TRACE_COMPACT_DEFERRED:
		note_result(effort, rules->deferred, AW_ATTEMPT_DEFERRED, 0);
		break;
	case AW_TRACE_COMPACT_BEGIN:
		effort->compacting = effort->attempt_ns != 0;
		break;
	case AW_TRACE_COMPACT_END:
		effort->compacting = false;
		note_result(effort, value, 0, 1);
		break;
	case AW_TRACE_RECLAIM_RETRY:
		note_reclaim_retry(effort, record);
		break;
	case AW_TRACE_COMPACT_RETRY:
		note_compact_retry(effort, record);
		break;
	default:
		break;
	}
	effort->last_ns = record->time_ns;
}
