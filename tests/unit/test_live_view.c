// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the state of the screen without a terminal: keys, scrolling, filter, columns.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <curses.h>

#include <cmocka.h>

#include "screen/keys.h"
#include "screen/view.h"

static struct aw_view view_with(unsigned int rows, unsigned int height)
{
	struct aw_view view;

	aw_view_init(&view, "count");
	aw_view_set_height(&view, height);
	aw_view_rows_changed(&view, rows, -1);
	return view;
}

static void test_cursor_stays_inside(void **state)
{
	struct aw_view view = view_with(100, 10);

	(void)state;
	aw_key_press(&view, KEY_UP);
	assert_int_equal(view.cursor, 0);
	aw_key_press(&view, 'G');
	assert_int_equal(view.cursor, 99);
	assert_int_equal(view.top, 90);
	aw_key_press(&view, 'j');
	assert_int_equal(view.cursor, 99);
	aw_key_press(&view, KEY_PPAGE);
	assert_int_equal(view.cursor, 90);
	assert_int_equal(view.top, 90);
	aw_key_press(&view, 'k');
	assert_int_equal(view.top, 89);
	aw_key_press(&view, KEY_HOME);
	assert_int_equal(view.top, 0);
}

static void test_cursor_of_no_rows(void **state)
{
	struct aw_view view = view_with(0, 10);

	(void)state;
	aw_key_press(&view, 'G');
	aw_key_press(&view, KEY_DOWN);
	assert_int_equal(view.cursor, 0);
	aw_key_press(&view, '\r');
	assert_int_equal(view.page, AW_PAGE_FAILURES);
}

static void test_cursor_follows_its_group(void **state)
{
	struct aw_view view = view_with(100, 10);

	(void)state;
	aw_view_move(&view, 5);
	aw_view_rows_changed(&view, 100, 50);
	assert_int_equal(view.cursor, 50);
	assert_true(view.top <= 50 && view.top + 10 > 50);
	aw_view_rows_changed(&view, 3, -1);
	assert_int_equal(view.cursor, 2);
	assert_int_equal(view.top, 0);
}

static void test_cursor_at_the_top_stays_there(void **state)
{
	struct aw_view view = view_with(100, 10);

	(void)state;
	aw_view_rows_changed(&view, 100, 50);
	assert_int_equal(view.cursor, 0);
}

static void test_pages(void **state)
{
	struct aw_view view = view_with(10, 10);
	struct aw_group group;

	(void)state;
	aw_key_press(&view, '\t');
	assert_int_equal(view.page, AW_PAGE_HISTOGRAMS);
	aw_key_press(&view, 'h');
	assert_int_equal(view.page, AW_PAGE_HELP);
	aw_key_press(&view, 'q');
	assert_int_equal(view.page, AW_PAGE_HISTOGRAMS);
	aw_key_press(&view, KEY_BTAB);
	assert_int_equal(view.page, AW_PAGE_FAILURES);
	view.selected = &group;
	aw_key_press(&view, KEY_ENTER);
	assert_int_equal(view.page, AW_PAGE_VERDICT);
	aw_key_press(&view, KEY_F(1));
	aw_key_press(&view, 27);
	assert_int_equal(view.page, AW_PAGE_VERDICT);
	aw_key_press(&view, 27);
	assert_int_equal(view.page, AW_PAGE_FAILURES);
	assert_false(view.quit);
	aw_key_press(&view, 'q');
	assert_true(view.quit);
}

static void test_samples(void **state)
{
	struct aw_view view = view_with(1, 10);

	(void)state;
	aw_view_show(&view, AW_PAGE_VERDICT);
	view.nr_samples = 2;
	aw_key_press(&view, KEY_LEFT);
	assert_int_equal(view.sample, 0);
	aw_key_press(&view, KEY_RIGHT);
	aw_key_press(&view, KEY_RIGHT);
	assert_int_equal(view.sample, 1);
}

static void type(struct aw_view *view, const char *text)
{
	for (; *text; text++)
		aw_key_press(view, (unsigned char)*text);
}

static void test_filter_as_you_type(void **state)
{
	struct aw_view view = view_with(1, 10);

	(void)state;
	type(&view, "/order>=");
	assert_int_equal(view.filter.count, 0);
	assert_non_null(strstr(view.error.text, "order"));
	type(&view, "4");
	assert_int_equal(view.filter.count, 1);
	assert_string_equal(view.error.text, "");
	type(&view, ",x");
	assert_int_equal(view.filter.count, 1);
	assert_string_not_equal(view.error.text, "");
	aw_key_press(&view, KEY_BACKSPACE);
	aw_key_press(&view, 127);
	assert_string_equal(view.input, "order>=4");
	aw_key_press(&view, '\r');
	assert_false(view.typing);
	assert_int_equal(view.filter.count, 1);
	aw_key_press(&view, 27);
	assert_int_equal(view.filter.count, 0);
	assert_string_equal(view.input, "");
}

static void test_filter_takes_whole_characters_back(void **state)
{
	struct aw_view view = view_with(1, 10);

	(void)state;
	type(&view, "/comm=\xc3\xa9");
	aw_key_press(&view, KEY_BACKSPACE);
	assert_string_equal(view.input, "comm=");
	for (unsigned int i = 0; i < 500; i++)
		type(&view, "x");
	assert_int_equal(strlen(view.input), AW_TERM_TEXT - 1);
}

