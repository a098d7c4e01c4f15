// SPDX-License-Identifier: GPL-2.0
/*
 * What a request tried, from wire records.
 */
#include "event/decode_internal.h"

static void decode_attempts(const struct aw_compact_numbers *numbers, const struct aw_wire_attempts *wire,
			    struct aw_effort *effort)
{
	effort->nr_attempts = effort->compact_calls < AW_WIRE_ATTEMPTS ? effort->compact_calls : AW_WIRE_ATTEMPTS;
	for (unsigned int i = 0; i < effort->nr_attempts; i++) {
		const struct aw_wire_attempt *attempt = &wire->attempt[i];

		effort->attempts[i] = (struct aw_attempt){
			.prio = aw_compact_prio_decode(attempt->prio),
			.result = aw_compact_result_decode(numbers, attempt->result),
			.us = attempt->us,
			.zones = attempt->zones,
			.deferred = attempt->flags & AW_ATTEMPT_DEFERRED,
		};
	}
}

/* Each declined reclaim returned the sentinel 1, which is not a page. */
static uint64_t really_reclaimed(const struct aw_wire_effort *wire)
{
	return wire->reclaim_pages > wire->reclaim_declined ? wire->reclaim_pages - wire->reclaim_declined : 0;
}

void aw_decode_effort(const struct aw_compact_numbers *numbers, const struct aw_wire_failure *record,
		      struct aw_effort *effort)
{
	const struct aw_wire_effort *wire = &record->effort;
	uint64_t end_ns = record->head.time_ns;
	bool pages = wire->known & AW_EFFORT_COMPACTION && wire->known & AW_EFFORT_PAGES;

	*effort = (struct aw_effort){
		.known = wire->known & (AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY),
		.knows_reclaim = wire->known & AW_EFFORT_RECLAIM,
		.knows_compaction = wire->known & AW_EFFORT_COMPACTION,
		.knows_retry = wire->known & AW_EFFORT_RETRY,
		.knows_pages = pages,
		.knows_zones = wire->known & AW_EFFORT_ZONES,
		.scanned = wire->compact_scanned, .taken = wire->compact_taken,
		.moved = wire->compact_moved, .failed = wire->compact_failed,
		.free_scanned = wire->compact_free_scanned, .free_taken = wire->compact_free_taken,
		.lower_bound = wire->known & AW_EFFORT_NESTED,
		.total_ns = wire->begin_ns && end_ns > wire->begin_ns ? end_ns - wire->begin_ns : 0,
		.reclaim_ns = wire->reclaim_ns,
		.compact_ns = wire->compact_ns,
		.reclaim_pages = really_reclaimed(wire),
		.reclaim_calls = wire->reclaim_calls,
		.reclaim_declined = wire->reclaim_declined,
		.compact_calls = wire->compact_calls,
		.reclaim_retries = wire->reclaim_retries,
		.retry_no_progress = wire->retry_no_progress,
		.retry_wmark_ok = wire->retry_wmark_ok,
		.retry_available = wire->retry_available,
		.retry_min_wmark = wire->retry_min_wmark,
		.retry_reclaimable = wire->retry_reclaimable,
		.compact_retries = wire->compact_retries,
		.compact_retry_loops = wire->compact_retry_loops,
		.compact_retry_max = wire->compact_retry_max,
		.compact_retry_again = wire->compact_retry_ret,
		.compact_retry_result = wire->compact_retries ?
			aw_compact_result_decode(numbers, wire->compact_retry_result) : AW_COMPACT_UNKNOWN,
	};
	decode_attempts(numbers, &record->attempts, effort);
}
