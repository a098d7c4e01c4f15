// SPDX-License-Identifier: GPL-2.0
/*
 * Tests failures over time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "summary/timeline.h"

#define SECOND 1000000000ull

static uint64_t sum(const uint64_t counts[AW_TIME_BUCKETS])
{
	uint64_t total = 0;

	for (int i = 0; i < AW_TIME_BUCKETS; i++)
		total += counts[i];
	return total;
}

static void seconds_at_first(void **state)
{
	struct aw_timeline t = { 0 };

	(void)state;
	aw_timeline_add(&t, 100 * SECOND + 5, true, 1);
	aw_timeline_add(&t, 100 * SECOND + 999999999, false, 1);
	aw_timeline_add(&t, 219 * SECOND, true, 1);
	assert_int_equal(t.start_ns, 100 * SECOND);
	assert_int_equal(t.bucket_ns, SECOND);
	assert_int_equal(t.failures[0], 2);
	assert_int_equal(t.hard[0], 1);
	assert_int_equal(t.failures[119], 1);
	assert_int_equal(sum(t.failures), 3);
}

static void buckets_double(void **state)
{
	struct aw_timeline t = { 0 };

	(void)state;
	for (unsigned int s = 0; s < 120; s++)
		aw_timeline_add(&t, (1000 + s) * SECOND, s % 2, 1);
	aw_timeline_add(&t, 1120 * SECOND, true, 1);
	assert_int_equal(t.bucket_ns, 2 * SECOND);
	assert_int_equal(t.failures[0], 2);
	assert_int_equal(t.hard[0], 1);
	assert_int_equal(t.failures[59], 2);
	assert_int_equal(t.failures[60], 1);
	assert_int_equal(t.failures[61], 0);
	assert_int_equal(sum(t.failures), 121);
	assert_int_equal(sum(t.hard), 61);
	/* a week later, all are still included */
	aw_timeline_add(&t, (1000 + 7 * 86400) * SECOND, false, 1);
	assert_true((7 * 86400 * SECOND) / t.bucket_ns < AW_TIME_BUCKETS);
	assert_int_equal(sum(t.failures), 122);
}

static void earlier_counts_in_the_first(void **state)
{
	struct aw_timeline t = { 0 };

	(void)state;
	aw_timeline_add(&t, 100 * SECOND, false, 1);
	aw_timeline_add(&t, 99 * SECOND, true, 1);
	assert_int_equal(t.failures[0], 2);
	assert_int_equal(t.hard[0], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seconds_at_first),
		cmocka_unit_test(buckets_double),
		cmocka_unit_test(earlier_counts_in_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
