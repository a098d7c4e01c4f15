// SPDX-License-Identifier: GPL-2.0
/*
 * Tests compaction results by number and name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mm/compaction.h"
#include "mm/kernel.h"

static enum aw_compact_result decode(uint32_t version, int number)
{
	struct aw_compact_numbers numbers;

	aw_compact_numbers_for(version, &numbers);
	return aw_compact_result_decode(&numbers, number);
}

static void numbers_moved(void **state)
{
	(void)state;
	assert_int_equal(decode(AW_VERSION(3, 18, 20), 0), AW_COMPACT_DEFERRED);
	assert_int_equal(decode(AW_VERSION(3, 18, 20), 1), AW_COMPACT_SKIPPED);
	assert_int_equal(decode(AW_VERSION(4, 4, 0), 0), AW_COMPACT_DEFERRED);
	assert_int_equal(decode(AW_VERSION(4, 9, 0), 0), AW_COMPACT_NOT_SUITABLE);
	assert_int_equal(decode(AW_VERSION(6, 1, 0), 2), AW_COMPACT_DEFERRED);
	assert_int_equal(decode(AW_VERSION(6, 1, 0), 8), AW_COMPACT_SUCCESS);
	assert_int_equal(decode(0, 1), AW_COMPACT_SKIPPED);
	/* the releases in between differ, so the numbers are unknown */
	assert_int_equal(decode(AW_VERSION(4, 7, 0), 1), AW_COMPACT_UNKNOWN);
}

static void numbers_outside_are_unknown(void **state)
{
	(void)state;
	assert_int_equal(decode(AW_VERSION(6, 1, 0), -1), AW_COMPACT_UNKNOWN);
	assert_int_equal(decode(AW_VERSION(6, 1, 0), 9), AW_COMPACT_UNKNOWN);
	assert_int_equal(decode(AW_VERSION(6, 1, 0), AW_COMPACT_NUMBERS), AW_COMPACT_UNKNOWN);
	assert_int_equal(decode(AW_VERSION(6, 1, 0), 1 << 30), AW_COMPACT_UNKNOWN);
}

static void names(void **state)
{
	(void)state;
	assert_int_equal(aw_compact_result_from_name("COMPACT_DEFERRED"), AW_COMPACT_DEFERRED);
	assert_int_equal(aw_compact_result_from_name("COMPACT_PARTIAL"), AW_COMPACT_SUCCESS);
	assert_int_equal(aw_compact_result_from_name("COMPACT_SUCCESS"), AW_COMPACT_SUCCESS);
	assert_int_equal(aw_compact_result_from_name("DEFERRED"), AW_COMPACT_UNKNOWN);
}

static void priorities(void **state)
{
	(void)state;
	assert_int_equal(aw_compact_prio_decode(0), AW_PRIO_SYNC_FULL);
	assert_int_equal(aw_compact_prio_decode(1), AW_PRIO_SYNC_LIGHT);
	assert_int_equal(aw_compact_prio_decode(2), AW_PRIO_ASYNC);
	assert_int_equal(aw_compact_prio_decode(3), AW_PRIO_UNKNOWN);
	assert_int_equal(aw_compact_prio_decode(-1), AW_PRIO_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_moved),
		cmocka_unit_test(numbers_outside_are_unknown),
		cmocka_unit_test(names),
		cmocka_unit_test(priorities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
