// SPDX-License-Identifier: GPL-2.0
/* One test and more for every cause. */
#include "event_builder.h"

static struct aw_verdict make(struct built *b)
{
	struct aw_verdict v;

	aw_verdict_make(&b->event, &b->kernel, &v);
	built_free(b);
	return v;
}

/* Memory enough, all of it in single pages. */
static struct aw_zone *shattered(struct built *b, const char *name)
{
	struct aw_zone *z = build_zone(b, name, 17664, 461, 576);

	build_blocks(z, 0, 17664, "UME");
	return z;
}

static void fragmentation(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0-51-arm64", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	shattered(&b, "DMA");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_string_equal(v.headline, "memory is fragmented, not short");
	assert_string_equal(v.cause_text, "zone DMA, 17664 x 4K free and open to this request, "
			    "min watermark 1.8 MiB, nothing of order >= 4");
	/* 1000 - (1000 + 17664000 / 16) / 17664 = 938 */
	assert_int_equal(find_evidence(&v, "fragmentation_index")->value, 938);
	assert_int_equal(find_evidence(&v, "unusable_index")->value, 1000);
	assert_int_equal(find_evidence(&v, "free_pages")->value, 17664);
}

static void fragmentation_of_the_3_18_20_log(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(b.event.failure.gfp.raw, 0xc0d0);
	build_zone_3_18_20(&b);
	b.event.failure.zones_when = AW_ZONES_FROM_LOG;
	b.event.failure.saw = AW_SAW_LOG;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_string_equal(v.cause_text,
			    "zone DMA, 28349 x 4K, 7 x 8K, 8 x 16K, 3 x 32K free, min watermark "
			    "1.9 MiB, nothing of order >= 4 but 1 x 256K, 1 x 512K of the reserve; "
			    "above order 0 are 244 pages, 3.18 wants more than 245 there");
	assert_int_equal(find_evidence(&v, "largest_open_order")->value, 3);
	assert_int_equal(find_evidence(&v, "order_mark")->value, 244);
}

/* The request of design.md: half the free memory is CMA, and it is still fragmentation. */
static void fragmentation_beside_cma(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	z = shattered(&b, "DMA");
	z->free += 16282;
	z->free_cma = 16282;
	build_blocks(z, 10, 15, "C");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_contains(v.cause_text, "; 63.6 MiB more is CMA, closed to an Unmovable request");
	assert_int_equal(find_evidence(&v, "free_cma")->value, 16282);
}

static void fragmentation_of_little(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 580, 461, 576);	/* 576 + 32 would leave room */
	build_blocks(z, 0, 580, "U");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_string_equal(v.headline, "what little is free is fragmented");
}

static void shortage(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	z = build_zone(&b, "Normal", 400, 461, 576);
	build_blocks(z, 0, 400, "U");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_string_equal(v.headline, "memory is short");
	assert_string_equal(v.cause_text, "zone Normal, 1.6 MiB free and open to this request, "
			    "which must leave more than 1.8 MiB (min watermark)");
}

static void shortage_of_an_atomic_request(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_ATOMIC");
	b.event.task.context = AW_IN_SOFTIRQ;
	build_zone(&b, "Normal", 150, 1000, 1250);
	z = build_zone(&b, "DMA32", 900, 500, 600);
	z->nr_reserves = 4;
	z->lowmem_reserve[2] = z->lowmem_reserve[3] = 4000;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_string_equal(v.headline, "memory is short, and the request may not wait");
	assert_string_equal(v.cause_text,
			    "zone Normal, 600 KiB free and open to this request, which must leave "
			    "more than 1.5 MiB (min watermark 3.9 MiB, 1.5 MiB of it for this "
			    "request); below the low watermark (4.9 MiB), so kswapd had not caught "
			    "up; zone DMA32 has 3.5 MiB free and must keep 16.4 MiB");
	assert_int_equal(find_evidence(&v, "must_leave")->value, 375);
}

/* What is open is below the mark, with CMA it would not be. */
static void cma_only_by_pages(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	z = build_zone(&b, "Normal", 90000, 5000, 6000);
	z->free_cma = 88000;
	build_blocks(z, 0, 2000, "U");
	build_blocks(z, 10, 85, "C");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_CMA_ONLY);
	assert_contains(v.cause_text, "344 MiB more is CMA, closed to an Unmovable request");
	assert_null(find_advice(&v, "kvmalloc"));	/* single pages are short, too */
	assert_non_null(find_advice(&v, "smaller_cma"));
}

