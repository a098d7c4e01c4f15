// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the state machine of the slow path, which BPF, the module and tracefs
 * share, with sequences of events from the kernel, then with invalid ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../bpf/effort.h"

#define MS 1000000ull

/* enum compact_result and enum compact_priority of 6.1 */
enum { NOT_SUITABLE, SKIPPED, DEFERRED, NO_SUITABLE_PAGE, CONTINUE, COMPLETE, PARTIAL_SKIPPED, CONTENDED, SUCCESS };
enum { SYNC_FULL, SYNC_LIGHT, ASYNC };

static const struct aw_effort_state none = AW_EFFORT_STATE_NONE;

static void starts_empty(void **state)
{
	struct aw_effort_state tried;

	(void)state;
	memset(&tried, 0x5a, sizeof(tried));
	aw_effort_clear(&tried);
	assert_memory_equal(&tried, &none, sizeof(tried));
	assert_int_equal(tried.now.effort.size, sizeof(tried.now.effort));
	assert_int_equal(tried.now.attempts.size, sizeof(tried.now.attempts));
	assert_int_equal(tried.now.attempts.attempt_size, sizeof(tried.now.attempts.attempt[0]));
	assert_int_equal(tried.now.order, -1);
	assert_int_equal(tried.outer.order, -1);
}

/* The events of an order-4 GFP_KERNEL request, as seen on 6.1. */
static void costly_request(void **state)
{
	struct aw_effort_state tried = none;
	const struct aw_wire_attempt *attempt = tried.now.attempts.attempt;

	(void)state;
	aw_effort_begin_attempt(&tried, 4, ASYNC, 10 * MS);
	aw_effort_suitable(&tried, SKIPPED, CONTINUE);
	aw_effort_begin_reclaim(&tried, 4, 11 * MS);
	/* also fired by compaction_ready(): not the result of an attempt */
	aw_effort_suitable(&tried, SUCCESS, CONTINUE);
	aw_effort_end_reclaim(&tried, 1, 13 * MS);
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 14 * MS);
	aw_effort_suitable(&tried, CONTINUE, CONTINUE);
	aw_effort_begin_zone(&tried);
	aw_effort_end_zone(&tried, COMPLETE);
	aw_effort_deferred(&tried, DEFERRED);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	aw_effort_close(&tried, 18 * MS);

	assert_int_equal(tried.now.effort.begin_ns, 10 * MS);
	assert_int_equal(tried.now.effort.reclaim_calls, 1);
	assert_int_equal(tried.now.effort.reclaim_ns, 2 * MS);
	assert_int_equal(tried.now.effort.reclaim_pages, 1);
	assert_int_equal(tried.now.effort.reclaim_declined, 1);
	assert_int_equal(tried.now.effort.compact_calls, 2);
	assert_int_equal(tried.now.effort.compact_ns, 5 * MS);
	assert_int_equal(attempt[0].us, 1000);
	assert_int_equal(attempt[0].prio, ASYNC);
	assert_int_equal(attempt[0].result, SKIPPED);
	assert_int_equal(attempt[0].zones, 0);
	assert_int_equal(attempt[0].flags, 0);
	/* the largest result of its zones */
	assert_int_equal(attempt[1].us, 4000);
	assert_int_equal(attempt[1].prio, SYNC_LIGHT);
	assert_int_equal(attempt[1].result, COMPLETE);
	assert_int_equal(attempt[1].zones, 1);
	assert_int_equal(attempt[1].flags, AW_ATTEMPT_DEFERRED);
	assert_int_equal(tried.now.effort.known, 0);
}

/* Orders up to 3 loop, with a retry decision in every round. */
static void rounds(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	for (unsigned int i = 1; i <= 3; i++) {
		aw_effort_begin_reclaim(&tried, 2, i * 10 * MS);
		aw_effort_end_reclaim(&tried, 1, i * 10 * MS + MS);
		aw_effort_begin_attempt(&tried, 2, SYNC_LIGHT, i * 10 * MS + 2 * MS);
		aw_effort_reclaim_retry(&tried, 100 * i, 200 * i, 300 * i, (int)i, 2 | (i & 1), i * 10 * MS + 4 * MS);
		aw_effort_compact_retry(&tried, SKIPPED, (int)i, 16, i < 3, i * 10 * MS + 5 * MS);
	}
	/* up to order 3, 1 page is not the sentinel */
	assert_int_equal(tried.now.effort.reclaim_declined, 0);
	assert_int_equal(tried.now.effort.reclaim_pages, 3);
	assert_int_equal(tried.now.effort.reclaim_retries, 3);
	assert_int_equal(tried.now.effort.retry_reclaimable, 300);
	assert_int_equal(tried.now.effort.retry_available, 600);
	assert_int_equal(tried.now.effort.retry_min_wmark, 900);
	assert_int_equal(tried.now.effort.retry_no_progress, 3);
	assert_int_equal(tried.now.effort.retry_wmark_ok, 1);
	assert_int_equal(tried.now.effort.compact_retries, 3);
	assert_int_equal(tried.now.effort.compact_retry_result, SKIPPED);
	assert_int_equal(tried.now.effort.compact_retry_loops, 3);
	assert_int_equal(tried.now.effort.compact_retry_max, 16);
	assert_int_equal(tried.now.effort.compact_retry_ret, 0);
	/* the retry decision ends the attempt */
	assert_int_equal(tried.now.effort.compact_ns, 3 * 2 * MS);
	assert_int_equal(tried.now.attempts.attempt[2].us, 2000);
}

