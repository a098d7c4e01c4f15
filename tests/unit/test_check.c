// SPDX-License-Identifier: GPL-2.0
/*
 * Tests how many requests a zone serves, with zones that are made up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check/check.h"

struct test {
	struct aw_kernel kernel;
	struct aw_zone zone;
	struct aw_pagetypes types;
	struct aw_check_request request;
	struct aw_check_answer answer;
};

/* 1000 pages free over a min watermark of 100: two blocks of order 5, the rest single pages. */
static int set_up(void **state)
{
	struct test *test = calloc(1, sizeof(*test));
	struct aw_zone_pagetypes *types;
	uint64_t raw = 0xcc0;	/* GFP_KERNEL of 6.1 */

	if (!test || aw_kernel_for_release("6.1.192", 4096, &test->kernel))
		return -1;
	test->kernel.max_order = 10;
	test->zone = (struct aw_zone){ .index = 0, .type = AW_ZONE_TYPE_NORMAL, .name = "Normal", .managed = 10000,
		.free = 1064, .min = 100, .low = 125, .high = 150, .nr_orders = 11, .nr_free = { 1000, [5] = 2 },
		.known = AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED | AW_ZONE_KNOWS_CMA };
	types = &test->types.zones[test->types.nr_zones++];
	memcpy(types->name, "Normal", sizeof("Normal"));
	types->free[AW_MT_UNMOVABLE][0] = 1000;
	types->free[AW_MT_UNMOVABLE][5] = 2;
	test->request = (struct aw_check_request){ .order = 4, .count = 1, .kernel = &test->kernel, .nr_zones = 1,
		.zones = &test->zone, .types = &test->types };
	test->request.gfp = aw_gfp_decode(test->kernel.gfp, raw);
	*state = test;
	return 0;
}

static int tear_down(void **state)
{
	struct test *test = *state;

	aw_kernel_clear(&test->kernel);
	free(test);
	return 0;
}

static struct aw_check_answer *ask(struct test *test)
{
	aw_check_make(&test->request, &test->answer);
	return &test->answer;
}

static void larger_blocks_are_split(void **state)
{
	struct aw_check_answer *answer = ask(*state);

	assert_int_equal(answer->served, 4);
	assert_string_equal(answer->zone->name, "Normal");
	assert_int_equal(answer->end.cause, AW_CAUSE_FRAGMENTATION);
}

static void the_watermark_ends_it(void **state)
{
	struct test *test = *state;

	test->request.order = 0;
	/* 1064 - 964 = 100: the last one must leave more than the mark */
	assert_int_equal(ask(test)->served, 1064 - 100);
	assert_int_equal(test->answer.end.cause, AW_CAUSE_SHORTAGE);
	assert_false(aw_check_has_no_end(&test->answer));
}

static void cma_is_closed(void **state)
{
	struct test *test = *state;

	test->types.zones[0].free[AW_MT_UNMOVABLE][5] = 1;
	test->types.zones[0].free[AW_MT_CMA][5] = 1;
	test->zone.free_cma = 32;
	assert_int_equal(ask(test)->served, 2);
}

static void as_many_as_were_asked_for(void **state)
{
	struct test *test = *state;

	test->request.count = 4;
	assert_true(aw_check_is_served(&test->request, ask(test)));
	test->request.count = 5;
	assert_false(aw_check_is_served(&test->request, ask(test)));
}

static void a_zone_above_the_mask(void **state)
{
	struct test *test = *state;

	test->request.gfp = aw_gfp_decode(test->kernel.gfp, 0xcc4);	/* __GFP_DMA32 */
	assert_int_equal(ask(test)->served, 0);
	assert_null(test->answer.zone);
	assert_int_equal(test->answer.end.cause, AW_CAUSE_ZONE_RESTRICTED);
}

static void no_block_is_so_large(void **state)
{
	struct test *test = *state;

	test->request.order = 11;
	assert_int_equal(ask(test)->served, 0);
	assert_int_equal(test->answer.end.cause, AW_CAUSE_ORDER_TOO_LARGE);
}

/* What may sleep compacts and reclaims; small orders are on the lists of cpus as well, from 5.13 on up to order 3. */
static void some_numbers_are_lower_bounds(void **state)
{
	struct test *test = *state;

	assert_true(aw_check_is_least(&test->request));
	test->request.gfp = aw_gfp_decode(test->kernel.gfp, 0xa20);	/* GFP_ATOMIC */
	assert_false(aw_check_is_least(&test->request));
	test->request.order = 3;
	assert_true(aw_check_is_least(&test->request));
	test->kernel.version = AW_VERSION(5, 10, 0);
	assert_false(aw_check_is_least(&test->request));
	test->request.order = 0;
	assert_true(aw_check_is_least(&test->request));
}

static void there_is_an_end_to_trying(void **state)
{
	struct test *test = *state;

	test->request.order = 0;
	test->zone.free = test->types.zones[0].free[AW_MT_MOVABLE][0] = test->zone.nr_free[0] = 100000000;
	assert_true(ask(test)->served >= 1000000);
	assert_true(aw_check_has_no_end(&test->answer));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(larger_blocks_are_split, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_watermark_ends_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cma_is_closed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(as_many_as_were_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_zone_above_the_mask, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_block_is_so_large, set_up, tear_down),
		cmocka_unit_test_setup_teardown(some_numbers_are_lower_bounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(there_is_an_end_to_trying, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
