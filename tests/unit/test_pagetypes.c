// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the parser of /proc/pagetypeinfo.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "system/pagetypes.h"

static const char text[] =
	"Page block order: 9\n"
	"Pages per block:  512\n\n"
	"Free pages count per migrate type at order       0      1      2      3\n"
	"Node    0, zone      DMA, type    Unmovable      1      0      2      0\n"
	"Node    0, zone      DMA, type      Movable >100000      3      0      4\n"
	"Node    0, zone      DMA, type          CMA      0      0      0     15\n"
	"\n"
	"Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate\n"
	"Node 0, zone      DMA           12          140            3            1           32            0\n";

static void both_tables(void **state)
{
	struct aw_pagetypes types;
	const struct aw_zone_pagetypes *zone;

	(void)state;
	aw_pagetypes_parse(text, sizeof(text) - 1, &types);
	assert_int_equal(types.pageblock_order, 9);
	assert_int_equal(types.nr_zones, 1);
	zone = aw_pagetypes_of(&types, 0, "DMA");
	assert_non_null(zone);
	assert_int_equal(zone->free[AW_MT_UNMOVABLE][2], 2);
	assert_int_equal(zone->free[AW_MT_MOVABLE][0], 100000);
	assert_int_equal(zone->free[AW_MT_MOVABLE][3], 4);
	assert_int_equal(zone->pageblocks[AW_MT_MOVABLE], 140);
	assert_int_equal(zone->pageblocks[AW_MT_HIGHATOMIC], 1);
	assert_int_equal(zone->pageblocks[AW_MT_CMA], 32);
	assert_int_equal(aw_pagetypes_blocks(zone, AW_MT_MOVABLE, 1), 3 + 4 * 4);
	assert_null(aw_pagetypes_of(&types, 1, "DMA"));
}

static void cut_anywhere(void **state)
{
	struct aw_pagetypes types;

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++)
		aw_pagetypes_parse(text, len, &types);
	aw_pagetypes_parse("", 0, &types);
	assert_int_equal(types.nr_zones, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_tables),
		cmocka_unit_test(cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