static void test_sort_goes_round_the_shown_columns(void **state)
{
	struct aw_view view = view_with(1, 10);

	(void)state;
	aw_layout_make(40, NULL, 0, &view.layout);
	assert_string_equal(view.sort->title, "COUNT");
	aw_key_press(&view, '<');
	assert_ptr_equal(view.sort, view.layout.columns[view.layout.count - 1]);
	aw_key_press(&view, KEY_F(6));
	assert_string_equal(view.sort->title, "COUNT");
	aw_key_press(&view, 'R');
	assert_true(view.reverse);
	aw_key_press(&view, '>');
	assert_false(view.reverse);
}

static bool has(const struct aw_layout *layout, const char *title)
{
	for (unsigned int i = 0; i < layout->count; i++)
		if (!strcmp(layout->columns[i]->title, title))
			return true;
	return false;
}

static void test_columns_fit_every_width(void **state)
{
	(void)state;
	for (unsigned int width = 1; width < 400; width++) {
		struct aw_layout layout;
		unsigned int sum = 0;

		aw_layout_make(width, NULL, 0, &layout);
		for (unsigned int i = 0; i < layout.count; i++)
			sum += layout.widths[i] + (i ? 1 : 0);
		assert_true(layout.count > 0);
		assert_true(sum <= width || layout.count == 1);
	}
}

static void test_columns_that_stay(void **state)
{
	struct aw_layout layout;

	(void)state;
	aw_layout_make(40, NULL, 0, &layout);
	assert_true(has(&layout, "SIZE") && has(&layout, "CAUSE") && has(&layout, "SITE") && has(&layout, "COUNT"));
	aw_layout_make(80, NULL, 0, &layout);
	assert_true(has(&layout, "CLASS") && has(&layout, "LAST") && has(&layout, "/S") && has(&layout, "PROCESS"));
	assert_false(has(&layout, "GFP"));
	aw_layout_make(120, NULL, 0, &layout);
	assert_true(has(&layout, "GFP"));
}

static void test_column_of_other_keys(void **state)
{
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("cgroup", 6) };
	struct aw_layout layout;

	(void)state;
	aw_layout_make(120, keys, 2, &layout);
	assert_true(has(&layout, "BY"));
	aw_layout_make(120, keys, 1, &layout);
	assert_false(has(&layout, "BY"));
}

static void test_every_column_has_its_rank(void **state)
{
	uint32_t ranks = 0;

	(void)state;
	for (unsigned int i = 0; i < aw_columns_count; i++)
		ranks |= 1u << aw_columns[i].rank;
	assert_int_equal(ranks, (1u << aw_columns_count) - 1);
}

/* If two rows of the table had the same key on the same page, the second one would never be reached. */
static void test_no_key_twice(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < aw_key_rows_count; i++)
		for (unsigned int j = i + 1; j < aw_key_rows_count; j++)
			for (unsigned int a = 0; a < AW_KEY_CODES && aw_key_rows[i].codes[a]; a++)
				for (unsigned int b = 0; b < AW_KEY_CODES && aw_key_rows[j].codes[b]; b++)
					assert_false(aw_key_rows[i].codes[a] == aw_key_rows[j].codes[b] &&
						     aw_key_rows[i].pages & aw_key_rows[j].pages);
}

static void test_text_scrolls_inside(void **state)
{
	struct aw_view view = view_with(1, 10);

	(void)state;
	aw_view_show(&view, AW_PAGE_HELP);
	aw_view_text_changed(&view, 30, 20);
	aw_key_press(&view, KEY_END);
	assert_int_equal(view.line, 10);
	aw_view_text_changed(&view, 5, 20);
	assert_int_equal(view.line, 0);
}

/* Rows from the kernel log before the start: no rate, no age, and below all others if sorted by LAST. */
static void test_rows_from_before_start(void **state)
{
	const struct aw_column *last = aw_column_find("last");
	struct aw_row live = { .last_ns = 5000000000 }, before = { .last_ns = 9000000000, .before = true };
	char text[AW_COLUMN_TEXT];

	(void)state;
	assert_string_equal(last->text(&live, 8000000000, 6, text), "3s");
	assert_string_equal(last->text(&before, 8000000000, 6, text), "before");
	assert_true(last->compare(&live, &before) < 0);
	assert_true(last->compare(&before, &live) > 0);
	for (unsigned int i = 0; i < aw_columns_count; i++)
		if (!strcmp(aw_columns[i].title, "/S"))
			assert_string_equal(aw_columns[i].text(&before, 0, 4, text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cursor_stays_inside),
		cmocka_unit_test(test_cursor_of_no_rows),
		cmocka_unit_test(test_cursor_follows_its_group),
		cmocka_unit_test(test_rows_from_before_start),
		cmocka_unit_test(test_cursor_at_the_top_stays_there),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_filter_as_you_type),
		cmocka_unit_test(test_filter_takes_whole_characters_back),
		cmocka_unit_test(test_sort_goes_round_the_shown_columns),
		cmocka_unit_test(test_columns_fit_every_width),
		cmocka_unit_test(test_columns_that_stay),
		cmocka_unit_test(test_column_of_other_keys),
		cmocka_unit_test(test_every_column_has_its_rank),
		cmocka_unit_test(test_no_key_twice),
		cmocka_unit_test(test_text_scrolls_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
