// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the watermark check of each era, with numbers computed by hand.
 */
#include "event_builder.h"

#include "verdict/allows.h"
#include "verdict/blocks.h"
#include "verdict/era.h"
#include "verdict/watermark.h"

/* Checks the first zone of `b` with `reserve` pages of lowmem reserve. */
static struct aw_check check(const struct built *b, int64_t reserve)
{
	struct aw_era era;
	struct aw_allows allows;
	struct aw_blocks blocks;
	struct aw_check c;
	unsigned int order = b->event.failure.order;

	aw_era_of(&b->kernel, &b->event.failure.gfp, &era);
	aw_allows_of(&b->event, &b->kernel, &era, &allows);
	aw_blocks_of(&b->zones[0], &allows, order, &blocks);
	aw_watermark_check(&b->zones[0], &era, &allows, &blocks, order, reserve, &c);
	return c;
}

/* The part of a min watermark of 1000 pages that applies to a request of order 0. */
static int64_t min_left(struct built *b)
{
	struct aw_check c;

	build_zone(b, "Normal", 1, 1000, 1250);
	c = check(b, 0);
	built_free(b);
	return c.min;
}

static void order_marks_of_3_18_20(void **state)
{
	struct built b;
	struct aw_check c;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	build_zone_3_18_20(&b);
	c = check(&b, 0);
	assert_int_equal(c.free, 28608);
	assert_int_equal(c.usable, 28608 - 15);
	assert_int_equal(c.min, 491);
	/* above order 0: 28593 - 28349 = 244 pages, and 491 >> 1 = 245 */
	assert_int_equal(c.failed, AW_CLAUSE_ORDER);
	assert_int_equal(c.order, 0);
	assert_int_equal(c.order_pages, 244);
	assert_int_equal(c.order_min, 245);
	/* with two more pages, and access to the reserve, every mark passes */
	b.zones[0].free += 2;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

/* vm.min_free_order_shift of vendors' kernels: the mark shrinks by so many bits an order. */
static void order_marks_shrink_faster_with_min_free_order_shift(void **state)
{
	struct built b;
	struct aw_check c;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	build_zone_3_18_20(&b);
	b.kernel.vm.min_free_order_shift = 4;
	c = check(&b, 0);
	assert_int_equal(c.min, 491);
	/* above order 0: 244 pages, and 491 >> 4 = 30; it is a later order that fails, if any */
	assert_true(c.failed != AW_CLAUSE_ORDER || c.order > 0);
	b.kernel.vm.min_free_order_shift = 1;
	c = check(&b, 0);
	assert_int_equal(c.failed, AW_CLAUSE_ORDER);
	assert_int_equal(c.order, 0);
	assert_int_equal(c.order_min, 245);
	b.kernel.vm.min_free_order_shift = -1;	/* not known: as mainline has it */
	assert_int_equal(check(&b, 0).order_min, 245);
	built_free(&b);
}

static void order_marks_of_the_vendor_3_18_31(void **state)
{
	static const uint64_t counts[] = { 3451, 3451, 3450, 3445 };
	struct built b;
	struct aw_zone *z;
	struct aw_check c;

	(void)state;
	build(&b, "3.18.31", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	z = build_zone(&b, "DMA", 207024 / 4, 1952 / 4, 2440 / 4);
	for (unsigned int o = 0; o < 4; o++)
		build_blocks(z, o, counts[o], "UMR");
	build_blocks(z, 4, 1, "R");
	build_blocks(z, 5, 1, "R");
	c = check(&b, 0);
	/* 51741 - 3451 - 6902 - 13800 - 27560 = 28; 488 >> 4 = 30 */
	assert_int_equal(c.failed, AW_CLAUSE_ORDER);
	assert_int_equal(c.order, 3);
	assert_int_equal(c.order_pages, 28);
	assert_int_equal(c.order_min, 30);
	built_free(&b);
}

/* From 4.4 on, one block is enough, regardless of smaller ones. */
static void block_clause_since_4_4(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "4.4.302", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 28608, 491, 613);
	build_blocks(z, 0, 28592, "UEM");
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_BLOCK);
	build_blocks(z, 4, 1, "U");
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

static void order_0_needs_no_block(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.1.0", 0, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 501, 500, 600);
	z->nr_orders = 0;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	z->free = 500;	/* must be above the mark */
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PAGES);
	built_free(&b);
}