/* The scanners fire for CMA and kcompactd, too: only what a run of the request itself does counts. */
static void pages_of_compaction(void **state)
{
	struct aw_effort_state tried = none;
	const struct aw_wire_effort *effort = &tried.now.effort;

	(void)state;
	aw_effort_scanned(&tried, 512, 1);
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 10 * MS);
	aw_effort_free_scanned(&tried, 512, 1);
	aw_effort_moved(&tried, 1, 1);
	assert_int_equal(effort->compact_scanned + effort->compact_free_scanned + effort->compact_moved, 0);
	aw_effort_begin_zone(&tried);
	aw_effort_scanned(&tried, 512, 32);
	aw_effort_free_scanned(&tried, 100, 20);
	aw_effort_moved(&tried, 20, 12);
	aw_effort_scanned(&tried, 512, 0);
	aw_effort_end_zone(&tried, COMPLETE);
	aw_effort_scanned(&tried, 512, 1);
	assert_int_equal(effort->compact_scanned, 1024);
	assert_int_equal(effort->compact_taken, 32);
	assert_int_equal(effort->compact_moved, 20);
	assert_int_equal(effort->compact_failed, 12);
	assert_int_equal(effort->compact_free_scanned, 100);
	assert_int_equal(effort->compact_free_taken, 20);
}

static void zones_that_events_name(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 10 * MS);
	aw_effort_named(&tried, 0);
	aw_effort_named(&tried, 15);
	aw_effort_named(&tried, 0);
	assert_int_equal(tried.now.effort.zones, 0x8001);
	/* a request inside it names its own */
	aw_effort_begin_zone(&tried);
	aw_effort_begin_attempt(&tried, 0, SYNC_LIGHT, 11 * MS);
	aw_effort_named(&tried, 1);
	assert_int_equal(tried.now.effort.zones, 2);
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	assert_int_equal(tried.now.effort.zones, 0x8001);
}

static void more_attempts_than_are_kept(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	for (unsigned int i = 0; i < AW_WIRE_ATTEMPTS + 3; i++) {
		aw_effort_begin_attempt(&tried, 9, SYNC_LIGHT, (i + 1) * MS);
		aw_effort_begin_zone(&tried);
		aw_effort_end_zone(&tried, i < AW_WIRE_ATTEMPTS ? COMPLETE : CONTENDED);
	}
	aw_effort_close(&tried, (AW_WIRE_ATTEMPTS + 4) * MS);
	assert_int_equal(tried.now.effort.compact_calls, AW_WIRE_ATTEMPTS + 3);
	assert_int_equal(tried.now.effort.compact_ns, (AW_WIRE_ATTEMPTS + 3) * MS);
	for (unsigned int i = 0; i < AW_WIRE_ATTEMPTS; i++) {
		assert_int_equal(tried.now.attempts.attempt[i].us, 1000);
		assert_int_equal(tried.now.attempts.attempt[i].result, COMPLETE);
		assert_int_equal(tried.now.attempts.attempt[i].zones, 1);
	}
	assert_int_equal(tried.now.order, 9);
}

/* kswapd and kcompactd also fire these events: without a start they belong to no request. */
static void events_without_a_beginning(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_end_reclaim(&tried, 32, MS);
	aw_effort_suitable(&tried, SKIPPED, CONTINUE);
	aw_effort_deferred(&tried, DEFERRED);
	aw_effort_begin_zone(&tried);
	aw_effort_end_zone(&tried, COMPLETE);
	assert_memory_equal(&tried, &none, sizeof(tried));
}

