// SPDX-License-Identifier: GPL-2.0
/*
 * Tests when a failure is worth a page scan.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/scan_due.h"

#define SECOND UINT64_C(1000000000)

static struct aw_event failure_at(const struct aw_stack *stack, unsigned int order)
{
	struct aw_event event = { .type = AW_EVENT_FAILURE, .stack = stack, .site = &stack->frames[0] };

	event.failure.order = order;
	event.failure.class = AW_CLASS_HARD;
	event.failure.cause = AW_CAUSE_FRAGMENTATION;
	return event;
}

static const struct aw_stack first = { .count = 1, .frames = { { .name = "first", .module = "" } } };
static const struct aw_stack second = { .count = 1, .frames = { { .name = "second", .module = "" } } };

static void the_first_of_each_site_and_order(void **state)
{
	struct aw_scan_due due = { .again_ns = 60 * SECOND };
	struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_true(aw_scan_is_due(&due, &event, 1000 * SECOND));
	assert_false(aw_scan_is_due(&due, &event, 1001 * SECOND));
	event = failure_at(&first, 5);
	assert_true(aw_scan_is_due(&due, &event, 1002 * SECOND));
	event = failure_at(&second, 4);
	assert_true(aw_scan_is_due(&due, &event, 1003 * SECOND));
}

static void again_after_a_time(void **state)
{
	struct aw_scan_due due = { .again_ns = 60 * SECOND };
	const struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_true(aw_scan_is_due(&due, &event, 1000 * SECOND));
	assert_false(aw_scan_is_due(&due, &event, 1059 * SECOND));
	assert_true(aw_scan_is_due(&due, &event, 1060 * SECOND));
}

static void only_the_first(void **state)
{
	struct aw_scan_due due = { .again_ns = AW_SCAN_FIRST };
	const struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_true(aw_scan_is_due(&due, &event, 1000 * SECOND));
	assert_false(aw_scan_is_due(&due, &event, 1000000 * SECOND));
}

static void never(void **state)
{
	struct aw_scan_due due = { .again_ns = AW_SCAN_NEVER };
	const struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
}

static void not_for_others(void **state)
{
	struct aw_scan_due due = { .again_ns = SECOND };
	struct aw_event event = failure_at(&first, 0);

	(void)state;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
	event = failure_at(&first, 4);
	event.failure.class = AW_CLASS_OPPORTUNISTIC;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
	event = failure_at(&first, 4);
	event.failure.cause = AW_CAUSE_SHORTAGE;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
	event = failure_at(&first, 4);
	event.failure.unsampled = 7;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
	event = failure_at(&first, 4);
	event.failure.before_start = true;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
	event = failure_at(&first, 4);
	event.type = AW_EVENT_STALL;
	assert_false(aw_scan_is_due(&due, &event, 1000 * SECOND));
}

static void for_cma(void **state)
{
	struct aw_scan_due due = { .again_ns = 60 * SECOND };
	struct aw_event cma = { .type = AW_EVENT_CMA_FAILURE, .stack = &first, .site = &first.frames[0], .cma.count = 10240 };
	const struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_true(aw_scan_is_due(&due, &cma, 1000 * SECOND));
	assert_false(aw_scan_is_due(&due, &cma, 1059 * SECOND));
	assert_true(aw_scan_is_due(&due, &event, 1059 * SECOND));
	assert_true(aw_scan_is_due(&due, &cma, 1060 * SECOND));
	cma.cma.count = 0;
	assert_false(aw_scan_is_due(&due, &cma, 2000 * SECOND));
}

/* A scan of two seconds is followed by none for forty, whoever fails. */
static void a_long_scan_has_a_long_rest(void **state)
{
	struct aw_scan_due due = { .again_ns = SECOND };
	const struct aw_event event = failure_at(&first, 4);

	(void)state;
	assert_true(aw_scan_is_due(&due, &event, 1000 * SECOND));
	aw_scan_took(&due, 1002 * SECOND, 2 * SECOND);
	assert_false(aw_scan_is_due(&due, &event, 1041 * SECOND));
	assert_true(aw_scan_is_due(&due, &event, 1042 * SECOND));
}

static void many_sites(void **state)
{
	struct aw_scan_due due = { .again_ns = AW_SCAN_FIRST };

	(void)state;
	for (unsigned int order = 1; order <= 3 * AW_DUE_SITES; order++) {
		const struct aw_event event = failure_at(&first, order);

		assert_true(aw_scan_is_due(&due, &event, order * SECOND));
		assert_false(aw_scan_is_due(&due, &event, order * SECOND));
	}
	assert_int_equal(due.count, AW_DUE_SITES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_of_each_site_and_order),
		cmocka_unit_test(again_after_a_time),
		cmocka_unit_test(only_the_first),
		cmocka_unit_test(never),
		cmocka_unit_test(not_for_others),
		cmocka_unit_test(for_cma),
		cmocka_unit_test(a_long_scan_has_a_long_rest),
		cmocka_unit_test(many_sites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