/* free - ((1 << order) - 1) must be above min + lowmem_reserve. */
static void pages_clause_counts_order_and_reserve(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_check c;

	(void)state;
	build(&b, "6.1.0", 2, "GFP_KERNEL");
	z = build_zone(&b, "DMA32", 500 + 3 + 200, 500, 600);
	build_blocks(z, 2, 10, "U");
	c = check(&b, 200);
	assert_int_equal(c.usable, 700);
	assert_int_equal(c.lowmem_reserve, 200);
	assert_int_equal(c.failed, AW_CLAUSE_PAGES);
	z->free++;
	assert_int_equal(check(&b, 200).failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

static void cma_is_taken_off_for_unmovable(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_check c;

	(void)state;
	build(&b, "6.1.0", 3, "GFP_KERNEL");
	z = build_zone(&b, "DMA", 20000, 500, 600);
	z->free_cma = 19000;
	build_blocks(z, 0, 1000, "UM");
	build_blocks(z, 10, 18, "C");
	c = check(&b, 0);
	assert_int_equal(c.closed, 19000);
	assert_int_equal(c.usable, 20000 - 19000 - 7);
	assert_int_equal(c.failed, AW_CLAUSE_BLOCK);
	b.event.failure.migratetype = AW_MT_MOVABLE;
	build_gfp(&b, "GFP_HIGHUSER_MOVABLE");
	c = check(&b, 0);
	assert_int_equal(c.closed, 0);
	assert_int_equal(c.failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

/* Android's 5.10 opens CMA to movable requests that have __GFP_CMA. */
static void android_asks_for_cma_by_flag(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "", 3, "GFP_HIGHUSER_MOVABLE");
	b.kernel.version = AW_VERSION(5, 10, 0);
	assert_int_equal(aw_gfp_table_for_release("5.10.100-android12", true, &b.kernel.gfp), 0);
	b.kernel.android = true;
	build_gfp(&b, "GFP_HIGHUSER_MOVABLE");
	b.event.failure.migratetype = AW_MT_MOVABLE;
	z = build_zone(&b, "Normal", 20000, 500, 600);
	z->free_cma = 18000;
	build_blocks(z, 0, 2000, "UM");
	build_blocks(z, 10, 17, "C");
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_BLOCK);
	build_gfp(&b, "GFP_HIGHUSER_MOVABLE|__GFP_CMA");
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

static void highatomic_is_taken_off_from_4_4_on(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_check c;

	(void)state;
	build(&b, "5.10.0", 2, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 2000, 500, 600);
	z->reserved_highatomic = 1024;
	build_blocks(z, 0, 976, "UM");
	build_blocks(z, 10, 1, "H");
	c = check(&b, 0);
	assert_int_equal(c.closed, 1024);
	assert_int_equal(c.failed, AW_CLAUSE_BLOCK);
	build_gfp(&b, "GFP_ATOMIC");
	c = check(&b, 0);
	assert_int_equal(c.closed, 0);
	assert_int_equal(c.failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

/* c928807f6f6b (6.12): only the free part of the reserve is subtracted. */
static void free_highatomic_wins_over_reserved(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.12.5", 0, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 370734, 102604, 184851);
	z->reserved_highatomic = 268288;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PAGES);
	z->known |= AW_ZONE_KNOWS_FREE_HIGHATOMIC;
	z->free_highatomic = 0;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	built_free(&b);
}

static void discounts_of_gfp_atomic(void **state)
{
	static const char *const releases[] = {
		"3.18.20", "4.4.302", "4.19.0", "5.10.0", "6.1.0", "6.6.0", "6.18.0",
	};
	struct built b;

	(void)state;
	for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++) {
		build(&b, releases[i], 0, "GFP_ATOMIC");
		/* half, then a quarter of that: 500 - 125, in every era */
		assert_int_equal(min_left(&b), 375);
	}
}

static void discounts_of_the_rest(void **state)
{
	struct built b;

	(void)state;
	/* only __GFP_HIGH: half */
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_HIGH");
	assert_int_equal(min_left(&b), 500);
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_HIGH");
	assert_int_equal(min_left(&b), 500);
	/* GFP_NOWAIT up to 4.3 is !__GFP_WAIT: a quarter less; from 4.4 on, no reduction */
	build(&b, "3.18.20", 0, "GFP_NOWAIT");
	assert_int_equal(min_left(&b), 750);
	build(&b, "4.19.0", 0, "GFP_NOWAIT");
	assert_int_equal(min_left(&b), 1000);
	build(&b, "6.6.0", 0, "GFP_NOWAIT");
	assert_int_equal(min_left(&b), 1000);
	/* __GFP_NOMEMALLOC cancels the quarter */
	build(&b, "5.10.0", 0, "GFP_ATOMIC|__GFP_NOMEMALLOC");
	assert_int_equal(min_left(&b), 500);
	build(&b, "6.6.0", 0, "GFP_ATOMIC|__GFP_NOMEMALLOC");
	assert_int_equal(min_left(&b), 500);
	/* no reduction for GFP_KERNEL */
	build(&b, "6.6.0", 0, "GFP_KERNEL");
	assert_int_equal(min_left(&b), 1000);
}

static void realtime(struct built *b, const char *release)
{
	build(b, release, 0, "GFP_KERNEL");
	b->event.task.known = AW_TASK_KNOWS_POLICY;
	b->event.task.realtime = true;
}

static void discounts_of_realtime_tasks(void **state)
{
	struct built b;

	(void)state;
	realtime(&b, "6.1.0");
	assert_int_equal(min_left(&b), 750);
	realtime(&b, "6.1.116");	/* a stable kernel with the rules of 6.3 */
	assert_int_equal(min_left(&b), 500);
	realtime(&b, "6.3.0");
	assert_int_equal(min_left(&b), 500);
	realtime(&b, "6.1.0");
	b.event.task.context = AW_IN_SOFTIRQ;	/* the flags are those of the interrupted task */
	assert_int_equal(min_left(&b), 1000);
}

static void victim(struct built *b, const char *release)
{
	build(b, release, 0, "GFP_KERNEL");
	b->event.task.known = AW_TASK_KNOWS_VICTIM;
	b->event.task.oom_victim = true;
}

static void discounts_of_oom_victims(void **state)
{
	struct built b;

	(void)state;
	victim(&b, "4.9.0");	/* TIF_MEMDIE: no watermark at all */
	assert_int_equal(min_left(&b), 0);
	victim(&b, "4.14.0");
	assert_int_equal(min_left(&b), 500);
	victim(&b, "6.6.0");
	assert_int_equal(min_left(&b), 500);
	/* at half of the mark whatever the mask says: tests/unit/test_verdict_model.c has the try before */
	victim(&b, "6.6.0");
	build_gfp(&b, "GFP_KERNEL|__GFP_HIGH");
	assert_int_equal(min_left(&b), 500);
	victim(&b, "5.10.0");
	build_gfp(&b, "GFP_ATOMIC");
	assert_int_equal(min_left(&b), 500);
}

static void memalloc_ignores_watermarks(void **state)
{
	struct built b;

	(void)state;
	build(&b, "6.1.0", 0, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	b.event.task.memalloc = true;
	assert_int_equal(min_left(&b), 0);
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_MEMALLOC");
	assert_int_equal(min_left(&b), 0);
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_MEMALLOC|__GFP_NOMEMALLOC");
	assert_int_equal(min_left(&b), 1000);
}

static int64_t mark_with_boost(const char *release, unsigned int order, const char *names)
{
	struct built b;
	struct aw_check c;

	build(&b, release, order, names);
	build_zone(&b, "Normal", 1, 1000, 1250)->boost = 400;
	c = check(&b, 0);
	built_free(&b);
	return c.mark;
}

static void boost_raises_the_mark(void **state)
{
	(void)state;
	assert_int_equal(mark_with_boost("4.19.0", 0, "GFP_KERNEL"), 1000);
	assert_int_equal(mark_with_boost("5.4.0", 0, "GFP_KERNEL"), 1400);
	assert_int_equal(mark_with_boost("5.4.0", 0, "GFP_ATOMIC"), 1400);
	assert_int_equal(mark_with_boost("5.10.0", 0, "GFP_ATOMIC"), 1000);
	assert_int_equal(mark_with_boost("6.6.0", 0, "GFP_ATOMIC"), 1000);
	assert_int_equal(mark_with_boost("6.6.0", 1, "GFP_ATOMIC"), 1400);
}

/* Without migratetypes, the counts decide, or it is not known. */
static void blocks_of_unknown_type(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 20000, 500, 600);
	z->known &= ~AW_ZONE_KNOWS_TYPES;
	z->nr_free[0] = 10000;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_BLOCK);
	z->nr_free[9] = 4;	/* 2048 pages */
	z->free_cma = 2048;	/* all of these may be CMA */
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_NOT_KNOWN);
	z->free_cma = 2047;	/* not all of these are CMA */
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_PASSES);
	z->known &= ~AW_ZONE_KNOWS_CMA;
	z->free_cma = 0;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_NOT_KNOWN);
	built_free(&b);
}