static void what_still_runs_is_closed(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_reclaim(&tried, 0, MS);
	aw_effort_close(&tried, 4 * MS);
	assert_int_equal(tried.now.effort.reclaim_ns, 3 * MS);
	assert_false(aw_effort_is_inside(&tried.now));
	aw_effort_clear(&tried);
	aw_effort_begin_attempt(&tried, 4, ASYNC, MS);
	aw_effort_begin_zone(&tried);
	aw_effort_close(&tried, 2 * MS);
	assert_int_equal(tried.now.effort.compact_ns, MS);
	assert_false(aw_effort_is_inside(&tried.now));
	/* once */
	aw_effort_close(&tried, 9 * MS);
	assert_int_equal(tried.now.effort.compact_ns, MS);
}

static void ends(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	/* nothing was tried: any failure is its end */
	assert_true(aw_effort_is_end(&tried, 4, 1));
	assert_true(aw_effort_is_end(&tried, 0, 0));
	aw_effort_begin_reclaim(&tried, 4, MS);
	/* a request made by the reclaim itself */
	assert_false(aw_effort_is_end(&tried, 4, 1));
	assert_false(aw_effort_is_end(&tried, 0, 1));
	aw_effort_end_reclaim(&tried, 0, 2 * MS);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	assert_false(aw_effort_is_end(&tried, 0, 1));
	/* an atomic request has no slow path that it could end */
	assert_false(aw_effort_is_end(&tried, 4, 0));
	aw_effort_begin_attempt(&tried, 4, ASYNC, 3 * MS);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	aw_effort_begin_zone(&tried);
	assert_false(aw_effort_is_end(&tried, 4, 1));
	aw_effort_end_zone(&tried, COMPLETE);
	assert_true(aw_effort_is_end(&tried, 4, 1));
}

/* page_owner makes a request of order 2 before the request of order 4 that it records has ended. */
static void request_inside_another(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_attempt(&tried, 4, ASYNC, 10 * MS);
	aw_effort_begin_reclaim(&tried, 4, 11 * MS);
	aw_effort_end_reclaim(&tried, 7, 12 * MS);
	assert_false(aw_effort_forgets(&tried, 2));
	aw_effort_begin_reclaim(&tried, 2, 20 * MS);
	aw_effort_end_reclaim(&tried, 9, 21 * MS);
	/* its effort is its own */
	assert_true(aw_effort_is_end(&tried, 2, 1));
	assert_false(aw_effort_is_end(&tried, 4, 1));
	assert_int_equal(tried.now.effort.begin_ns, 20 * MS);
	assert_int_equal(tried.now.effort.reclaim_calls, 1);
	assert_int_equal(tried.now.effort.reclaim_pages, 9);
	assert_int_equal(tried.now.effort.compact_calls, 0);
	assert_int_equal(tried.now.effort.known, 0);
	/* and the outer request continues with its state */
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 30 * MS);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	assert_int_equal(tried.now.effort.begin_ns, 10 * MS);
	assert_int_equal(tried.now.effort.reclaim_pages, 7);
	assert_int_equal(tried.now.effort.compact_calls, 2);
	assert_int_equal(tried.now.effort.known, 0);
	assert_int_equal(aw_effort_resume_outer(&tried), 0);
}

/* A shrinker makes a request of a costly order, which compacts even there; the outer reclaim continues. */
static void compaction_inside_reclaim(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_reclaim(&tried, 0, 10 * MS);
	aw_effort_begin_attempt(&tried, 9, ASYNC, 11 * MS);
	aw_effort_begin_zone(&tried);
	aw_effort_end_zone(&tried, COMPLETE);
	assert_true(aw_effort_is_end(&tried, 9, 1));
	assert_int_equal(tried.now.attempts.attempt[0].result, COMPLETE);
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	/* the next one succeeds, which is not seen */
	aw_effort_begin_attempt(&tried, 9, ASYNC, 13 * MS);
	aw_effort_end_reclaim(&tried, 3, 15 * MS);
	assert_true(aw_effort_is_end(&tried, 0, 1));
	assert_int_equal(tried.now.effort.reclaim_calls, 1);
	assert_int_equal(tried.now.effort.reclaim_ns, 5 * MS);
	assert_int_equal(tried.now.effort.compact_calls, 0);
	assert_int_equal(tried.now.effort.known, 0);
}

static void reclaim_inside_compaction(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 10 * MS);
	aw_effort_begin_zone(&tried);
	aw_effort_begin_reclaim(&tried, 0, 11 * MS);
	aw_effort_end_reclaim(&tried, 3, 12 * MS);
	/* its success was not seen */
	aw_effort_end_zone(&tried, COMPLETE);
	aw_effort_close(&tried, 14 * MS);
	assert_int_equal(tried.now.order, 4);
	assert_int_equal(tried.now.effort.reclaim_calls, 0);
	assert_int_equal(tried.now.effort.compact_ns, 4 * MS);
	assert_int_equal(tried.now.attempts.attempt[0].result, COMPLETE);
	assert_int_equal(tried.now.attempts.attempt[0].zones, 1);
}