/* What is open is over the mark, but next to nothing beside CMA's blocks. */
static void cma_only_by_blocks(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 52000, 2000, 2500);
	z->free_cma = 48000;
	build_blocks(z, 0, 4000, "UM");
	build_blocks(z, 10, 46, "C");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_CMA_ONLY);
	assert_non_null(find_advice(&v, "kvmalloc"));
}

static void reserve_only_highatomic(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "5.10.0", 3, "GFP_KERNEL|__GFP_NORETRY");
	z = build_zone(&b, "Normal", 1534, 500, 590);
	z->reserved_highatomic = 1024;
	build_blocks(z, 0, 510, "U");
	build_blocks(z, 10, 1, "H");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_RESERVE_ONLY);
	assert_contains(v.cause_text, "4 MiB more is kept for high-order atomic requests");
	assert_string_equal(advice_text(&v, "no_sysctl"),
			    "no sysctl helps: none opens the reserve to such a request");
}

/* Up to 4.3 the per-order marks keep the reserve's blocks back. */
static void reserve_only_up_to_4_3(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18.20", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 700, 560, 650);
	build_blocks(z, 0, 508, "UE");
	build_blocks(z, 6, 3, "R");
	v = make(&b);
	/* above order 0: 685 - 508 = 177 pages, not more than 280 */
	assert_int_equal(v.cause, AW_CAUSE_RESERVE_ONLY);
	assert_contains(v.cause_text, "nothing of order >= 4 but 3 x 256K of the reserve");
	assert_contains(v.cause_text, "above order 0 are 177 pages, 3.18 wants more than 280");
}

static void zone_restricted_by_mask(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_DMA32");
	build_zone(&b, "DMA32", 400, 500, 600);
	z = build_zone(&b, "Normal", 900000, 5000, 6000);
	build_blocks(z, 10, 800, "M");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_contains(v.cause_text, "zone Normal has 3.4 GiB free, but the mask does not reach it");
	assert_contains(advice_text(&v, "wider_zone"), "leave out __GFP_DMA32");
	assert_int_equal(find_evidence(&v, "free_elsewhere")->value, 900000);
}

static void zone_restricted_by_cpuset(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	b.event.task.known = AW_TASK_KNOWS_MEMS;
	b.event.task.mems_allowed = 1;
	build_zone(&b, "Normal", 400, 500, 600);
	z = build_zone(&b, "Normal", 900000, 5000, 6000);
	z->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_contains(v.cause_text, "node 0 zone Normal, 1.6 MiB free");
	assert_contains(v.cause_text, "node 1 zone Normal has 3.4 GiB free, but the cpuset leaves "
				      "its node out");
	assert_contains(advice_text(&v, "cpuset_mems"), "node 1");
}

/* GFP_ATOMIC ignores the cpuset: the other node is open to it, and passes. */
static void atomic_ignores_cpuset(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_ATOMIC");
	b.event.task.known = AW_TASK_KNOWS_MEMS;
	b.event.task.mems_allowed = 1;
	build_zone(&b, "Normal", 10, 500, 600);
	z = build_zone(&b, "Normal", 900000, 5000, 6000);
	z->node = 1;
	assert_int_equal(make(&b).cause, AW_CAUSE_TRANSIENT);
}

static void zone_restricted_without_any_zone(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_DMA");
	build_zone(&b, "DMA", 0, 0, 0)->managed = 0;
	build_zone(&b, "Normal", 900000, 5000, 6000);
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_int_equal(v.rule, AW_RULE_NO_ELIGIBLE_ZONE);
	assert_string_equal(v.headline, "no zone with memory is open to it");
}

static void passing(struct built *b, const char *names)
{
	build(b, "6.6.0", 2, names);
	build_blocks(build_zone(b, "Normal", 900000, 5000, 6000), 10, 800, "M");
}

static void silent(struct built *b)
{
	b->event.failure.log = AW_LOG_NONE;
	b->event.failure.saw = AW_SAW_TRACEPOINT;
}

