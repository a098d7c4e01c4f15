// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that the free windows of all orders are those that the windows of each order say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "blockers/headroom.h"
#include "pages/windows.h"

#define BLOCK_ORDER 4
#define MAX_ORDER 6
#define BLOCKS 64

static void fill(struct aw_zone_pages *zone, uint64_t start)
{
	static const uint8_t types[] = { AW_MT_UNMOVABLE, AW_MT_MOVABLE, AW_MT_CMA, AW_MT_HIGHATOMIC, AW_MT_UNKNOWN };
	const struct aw_zone_span span = { .name = "Normal", .start = start, .spanned = BLOCKS << BLOCK_ORDER };
	unsigned int left = 0;
	uint8_t class = AW_PAGE_FREE;

	assert_int_equal(aw_zone_pages_init(zone, &span, BLOCK_ORDER), 0);
	for (uint64_t i = 0; i < zone->nr_blocks; i++)
		zone->type[i] = types[rand() % sizeof(types)];
	for (uint64_t i = 0; i < zone->count; i++) {
		if (!left--) {
			left = (unsigned int)rand() % 150;
			class = rand() % 3 ? AW_PAGE_FREE : AW_PAGE_SLAB;
		}
		zone->class[i] = class;
	}
}

static void same_as_windows(const struct aw_zone_pages *zone, enum aw_mobility mobility)
{
	uint64_t free[AW_MAX_ORDERS];

	assert_int_equal(aw_headroom_count_free(zone, mobility, MAX_ORDER, free), 0);
	for (unsigned int order = 0; order <= BLOCK_ORDER; order++) {
		const struct aw_window_request request = { .order = order, .movable = mobility == AW_FOR_MOVABLE };
		struct aw_windows windows = { .total = 0 };

		aw_windows_count(zone, &request, &windows);
		assert_int_equal(free[order], windows.free);
	}
}

static void free_windows(void **state)
{
	(void)state;
	srand(14);
	for (unsigned int i = 0; i < 50; i++) {
		struct aw_zone_pages zone;

		fill(&zone, (uint64_t)(rand() % 7) << BLOCK_ORDER);
		same_as_windows(&zone, AW_FOR_UNMOVABLE);
		same_as_windows(&zone, AW_FOR_MOVABLE);
		aw_zone_pages_clear(&zone);
	}
}

/* 4 pageblocks of 16 from page 16 on, all free: one window of 32 begins at 32, and none of 64. */
static void orders_above_a_pageblock(void **state)
{
	const struct aw_zone_span span = { .name = "Normal", .start = 16, .spanned = 64 };
	uint64_t free[AW_MAX_ORDERS];
	struct aw_zone_pages zone;

	(void)state;
	assert_int_equal(aw_zone_pages_init(&zone, &span, BLOCK_ORDER), 0);
	for (uint64_t i = 0; i < zone.count; i++)
		zone.class[i] = AW_PAGE_FREE;
	assert_int_equal(aw_headroom_count_free(&zone, AW_FOR_UNMOVABLE, MAX_ORDER, free), 0);
	assert_int_equal(free[0], 64);
	assert_int_equal(free[BLOCK_ORDER], 4);
	assert_int_equal(free[5], 1);
	assert_int_equal(free[6], 0);
	aw_zone_pages_clear(&zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_windows),
		cmocka_unit_test(orders_above_a_pageblock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
