// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the kernel's two fragmentation indices, with numbers computed by hand.
 */
#include "event_builder.h"

#include "verdict/fragmentation.h"

static struct aw_zone zone_of(uint64_t order0, uint64_t order1, uint64_t order4)
{
	struct aw_zone z;

	memset(&z, 0, sizeof(z));
	z.nr_orders = 11;
	z.nr_free[0] = order0;
	z.nr_free[1] = order1;
	z.nr_free[4] = order4;
	return z;
}

static void nothing_free(void **state)
{
	struct aw_zone z = zone_of(0, 0, 0);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 4), 0);
	assert_int_equal(aw_unusable_free_index(&z, 4), 1000);
}

/* 1000 - (1000 + 1000 * 1000 / 16) / 1000 = 1000 - 63500 / 1000 = 937 */
static void single_pages(void **state)
{
	struct aw_zone z = zone_of(1000, 0, 0);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 4), 937);
	assert_int_equal(aw_unusable_free_index(&z, 4), 1000);
}

/* 1000 - (1000 + 1000 * 1000 / 2) / 1000 = 499: lack of memory and fragmentation contribute equally */
static void order_1_of_single_pages(void **state)
{
	struct aw_zone z = zone_of(1000, 0, 0);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 1), 499);
}

/* 4 pages in 2 blocks for order 4: 1000 - (1000 + 250) / 2 = 375 */
static void lack_of_memory(void **state)
{
	struct aw_zone z = zone_of(0, 2, 0);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 4), 375);
}

/* One page for order 4: 1000 - (1000 + 62) / 1 is below 0 */
static void below_zero(void **state)
{
	struct aw_zone z = zone_of(1, 0, 0);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 4), -62);
}

/* 100 + 20 + 32 pages, 32 of them in blocks of order 4: (152 - 32) * 1000 / 152 = 789 */
static void with_a_block(void **state)
{
	struct aw_zone z = zone_of(100, 10, 2);

	(void)state;
	assert_int_equal(aw_fragmentation_index(&z, 4), AW_FRAGMENTATION_FITS);
	assert_int_equal(aw_unusable_free_index(&z, 4), 789);
	assert_int_equal(aw_unusable_free_index(&z, 0), 0);
}

/* (28611 - 192) * 1000 / 28611 = 993; the blocks of the reserve count as free */
static void of_the_3_18_20_log(void **state)
{
	struct built b;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL");
	assert_int_equal(aw_unusable_free_index(build_zone_3_18_20(&b), 4), 993);
	built_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_free),
		cmocka_unit_test(single_pages),
		cmocka_unit_test(order_1_of_single_pages),
		cmocka_unit_test(lack_of_memory),
		cmocka_unit_test(below_zero),
		cmocka_unit_test(with_a_block),
		cmocka_unit_test(of_the_3_18_20_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