static void memcg_limit(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	passing(&b, "GFP_KERNEL|__GFP_ACCOUNT");
	silent(&b);
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_MEMCG_LIMIT);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_int_equal(v.rule, AW_RULE_MEMCG);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
	assert_contains(v.cause_text, "the charge to its memory cgroup was refused");
}

static void memcg_limit_without_zones(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 2, "GFP_KERNEL|__GFP_ACCOUNT");
	silent(&b);
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_MEMCG_LIMIT);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_int_equal(v.rule, AW_RULE_MEMCG);
	assert_true(misses(&v, "zones"));
}

/* Nobody watched warn_alloc(): it may have been the charge. */
static void memcg_limit_unwatched(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	passing(&b, "GFP_KERNEL|__GFP_ACCOUNT");
	b.event.failure.log = AW_LOG_UNKNOWN;
	b.event.failure.saw = AW_SAW_TRACEPOINT;
	b.event.failure.warn_watched = false;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_MEMCG_LIMIT);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	assert_true(misses(&v, "warn_alloc"));
}

static void order_too_large(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 11, "GFP_KERNEL");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ORDER_TOO_LARGE);
	assert_int_equal(v.rule, AW_RULE_ORDER_LIMIT);
	assert_string_equal(v.cause_text, "order 11 (8 MiB) > 10 (4 MiB), the largest that this "
					  "kernel keeps");
	assert_int_equal(find_evidence(&v, "max_order")->value, 10);
	/* not known how large is too large: no such claim */
	build(&b, "6.6.0", 11, "GFP_KERNEL");
	b.kernel.max_order = 0;
	assert_int_equal(make(&b).likely_cause, AW_CAUSE_FRAGMENTATION);
}

static void transient(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	passing(&b, "GFP_KERNEL|__GFP_NORETRY");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_TRANSIENT);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_contains(v.cause_text, "the check passes on this picture");
	passing(&b, "GFP_KERNEL|__GFP_NORETRY");
	b.event.failure.zones_when = AW_ZONES_READ_LATER;
	b.event.failure.zones_late_ns = 12000000;
	v = make(&b);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_string_equal(v.headline, "memory was there when looked at (likely)");
	assert_contains(v.cause_text, "(zones read 12.0 ms later)");
	assert_int_equal(find_evidence(&v, "zones_late")->value, 12000000);
}

static void unknown_without_zones(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_int_equal(v.likely_cause, AW_CAUSE_FRAGMENTATION);
	assert_true(misses(&v, "zones"));
	assert_string_equal(v.headline, "cause not known, likely fragmentation");

	build(&b, "6.6.0", 0, "GFP_ATOMIC");
	assert_int_equal(make(&b).likely_cause, AW_CAUSE_SHORTAGE);

	build(&b, "6.6.0", 2, "GFP_ATOMIC");
	v = make(&b);
	assert_int_equal(v.likely_cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
}

/* Compaction that ran and found nothing speaks for fragmentation. */
static void unknown_but_for_the_effort(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 2, "GFP_KERNEL|__GFP_NORETRY");
	b.event.failure.effort = (struct aw_effort){
		.known = true, .knows_compaction = true, .compact_calls = 1, .nr_attempts = 1,
		.attempts = { { .prio = AW_PRIO_ASYNC, .result = AW_COMPACT_COMPLETE } },
	};
	v = make(&b);
	assert_int_equal(v.likely_cause, AW_CAUSE_FRAGMENTATION);
	assert_false(misses(&v, "effort"));
}

static void unknown_with_half_a_zone(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 90000, 5000, 6000);
	z->nr_orders = 0;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_FRAGMENTATION);
	assert_true(misses(&v, "free lists"));

	build(&b, "6.6.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 90000, 5000, 6000);
	z->known &= ~AW_ZONE_KNOWS_TYPES;
	z->free_cma = 88000;
	z->nr_free[0] = 2000;
	z->nr_free[10] = 85;
	v = make(&b);
	/* 2000 open pages are below the mark whatever the types are */
	assert_int_equal(v.cause, AW_CAUSE_CMA_ONLY);

	build(&b, "6.6.0", 4, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 90000, 5000, 6000);
	z->known &= ~AW_ZONE_KNOWS_TYPES;
	z->free_cma = 50000;
	z->nr_free[0] = 41872;
	z->nr_free[10] = 47;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_true(misses(&v, "migratetypes of the free blocks"));
}

