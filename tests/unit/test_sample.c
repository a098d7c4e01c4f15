// SPDX-License-Identifier: GPL-2.0
/*
 * Tests samples: many keep the same facts as each of them, packed or not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "events.h"
#include "summary/kept_stacks.h"
#include "summary/sample.h"

#define MANY 5000	/* more than are kept unpacked */

struct fixture {
	struct aw_intern *texts;
	struct aw_samples_kept *kept;
	struct aw_sample samples[MANY];
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->texts = aw_intern_new();
	fixture->kept = aw_samples_kept_new(fixture->texts);
	*state = fixture;
	return !fixture->kept;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned int i = 0; i < MANY; i++)
		aw_sample_clear(&fixture->samples[i]);
	aw_samples_kept_free(fixture->kept);
	aw_intern_free(fixture->texts);
	free(fixture);
	return 0;
}

/* Failure `number`, with 0, 1 or 2 zones, from one of two callers. */
static void take(struct fixture *fixture, unsigned int number, unsigned int extra)
{
	struct test_event test;

	event_failure(&test);
	if (number % 2)
		EVENT_STACK(&test, "__alloc_pages", "hog_get_buffer [hog]");
	test.event.time_ns = 1000 + number + extra;
	test.event.task.pid = number;
	snprintf(test.event.task.comm, sizeof(test.event.task.comm), "task/%u", number);
	test.event.failure.nr_zones = number % 3;
	test.event.failure.zones = test.zones;
	test.zones[0].free = 500 + number;
	test.zones[1].free = 900 + number;
	aw_sample_set(fixture->kept, &fixture->samples[number], &test.event);
	memset(&test, 0x5a, sizeof(test));
}

static void check(struct fixture *fixture, unsigned int number, unsigned int extra)
{
	struct aw_sample_room room;
	const struct aw_event *event = aw_sample_get(&fixture->samples[number], &room);
	char comm[32];

	snprintf(comm, sizeof(comm), "task/%u", number);
	assert_int_equal(event->time_ns, 1000 + number + extra);
	assert_string_equal(event->task.comm, comm);
	assert_string_equal(event->task.cgroup, "/user.slice");
	assert_string_equal(event->failure.gfp.names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(event->stack->count, number % 2 ? 2 : 5);
	assert_ptr_equal(event->site, &event->stack->frames[number % 2 ? 1 : 3]);
	assert_string_equal(event->site->name, number % 2 ? "hog_get_buffer" : "ioctx_alloc");
	assert_string_equal(event->site->module, number % 2 ? "hog" : "");
	assert_int_equal(event->failure.nr_zones, number % 3);
	if (event->failure.nr_zones)
		assert_int_equal(event->failure.zones[0].free, 500 + number);
	if (event->failure.nr_zones > 1)
		assert_int_equal(event->failure.zones[1].free, 900 + number);
}

static void many_stay_what_they_were(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned int i = 0; i < MANY; i++)
		take(fixture, i, 0);
	for (unsigned int i = 0; i < MANY; i++)
		check(fixture, i, 0);
	/* Set packed samples again, so that others are packed instead. */
	for (unsigned int i = 0; i < MANY; i += 2)
		take(fixture, i, 7);
	for (unsigned int i = 0; i < MANY; i++)
		check(fixture, i, i % 2 ? 0 : 7);
}

static void nothing_was_set(void **state)
{
	struct fixture *fixture = *state;
	struct aw_sample_room room;
	const struct aw_event *event = aw_sample_get(&fixture->samples[0], &room);

	assert_int_equal(event->stack->count, 0);
	assert_null(event->site);
	assert_string_equal(event->failure.gfp.names, "");
}

static void stacks_are_shared(void **state)
{
	struct fixture *fixture = *state;

	take(fixture, 0, 0);
	take(fixture, 2, 0);
	take(fixture, 3, 0);
	assert_ptr_equal(fixture->samples[0].stack, fixture->samples[2].stack);
	assert_ptr_not_equal(fixture->samples[0].stack, fixture->samples[3].stack);
}

static void stacks_live_as_long_as_they_are_held(void **state)
{
	struct fixture *fixture = *state;
	struct aw_kept_stacks *stacks = aw_kept_stacks_new(fixture->texts);
	const struct aw_kept_stack *held;
	struct test_event test;
	struct aw_stack stack;

	event_failure(&test);
	EVENT_STACK(&test, "__alloc_pages", "__kmalloc_large_node", "__kmalloc", "ioctx_alloc.isra.0",
		    "__arm64_sys_io_setup");
	held = aw_kept_stacks_hold(stacks, test.event.stack);
	assert_ptr_equal(aw_kept_stacks_hold(stacks, test.event.stack), held);
	aw_kept_stacks_drop(stacks, held);
	aw_kept_stack_get(held, &stack);
	assert_int_equal(stack.id, test.event.stack->id);
	assert_int_equal(stack.count, 5);
	assert_string_equal(stack.frames[4].name, "__arm64_sys_io_setup");
	assert_string_equal(stack.frames[3].name, "ioctx_alloc");
	assert_string_equal(aw_frame_suffix(&stack.frames[3]), ".isra.0");
	aw_kept_stacks_drop(stacks, held);
	aw_kept_stacks_drop(stacks, NULL);
	aw_kept_stack_get(NULL, &stack);
	assert_int_equal(stack.count, 0);
	aw_kept_stacks_free(stacks);
	aw_kept_stacks_free(NULL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(many_stay_what_they_were), TEST(nothing_was_set), TEST(stacks_are_shared),
		TEST(stacks_live_as_long_as_they_are_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
