// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what follows from a kernel's release, and from its page size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "mm/kernel.h"

static void knows_3_18(void **state)
{
	struct aw_kernel kernel;

	(void)state;
	memset(&kernel, 0x5a, sizeof(kernel));
	assert_int_equal(aw_kernel_for_release("3.18.20", 4096, &kernel), 0);
	assert_string_equal(kernel.release, "3.18.20");
	assert_int_equal(kernel.version, AW_VERSION(3, 18, 20));
	assert_false(kernel.android);
	assert_int_equal(kernel.page_size, 4096);
	assert_int_equal(kernel.max_order, 10);
	assert_string_equal(kernel.arch, "");
	assert_string_equal(kernel.host, "");
	assert_string_equal(kernel.boot_id, "");
	assert_int_equal(kernel.wall_offset_ns, 0);
	assert_int_equal(kernel.pageblock_order, 0);
	/* mode:0xc0d0 of failure-arm64-3.18.20.log */
	assert_string_equal(aw_gfp_decode(kernel.gfp, 0xc0d0).names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(aw_migratetype_decode(&kernel.migratetypes, 1), AW_MT_RECLAIMABLE);
	aw_kernel_clear(&kernel);
	assert_null(kernel.gfp);
	aw_kernel_clear(&kernel);
}

static void numbers_follow_the_release(void **state)
{
	struct aw_kernel kernel;

	(void)state;
	assert_int_equal(aw_kernel_for_release("6.1.0-51-arm64", 65536, &kernel), 0);
	assert_int_equal(kernel.version, AW_VERSION(6, 1, 0));
	assert_int_equal(aw_migratetype_decode(&kernel.migratetypes, 1), AW_MT_MOVABLE);
	assert_string_equal(aw_gfp_decode(kernel.gfp, 0x40dc0).names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	aw_kernel_clear(&kernel);
	assert_int_equal(aw_kernel_for_release("5.10.205-android12-9-00001-gabc", 4096, &kernel), 0);
	assert_true(kernel.android);
	assert_int_equal(aw_migratetype_decode(&kernel.migratetypes, 3), AW_MT_CMA);
	aw_kernel_clear(&kernel);
}

static void orders_follow_the_page_size(void **state)
{
	static const struct { uint32_t page_size; unsigned int max_order; uint64_t bytes; } cases[] = {
		{ 4096, 10, 65536 }, { 16384, 11, 262144 }, { 65536, 13, 1048576 }, { 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_kernel kernel;

		assert_int_equal(aw_kernel_for_release("6.1", cases[i].page_size, &kernel), 0);
		assert_int_equal(kernel.max_order, cases[i].max_order);
		assert_int_equal(aw_order_bytes(&kernel, 4), cases[i].bytes);
		assert_int_equal(aw_order_bytes(&kernel, 31), (uint64_t)cases[i].page_size << 31);
		assert_int_equal(aw_order_bytes(&kernel, 32), 0);
		assert_int_equal(aw_order_bytes(&kernel, UINT32_MAX), 0);
		aw_kernel_clear(&kernel);
	}
}

static void no_release(void **state)
{
	struct aw_kernel kernel, before;

	(void)state;
	memset(&kernel, 0x5a, sizeof(kernel));
	before = kernel;
	assert_int_equal(aw_kernel_for_release("garbage", 4096, &kernel), -ENOENT);
	assert_int_equal(aw_kernel_for_release("", 4096, &kernel), -ENOENT);
	assert_memory_equal(&kernel, &before, sizeof(kernel));
}

static void cuts_long_releases(void **state)
{
	struct aw_kernel kernel;
	char release[200] = "6.1.0-";

	(void)state;
	memset(release + 6, 'x', sizeof(release) - 7);
	release[sizeof(release) - 1] = '\0';
	assert_int_equal(aw_kernel_for_release(release, 4096, &kernel), 0);
	assert_int_equal(strlen(kernel.release), sizeof(kernel.release) - 1);
	assert_memory_equal(kernel.release, release, sizeof(kernel.release) - 1);
	aw_kernel_clear(&kernel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_3_18),
		cmocka_unit_test(numbers_follow_the_release),
		cmocka_unit_test(orders_follow_the_page_size),
		cmocka_unit_test(no_release),
		cmocka_unit_test(cuts_long_releases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
