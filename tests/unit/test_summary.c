// SPDX-License-Identifier: GPL-2.0
/*
 * Tests totals, histograms and steals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "events.h"
#include "summary/summary.h"

static int set_up(void **state)
{
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("gfp", 3) };

	*state = aw_summary_new(keys, 2);
	return !*state;
}

static int tear_down(void **state)
{
	aw_summary_free(*state);
	return 0;
}

static void nothing_yet(void **state)
{
	static const struct aw_totals zero;
	unsigned int count = 5;

	assert_memory_equal(aw_summary_totals(*state), &zero, sizeof(zero));
	assert_null(aw_summary_gfps(*state, &count));
	assert_int_equal(count, 0);
	count = 5;
	assert_null(aw_summary_steals(*state, &count));
	assert_int_equal(count, 0);
	assert_int_equal(aw_groups_count(aw_summary_groups(*state)), 0);
	aw_summary_free(NULL);
}

static void totals_of_failures(void **state)
{
	const struct aw_totals *totals = aw_summary_totals(*state);
	struct test_event test;

	aw_summary_add(*state, event_failure(&test));
	aw_summary_add(*state, event_failure(&test));
	test.event.failure.order = 0;
	test.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	test.event.failure.log = AW_LOG_NONE;
	test.event.failure.migratetype = AW_MT_UNKNOWN;
	test.event.task.context = AW_IN_NMI;
	aw_summary_add(*state, &test.event);
	assert_int_equal(totals->failures, 3);
	assert_int_equal(totals->by_class[AW_CLASS_HARD], 2);
	assert_int_equal(totals->by_class[AW_CLASS_OPPORTUNISTIC], 1);
	assert_int_equal(totals->by_log[AW_LOG_PRINTED], 2);
	assert_int_equal(totals->by_log[AW_LOG_NONE], 1);
	assert_int_equal(totals->by_context[AW_IN_TASK], 2);
	assert_int_equal(totals->by_context[AW_IN_NMI], 1);
	assert_int_equal(totals->by_order[4], 2);
	assert_int_equal(totals->by_order[0], 1);
	assert_int_equal(totals->by_migratetype[AW_MT_UNMOVABLE], 2);
	assert_int_equal(totals->by_migratetype[AW_MT_UNKNOWN], 1);
	assert_int_equal(aw_groups_count(aw_summary_groups(*state)), 2);
}

static void large_orders_count_in_the_last(void **state)
{
	static const unsigned int orders[] = { AW_MAX_ORDERS - 1, AW_MAX_ORDERS, 40, UINT32_MAX };
	const struct aw_totals *totals = aw_summary_totals(*state);
	struct test_event test;

	event_failure(&test);
	for (int i = 0; i < 4; i++) {
		test.event.failure.order = orders[i];
		aw_summary_add(*state, &test.event);
	}
	assert_int_equal(totals->by_order[AW_MAX_ORDERS - 1], 4);
	assert_int_equal(totals->failures, 4);
}

static void other_events_are_no_failures(void **state)
{
	const struct aw_totals *totals = aw_summary_totals(*state);
	struct test_event test;

	event_failure(&test);
	for (int type = AW_EVENT_STALL; type < AW_EVENT_TYPES; type++) {
		test.event.type = (enum aw_event_type)type;
		if (type == AW_EVENT_EXTFRAG)
			continue;
		for (int i = 0; i < type; i++)
			aw_summary_add(*state, &test.event);
	}
	aw_summary_add(*state, event_extfrag(&test));
	assert_int_equal(totals->failures, 0);
	assert_int_equal(totals->stalls, AW_EVENT_STALL);
	assert_int_equal(totals->warnings, AW_EVENT_WARNING);
	assert_int_equal(totals->oom_kills, AW_EVENT_OOM_KILL);
	assert_int_equal(totals->cma_failures, AW_EVENT_CMA_FAILURE);
	assert_int_equal(totals->extfrag, 1);
	assert_int_equal(totals->by_order[4], 0);
	assert_int_equal(aw_groups_count(aw_summary_groups(*state)), 0);
}

/* Ever new groups neither hide a frequent one that begins late, nor push it out again. */
static void frequent_ones_stay(void **state)
{
	struct aw_groups *groups;
	const struct aw_group **sorted;
	struct test_event test;
	uint64_t in_groups = 0;

	event_failure(&test);
	for (unsigned int i = 0; i < 3 * AW_MAX_GROUPS; i++) {
		test.event.failure.order = 1000 + i;
		aw_summary_add(*state, &test.event);
		if (i < AW_MAX_GROUPS || i % 20)
			continue;
		test.event.failure.order = 7;
		aw_summary_add(*state, &test.event);
	}
	groups = (struct aw_groups *)aw_summary_groups(*state);
	sorted = aw_groups_sorted(groups, "count");
	assert_non_null(sorted);
	assert_int_equal(sorted[0]->values[0].number, 7);
	/* Some of the first may have been evicted before it was frequent. */
	assert_true(sorted[0]->count > 2 * AW_MAX_GROUPS / 20 - 100);
	for (unsigned int i = 0; i < aw_groups_count(groups); i++)
		in_groups += sorted[i]->count;
	assert_int_equal(in_groups + aw_groups_other(groups), aw_summary_totals(*state)->failures);
	assert_true(aw_groups_count(groups) <= AW_MAX_GROUPS);
	free(sorted);
}

