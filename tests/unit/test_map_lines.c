// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the lines of the memory map on the screen, and the cursor in them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "map_builder.h"
#include "screen/map_lines.h"

static const struct aw_kernel kernel = { .page_size = 4096 };
static struct aw_blockers found;
static struct aw_map_lines map;

static int make(void **state)
{
	(void)state;
	map = (struct aw_map_lines){ 0 };
	return build_map(&found, &kernel) || aw_map_lines_make(&map, &found, 80);
}

static int clear(void **state)
{
	(void)state;
	aw_map_lines_clear(&map);
	aw_blockers_clear(&found);
	return 0;
}

static uint64_t block_under_cursor(void)
{
	return aw_map_cell(&map, &found)->first / BUILT_BLOCK;
}

/* 300 blocks from 0x40000 on, of which 130 to 199 are a hole; 70 blocks of another zone. */
static void lines_without_memory_are_left_out(void **state)
{
	(void)state;
	assert_int_equal(map.in_row, 64);
	assert_int_equal(map.count, 1 + 5 + 1 + 2);
	assert_int_equal(map.lines[0].count, 0);
	assert_int_equal(map.lines[3].first, 128);
	assert_int_equal(map.lines[4].first, 192);
	assert_int_equal(map.lines[5].count, 300 - 256);
	assert_int_equal(map.lines[6].count, 0);
	assert_int_equal(map.lines[6].zone, 1);
}

static void the_cursor_is_never_on_a_head(void **state)
{
	(void)state;
	assert_int_equal(block_under_cursor(), 0x200);
	aw_map_move_lines(&map, -5);
	assert_int_equal(block_under_cursor(), 0x200);
	aw_map_move_lines(&map, 5);
	assert_int_equal(map.line, 7);
	assert_int_equal(block_under_cursor(), 0x800);
	aw_map_move_lines(&map, -1);
	assert_int_equal(block_under_cursor(), 0x200 + 256);
	aw_map_move_lines(&map, 1 << 30);
	assert_int_equal(block_under_cursor(), 0x800 + 64);
}

static void cells_go_on_in_the_next_line(void **state)
{
	(void)state;
	aw_map_move_cells(&map, -1);
	assert_int_equal(block_under_cursor(), 0x200);
	aw_map_move_cells(&map, 63);
	assert_int_equal(block_under_cursor(), 0x200 + 63);
	aw_map_move_cells(&map, 1);
	assert_int_equal(block_under_cursor(), 0x200 + 64);
	aw_map_move_cells(&map, -1);
	assert_int_equal(block_under_cursor(), 0x200 + 63);
	aw_map_move_lines(&map, 4);
	assert_int_equal(block_under_cursor(), 0x200 + 299);	/* the last line is shorter */
	aw_map_move_cells(&map, 1);
	assert_int_equal(block_under_cursor(), 0x800);
	aw_map_move_lines(&map, 1 << 30);
	aw_map_move_cells(&map, 1000);
	assert_int_equal(block_under_cursor(), 0x800 + 69);
}

static void another_width_keeps_the_cell(void **state)
{
	(void)state;
	aw_map_move_cells(&map, 75);
	assert_int_equal(block_under_cursor(), 0x200 + 75);
	assert_int_equal(aw_map_lines_make(&map, &found, 40), 0);
	assert_int_equal(map.in_row, 16);
	assert_int_equal(block_under_cursor(), 0x200 + 75);
	assert_int_equal(aw_map_lines_make(&map, &found, 10), 0);
	assert_int_equal(map.in_row, 8);
	assert_int_equal(block_under_cursor(), 0x200 + 75);
}

static void the_cursor_stays_visible_with_the_head_above(void **state)
{
	(void)state;
	aw_map_set_height(&map, 3);
	aw_map_move_lines(&map, 1 << 30);
	assert_int_equal(map.top, 6);
	aw_map_move_lines(&map, -(1 << 30));
	assert_int_equal(map.top, 0);
}

static void nothing_found_has_no_cell(void **state)
{
	struct aw_blockers none = { .kernel = &kernel };
	struct aw_map_lines empty = { 0 };

	(void)state;
	assert_int_equal(aw_map_lines_make(&empty, &none, 80), 0);
	aw_map_move_lines(&empty, 1);
	aw_map_move_cells(&empty, -1);
	aw_map_set_height(&empty, 5);
	assert_null(aw_map_cell(&empty, &none));
	aw_map_lines_clear(&empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_without_memory_are_left_out, make, clear),
		cmocka_unit_test_setup_teardown(the_cursor_is_never_on_a_head, make, clear),
		cmocka_unit_test_setup_teardown(cells_go_on_in_the_next_line, make, clear),
		cmocka_unit_test_setup_teardown(another_width_keeps_the_cell, make, clear),
		cmocka_unit_test_setup_teardown(the_cursor_stays_visible_with_the_head_above, make, clear),
		cmocka_unit_test(nothing_found_has_no_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
