// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what a verdict says with a page scan, and which failures a scan tells of.
 */
#include "event_builder.h"

#include "session/joined.h"

#define SECOND UINT64_C(1000000000)

struct scanned {
	struct built built;
	struct aw_scan scan;
};

static void build_scan_zone(struct scanned *s, const char *name, uint64_t makeable, uint64_t blocked)
{
	struct aw_blockers_zone *zone = &s->scan.found.zones[s->scan.found.nr_zones++];

	snprintf(zone->span.name, sizeof(zone->span.name), "%s", name);
	zone->makeable = zone->makeable_most = makeable;
	zone->windows = (struct aw_windows){ .total = 1000, .movable = 1000 - blocked, .blocked = blocked };
	zone->windows.class[AW_PAGE_SLAB] = (struct aw_window_class){ blocked / 2, blocked / 4, 2 * blocked };
	zone->windows.class[AW_PAGE_KERNEL] = (struct aw_window_class){ blocked, blocked / 2, 3 * blocked };
	aw_blockers_sum_up(&s->scan.found);
}

/* An Unmovable request of order 4 for which zone DMA is fragmented; its scan is of 12 ms later, and has no zone yet. */
static void build_scanned(struct scanned *s)
{
	memset(&s->scan, 0, sizeof(s->scan));
	build(&s->built, "6.1.0", 4, "GFP_KERNEL|__GFP_COMP");
	build_blocks(build_zone(&s->built, "DMA", 17664, 461, 576), 0, 17664, "UME");
	s->built.event.time_ns = 1000 * SECOND;
	s->built.event.failure.class = AW_CLASS_HARD;
	s->built.event.failure.cause = AW_CAUSE_FRAGMENTATION;
	s->built.event.scan = &s->scan;
	s->scan.holders = 1;
	s->scan.time_ns = 1000 * SECOND + 12000000;
	s->scan.found.source = AW_PAGES_BPF;
	s->scan.found.request.order = 4;
}

static struct aw_verdict make(struct scanned *s)
{
	struct aw_verdict v;

	aw_verdict_make(&s->built.event, &s->built.kernel, &v);
	return v;
}

static void compaction_cannot_help(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 970);
	v = make(&s);
	assert_string_equal(v.pages_text, "compaction cannot help: 97 % of the windows hold what it cannot move, most often "
					  "kernel pages without a mark, seen 12.0 ms after the failure");
	assert_null(find_advice(&v, "compact_memory"));
	assert_string_equal(advice_text(&v, "no_sysctl"), "no sysctl helps: compaction cannot make a block: 97 % of the "
							  "windows hold what it cannot move, most often kernel pages without a mark");
	assert_int_equal(find_evidence(&v, "scan_makeable")->value, 0);
	assert_int_equal(find_evidence(&v, "scan_blocked")->value, 970);
	assert_int_equal(find_evidence(&v, "scan_after")->value, 12000000);
	built_free(&s.built);
}

static void compaction_can_make_blocks(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 120, 400);
	v = make(&s);
	assert_string_equal(v.pages_text, "compaction can make about 120 blocks of 64 KiB, 400 of 1000 windows hold what it "
					  "cannot move, most often kernel pages without a mark, seen 12.0 ms after the failure");
	assert_string_equal(advice_helps(&v, "compact_memory"), "because compaction can make about 120 blocks of 64 KiB, by a "
								"page scan 12.0 ms after the failure");
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "DMA", 10, 400);
	v = make(&s);
	assert_contains(v.pages_text, "perhaps compaction can make about 10 blocks");
	assert_contains(advice_helps(&v, "compact_memory"), "perhaps, as compaction can make about 10 blocks");
	built_free(&s.built);
}

/* The zone's counters would have said the opposite. */
static void pages_count_more_than_counters(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 970);
	s.built.zones[0].known |= AW_ZONE_KNOWS_LRU;
	s.built.zones[0].managed = s.built.zones[0].free + 42500;
	s.built.zones[0].lru_anon = 42000;
	v = make(&s);
	assert_null(find_advice(&v, "compact_memory"));
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "DMA", 7, 970);
	s.built.zones[0].lru_anon = 100;
	v = make(&s);
	assert_non_null(find_advice(&v, "compact_memory"));
	built_free(&s.built);
}

static void zones_that_it_may_not_use_do_not_count(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 970);
	build_scan_zone(&s, "Movable", 500, 0);
	v = make(&s);
	assert_contains(v.pages_text, "compaction cannot help: 97 %");
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "Movable", 500, 0);
	v = make(&s);
	assert_string_equal(v.pages_text, "");
	assert_null(find_evidence(&v, "scan_makeable"));
	built_free(&s.built);
}

static void likely_if_late_or_by_a_source_that_sees_less(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 970);
	s.scan.time_ns = 990 * SECOND;
	v = make(&s);
	assert_contains(v.pages_text, "likely compaction cannot help: ");
	assert_contains(v.pages_text, "seen 10.0 s before the failure");
	assert_contains(advice_text(&v, "no_sysctl"), "likely no sysctl helps: ");
	s.scan.time_ns = 1000 * SECOND;
	s.scan.found.source = AW_PAGES_KPAGEFLAGS;
	v = make(&s);
	assert_contains(v.pages_text, "likely compaction cannot help: ");
	s.scan.found.source = AW_PAGES_COUNTS;
	v = make(&s);
	assert_string_equal(v.pages_text, "");
	built_free(&s.built);
}