static void totals_of_verdicts(void **state)
{
	const struct aw_totals *totals = aw_summary_totals(*state);
	struct test_event test;

	aw_summary_add(*state, event_failure(&test));
	test.event.failure.cause = AW_CAUSE_UNKNOWN;
	test.event.failure.rule = AW_RULE_NORETRY;
	aw_summary_add(*state, &test.event);
	aw_summary_add(*state, &test.event);
	assert_int_equal(totals->by_cause[AW_CAUSE_FRAGMENTATION], 1);
	assert_int_equal(totals->by_cause[AW_CAUSE_UNKNOWN], 2);
	assert_int_equal(totals->by_rule[AW_RULE_COSTLY_ORDER], 1);
	assert_int_equal(totals->by_rule[AW_RULE_NORETRY], 2);
}

/* The bounds of buckets are powers of two, in microseconds. */
static void latencies_of_stalls(void **state)
{
	static const struct { uint64_t ns; unsigned int bucket; } cases[] = {
		{ 0, 0 }, { 999, 0 }, { 1000, 1 }, { 1999, 1 }, { 2000, 2 }, { 3100000, 12 },
		{ (UINT64_C(1) << 26) * 1000 - 1, 26 }, { (UINT64_C(1) << 26) * 1000, 27 },
		{ (UINT64_C(1) << 27) * 1000, 27 }, { UINT64_MAX, 27 },
	};
	struct test_event test;

	event_failure(&test);
	test.event.type = AW_EVENT_STALL;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct aw_totals *totals = aw_summary_totals(*state);
		uint64_t before = totals->stall_us[cases[i].bucket];

		test.event.failure.effort.total_ns = cases[i].ns;
		aw_summary_add(*state, &test.event);
		assert_int_equal(totals->stall_us[cases[i].bucket], before + 1);
		assert_int_equal(totals->stalls, i + 1);
	}
}

static void gfps_largest_first(void **state)
{
	static const char *const names[] = { "GFP_NOIO", "GFP_ATOMIC", "GFP_KERNEL", "GFP_ATOMIC", "GFP_DMA" };
	struct aw_count *rows;
	struct test_event test;
	unsigned int count;

	event_failure(&test);
	for (int i = 0; i < 5; i++) {
		char copy[32];

		/* equal names at different addresses are one row, and are copied */
		strcpy(copy, names[i]);
		test.event.failure.gfp.names = copy;
		aw_summary_add(*state, &test.event);
		memset(copy, 'x', sizeof(copy) - 1);
	}
	rows = aw_summary_gfps(*state, &count);
	assert_int_equal(count, 4);
	assert_string_equal(rows[0].text, "GFP_ATOMIC");
	assert_int_equal(rows[0].count, 2);
	assert_string_equal(rows[1].text, "GFP_DMA");
	assert_string_equal(rows[2].text, "GFP_KERNEL");
	assert_string_equal(rows[3].text, "GFP_NOIO");
	free(rows);
}

static void steals_of_one_kind(void **state)
{
	struct test_event test;
	struct aw_steal *rows;
	unsigned int count;

	aw_summary_add(*state, event_extfrag(&test));
	test.event.extfrag.change_ownership = 0;
	test.event.extfrag.fallback_order = 10;
	strcpy(test.event.task.comm, "second");
	aw_summary_add(*state, &test.event);
	test.event.extfrag.change_ownership = -1;
	test.event.extfrag.fallback_order = 4;
	aw_summary_add(*state, &test.event);
	memset(&test, 0x5a, sizeof(test));
	rows = aw_summary_steals(*state, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].from, AW_MT_MOVABLE);
	assert_int_equal(rows[0].to, AW_MT_UNMOVABLE);
	assert_int_equal(rows[0].order, 3);
	assert_int_equal(rows[0].fallback_order, 10);
	assert_int_equal(rows[0].count, 3);
	assert_int_equal(rows[0].owned, 1);
	assert_int_equal(rows[0].owner_unknown, 1);
	assert_string_equal(rows[0].site, "alloc_pipe_info");
	assert_string_equal(rows[0].module, "");
	assert_string_equal(rows[0].comm, "second");
	free(rows);
	assert_int_equal(aw_summary_totals(*state)->extfrag, 3);
}