/* It may also be the outer request, if the end of its reclaim was missed. */
static void same_order_inside_is_a_lower_bound(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_reclaim(&tried, 4, MS);
	aw_effort_begin_attempt(&tried, 4, ASYNC, 2 * MS);
	aw_effort_deferred(&tried, DEFERRED);
	assert_int_equal(tried.now.effort.known, AW_EFFORT_NESTED);
	assert_int_equal(tried.now.effort.begin_ns, 2 * MS);
	assert_int_equal(tried.now.attempts.attempt[0].result, DEFERRED);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	aw_effort_end_reclaim(&tried, 5, 3 * MS);
	assert_int_equal(tried.now.effort.known, 0);
	assert_int_equal(tried.now.effort.reclaim_pages, 5);
	assert_int_equal(tried.now.effort.compact_calls, 0);
}

static void three_requests(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begin_reclaim(&tried, 4, MS);
	assert_false(aw_effort_forgets(&tried, 2));
	aw_effort_begin_attempt(&tried, 2, ASYNC, 2 * MS);
	assert_int_equal(tried.now.effort.known, 0);
	assert_false(aw_effort_forgets(&tried, 2));
	assert_true(aw_effort_forgets(&tried, 1));
	aw_effort_begin_attempt(&tried, 1, ASYNC, 3 * MS);
	assert_true(aw_effort_is_end(&tried, 1, 1));
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	/* the middle request continues: what it tried before is no longer known */
	aw_effort_begin_attempt(&tried, 2, SYNC_LIGHT, 4 * MS);
	assert_true(aw_effort_is_end(&tried, 2, 1));
	assert_int_equal(tried.now.effort.known, AW_EFFORT_NESTED);
	assert_int_equal(tried.now.effort.compact_calls, 1);
	assert_int_equal(aw_effort_resume_outer(&tried), 1);
	/* the outermost request is complete */
	aw_effort_end_reclaim(&tried, 5, 5 * MS);
	assert_true(aw_effort_is_end(&tried, 4, 1));
	assert_int_equal(tried.now.effort.known, 0);
	assert_int_equal(tried.now.effort.reclaim_ns, 4 * MS);
	assert_int_equal(aw_effort_resume_outer(&tried), 0);
}

static void nothing_to_resume(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	assert_int_equal(aw_effort_resume_outer(&tried), 0);
	aw_effort_begin_reclaim(&tried, 0, MS);
	aw_effort_end_reclaim(&tried, 0, 2 * MS);
	aw_effort_begin_reclaim(&tried, 0, 3 * MS);
	assert_int_equal(aw_effort_resume_outer(&tried), 0);
	assert_int_equal(tried.now.effort.reclaim_calls, 1);
}

/* With vm.defrag_mode 7.2 reclaims and compacts for a pageblock, whatever the order of the request is. */
static void promoted_request_ends(void **state)
{
	struct aw_effort_state tried = AW_EFFORT_STATE_NONE;

	(void)state;
	aw_effort_begin_attempt(&tried, 9, ASYNC, MS);
	aw_effort_note_mask(&tried, 0xcc0);
	assert_false(aw_effort_is_end(&tried, 4, 1));
	assert_true(aw_effort_is_promoted_end(&tried, 4, 0xcc0));
	assert_true(aw_effort_is_promoted_end(&tried, 0, 0xcc0));
	assert_false(aw_effort_is_promoted_end(&tried, 4, 0xcc2));
	assert_false(aw_effort_is_promoted_end(&tried, 10, 0xcc0));
	aw_effort_begin_reclaim(&tried, 9, 2 * MS);
	aw_effort_note_mask(&tried, 0xcc0);
	assert_false(aw_effort_is_promoted_end(&tried, 4, 0xcc0));
	aw_effort_end_reclaim(&tried, 1, 3 * MS);
	assert_true(aw_effort_is_promoted_end(&tried, 4, 0xcc0));
	aw_effort_clear(&tried);
	assert_false(aw_effort_is_promoted_end(&tried, 4, 0xcc0));
}

