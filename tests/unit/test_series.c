// SPDX-License-Identifier: GPL-2.0
/*
 * Tests label sets: what distinguishes them, their limit, and what happens beyond it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "events.h"
#include "summary/series.h"

struct fixture {
	struct aw_series series;
	struct aw_intern *texts;
	struct test_event test;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->texts = aw_intern_new();
	event_failure(&fixture->test);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_intern_free(fixture->texts);
	free(fixture);
	return 0;
}

static void add(struct fixture *fixture)
{
	const struct aw_event *event = &fixture->test.event;

	aw_series_add(&fixture->series, &event->failure, aw_series_gfp(fixture->texts, event->failure.gfp.names),
		      aw_series_site(fixture->texts, event->site));
}

static void equal_sets_are_one(void **state)
{
	struct fixture *fixture = *state;
	const struct aw_series_row *row = fixture->series.rows;
	char gfp[] = "GFP_KERNEL";

	fixture->test.event.failure.gfp.names = gfp;
	add(fixture);
	/* Not part of the label set. */
	fixture->test.event.cpu = 7;
	fixture->test.event.task.pid = 1;
	strcpy(fixture->test.event.task.comm, "other");
	add(fixture);
	assert_int_equal(fixture->series.count, 1);
	assert_int_equal(row->count, 2);
	assert_int_equal(row->labels.order, 4);
	assert_int_equal(row->labels.class, AW_CLASS_HARD);
	assert_int_equal(row->labels.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(row->labels.rule, AW_RULE_COSTLY_ORDER);
	assert_string_equal(row->labels.site, "ioctx_alloc");
	/* The strings are copied. */
	gfp[0] = 'X';
	assert_string_equal(row->labels.gfp, "GFP_KERNEL");
}

static void each_label_counts(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	add(fixture);
	event->failure.order = 3;
	add(fixture);
	event->failure.class = AW_CLASS_OPPORTUNISTIC;
	add(fixture);
	event->failure.cause = AW_CAUSE_SHORTAGE;
	add(fixture);
	event->failure.rule = AW_RULE_NORETRY;
	add(fixture);
	event->failure.gfp.names = "GFP_ATOMIC";
	add(fixture);
	event->site = NULL;
	add(fixture);
	assert_int_equal(fixture->series.count, 7);
	for (int i = 0; i < 7; i++)
		assert_int_equal(fixture->series.rows[i].count, 1);
	assert_int_equal(fixture->series.other[0] + fixture->series.other[1], 0);
}

static void sites(void **state)
{
	static const struct { const char *name, *module, *site; } rows[] = {
		{ "hog_rx", "hog", "hog_rx [hog]" }, { "hog_rx", "", "hog_rx" },
		{ "", "", "unknown" }, { "", "hog", "unknown [hog]" },
	};
	struct fixture *fixture = *state;

	for (int i = 0; i < 4; i++) {
		struct aw_frame frame = { .addr = 0xffff800001234567, .name = rows[i].name, .module = rows[i].module };

		fixture->test.event.site = &frame;
		add(fixture);
		assert_string_equal(fixture->series.rows[i].labels.site, rows[i].site);
	}
	/* Labels with equal text are equal: there are no two series with equal labels. */
	fixture->test.event.site = &(struct aw_frame){ .name = "hog_rx [hog]", .module = "" };
	add(fixture);
	assert_int_equal(fixture->series.count, 4);
	assert_int_equal(fixture->series.rows[0].count, 2);
}

static void long_names_are_cut(void **state)
{
	struct fixture *fixture = *state;
	char name[2000];
	struct aw_frame frame = { .name = name, .module = name };

	memset(name, 'n', sizeof(name));
	name[1999] = '\0';
	fixture->test.event.site = &frame;
	fixture->test.event.failure.gfp.names = name;
	add(fixture);
	name[AW_SERIES_TEXT - 1] = 'm';
	add(fixture);
	assert_int_equal(fixture->series.count, 1);
	assert_int_equal(strlen(fixture->series.rows[0].labels.site), AW_SERIES_TEXT - 1);
	assert_int_equal(strlen(fixture->series.rows[0].labels.gfp), AW_SERIES_TEXT - 1);
}

static void the_first_ones_stay(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	for (unsigned int round = 0; round < 3; round++)
		for (unsigned int order = 0; order < AW_MAX_SERIES + 10; order++) {
			event->failure.order = order;
			event->failure.class = order % 2 ? AW_CLASS_HARD : AW_CLASS_OPPORTUNISTIC;
			add(fixture);
		}
	assert_int_equal(fixture->series.count, AW_MAX_SERIES);
	for (unsigned int i = 0; i < AW_MAX_SERIES; i++) {
		assert_int_equal(fixture->series.rows[i].labels.order, i);
		assert_int_equal(fixture->series.rows[i].count, 3);
	}
	assert_int_equal(fixture->series.other[AW_CLASS_HARD], 15);
	assert_int_equal(fixture->series.other[AW_CLASS_OPPORTUNISTIC], 15);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(equal_sets_are_one), TEST(each_label_counts), TEST(sites), TEST(long_names_are_cut),
		TEST(the_first_ones_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