static void a_block_came_back(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "DMA", 0, 970);
	s.scan.found.zones[0].windows.free = 1;
	aw_blockers_sum_up(&s.scan.found);
	v = make(&s);
	assert_contains(v.pages_text, "1 block was free then; likely compaction cannot make more: ");
	assert_contains(advice_helps(&v, "compact_memory"), "hardly: by a page scan ");
	built_free(&s.built);
}

/* ---- which failures a scan tells of ---- */

static void of_its_order_and_mobility_within_a_minute(void **state)
{
	struct scanned s;
	struct aw_event *event = &s.built.event;

	(void)state;
	build_scanned(&s);
	event->scan = NULL;
	assert_true(aw_scan_tells_of(&s.scan, event));
	event->time_ns = 1059 * SECOND;
	assert_true(aw_scan_tells_of(&s.scan, event));
	event->time_ns = 1061 * SECOND;
	assert_false(aw_scan_tells_of(&s.scan, event));
	event->time_ns = 1000 * SECOND;
	event->failure.order = 5;
	assert_false(aw_scan_tells_of(&s.scan, event));
	event->failure.order = 4;
	event->failure.migratetype = AW_MT_MOVABLE;
	assert_false(aw_scan_tells_of(&s.scan, event));
	event->failure.migratetype = AW_MT_UNMOVABLE;
	event->failure.cause = AW_CAUSE_SHORTAGE;
	assert_false(aw_scan_tells_of(&s.scan, event));
	event->failure.cause = AW_CAUSE_FRAGMENTATION;
	event->failure.before_start = true;
	assert_false(aw_scan_tells_of(&s.scan, event));
	built_free(&s.built);
}

static void the_nearest_scan_is_joined(void **state)
{
	struct scanned s;
	struct aw_event *event = &s.built.event;
	struct aw_joined joined = { .count = 0 };
	struct aw_scan *later = aw_scan_new(), *movable = aw_scan_new();

	(void)state;
	build_scanned(&s);
	event->scan = NULL;
	assert_non_null(later);
	assert_non_null(movable);
	later->found.request.order = movable->found.request.order = 4;
	later->time_ns = 1020 * SECOND;
	movable->time_ns = 1000 * SECOND;
	movable->found.request.movable = true;
	aw_joined_add(&joined, later);
	aw_joined_add(&joined, movable);
	assert_int_equal(later->holders, 2);
	aw_joined_to(&joined, event);
	assert_ptr_equal(event->scan, later);
	event->scan = &s.scan;
	aw_joined_to(&joined, event);
	assert_ptr_equal(event->scan, &s.scan);
	aw_joined_clear(&joined);
	assert_int_equal(later->holders, 1);
	aw_scan_drop(later);
	aw_scan_drop(movable);
	built_free(&s.built);
}

/* Nothing is certain to be gained, and 1 % of the windows at most: no remedy. */
static void hardly_any_block_can_be_made(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 970);
	s.scan.found.zones[0].makeable_most = 10;
	aw_blockers_sum_up(&s.scan.found);
	v = make(&s);
	assert_contains(v.pages_text, "likely compaction cannot help: 97 %");
	assert_null(find_advice(&v, "compact_memory"));
	assert_contains(advice_text(&v, "no_sysctl"), "likely no sysctl helps: compaction cannot make a block: 97 %");
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "DMA", 0, 499);
	v = make(&s);
	assert_contains(v.pages_text, "compaction cannot help: by simulation, moving what can be moved frees no more windows than it "
				      "fills");
	s.scan.found.nr_zones = 0;
	build_scan_zone(&s, "DMA", 0, 970);
	s.scan.found.zones[0].makeable_most = 11;
	aw_blockers_sum_up(&s.scan.found);
	v = make(&s);
	assert_contains(v.pages_text, "compaction can make about 0 to 11 blocks");
	assert_non_null(find_advice(&v, "compact_memory"));
	built_free(&s.built);
}

/* compact_memory may end at once: what is said of it is likely, and not for every run. */
static void strides_make_it_likely(void **state)
{
	struct scanned s;
	struct aw_verdict v;

	(void)state;
	build_scanned(&s);
	build_scan_zone(&s, "DMA", 0, 400);
	s.scan.found.zones[0].makeable_most = 500;
	s.scan.found.zones[0].simulated.missed = true;
	aw_blockers_sum_up(&s.scan.found);
	v = make(&s);
	assert_contains(v.pages_text, "likely compaction can make about 0 to 500 blocks of 64 KiB");
	assert_string_equal(advice_helps(&v, "compact_memory"), "likely, as compaction can make about 0 to 500 blocks of 64 KiB, "
			    "by a page scan 12.0 ms after the failure, and not in every run");
	built_free(&s.built);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compaction_cannot_help),
		cmocka_unit_test(compaction_can_make_blocks),
		cmocka_unit_test(pages_count_more_than_counters),
		cmocka_unit_test(zones_that_it_may_not_use_do_not_count),
		cmocka_unit_test(likely_if_late_or_by_a_source_that_sees_less),
		cmocka_unit_test(a_block_came_back),
		cmocka_unit_test(hardly_any_block_can_be_made),
		cmocka_unit_test(strides_make_it_likely),
		cmocka_unit_test(of_its_order_and_mobility_within_a_minute),
		cmocka_unit_test(the_nearest_scan_is_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