/* Compaction, reclaim, compaction of an order. */
static void try_once(struct aw_effort_state *tried, int order, unsigned int gfp, int second, uint64_t now)
{
	aw_effort_begins_anew(tried, order, 1);
	aw_effort_begin_attempt(tried, order, ASYNC, now);
	aw_effort_note_mask(tried, gfp);
	aw_effort_begins_anew(tried, order, 0);
	aw_effort_begin_reclaim(tried, order, now + MS);
	aw_effort_end_reclaim(tried, 1, now + 2 * MS);
	aw_effort_begins_anew(tried, order, second == ASYNC);
	aw_effort_begin_attempt(tried, order, second, now + 3 * MS);
	aw_effort_note_mask(tried, gfp);
}

/* Without the ends of successes, only what a single request does in this order is known to be its own. */
static void one_round_is_known_without_ends(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	try_once(&tried, 4, 0xcc0, SYNC_LIGHT, MS);
	assert_true(aw_effort_is_one_round(&tried, 4, 0xcc0, ASYNC));
	assert_false(aw_effort_is_one_round(&tried, 4, 0xcc2, ASYNC));
	assert_false(aw_effort_is_one_round(&tried, 5, 0xcc0, ASYNC));
	assert_int_equal(tried.now.effort.known, 0);

	/* It may have got its pages, or have started over. */
	try_once(&tried, 4, 0xcc0, SYNC_LIGHT, 10 * MS);
	assert_true(aw_effort_is_one_round(&tried, 4, 0xcc0, ASYNC));
	assert_int_equal(tried.now.effort.known, AW_EFFORT_NESTED);
	assert_int_equal(tried.now.effort.begin_ns, 10 * MS);

	/* Another order is another request. */
	try_once(&tried, 9, 0xcc0, SYNC_LIGHT, 20 * MS);
	assert_true(aw_effort_is_one_round(&tried, 9, 0xcc0, ASYNC));
	assert_int_equal(tried.now.effort.known, 0);

	/* Two requests that look like one: the second compacts as a request begins. */
	try_once(&tried, 9, 0xcc0, ASYNC, 30 * MS);
	assert_false(aw_effort_is_one_round(&tried, 9, 0xcc0, ASYNC));
	/* More than one round, and an order that is tried more often. */
	try_once(&tried, 9, 0xcc0, SYNC_LIGHT, 40 * MS);
	aw_effort_begins_anew(&tried, 9, 0);
	aw_effort_begin_reclaim(&tried, 9, 50 * MS);
	assert_false(aw_effort_is_one_round(&tried, 9, 0xcc0, ASYNC));
	aw_effort_end_reclaim(&tried, 1, 51 * MS);
	assert_false(aw_effort_is_one_round(&tried, 9, 0xcc0, ASYNC));
	try_once(&tried, 3, 0xcc0, SYNC_LIGHT, 60 * MS);
	assert_false(aw_effort_is_one_round(&tried, 3, 0xcc0, ASYNC));
}

/* A request that is made inside keeps its own notes, and those of the outer one. */
static void inner_request_without_ends(void **state)
{
	struct aw_effort_state tried = none;

	(void)state;
	aw_effort_begins_anew(&tried, 4, 1);
	aw_effort_begin_attempt(&tried, 4, ASYNC, MS);
	aw_effort_note_mask(&tried, 0xcc0);
	aw_effort_begins_anew(&tried, 4, 0);
	aw_effort_begin_reclaim(&tried, 4, 2 * MS);
	aw_effort_begins_anew(&tried, 10, 1);
	aw_effort_begin_attempt(&tried, 10, ASYNC, 3 * MS);
	assert_int_equal(tried.outer.order, 4);
	aw_effort_end_reclaim(&tried, 1, 4 * MS);
	aw_effort_begins_anew(&tried, 4, 0);
	aw_effort_begin_attempt(&tried, 4, SYNC_LIGHT, 5 * MS);
	aw_effort_note_mask(&tried, 0xcc0);
	assert_true(aw_effort_is_one_round(&tried, 4, 0xcc0, ASYNC));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_round_is_known_without_ends),
		cmocka_unit_test(inner_request_without_ends),
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(costly_request),
		cmocka_unit_test(rounds),
		cmocka_unit_test(pages_of_compaction),
		cmocka_unit_test(zones_that_events_name),
		cmocka_unit_test(more_attempts_than_are_kept),
		cmocka_unit_test(events_without_a_beginning),
		cmocka_unit_test(what_still_runs_is_closed),
		cmocka_unit_test(ends),
		cmocka_unit_test(request_inside_another),
		cmocka_unit_test(compaction_inside_reclaim),
		cmocka_unit_test(reclaim_inside_compaction),
		cmocka_unit_test(same_order_inside_is_a_lower_bound),
		cmocka_unit_test(three_requests),
		cmocka_unit_test(nothing_to_resume),
		cmocka_unit_test(promoted_request_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
