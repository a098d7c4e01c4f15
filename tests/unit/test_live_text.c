// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the text in cells of the screen: cut text, numbers, graphs, rates.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screen/cell.h"
#include "screen/history.h"
#include "screen/spark.h"

#define SECOND 1000000000ull

#define assert_fit(text, columns, expected, used) \
	do { \
		char out_[64]; \
		assert_int_equal(aw_cell_fit((text), (columns), out_, sizeof(out_)), (used)); \
		assert_string_equal(out_, (expected)); \
	} while (0)

static void test_fit_ascii(void **state)
{
	(void)state;
	assert_fit("ioctx_alloc", 11, "ioctx_alloc", 11);
	assert_fit("ioctx_alloc", 8, "ioctx_a~", 8);
	assert_fit("ioctx_alloc", 1, "~", 1);
	assert_fit("ioctx_alloc", 0, "", 0);
	assert_fit("", 5, "", 0);
}

static void test_fit_wide(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	assert_fit("\u65e5\u672c", 4, "\u65e5\u672c", 4);
	assert_fit("\u65e5\u672c", 3, "\u65e5~", 3);
	assert_fit("\u65e5\u672c", 2, "~", 1);
	assert_fit("e\u0301\u0301x", 2, "e\u0301\u0301x", 2);
	assert_fit("\u0301x", 5, "?x", 2);
	assert_fit("\xff\x1b", 5, "??", 2);
	setlocale(LC_CTYPE, "C");
}

static void test_fit_without_utf8(void **state)
{
	(void)state;
	setlocale(LC_CTYPE, "C");
	assert_fit("\u65e5x", 9, "???x", 4);
}

static void test_fit_small_buffer(void **state)
{
	char out[4];

	(void)state;
	assert_int_equal(aw_cell_fit("abcdef", 6, out, sizeof(out)), 3);
	assert_string_equal(out, "abc");
}

static void test_numbers(void **state)
{
	static const struct { uint64_t number; const char *text; } cases[] = {
		{ 0, "0" }, { 9999, "9999" }, { 10000, "10k" }, { 17664, "18k" }, { 999499, "999k" },
		{ 999500, "1.0M" }, { 1234567, "1.2M" }, { 5000000000ull, "5.0G" },
	};
	char text[AW_CELL_NUMBER], grouped[AW_CELL_GROUPED];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(aw_cell_number(cases[i].number, text), cases[i].text);
	assert_true(strlen(aw_cell_number(UINT64_MAX, text)) < sizeof(text));
	assert_string_equal(aw_cell_grouped(999, grouped), "999");
	assert_string_equal(aw_cell_grouped(1000, grouped), "1,000");
	assert_string_equal(aw_cell_grouped(UINT64_MAX, grouped), "18,446,744,073,709,551,615");
}

static void test_ages_and_rates(void **state)
{
	char text[AW_CELL_NUMBER];

	(void)state;
	assert_string_equal(aw_cell_age(0, text), "0s");
	assert_string_equal(aw_cell_age(99 * SECOND, text), "99s");
	assert_string_equal(aw_cell_age(100 * SECOND, text), "1m");
	assert_string_equal(aw_cell_age(3 * 3600 * SECOND, text), "3h");
	assert_string_equal(aw_cell_age(50 * 3600 * SECOND, text), "2d");
	assert_string_equal(aw_cell_rate(0, text), "0");
	assert_string_equal(aw_cell_rate(0.25, text), "0.2");
	assert_string_equal(aw_cell_rate(11.6, text), "12");
}

static void test_sparks(void **state)
{
	const uint64_t values[] = { 0, 1, 500, 1000 };
	char out[64];

	(void)state;
	assert_string_equal(aw_spark(values, 4, false, out, sizeof(out)), "._=@");
	assert_string_equal(aw_spark(values, 4, true, out, sizeof(out)), "\u00b7\u2581\u2584\u2588");
	assert_string_equal(aw_spark(values, 4, true, out, 4), "\u00b7");
	assert_string_equal(aw_spark_bar(1, 1000, 8, false, out, sizeof(out)), "#");
	assert_string_equal(aw_spark_bar(1000, 1000, 8, false, out, sizeof(out)), "########");
	assert_string_equal(aw_spark_bar(0, 1000, 8, false, out, sizeof(out)), "");
	assert_string_equal(aw_spark_bar(3, 16, 8, true, out, sizeof(out)), "\u2588\u258c");
	assert_string_equal(aw_spark_bar(0, 0, 8, true, out, sizeof(out)), "");
}

static void test_history(void **state)
{
	struct aw_history history = { 0 };

	(void)state;
	aw_history_add(&history, 1000 * SECOND, 1);
	aw_history_add(&history, 1003 * SECOND, 1);
	aw_history_add(&history, 1003 * SECOND + 5, 1);
	aw_history_add(&history, 1001 * SECOND, 1);
	assert_int_equal(aw_history_at(&history, 1003 * SECOND, 0), 2);
	assert_int_equal(aw_history_at(&history, 1003 * SECOND, 1), 0);
	assert_int_equal(aw_history_at(&history, 1005 * SECOND, 4), 1);
	assert_true(aw_history_rate(&history, 1003 * SECOND, 4) == 1.0);
	aw_history_add(&history, 1002 * SECOND, UINT64_C(5000000000));
	assert_int_equal(aw_history_at(&history, 1003 * SECOND, 1), UINT64_C(5000000000));
	aw_history_add(&history, 1003 * SECOND, 0);
	aw_history_add(&history, (1003 + AW_HISTORY_SECONDS) * SECOND, 1);
	assert_int_equal(aw_history_at(&history, (1003 + AW_HISTORY_SECONDS) * SECOND, AW_HISTORY_SECONDS), 0);
	aw_history_add(&history, 1000 * SECOND, 1);
	assert_int_equal(aw_history_at(&history, 2000 * SECOND, 3), 0);
}

static void test_rates_of_groups(void **state)
{
	struct aw_rates *rates = aw_rates_new();

	(void)state;
	aw_rates_add(rates, 7, 1000 * SECOND, 1);
	aw_rates_add(rates, 7, 1001 * SECOND, 1);
	aw_rates_add(rates, 8, 1009 * SECOND, 1);
	assert_true(aw_rates_of(rates, 7, 1001 * SECOND, 10) == 0.2);
	assert_true(aw_rates_of(rates, 9, 1001 * SECOND, 10) == 0);
	aw_rates_add(rates, 8, 1009 * SECOND, 61823);
	assert_true(aw_rates_of(rates, 8, 1009 * SECOND, 10) == 6182.4);
	assert_int_equal(aw_rates_expire(rates, 1011 * SECOND), 1);
	assert_true(aw_rates_of(rates, 7, 1011 * SECOND, 10) == 0);
	aw_rates_free(rates);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fit_ascii),
		cmocka_unit_test(test_fit_wide),
		cmocka_unit_test(test_fit_without_utf8),
		cmocka_unit_test(test_fit_small_buffer),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_ages_and_rates),
		cmocka_unit_test(test_sparks),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_rates_of_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