/* The zone nearest to success tells the story. */
static void several_zones(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	build_zone(&b, "DMA", 100, 200, 250);
	shattered(&b, "Normal");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_contains(v.cause_text, "zone Normal, 17664 x 4K");
	assert_contains(v.cause_text, "; zone DMA has 400 KiB free and must keep 800 KiB");
}

/* A kernel of which only flags are known follows the era of the flags. */
static void unknown_release(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "", 4, "GFP_KERNEL");
	shattered(&b, "Normal");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_int_equal(v.rule, AW_RULE_COSTLY_ORDER);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	assert_contains(v.rule_text, "this kernel gives up after one round");
}

/* 16 zones of 16 nodes and hostile numbers must not overrun anything. */
static void many_zones(void **state)
{
	static struct aw_zone zones[20];
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	for (int i = 0; i < 20; i++) {
		memset(&zones[i], 0xff, sizeof(zones[i]));
		zones[i].type = AW_ZONE_TYPE_NORMAL;
		memset(zones[i].name, 'x', AW_COMM_LEN);
		zones[i].name[AW_COMM_LEN] = '\0';
		zones[i].node = i;
		zones[i].free = 1ull << 40;
		zones[i].min = zones[i].low = 1ull << 41;
		zones[i].free_cma = zones[i].free_highatomic = 0;
		zones[i].boost = 0;
		memset(zones[i].lowmem_reserve, 0, sizeof(zones[i].lowmem_reserve));
		memset(zones[i].nr_free, 0, sizeof(zones[i].nr_free));
	}
	b.event.failure.zones = zones;
	b.event.failure.nr_zones = 20;
	b.event.failure.zones_when = AW_ZONES_AT_FAILURE;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_in_range(v.nr_evidence, 1, AW_MAX_EVIDENCE);
}

/* Whatever a damaged recording says, no shift or sum may overflow. */
static void absurd_numbers(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18.20", 4000000000u, "GFP_KERNEL");
	b.kernel.max_order = 0;
	memset(build_zone(&b, "Normal", 0, 0, 0), 0x7f, sizeof(struct aw_zone));
	memset(build_zone(&b, "Normal", 0, 0, 0), 0xff, sizeof(struct aw_zone));
	b.zones[0].type = b.zones[1].type = AW_ZONE_TYPE_NORMAL;
	b.zones[0].node = b.zones[1].node = 0;
	v = make(&b);
	assert_int_not_equal(v.nr_evidence, 0);
	build(&b, "6.6.0", 64, "GFP_KERNEL");
	b.kernel.max_order = 63;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ORDER_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fragmentation),
		cmocka_unit_test(fragmentation_of_the_3_18_20_log),
		cmocka_unit_test(fragmentation_beside_cma),
		cmocka_unit_test(fragmentation_of_little),
		cmocka_unit_test(shortage),
		cmocka_unit_test(shortage_of_an_atomic_request),
		cmocka_unit_test(cma_only_by_pages),
		cmocka_unit_test(cma_only_by_blocks),
		cmocka_unit_test(reserve_only_highatomic),
		cmocka_unit_test(reserve_only_up_to_4_3),
		cmocka_unit_test(zone_restricted_by_mask),
		cmocka_unit_test(zone_restricted_by_cpuset),
		cmocka_unit_test(atomic_ignores_cpuset),
		cmocka_unit_test(zone_restricted_without_any_zone),
		cmocka_unit_test(memcg_limit),
		cmocka_unit_test(memcg_limit_without_zones),
		cmocka_unit_test(memcg_limit_unwatched),
		cmocka_unit_test(order_too_large),
		cmocka_unit_test(transient),
		cmocka_unit_test(unknown_without_zones),
		cmocka_unit_test(unknown_but_for_the_effort),
		cmocka_unit_test(unknown_with_half_a_zone),
		cmocka_unit_test(several_zones),
		cmocka_unit_test(unknown_release),
		cmocka_unit_test(many_zones),
		cmocka_unit_test(absurd_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
