// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what the page scan takes from the counts of zones: how much of a zone is CMA.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/kpageflags.h"
#include "pages/scan.h"

static const struct aw_zone_span dma = { .name = "DMA" }, normal = { .name = "Normal" };

static uint64_t cma_of(const struct aw_zone_span *span, uint64_t all, struct aw_zone first, struct aw_zone second)
{
	static struct aw_page_scan scan;

	scan = (struct aw_page_scan){ .cma_pages = all, .nr_zones = 2, .zones = { first, second } };
	return aw_page_scan_cma(&scan, span);
}

static void each_zone_has_its_number(void **state)
{
	const struct aw_zone a = { .name = "DMA", .cma = 16384, .free_cma = 5 }, b = { .name = "Normal", .cma = 512 };

	(void)state;
	assert_int_equal(cma_of(&dma, 16896, a, b), 16384);
	assert_int_equal(cma_of(&normal, 16896, a, b), 512);
	assert_int_equal(cma_of(&normal, 16384, a, (struct aw_zone){ .name = "Normal" }), 0);
}

/* Up to 5.11 only CmaTotal tells. */
static void of_one_zone_where_only_the_total_is_known(void **state)
{
	const struct aw_zone with = { .name = "DMA", .free_cma = 5 }, without = { .name = "Normal" };

	(void)state;
	assert_int_equal(cma_of(&dma, 16384, with, without), 16384);
	/* What the other zone has may be full. */
	assert_true(cma_of(&normal, 16384, with, without) == AW_CMA_NOT_KNOWN);
	/* All of it is in use, or two zones have some: it may be either. */
	assert_true(cma_of(&dma, 16384, (struct aw_zone){ .name = "DMA" }, without) == AW_CMA_NOT_KNOWN);
	assert_true(cma_of(&dma, 16384, with, (struct aw_zone){ .name = "Normal", .free_cma = 1 }) == AW_CMA_NOT_KNOWN);
}

/* The kernel log has the place of each: then a full area is no secret. */
static void of_each_zone_by_the_kernel_log(void **state)
{
	const struct aw_zone_span low = { .name = "DMA", .start = 0x40000, .spanned = 0x40000 };
	const struct aw_zone_span high = { .name = "Normal", .start = 0x100000, .spanned = 0x40000 };
	struct aw_page_scan scan = { .cma_pages = 20480, .nr_zones = 2, .zones = { { .name = "DMA", .free_cma = 5 }, { .name = "Normal" } },
		.cma_ranges = { .count = 2, .list = { { 0x7c000, 16384 }, { 0x110000, 4096 } } } };

	(void)state;
	assert_int_equal(aw_page_scan_cma(&scan, &low), 16384);
	assert_int_equal(aw_page_scan_cma(&scan, &high), 4096);
	scan.cma_ranges.count = 1;
	assert_int_equal(aw_page_scan_cma(&scan, &high), 0);
}

static void none_where_there_is_none(void **state)
{
	(void)state;
	assert_int_equal(cma_of(&dma, 0, (struct aw_zone){ .name = "DMA" }, (struct aw_zone){ .name = "Normal" }), 0);
}

static void what_kpageflags_shows(void **state)
{
	(void)state;
	assert_true(aw_kpageflags_shows(AW_PAGE_SLAB, AW_VERSION(3, 18, 0)));
	assert_true(aw_kpageflags_shows(AW_PAGE_KERNEL, AW_VERSION(3, 18, 0)));
	assert_false(aw_kpageflags_shows(AW_PAGE_TABLE, AW_VERSION(4, 17, 0)));
	assert_true(aw_kpageflags_shows(AW_PAGE_TABLE, AW_VERSION(4, 18, 0)));
	assert_false(aw_kpageflags_shows(AW_PAGE_OFFLINE, AW_VERSION(5, 0, 0)));
	assert_true(aw_kpageflags_shows(AW_PAGE_OFFLINE, AW_VERSION(5, 1, 0)));
	assert_false(aw_kpageflags_shows(AW_PAGE_PINNED, AW_VERSION(7, 2, 0)));
	assert_false(aw_kpageflags_shows(AW_PAGE_PCP, AW_VERSION(7, 2, 0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_zone_has_its_number),
		cmocka_unit_test(of_one_zone_where_only_the_total_is_known),
		cmocka_unit_test(of_each_zone_by_the_kernel_log),
		cmocka_unit_test(none_where_there_is_none),
		cmocka_unit_test(what_kpageflags_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
