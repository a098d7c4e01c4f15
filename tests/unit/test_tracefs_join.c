// SPDX-License-Identifier: GPL-2.0
/*
 * Trace records joined: one request is one record, with its stack and effort.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "source/tracefs_join.h"

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

static struct aw_trace_join *make(void)
{
	const struct aw_trace_join_config config = {
		.rules = { .watched = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY,
			   .direct_reclaim = DIRECT, .noretry = NORETRY, .continues = 4, .deferred = 2 },
	};

	failures = steals = 0;
	return aw_trace_join_new(&config, on_record, NULL);
}

static uint64_t now;

static void add_as(struct aw_trace_join *join, uint32_t tid, uint32_t cpu, uint8_t flags, enum aw_trace_kind kind,
		   uint64_t a, uint64_t b, uint64_t c)
{
	struct aw_trace_record record = {
		.kind = kind, .time_ns = now += 1000, .tid = tid, .cpu = cpu, .flags = flags, .value = { a, b, c },
	};

	if (kind == AW_TRACE_STACK) {
		record.nr_frames = 1;
		record.stack[0] = a;
	}
	aw_trace_join_add(join, &record);
}

static void add(struct aw_trace_join *join, enum aw_trace_kind kind, uint64_t a, uint64_t b, uint64_t c)
{
	add_as(join, 89, 0, 0, kind, a, b, c);
}

/* What 6.1 does for an order-4 GFP_KERNEL request: kernel-facts 3. */
static void costly_request(struct aw_trace_join *join)
{
	add(join, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	add(join, AW_TRACE_COMPACT_SUITABLE, 4, 0, 0);
	add(join, AW_TRACE_COMPACT_DEFERRED, 4, 0, 0);
	add(join, AW_TRACE_RECLAIM_BEGIN, 4, DIRECT, 0);
	add(join, AW_TRACE_COMPACT_SUITABLE, 8, 0, 0);
	add(join, AW_TRACE_RECLAIM_END, 1, 0, 0);
	add(join, AW_TRACE_COMPACT_TRY, 4, DIRECT, 1);
	add(join, AW_TRACE_COMPACT_BEGIN, 0, 0, 0);
	add(join, AW_TRACE_COMPACT_END, 5, 0, 0);
}

static void fail_request(struct aw_trace_join *join, unsigned int order, uint64_t gfp)
{
	add(join, AW_TRACE_ALLOC, UINT64_MAX, order, gfp);
	add(join, AW_TRACE_STACK, 0x1234, 0, 0);
}

static void one_request(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	costly_request(join);
	add(join, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	assert_int_equal(failures, 0);
	add(join, AW_TRACE_STACK, 0x1234, 0, 0);
	assert_int_equal(failures, 1);
	assert_int_equal(got[0].task.tid, 89);
	assert_int_equal(got[0].nr_frames, 1);
	assert_int_equal(got[0].stack[0], 0x1234);
	assert_int_equal(got[0].effort.compact_calls, 2);
	assert_int_equal(got[0].effort.attempts[0].prio, 2);
	assert_int_equal(got[0].effort.attempts[0].result, 2);
	assert_true(got[0].effort.attempts[0].flags & AW_ATTEMPT_DEFERRED);
	assert_int_equal(got[0].effort.attempts[1].result, 5);
	assert_int_equal(got[0].effort.attempts[1].zones, 1);
	assert_int_equal(got[0].effort.reclaim_calls, 1);
	assert_int_equal(got[0].effort.reclaim_declined, 1);
	assert_int_equal(got[0].effort.reclaim_ns, 2000);
	assert_int_equal(got[0].effort.known, 7);
	aw_trace_join_free(join);
}

/* One that got its memory has no end: the next one does not inherit its effort. */
static void success_before(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	costly_request(join);
	costly_request(join);
	fail_request(join, 4, DIRECT);
	assert_int_equal(got[0].effort.compact_calls, 2);
	assert_int_equal(got[0].effort.reclaim_calls, 1);
	/* another order, another mask: not its end */
	costly_request(join);
	fail_request(join, 3, DIRECT);
	assert_int_equal(got[1].effort.compact_calls, 0);
	fail_request(join, 4, 0);
	assert_int_equal(got[2].effort.compact_calls, 0);
	fail_request(join, 4, DIRECT);
	assert_int_equal(got[3].effort.compact_calls, 2);
	aw_trace_join_free(join);
}

/* __GFP_NORETRY compacts asynchronously twice. */
static void noretry(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	for (int i = 0; i < 2; i++) {
		add(join, AW_TRACE_COMPACT_TRY, 4, DIRECT | NORETRY, 2);
		add(join, AW_TRACE_RECLAIM_BEGIN, 4, DIRECT | NORETRY, 0);
		add(join, AW_TRACE_RECLAIM_END, 0, 0, 0);
		add(join, AW_TRACE_COMPACT_TRY, 4, DIRECT | NORETRY, 2);
	}
	fail_request(join, 4, DIRECT | NORETRY);
	assert_int_equal(got[0].effort.compact_calls, 2);
	aw_trace_join_free(join);
}

/* Orders up to 3 go round and ask themselves each time. */
static void retries(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	for (int i = 0; i < 3; i++) {
		add(join, AW_TRACE_RECLAIM_BEGIN, 0, DIRECT, 0);
		add(join, AW_TRACE_RECLAIM_END, 0, 0, 0);
		add(join, AW_TRACE_RECLAIM_RETRY, 100, 200, 300);
	}
	fail_request(join, 0, DIRECT);
	assert_int_equal(got[0].effort.reclaim_calls, 3);
	assert_int_equal(got[0].effort.reclaim_retries, 3);
	assert_int_equal(got[0].effort.retry_min_wmark, 300);
	/* without the question the first one succeeded */
	for (int i = 0; i < 2; i++) {
		add(join, AW_TRACE_RECLAIM_BEGIN, 0, DIRECT, 0);
		add(join, AW_TRACE_RECLAIM_END, 32, 0, 0);
	}
	fail_request(join, 0, DIRECT);
	assert_int_equal(got[1].effort.reclaim_calls, 1);
	aw_trace_join_free(join);
}

/* An interrupt between an event and its stack has its own. */
static void interrupts(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	add(join, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	add_as(join, 89, 0, AW_TRACE_FLAG_SOFTIRQ, AW_TRACE_ALLOC, UINT64_MAX, 2, 0);
	add_as(join, 89, 0, AW_TRACE_FLAG_SOFTIRQ, AW_TRACE_STACK, 0x222, 0, 0);
	add(join, AW_TRACE_STACK, 0x111, 0, 0);
	assert_int_equal(failures, 2);
	assert_int_equal(got[0].order, 2);
	assert_int_equal(got[0].stack[0], 0x222);
	assert_int_equal(got[0].task.context, AW_CONTEXT_SOFTIRQ);
	assert_int_equal(got[1].order, 4);
	assert_int_equal(got[1].stack[0], 0x111);
	assert_int_equal(got[1].task.context, AW_CONTEXT_TASK);
	/* two idle cpus share thread 0 */
	add_as(join, 0, 0, 0, AW_TRACE_ALLOC, UINT64_MAX, 1, 0);
	add_as(join, 0, 1, 0, AW_TRACE_ALLOC, UINT64_MAX, 2, 0);
	add_as(join, 0, 0, 0, AW_TRACE_STACK, 0x10, 0, 0);
	add_as(join, 0, 1, 0, AW_TRACE_STACK, 0x20, 0, 0);
	assert_int_equal(got[2].stack[0], 0x10);
	assert_int_equal(got[3].stack[0], 0x20);
	aw_trace_join_free(join);
}

static void lost_stack(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	add(join, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	aw_trace_join_flush(join, now);
	assert_int_equal(failures, 0);
	aw_trace_join_flush(join, now + 1);
	assert_int_equal(failures, 1);
	assert_int_equal(got[0].nr_frames, 0);
	add(join, AW_TRACE_EXTFRAG, 7, 0, 9);
	add(join, AW_TRACE_ALLOC, UINT64_MAX, 4, DIRECT);
	assert_int_equal(steals, 1);
	assert_int_equal(stolen.fallback_order, 9);
	assert_int_equal(stolen.change_ownership, -1);
	add(join, AW_TRACE_STACK, 1, 0, 0);
	assert_int_equal(failures, 2);
	/* a stack of nothing is nothing */
	add(join, AW_TRACE_STACK, 1, 0, 0);
	assert_int_equal(failures, 2);
	aw_trace_join_free(join);
}

static void too_many(void **state)
{
	struct aw_trace_join *join = make();

	(void)state;
	for (uint32_t tid = 1; tid <= 1100; tid++)
		add_as(join, tid, 0, 0, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	assert_int_equal(aw_trace_join_full(join), 1100 - 1024);
	aw_trace_join_flush(join, now + 61000000000ull);
	add_as(join, 5000, 0, 0, AW_TRACE_COMPACT_TRY, 4, DIRECT, 2);
	assert_int_equal(aw_trace_join_full(join), 1100 - 1024);
	aw_trace_join_free(join);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_request),
		cmocka_unit_test(success_before),
		cmocka_unit_test(noretry),
		cmocka_unit_test(retries),
		cmocka_unit_test(interrupts),
		cmocka_unit_test(lost_stack),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