/* A steal in an interrupt is not attributed to the interrupted task. */
static void steals_of_interrupts(void **state)
{
	struct test_event test;
	struct aw_steal *rows;
	unsigned int count;

	event_extfrag(&test);
	test.event.task.context = AW_IN_SOFTIRQ;
	aw_summary_add(*state, &test.event);
	rows = aw_summary_steals(*state, &count);
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].comm, "softirq");
	free(rows);
}

static void kinds_of_steals(void **state)
{
	struct test_event test;
	struct aw_steal *rows;
	unsigned int count;

	for (int i = 0; i < 6; i++) {
		event_extfrag(&test);
		test.event.extfrag.from = i == 1 ? AW_MT_RECLAIMABLE : AW_MT_MOVABLE;
		test.event.extfrag.to = i == 2 ? AW_MT_RECLAIMABLE : AW_MT_UNMOVABLE;
		test.event.extfrag.alloc_order = i == 3 ? 0 : 3;
		if (i == 4)
			EVENT_STACK(&test, "__alloc_pages", "alloc_pipe_info [hog]");
		if (i == 5)
			test.event.site = NULL;
		aw_summary_add(*state, &test.event);
	}
	for (int i = 0; i < 2; i++) {
		event_extfrag(&test);
		EVENT_STACK(&test, "__alloc_pages", "zz_often");
		aw_summary_add(*state, &test.event);
	}
	rows = aw_summary_steals(*state, &count);
	assert_int_equal(count, 7);
	assert_string_equal(rows[0].site, "zz_often");
	assert_int_equal(rows[0].count, 2);
	assert_string_equal(rows[1].site, "");
	for (unsigned int i = 2; i < count; i++) {
		assert_string_equal(rows[i].site, "alloc_pipe_info");
		assert_int_equal(rows[i].count, 1);
	}
	free(rows);
}

static void too_many_kinds_count_in_the_totals(void **state)
{
	struct test_event test;
	unsigned int count;

	event_extfrag(&test);
	for (int i = 0; i < 20000; i++) {
		test.event.extfrag.alloc_order = i;
		aw_summary_add(*state, &test.event);
	}
	assert_int_equal(aw_summary_totals(*state)->extfrag, 20000);
	free(aw_summary_steals(*state, &count));
	assert_int_equal(count, 16384);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static void failures_by_site(void **state)
{
	struct test_event test;
	struct aw_count *sites;
	unsigned int count = 5;

	assert_null(aw_summary_sites(*state, &count));
	assert_int_equal(count, 0);
	aw_summary_add(*state, event_failure(&test));
	aw_summary_add(*state, &test.event);
	EVENT_STACK(&test, "__alloc_pages", "ioctx_alloc [aio]");
	aw_summary_add(*state, &test.event);
	test.event.site = NULL;
	for (int i = 0; i < 3; i++)
		aw_summary_add(*state, &test.event);
	sites = aw_summary_sites(*state, &count);
	assert_int_equal(count, 3);
	assert_string_equal(sites[0].text, "");
	assert_int_equal(sites[0].count, 3);
	assert_string_equal(sites[1].text, "ioctx_alloc");
	assert_string_equal(sites[1].module, "");
	assert_int_equal(sites[1].count, 2);
	assert_string_equal(sites[2].module, "aio");
	assert_int_equal(sites[2].count, 1);
	free(sites);
}

static void stalls_by_site(void **state)
{
	struct test_event test;

	event_failure(&test);
	test.event.type = AW_EVENT_STALL;
	aw_summary_add(*state, &test.event);
	aw_summary_add(*state, &test.event);
	test.event.failure.order = 2;
	aw_summary_add(*state, &test.event);
	assert_int_equal(aw_groups_count(aw_summary_stalls(*state)), 2);
	assert_int_equal(aw_groups_count(aw_summary_groups(*state)), 0);
}

/* The stack is a copy, because that of the source may be freed. */
static void steals_keep_a_stack(void **state)
{
	struct test_event test;
	struct aw_steal *steals;
	struct aw_stack stack;
	unsigned int count;

	aw_summary_add(*state, event_extfrag(&test));
	memset(&test, 0, sizeof(test));
	steals = aw_summary_steals(*state, &count);
	assert_int_equal(count, 1);
	aw_kept_stack_get(steals[0].stack, &stack);
	assert_int_equal(stack.count, 5);
	assert_string_equal(stack.frames[3].name, "alloc_pipe_info");
	assert_string_equal(stack.frames[3].module, "");
	free(steals);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_yet),
		TEST(totals_of_failures),
		TEST(large_orders_count_in_the_last),
		TEST(other_events_are_no_failures),
		TEST(frequent_ones_stay),
		TEST(totals_of_verdicts),
		TEST(latencies_of_stalls),
		TEST(gfps_largest_first),
		TEST(steals_of_one_kind),
		TEST(steals_of_interrupts),
		TEST(kinds_of_steals),
		TEST(too_many_kinds_count_in_the_totals),
		TEST(failures_by_site),
		TEST(stalls_by_site),
		TEST(steals_keep_a_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