static void facts_missing(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 20000, 0, 0);
	z->known &= ~AW_ZONE_KNOWS_WATERMARKS;
	build_blocks(z, 5, 1, "U");
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_NOT_KNOWN);
	z->known |= AW_ZONE_KNOWS_WATERMARKS;
	z->nr_orders = 0;
	assert_int_equal(check(&b, 0).failed, AW_CLAUSE_NOT_KNOWN);
	built_free(&b);
}

/* x86_64: lowmem_reserve[]: 0 1932 7890 7890 7890 of zone DMA. */
static void reserve_is_found_by_zone(void **state)
{
	struct built b;
	struct aw_zone *dma, *dma32;

	(void)state;
	build(&b, "6.1.0", 0, "GFP_KERNEL");
	dma = build_zone(&b, "DMA", 3840, 32, 40);
	dma->nr_reserves = 5;
	memcpy(dma->lowmem_reserve, (int64_t[]){ 0, 1932, 7890, 7890, 7890 }, 5 * sizeof(int64_t));
	dma32 = build_zone(&b, "DMA32", 100000, 4000, 5000);
	assert_int_equal(aw_watermark_reserve(dma, AW_ZONE_TYPE_DMA, b.zones, 2), 0);
	assert_int_equal(aw_watermark_reserve(dma, AW_ZONE_TYPE_NORMAL, b.zones, 2), 7890);
	build_zone(&b, "Normal", 100000, 4000, 5000);
	assert_int_equal(aw_watermark_reserve(dma, AW_ZONE_TYPE_DMA32, b.zones, 3), 1932);
	assert_int_equal(aw_watermark_reserve(dma, AW_ZONE_TYPE_MOVABLE, b.zones, 3), 7890);
	/* a known index takes precedence */
	dma32->index = 2;
	assert_int_equal(aw_watermark_reserve(dma, AW_ZONE_TYPE_DMA32, b.zones, 3), 7890);
	assert_int_equal(aw_watermark_reserve(dma32, AW_ZONE_TYPE_NORMAL, b.zones, 3), 0);
	built_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_marks_of_3_18_20),
		cmocka_unit_test(order_marks_shrink_faster_with_min_free_order_shift),
		cmocka_unit_test(order_marks_of_the_vendor_3_18_31),
		cmocka_unit_test(block_clause_since_4_4),
		cmocka_unit_test(order_0_needs_no_block),
		cmocka_unit_test(pages_clause_counts_order_and_reserve),
		cmocka_unit_test(cma_is_taken_off_for_unmovable),
		cmocka_unit_test(android_asks_for_cma_by_flag),
		cmocka_unit_test(highatomic_is_taken_off_from_4_4_on),
		cmocka_unit_test(free_highatomic_wins_over_reserved),
		cmocka_unit_test(discounts_of_gfp_atomic),
		cmocka_unit_test(discounts_of_the_rest),
		cmocka_unit_test(discounts_of_realtime_tasks),
		cmocka_unit_test(discounts_of_oom_victims),
		cmocka_unit_test(memalloc_ignores_watermarks),
		cmocka_unit_test(boost_raises_the_mark),
		cmocka_unit_test(blocks_of_unknown_type),
		cmocka_unit_test(facts_missing),
		cmocka_unit_test(reserve_is_found_by_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
