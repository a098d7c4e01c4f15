// SPDX-License-Identifier: GPL-2.0
/*
 * Tests correlating trace records: one request becomes one record, with its stack
 * and effort.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "source/tracefs/correlate.h"

#define DIRECT 0x400u
#define NORETRY 0x10000u

static struct aw_wire_failure got[8];
static struct aw_wire_extfrag stolen;
static unsigned int failures, steals;

static void on_record(void *arg, struct aw_wire_head *head)
{
	(void)arg;
	if (head->type == AW_WIRE_FAILURE && failures < 8)
		memcpy(&got[failures++], head, sizeof(got[0]));
	else
		memcpy(&stolen, head, sizeof(stolen)), steals++;
}

static struct aw_trace_correlator *make_for(bool promotes)
{
	const struct aw_trace_correlator_config config = {
		.rules = { .watched = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY,
			   .direct_reclaim = DIRECT, .noretry = NORETRY, .continues = 4, .deferred = 2, .promotes = promotes },
	};

	failures = steals = 0;
	return aw_trace_correlate_new(&config, on_record, NULL);
}

static struct aw_trace_correlator *make(void)
{
	return make_for(false);
}

static uint64_t now;

static void add_as(struct aw_trace_correlator *correlator, uint32_t tid, uint32_t cpu, uint8_t flags, enum aw_trace_type type,
		   uint64_t a, uint64_t b, uint64_t c)
{
	struct aw_trace_record record = {
		.type = type, .time_ns = now += 1000, .tid = tid, .cpu = cpu, .flags = flags, .value = { a, b, c },
	};

	if (type == AW_TRACE_STACK) {
		record.nr_frames = 1;
		record.stack[0] = a;
	}
	aw_trace_correlate_add(correlator, &record);
}

static void add(struct aw_trace_correlator *correlator, enum aw_trace_type type, uint64_t a, uint64_t b, uint64_t c)
{
	add_as(correlator, 89, 0, 0, type, a, b, c);
}

/* The records of a failing order-4 GFP_KERNEL request on 6.1. */
static void costly_request(struct aw_trace_correlator *correlator)
{
	add(correlator, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	add(correlator, AW_TRACE_COMPACT_SUITABLE, 4, 0, 0);
	add(correlator, AW_TRACE_COMPACT_DEFERRED, 4, 0, 0);
	add(correlator, AW_TRACE_RECLAIM_BEGIN, 4, DIRECT, 0);
	add(correlator, AW_TRACE_COMPACT_SUITABLE, 8, 0, 0);
	add(correlator, AW_TRACE_RECLAIM_END, 1, 0, 0);
	add(correlator, AW_TRACE_COMPACT_TRY, 4, DIRECT, 1);
	add(correlator, AW_TRACE_COMPACT_BEGIN, 0, 0, 0);
	add(correlator, AW_TRACE_COMPACT_END, 5, 0, 0);
}

static void fail_request(struct aw_trace_correlator *correlator, unsigned int order, uint64_t gfp)
{
	add(correlator, AW_TRACE_ALLOC, UINT64_MAX, order, gfp);
	add(correlator, AW_TRACE_STACK, 0x1234, 0, 0);
}

static void one_request(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	costly_request(correlator);
	add(correlator, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	assert_int_equal(failures, 0);
	add(correlator, AW_TRACE_STACK, 0x1234, 0, 0);
	assert_int_equal(failures, 1);
	assert_int_equal(got[0].task.tid, 89);
	assert_int_equal(got[0].stack.nr_frames, 1);
	assert_int_equal(got[0].stack.frames[0], 0x1234);
	assert_int_equal(got[0].effort.compact_calls, 2);
	assert_int_equal(got[0].attempts.attempt[0].prio, 2);
	assert_int_equal(got[0].attempts.attempt[0].result, 2);
	assert_true(got[0].attempts.attempt[0].flags & AW_ATTEMPT_DEFERRED);
	assert_int_equal(got[0].attempts.attempt[1].result, 5);
	assert_int_equal(got[0].attempts.attempt[1].zones, 1);
	assert_int_equal(got[0].effort.reclaim_calls, 1);
	assert_int_equal(got[0].effort.reclaim_declined, 1);
	assert_int_equal(got[0].effort.reclaim_ns, 2000);
	assert_int_equal(got[0].effort.known, 7);
	aw_trace_correlate_free(correlator);
}

/* A request that succeeded has no end record: the next one does not inherit its effort. */
static void success_before(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	costly_request(correlator);
	costly_request(correlator);
	fail_request(correlator, 4, DIRECT);
	assert_int_equal(got[0].effort.compact_calls, 2);
	assert_int_equal(got[0].effort.reclaim_calls, 1);
	/* another order or mask: not the end of this request */
	costly_request(correlator);
	fail_request(correlator, 3, DIRECT);
	assert_int_equal(got[1].effort.compact_calls, 0);
	fail_request(correlator, 4, 0);
	assert_int_equal(got[2].effort.compact_calls, 0);
	fail_request(correlator, 4, DIRECT);
	assert_int_equal(got[3].effort.compact_calls, 2);
	aw_trace_correlate_free(correlator);
}

/* __GFP_NORETRY compacts asynchronously twice. */
static void noretry(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	for (int i = 0; i < 2; i++) {
		add(correlator, AW_TRACE_COMPACT_TRY, 4, DIRECT | NORETRY, 2);
		add(correlator, AW_TRACE_RECLAIM_BEGIN, 4, DIRECT | NORETRY, 0);
		add(correlator, AW_TRACE_RECLAIM_END, 0, 0, 0);
		add(correlator, AW_TRACE_COMPACT_TRY, 4, DIRECT | NORETRY, 2);
	}
	fail_request(correlator, 4, DIRECT | NORETRY);
	assert_int_equal(got[0].effort.compact_calls, 2);
	aw_trace_correlate_free(correlator);
}

/* Orders up to 3 loop, with a retry decision in every round. */
static void retries(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	for (int i = 0; i < 3; i++) {
		add(correlator, AW_TRACE_RECLAIM_BEGIN, 0, DIRECT, 0);
		add(correlator, AW_TRACE_RECLAIM_END, 0, 0, 0);
		add(correlator, AW_TRACE_RECLAIM_RETRY, 100, 200, 300);
	}
	fail_request(correlator, 0, DIRECT);
	assert_int_equal(got[0].effort.reclaim_calls, 3);
	assert_int_equal(got[0].effort.reclaim_retries, 3);
	assert_int_equal(got[0].effort.retry_min_wmark, 300);
	/* its record does not contain enum compact_result */
	add(correlator, AW_TRACE_RECLAIM_BEGIN, 2, DIRECT, 0);
	add(correlator, AW_TRACE_RECLAIM_END, 0, 0, 0);
	add(correlator, AW_TRACE_COMPACT_RETRY, 3, 16, 1);
	fail_request(correlator, 2, DIRECT);
	assert_int_equal(got[1].effort.compact_retries, 1);
	assert_int_equal(got[1].effort.compact_retry_result, -1);
	assert_int_equal(got[1].effort.compact_retry_loops, 3);
	assert_int_equal(got[1].effort.compact_retry_max, 16);
	assert_int_equal(got[1].effort.compact_retry_ret, 1);
	/* without a retry decision, the first request succeeded */
	for (int i = 0; i < 2; i++) {
		add(correlator, AW_TRACE_RECLAIM_BEGIN, 0, DIRECT, 0);
		add(correlator, AW_TRACE_RECLAIM_END, 32, 0, 0);
	}
	fail_request(correlator, 0, DIRECT);
	assert_int_equal(got[2].effort.reclaim_calls, 1);
	aw_trace_correlate_free(correlator);
}

/* An interrupt between an event and its stack has its own stack. */
static void interrupts(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	add(correlator, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	add_as(correlator, 89, 0, AW_TRACE_FLAG_SOFTIRQ, AW_TRACE_ALLOC, UINT64_MAX, 2, 0);
	add_as(correlator, 89, 0, AW_TRACE_FLAG_SOFTIRQ, AW_TRACE_STACK, 0x222, 0, 0);
	add(correlator, AW_TRACE_STACK, 0x111, 0, 0);
	assert_int_equal(failures, 2);
	assert_int_equal(got[0].request.order, 2);
	assert_int_equal(got[0].stack.frames[0], 0x222);
	assert_int_equal(got[0].task.context, AW_CONTEXT_SOFTIRQ);
	assert_int_equal(got[1].request.order, 4);
	assert_int_equal(got[1].stack.frames[0], 0x111);
	assert_int_equal(got[1].task.context, AW_CONTEXT_TASK);
	/* two idle cpus share tid 0 */
	add_as(correlator, 0, 0, 0, AW_TRACE_ALLOC, UINT64_MAX, 1, 0);
	add_as(correlator, 0, 1, 0, AW_TRACE_ALLOC, UINT64_MAX, 2, 0);
	add_as(correlator, 0, 0, 0, AW_TRACE_STACK, 0x10, 0, 0);
	add_as(correlator, 0, 1, 0, AW_TRACE_STACK, 0x20, 0, 0);
	assert_int_equal(got[2].stack.frames[0], 0x10);
	assert_int_equal(got[3].stack.frames[0], 0x20);
	aw_trace_correlate_free(correlator);
}

/* Reclaim itself makes a request, which fails: this is not the end of the request that reclaims. */
static void nested(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	add(correlator, AW_TRACE_RECLAIM_BEGIN, 0, DIRECT, 0);
	/* an inner request that tries nothing */
	fail_request(correlator, 4, DIRECT);
	assert_int_equal(got[0].effort.known, 7);
	assert_int_equal(got[0].effort.begin_ns, 0);
	/* an inner request that compacts */
	add(correlator, AW_TRACE_COMPACT_TRY, 9, DIRECT, 2);
	add(correlator, AW_TRACE_COMPACT_BEGIN, 0, 0, 0);
	add(correlator, AW_TRACE_COMPACT_END, 5, 0, 0);
	fail_request(correlator, 9, DIRECT);
	assert_int_equal(got[1].effort.known, 7);
	assert_int_equal(got[1].effort.compact_calls, 1);
	assert_int_equal(got[1].attempts.attempt[0].result, 5);
	/* an inner request that compacts and succeeds, which is not seen */
	add(correlator, AW_TRACE_COMPACT_TRY, 9, DIRECT, 2);
	add(correlator, AW_TRACE_RECLAIM_END, 3, 0, 0);
	fail_request(correlator, 0, DIRECT);
	assert_int_equal(got[2].effort.known, 7);
	assert_int_equal(got[2].effort.reclaim_calls, 1);
	assert_int_equal(got[2].effort.reclaim_pages, 3);
	assert_int_equal(got[2].effort.compact_calls, 0);
	aw_trace_correlate_free(correlator);
}

/* The end of a reclaim was overwritten in the trace buffer, or a request of the same order started inside it. */
static void same_order_inside(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	add(correlator, AW_TRACE_RECLAIM_BEGIN, 4, DIRECT, 0);
	add(correlator, AW_TRACE_COMPACT_TRY, 4, DIRECT, 1);
	fail_request(correlator, 4, DIRECT);
	assert_int_equal(got[0].effort.known, 7 | AW_EFFORT_NESTED);
	assert_int_equal(got[0].effort.compact_calls, 1);
	/* a second later, the state has expired */
	now += 2000000000;
	costly_request(correlator);
	fail_request(correlator, 4, DIRECT);
	assert_int_equal(got[1].effort.known, 7);
	assert_int_equal(got[1].effort.compact_calls, 2);
	aw_trace_correlate_free(correlator);
}

static void lost_stack(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	add(correlator, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	aw_trace_correlate_flush(correlator, now);
	assert_int_equal(failures, 0);
	aw_trace_correlate_flush(correlator, now + 1);
	assert_int_equal(failures, 1);
	assert_int_equal(got[0].stack.nr_frames, 0);
	add(correlator, AW_TRACE_EXTFRAG, 7, 0, 9);
	add(correlator, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	assert_int_equal(steals, 1);
	assert_int_equal(stolen.steal.fallback_order, 9);
	assert_int_equal(stolen.steal.change_ownership, -1);
	add(correlator, AW_TRACE_STACK, 1, 0, 0);
	assert_int_equal(failures, 2);
	/* a stack without an event is ignored */
	add(correlator, AW_TRACE_STACK, 1, 0, 0);
	assert_int_equal(failures, 2);
	aw_trace_correlate_free(correlator);
}

static void too_many(void **state)
{
	struct aw_trace_correlator *correlator = make();

	(void)state;
	for (uint32_t tid = 1; tid <= 1100; tid++)
		add_as(correlator, tid, 0, 0, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	assert_int_equal(aw_trace_correlate_full(correlator), 1100 - 1024);
	aw_trace_correlate_flush(correlator, now + 61000000000ull);
	add_as(correlator, 5000, 0, 0, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	assert_int_equal(aw_trace_correlate_full(correlator), 1100 - 1024);
	aw_trace_correlate_free(correlator);
}

/* With vm.defrag_mode reclaim and compaction are for a pageblock, and the request is for less. */
static void promoted_request(void **state)
{
	struct aw_trace_correlator *correlator = make_for(true);

	(void)state;
	costly_request(correlator);
	fail_request(correlator, 0, DIRECT | NORETRY);
	assert_int_equal(got[0].effort.compact_calls, 0);
	fail_request(correlator, 0, DIRECT);
	assert_int_equal(got[1].effort.compact_calls, 2);
	assert_int_equal(got[1].effort.reclaim_calls, 1);
	aw_trace_correlate_free(correlator);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_request),
		cmocka_unit_test(success_before),
		cmocka_unit_test(noretry),
		cmocka_unit_test(retries),
		cmocka_unit_test(interrupts),
		cmocka_unit_test(nested),
		cmocka_unit_test(same_order_inside),
		cmocka_unit_test(lost_stack),
		cmocka_unit_test(too_many),
		cmocka_unit_test(promoted_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
