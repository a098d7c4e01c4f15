// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what a compaction under watch makes of the kernel's counters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "trial/compact.h"

static const char vmstat[] = "nr_free_pages 49818\npgmigrate_success 9276\npgmigrate_fail 1\ncompact_migrate_scanned 26055\n"
			     "compact_free_scanned 21109\ncompact_isolated 19171\ncompact_daemon_migrate_scanned 7\n";

static void counters(void **state)
{
	uint64_t counter[AW_COMPACT_COUNTERS];

	(void)state;
	assert_true(aw_compact_counters_parse(vmstat, counter));
	assert_int_equal(counter[AW_COMPACT_MIGRATE_SCANNED], 26055);
	assert_int_equal(counter[AW_COMPACT_FREE_SCANNED], 21109);
	assert_int_equal(aw_compact_looked_at(counter), 26055 + 21109);
	assert_int_equal(counter[AW_COMPACT_ISOLATED], 19171);
	assert_int_equal(counter[AW_COMPACT_MOVED], 9276);
	assert_int_equal(counter[AW_COMPACT_NOT_MOVED], 1);
}

static void a_kernel_without_counters(void **state)
{
	uint64_t counter[AW_COMPACT_COUNTERS];

	(void)state;
	assert_false(aw_compact_counters_parse("nr_free_pages 1\n", counter));
	assert_false(aw_compact_counters_parse("", counter));
}

static enum aw_compact_end end_of(uint64_t migrate, uint64_t free_scanned, bool counted)
{
	const struct aw_compact_trial trial = { .counted = counted, .used = 60000,
		.counter = { [AW_COMPACT_MIGRATE_SCANNED] = migrate, [AW_COMPACT_FREE_SCANNED] = free_scanned } };

	return aw_compact_end_of(&trial);
}

static void how_it_ended(void **state)
{
	(void)state;
	assert_int_equal(end_of(47000, 1300, true), AW_COMPACT_END_WHOLE);
	assert_int_equal(end_of(512, 800, true), AW_COMPACT_END_EARLY);
	assert_int_equal(end_of(0, 0, false), AW_COMPACT_END_UNKNOWN);
}

static void blocks_of_an_order(void **state)
{
	const uint64_t blocks[AW_MAX_ORDERS] = { 1000, 10, 0, 0, 3, 2, [10] = 1 };

	(void)state;
	assert_int_equal(aw_compact_blocks(blocks, 4), 3 + 2 * 2 + 64);
	assert_int_equal(aw_compact_blocks(blocks, 11), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters),
		cmocka_unit_test(a_kernel_without_counters),
		cmocka_unit_test(how_it_ended),
		cmocka_unit_test(blocks_of_an_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
