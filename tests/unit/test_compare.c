// SPDX-License-Identifier: GPL-2.0
/*
 * Tests comparing groups: the types of change, their order, and the limit of chance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "summary/compare.h"

#define HOUR UINT64_C(3600000000000)

struct fixture {
	struct aw_groups *before, *after;
	struct aw_change *changes;
	unsigned int count;
};

static struct aw_groups *groups_by(const char *by)
{
	const struct aw_key *keys[AW_MAX_KEYS];
	char bad[32];
	int count = aw_keys_parse(by, keys, bad, sizeof(bad));

	assert_true(count > 0);
	return aw_groups_new(keys, (unsigned int)count);
}

static void renew(struct fixture *fixture, const char *by)
{
	aw_groups_free(fixture->before);
	aw_groups_free(fixture->after);
	fixture->before = groups_by(by);
	fixture->after = groups_by(by);
}

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	renew(*state, "order");
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_groups_free(fixture->before);
	aw_groups_free(fixture->after);
	free(fixture->changes);
	free(fixture);
	return 0;
}

static void add(struct aw_groups *groups, unsigned int order, enum aw_class class, unsigned int count)
{
	struct test_event test;

	event_failure(&test);
	test.event.failure.order = order;
	test.event.failure.class = class;
	while (count--)
		aw_groups_add(groups, &test.event);
}

static void compare(struct fixture *fixture, uint64_t before_ns, uint64_t after_ns)
{
	const struct aw_side before = { fixture->before, before_ns }, after = { fixture->after, after_ns };

	free(fixture->changes);
	assert_int_equal(aw_compare(&before, &after, &fixture->changes, &fixture->count), 0);
}

static enum aw_change_type type_of(struct fixture *fixture, unsigned int before, unsigned int after,
				   uint64_t before_ns, uint64_t after_ns)
{
	renew(fixture, "order");
	add(fixture->before, 4, AW_CLASS_HARD, before);
	add(fixture->after, 4, AW_CLASS_HARD, after);
	compare(fixture, before_ns, after_ns);
	assert_int_equal(fixture->count, 1);
	return fixture->changes[0].type;
}

static void nothing(void **state)
{
	struct fixture *fixture = *state;

	compare(fixture, HOUR, HOUR);
	assert_int_equal(fixture->count, 0);
	assert_non_null(fixture->changes);
}

/* Two standard deviations of the difference: of 100 and 130, 2 * sqrt(230) is 30.3. */
static void chance(void **state)
{
	assert_int_equal(type_of(*state, 100, 130, HOUR, HOUR), AW_CHANGE_SAME);
	assert_int_equal(type_of(*state, 100, 131, HOUR, HOUR), AW_CHANGE_WORSE);
	assert_int_equal(type_of(*state, 131, 100, HOUR, HOUR), AW_CHANGE_BETTER);
	assert_int_equal(type_of(*state, 1, 4, HOUR, HOUR), AW_CHANGE_SAME);
	assert_int_equal(type_of(*state, 0, 1, HOUR, HOUR), AW_CHANGE_NEW);
	assert_int_equal(type_of(*state, 1, 0, HOUR, HOUR), AW_CHANGE_GONE);
}

static void windows_count(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(type_of(fixture, 100, 100, HOUR, HOUR / 2), AW_CHANGE_WORSE);
	assert_true(fixture->changes[0].before.per_hour == 100.0);
	assert_true(fixture->changes[0].after.per_hour == 200.0);
	assert_int_equal(type_of(fixture, 100, 50, HOUR, HOUR / 2), AW_CHANGE_SAME);
	/* an empty window counts as a second, which avoids a division by 0 */
	assert_int_equal(type_of(fixture, 1, 1, 0, 0), AW_CHANGE_SAME);
	assert_true(fixture->changes[0].before.per_hour == 3600.0);
}

static void sorted(void **state)
{
	static const struct { unsigned int order; enum aw_change_type type; } expected[] = {
		{ 8, AW_CHANGE_NEW }, { 7, AW_CHANGE_NEW }, { 6, AW_CHANGE_WORSE }, { 5, AW_CHANGE_SAME },
		{ 4, AW_CHANGE_BETTER }, { 3, AW_CHANGE_GONE },
	};
	struct fixture *fixture = *state;

	add(fixture->before, 3, AW_CLASS_HARD, 1);
	add(fixture->before, 4, AW_CLASS_HARD, 50);
	add(fixture->before, 5, AW_CLASS_HARD, 5);
	add(fixture->before, 6, AW_CLASS_HARD, 5);
	add(fixture->after, 4, AW_CLASS_HARD, 5);
	add(fixture->after, 5, AW_CLASS_HARD, 5);
	add(fixture->after, 6, AW_CLASS_HARD, 50);
	add(fixture->after, 7, AW_CLASS_OPPORTUNISTIC, 1);
	add(fixture->after, 8, AW_CLASS_HARD, 2);
	add(fixture->after, 8, AW_CLASS_OPPORTUNISTIC, 1);
	compare(fixture, HOUR, HOUR);
	assert_int_equal(fixture->count, 6);
	for (unsigned int i = 0; i < 6; i++) {
		const struct aw_change *change = &fixture->changes[i];
		struct aw_sample_room room;
		const struct aw_group *group = change->after.group ? change->after.group : change->before.group;

		assert_int_equal(change->type, expected[i].type);
		assert_int_equal(aw_group_sample(group, &room)->failure.order, expected[i].order);
	}
	assert_int_equal(fixture->changes[0].after.failures, 3);
	assert_int_equal(fixture->changes[0].after.hard, 2);
	assert_null(fixture->changes[0].before.group);
	assert_null(fixture->changes[5].after.group);
}

/* A missing value differs from its mark as a value, and adjacent values do not run together. */
static void identities(void **state)
{
	struct fixture *fixture = *state;
	struct test_event test;

	renew(fixture, "comm,site");
	event_failure(&test);
	strcpy(test.event.task.comm, "a");
	EVENT_STACK(&test, "bc");
	aw_groups_add(fixture->before, &test.event);
	strcpy(test.event.task.comm, "ab");
	EVENT_STACK(&test, "c");
	aw_groups_add(fixture->after, &test.event);
	strcpy(test.event.task.comm, "");
	aw_groups_add(fixture->before, &test.event);
	test.event.task.context = AW_IN_HARDIRQ;
	aw_groups_add(fixture->after, &test.event);
	compare(fixture, HOUR, HOUR);
	assert_int_equal(fixture->count, 4);
}

/* The same function with two offsets is the same stack. */
static void stacks_add_up(void **state)
{
	struct fixture *fixture = *state;
	struct test_event test;

	renew(fixture, "stack");
	event_failure(&test);
	aw_groups_add(fixture->before, &test.event);
	test.stack.stack.id++;
	test.stack.stack.frames[0].offset++;
	aw_groups_add(fixture->before, &test.event);
	aw_groups_add(fixture->after, &test.event);
	assert_int_equal(aw_groups_count(fixture->before), 2);
	compare(fixture, HOUR, HOUR);
	assert_int_equal(fixture->count, 1);
	assert_int_equal(fixture->changes[0].before.failures, 2);
	assert_int_equal(fixture->changes[0].after.failures, 1);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(aw_change_name(AW_CHANGE_NEW), "new");
	assert_string_equal(aw_change_name(AW_CHANGE_GONE), "gone");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing),
		TEST(chance),
		TEST(windows_count),
		TEST(sorted),
		TEST(identities),
		TEST(stacks_add_up),
		TEST(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
