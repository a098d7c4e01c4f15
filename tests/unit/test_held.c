// SPDX-License-Identifier: GPL-2.0
/*
 * Tests who holds what stays: what a sample tells, the newest table, and the windows that the sample tells of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/root.h"
#include "blockers/answer.h"
#include "event/event.h"
#include "pages/taken.h"
#include "summary/summary.h"

static void test_root(void **state)
{
	(void)state;
	assert_int_equal(aw_root(0), 0);
	assert_int_equal(aw_root(1), 1);
	assert_int_equal(aw_root(99), 9);
	assert_int_equal(aw_root(100), 10);
	assert_int_equal(aw_root(UINT64_MAX), UINT32_MAX);
}

static void test_estimate(void **state)
{
	const struct aw_held one = { .order = 2, .shift = 4, .blocks = 400, .pages = 1600 };
	const struct aw_held all = { .order = 0, .shift = 0, .blocks = 400, .pages = 400 };
	const struct aw_held few = { .order = 1, .shift = 4, .blocks = 1, .pages = 2 };
	const struct aw_held none = { .shift = 4 };
	/* 63 single pages and a block of 512 */
	const struct aw_held sum = { .order = 9, .shift = 4, .rest = true, .blocks = 64, .pages = 575 };

	(void)state;
	assert_int_equal(aw_held_pages(&one), 25600);
	/* 2 * sqrt(400 * 15/16) * 16 blocks of 4 pages */
	assert_in_range(aw_held_error(&one), 2470, 2480);
	assert_int_equal(aw_held_pages(&few), 32);
	assert_in_range(aw_held_error(&few), 61, 62);
	assert_int_equal(aw_held_pages(&all), 400);
	assert_int_equal(aw_held_error(&all), 0);
	assert_int_equal(aw_held_error(&none), 0);
	/* 2 * sqrt((63 + 512 * 512) * 15/16) * 16 pages, and not much more */
	assert_in_range(aw_held_error(&sum), 15866, 17000);
}

/* ---- the table ---- */

static struct aw_event row(uint64_t time_ns, const struct aw_stack *stack, uint64_t pages)
{
	return (struct aw_event){ .type = AW_EVENT_HELD, .time_ns = time_ns, .task = { .cgroup = "" }, .stack = stack,
				  .site = stack->count > 1 ? &stack->frames[1] : NULL,
				  .held = { .shift = 4, .blocks = pages, .pages = pages } };
}

static void test_newest_table(void **state)
{
	static const struct aw_stack none = { .count = 0 };
	static const struct aw_stack stack = { .id = 7, .count = 2, .frames = {
		{ .name = "__alloc_pages", .module = "" }, { .name = "cam_probe", .module = "cam" } } };
	struct aw_summary *summary = aw_summary_new(NULL, 0);
	const struct aw_held_table *table = aw_summary_held(summary);
	const struct aw_event events[] = { row(5, &stack, 100), row(5, &none, 50), row(9, &stack, 30), row(9, &none, 0) };
	struct aw_stack found;
	const struct aw_frame *site;

	(void)state;
	assert_false(table->known);
	aw_summary_add(summary, &events[0]);
	aw_summary_add(summary, &events[1]);
	assert_true(table->known);
	assert_int_equal(table->count, 2);
	assert_int_equal(aw_held_pages(&table->rows[0].held) + aw_held_pages(&table->rows[1].held), 150 << 4);
	assert_null(aw_held_row_site(&table->rows[1], &found));
	aw_summary_add(summary, &events[2]);
	aw_summary_add(summary, &events[3]);
	assert_int_equal(table->count, 1);
	assert_int_equal(table->time_ns, 9);
	site = aw_held_row_site(&table->rows[0], &found);
	assert_string_equal(site->name, "cam_probe");
	assert_string_equal(site->module, "cam");
	aw_summary_free(summary);
}

/* ---- windows ---- */

#define VMEMMAP 0x1000000
#define STRUCT_PAGE 64

static uint64_t structure_of(uint64_t pfn)
{
	return VMEMMAP + pfn * STRUCT_PAGE;
}

/* Windows of 4 pages from 64 on: K blocks, a moves, . is free. */
static void test_windows(void **state)
{
	const struct aw_window_request request = { .order = 2 };
	const struct aw_taken_map map = { .vmemmap = VMEMMAP, .size = STRUCT_PAGE };
	const struct aw_zone_span span = { .name = "Normal", .start = 64, .spanned = 24 };
	static const char picture[] = "K..." "KK.K" "a..." "...." "K..." "KKKK";
	static struct aw_taken taken;
	struct aw_taken_by found;
	struct aw_zone_pages zone;
	char text[AW_TAKEN_TEXT];

	(void)state;
	assert_int_equal(aw_zone_pages_init(&zone, &span, 3), 0);
	for (size_t i = 0; picture[i]; i++)
		zone.class[i] = picture[i] == 'K' ? AW_PAGE_KERNEL : picture[i] == 'a' ? AW_PAGE_ANON : AW_PAGE_FREE;
	aw_taken_add(&taken, "ion_alloc [ion]", structure_of(64), 0);
	aw_taken_add(&taken, "ion_alloc [ion]", structure_of(68), 0);
	aw_taken_add(&taken, "ion_alloc [ion]", structure_of(69), 0);	/* of the same window */
	aw_taken_add(&taken, "other", structure_of(71), 0);		/* of it, too */
	aw_taken_add(&taken, "other", structure_of(72), 0);		/* moves */
	aw_taken_add(&taken, "other", structure_of(76), 0);		/* is free by now */
	aw_taken_add(&taken, "ion_alloc [ion]", structure_of(80), 3);	/* of two windows */
	aw_taken_add(&taken, "other", structure_of(4711), 0);		/* of another zone */
	aw_taken_add(&taken, "other", 0x1000, 0);
	assert_int_equal(aw_taken_count(&taken, &map, &zone, &request), 0);
	aw_taken_answer(&taken, &found);
	assert_int_equal(found.windows, 4);
	assert_int_equal(found.count, 2);
	assert_string_equal(found.sites[0].name, "ion_alloc [ion]");
	assert_int_equal(found.sites[0].windows, 4);
	assert_string_equal(found.sites[1].name, "other");
	assert_int_equal(found.sites[1].windows, 1);
	aw_blockers_taken_text(&found, text, sizeof(text));
	assert_string_equal(text, "ion_alloc [ion] took pages in 4 of the 4 blocked windows that a sample tells of");
	aw_taken_clear(&taken);
	aw_taken_answer(&taken, &found);
	assert_int_equal(found.windows, 0);
	aw_blockers_taken_text(&found, text, sizeof(text));
	assert_string_equal(text, "");
	aw_zone_pages_clear(&zone);
}

/* More sites than are shown: those with most windows. */
static void test_most_windows(void **state)
{
	static struct aw_taken taken;
	struct aw_taken_by found;
	char name[8];

	(void)state;
	for (unsigned int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "site%u", i);
		aw_taken_add(&taken, name, structure_of(i), 0);
		taken.sites[i].windows = i * 7 % 20;
	}
	aw_taken_answer(&taken, &found);
	assert_int_equal(found.count, AW_TAKEN_SHOWN);
	for (unsigned int i = 0; i < AW_TAKEN_SHOWN; i++)
		assert_int_equal(found.sites[i].windows, 19 - i);
	aw_taken_clear(&taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_root), cmocka_unit_test(test_estimate), cmocka_unit_test(test_newest_table),
		cmocka_unit_test(test_windows), cmocka_unit_test(test_most_windows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
