// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what a verdict makes of the pages on the LRU lists: which reclaim can take, and which compaction can move.
 */
#include "event_builder.h"

static struct aw_verdict make(struct built *b)
{
	struct aw_verdict v;

	b->event.failure.class = AW_CLASS_HARD;
	aw_verdict_make(&b->event, &b->kernel, &v);
	return v;
}

/* A GFP_ATOMIC request for which Normal is short. */
static struct aw_zone *build_short(struct built *b)
{
	struct aw_zone *zone;

	build(b, "6.1.0", 0, "GFP_ATOMIC");
	zone = build_zone(b, "Normal", 150, 1000, 1250);
	zone->known |= AW_ZONE_KNOWS_LRU | AW_ZONE_KNOWS_PENDING;
	return zone;
}

/* A request of order 4 for which DMA is fragmented: 42500 of its pages are used. */
static struct aw_zone *build_pieces(struct built *b, const char *gfp)
{
	struct aw_zone *zone;

	build(b, "6.1.0", 4, gfp);
	zone = build_zone(b, "DMA", 17664, 461, 576);
	build_blocks(zone, 0, 17664, "UM");
	zone->managed = zone->free + 42500;
	zone->known |= AW_ZONE_KNOWS_LRU | AW_ZONE_KNOWS_HUGE;
	return zone;
}

static void cache_to_be_written_is_no_gain(void **state)
{
	static const char *const ids[] = { "can_sleep", "min_free_kbytes", "watermark_scale_factor" };
	struct built b;
	struct aw_zone *zone;
	struct aw_verdict v;

	(void)state;
	zone = build_short(&b);
	zone->lru_file = 20000;
	zone->write_pending = 4000;
	v = make(&b);
	for (size_t i = 0; i < 3; i++)
		assert_non_null(find_advice(&v, ids[i]));
	assert_contains(advice_helps(&v, "can_sleep"), "there is 62.5 MiB of page cache to reclaim");
	zone->write_pending = 19990;
	v = make(&b);
	for (size_t i = 0; i < 3; i++)
		assert_null(find_advice(&v, ids[i]));
	/* dirty pages of shared memory are counted as well */
	zone->write_pending = 30000;
	v = make(&b);
	assert_null(find_advice(&v, "can_sleep"));
	assert_non_null(find_advice(&v, "mempool"));
	built_free(&b);
}

static void shared_memory_is_no_cache(void **state)
{
	struct built b;
	struct aw_zone *zone;
	struct aw_verdict v;

	(void)state;
	zone = build_short(&b);
	zone->lru_anon = 50000;
	v = make(&b);
	assert_null(find_advice(&v, "can_sleep"));
	assert_null(find_advice(&v, "min_free_kbytes"));
	built_free(&b);
}

static void huge_pages_are_not_moved(void **state)
{
	struct built b;
	struct aw_zone *zone;
	struct aw_verdict v;

	(void)state;
	zone = build_pieces(&b, "GFP_ATOMIC|__GFP_COMP");
	zone->lru_anon = 35000;
	v = make(&b);
	assert_non_null(find_advice(&v, "compact_memory"));
	assert_null(find_evidence(&v, "huge_pages"));
	zone->node_huge = 30720;
	v = make(&b);
	assert_null(find_advice(&v, "compact_memory"));
	assert_null(find_advice(&v, "can_sleep"));
	assert_int_equal(find_evidence(&v, "huge_pages")->value, 30720);
	assert_int_equal(find_evidence(&v, "movable_pages")->value, 4280);
	assert_string_equal(advice_text(&v, "no_sysctl"), "likely no sysctl helps: 4280 of 42500 used pages can be moved, 30720 "
							  "are of huge pages, which compaction leaves where they are");
	/* half of the node's are taken to be in the other zone, which has half of what is on its lists */
	zone = build_zone(&b, "Normal", 100, 461, 576);
	zone->known |= AW_ZONE_KNOWS_LRU | AW_ZONE_KNOWS_HUGE;
	zone->lru_anon = 35000;
	zone->node_huge = 30720;
	v = make(&b);
	assert_int_equal(find_evidence(&v, "huge_pages")->value, 15360);
	zone->node = 1;
	v = make(&b);
	assert_int_equal(find_evidence(&v, "huge_pages")->value, 30720);
	built_free(&b);
}

static void locked_pages_are_moved_if_allowed(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build_pieces(&b, "GFP_ATOMIC|__GFP_COMP")->unevictable = 40000;
	v = make(&b);
	assert_non_null(find_advice(&v, "compact_memory"));
	b.kernel.vm.compact_unevictable_allowed = 1;
	v = make(&b);
	assert_non_null(find_advice(&v, "compact_memory"));
	assert_null(find_evidence(&v, "compact_unevictable_allowed"));
	b.kernel.vm.compact_unevictable_allowed = 0;
	v = make(&b);
	assert_null(find_advice(&v, "compact_memory"));
	assert_contains(find_evidence(&v, "compact_unevictable_allowed")->text, "leaves 40000 locked pages");
	built_free(&b);
}

static void pages_that_compaction_could_not_move(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build_pieces(&b, "GFP_KERNEL|__GFP_COMP")->lru_anon = 40000;
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_pages = true, .scanned = 900, .taken = 640, .moved = 600, .failed = 40 };
	v = make(&b);
	assert_non_null(find_advice(&v, "compact_memory"));
	b.event.failure.effort.failed = 640;
	b.event.failure.effort.moved = 31;
	v = make(&b);
	assert_contains(advice_helps(&v, "compact_memory"), "perhaps: of the pages that compaction took 640 stayed where they were and 31 moved");
	b.event.failure.effort.moved = 32;
	v = make(&b);
	assert_contains(advice_helps(&v, "compact_memory"), "likely: 40000 of 42500");
	built_free(&b);
}

/* Up to 5.12 the mask of a task that pins pages is still that of a movable page. */
static void who_pins_takes_no_cma(void **state)
{
	struct built b;
	struct aw_zone *zone;
	struct aw_verdict v;

	(void)state;
	build(&b, "5.10.0", 0, "GFP_HIGHUSER_MOVABLE|__GFP_NORETRY");
	b.event.failure.migratetype = AW_MT_MOVABLE;
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	zone = build_zone(&b, "DMA", 16000, 461, 576);
	zone->free_cma = 15700;
	build_blocks(zone, 0, 300, "U");
	build_blocks(zone, 2, 3925, "C");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	b.event.task.memalloc_pin = true;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_CMA_ONLY);
	assert_non_null(find_advice(&v, "smaller_cma"));
	built_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cache_to_be_written_is_no_gain), cmocka_unit_test(shared_memory_is_no_cache),
		cmocka_unit_test(huge_pages_are_not_moved), cmocka_unit_test(locked_pages_are_moved_if_allowed),
		cmocka_unit_test(pages_that_compaction_could_not_move),
		cmocka_unit_test(who_pins_takes_no_cma),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
