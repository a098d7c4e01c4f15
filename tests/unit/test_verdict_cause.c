// SPDX-License-Identifier: GPL-2.0
/*
 * Tests every cause.
 */
#include "event_builder.h"

static struct aw_verdict make(struct built *b)
{
	struct aw_verdict v;

	aw_verdict_make(&b->event, &b->kernel, &v);
	built_free(b);
	return v;
}

/* Enough memory, but all of it in single pages. */
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

/*
 * A row of blocks that several migratetypes share is open if one of them is: the
 * watermark refused it, and what is Reserve alone stands apart.
 */
static void open_rows_that_3_18_refuses(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "3.18.31", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	z = build_zone(&b, "DMA", 12100, 488, 610);
	b.event.failure.zones_when = AW_ZONES_FROM_LOG;
	b.event.failure.saw = AW_SAW_LOG;
	build_blocks(z, 0, 12000, "UM");
	build_blocks(z, 4, 3, "UMR");
	build_blocks(z, 5, 1, "R");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_string_equal(v.cause_text,
			    "zone DMA, 12000 x 4K, 3 x 64K free, min watermark 1.9 MiB, not counting 1 x 128K of the "
			    "reserve; above order 0 are 85 pages, 3.18 wants more than 244 there");
	assert_int_equal(find_evidence(&v, "largest_open_order")->value, 4);
	built_free(&b);

	build(&b, "3.18.31", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	z = build_zone(&b, "DMA", 3000, 488, 610);
	z->known |= AW_ZONE_KNOWS_CMA;
	z->free_cma = 2300;
	b.event.failure.zones_when = AW_ZONES_FROM_LOG;
	b.event.failure.saw = AW_SAW_LOG;
	build_blocks(z, 0, 1000, "UM");
	build_blocks(z, 7, 2, "MC");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_null(strstr(v.cause_text, "nothing"));
	assert_non_null(strstr(v.cause_text, "2 x 512K free, part of it closed to this request"));
	assert_non_null(strstr(v.cause_text, "above order 0 the check counts no page (-315), 3.18 wants more than 244 there"));
	built_free(&b);
}

/* Half of the free memory is CMA, but the cause is still fragmentation. */
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
			    "which must leave more than 1.8 MiB (min watermark): short by 62 pages (248 KiB)");
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
			    "request): short by 226 pages (904 KiB); below the low watermark (4.9 MiB), so kswapd had not caught "
			    "up; zone DMA32 has 3.5 MiB free and must keep 16.4 MiB");
	assert_int_equal(find_evidence(&v, "must_leave")->value, 375);
}

/* Open memory is below the mark; with CMA it would not be. */
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

/* Open memory is above the mark, but negligible compared to CMA. */
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

/* Up to 4.3, the marks per order protect the blocks of the reserve. */
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
	build(&b, "6.6.0", 0, "GFP_USER|__GFP_NORETRY");
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

/* Node 0 has only zone Movable, and the cpuset leaves node 1 out. */
static void only_movable_in_the_cpuset(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_HARDWALL|__GFP_NORETRY");
	b.event.task.known = AW_TASK_KNOWS_MEMS;
	b.event.task.mems_allowed = 1;
	build_zone(&b, "Movable", 900000, 200, 250)->node = 0;
	build_zone(&b, "Normal", 100, 200, 250)->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_contains(advice_helps(&v, "cpuset_mems"), "because node 0 has only that");
	/* the nodes of zone Movable have more, which the cpuset leaves out as well */
	b.event.task.mems_allowed = 4;
	build_zone(&b, "Normal", 100, 200, 250)->node = 0;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_null(find_advice(&v, "cpuset_mems"));
}

/* Without __GFP_HARDWALL, the other node is also open and has pages, so the cpuset is not the reason. */
static void no_hard_wall_no_cpuset(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	b.event.task.known = AW_TASK_KNOWS_MEMS;
	b.event.task.mems_allowed = 1;
	build_zone(&b, "Normal", 400, 500, 600);
	build_zone(&b, "Normal", 900000, 5000, 6000)->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
	assert_null(find_advice(&v, "try_again"));
	assert_null(find_advice(&v, "cpuset_mems"));
}

/* A mempolicy also restricts a request without __GFP_HARDWALL: argument 2 of warn_alloc(). */
static void zone_restricted_by_mempolicy(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	b.event.failure.knows_nodemask = true;
	b.event.failure.nodemask = 2;
	build_zone(&b, "Normal", 900000, 5000, 6000);
	build_zone(&b, "Normal", 400, 500, 600)->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_contains(v.cause_text, "node 1 zone Normal, 1.6 MiB free");
	assert_contains(v.cause_text, "node 0 zone Normal has 3.4 GiB free, but the request is bound to other nodes");
	assert_contains(advice_text(&v, "mempolicy"), "node 0");
	/* without a nodemask, the request is not restricted */
	b.event.failure.nodemask = 0;
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
}

/* GFP_ATOMIC ignores the cpuset: the other node is open to it, and passes the check. */
static void atomic_ignores_cpuset(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_ATOMIC");
	b.event.task.known = AW_TASK_KNOWS_MEMS;
	b.event.task.mems_allowed = 1;
	build_zone(&b, "Normal", 10, 500, 600);
	z = build_zone(&b, "Normal", 900000, 5000, 6000);
	z->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_UNKNOWN);
	assert_contains(v.cause_text, "node 1 zone Normal");
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

/* warn_alloc() was not watched: a refused charge is possible. */
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
	/* compaction was tried: no page was there, and the picture came too late */
	b.event.failure.order = 4;
	b.event.failure.zones_when = AW_ZONES_READ_LATER;
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_compaction = true, .compact_calls = 2 };
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_FRAGMENTATION);
	assert_true(misses(&v, "zones at the failure"));
	assert_false(misses(&v, "warn_alloc"));
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
	/* the largest order is not known, so "too large" is not claimed */
	build(&b, "6.6.0", 11, "GFP_KERNEL");
	b.kernel.max_order = 0;
	assert_int_equal(make(&b).likely_cause, AW_CAUSE_FRAGMENTATION);
}

/* The check passes, and nothing shows that memory was freed: no cause, and no advice to try again. */
static void passing_without_a_witness(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	passing(&b, "GFP_KERNEL|__GFP_NORETRY");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
	assert_true(misses(&v, "what refused it"));
	assert_contains(v.cause_text, "the check passes on this snapshot");
	assert_contains(v.cause_text, "a rule of this kernel that is not known here");
	assert_null(find_advice(&v, "try_again"));
}

/* Zones that were read later and pass tell nothing about the failure: the effort decides, if it can. */
static void passing_later(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	passing(&b, "GFP_KERNEL|__GFP_NORETRY");
	b.event.failure.zones_when = AW_ZONES_READ_LATER;
	b.event.failure.zones_late_ns = 12000000;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_true(misses(&v, "zones at the failure"));
	assert_contains(v.cause_text, "(zones read 12.0 ms later)");
	assert_int_equal(find_evidence(&v, "zones_late")->value, 12000000);
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_compaction = true, .nr_attempts = 1,
						     .compact_calls = 1 };
	b.event.failure.effort.attempts[0].result = AW_COMPACT_COMPLETE;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_FRAGMENTATION);
}

/* A request of order 0 takes a page from a list: if all lists are empty, the check alone proves nothing. */
static void nothing_on_the_lists(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	z = build_zone(&b, "Normal", 900, 500, 600);
	build_blocks(z, 0, 0, "");
	assert_int_equal(make(&b).cause, AW_CAUSE_SHORTAGE);
	build_blocks(z, 2, 225, "C");
	assert_int_equal(make(&b).cause, AW_CAUSE_CMA_ONLY);
}

/* The last attempt before the OOM killer uses the high watermark. */
static void short_at_the_high_mark(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.6.0", 0, "GFP_HIGHUSER_MOVABLE");
	build_zone(&b, "Normal", 620, 500, 600);
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
	b.event.failure.to_oom_killer = true;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_contains(v.cause_text, "high watermark");
	assert_null(find_advice(&v, "try_again"));
}

/* Without the boost, the check would pass. */
static void boost_is_the_cause(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.7.0", 5, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	z = build_zone(&b, "Normal", 149776 / 4, (147740 - 90112) / 4, (162144 - 90112) / 4);
	z->boost = 90112 / 4;
	z->reserved_highatomic = 2048 / 4;
	build_blocks(z, 0, 7073, "UMEH");
	build_blocks(z, 5, 197, "UMH");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_string_equal(v.headline, "the watermark boost keeps the free memory back");
	assert_contains(v.cause_text, "88 MiB of it the watermark boost");
	assert_non_null(find_advice(&v, "watermark_boost_factor"));
}

/* Closed memory is the cause only if it is most of the free memory. */
static void most_of_what_is_free_decides(void **state)
{
	struct built b;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.7.0", 0, "GFP_KERNEL");
	z = build_zone(&b, "Normal", 1000, 900, 1000);
	z->free_cma = 400;
	assert_int_equal(make(&b).cause, AW_CAUSE_SHORTAGE);
	z->free_cma = 500;
	assert_int_equal(make(&b).cause, AW_CAUSE_CMA_ONLY);
}

/* A reserve that 4.4 does not print may be the reason why the check failed. */
static void hidden_reserve(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "4.4.169", 0, "GFP_KERNEL|__GFP_NORETRY");
	z = build_zone(&b, "DMA", 9368 / 4, 4920 / 4, 50988 / 4);
	z->hidden_highatomic_min = 512;
	z->hidden_highatomic_max = 16862 / 4;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_RESERVE_ONLY);
	assert_true(misses(&v, "reserved_highatomic"));
}

/* The counter and the lists were read at different times, and the mark is between them. */
static void at_the_mark(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.90", 0, "GFP_NOWAIT|__GFP_NORETRY");
	build_zone(&b, "Normal", 16852 / 4, 11584 / 4, 41940 / 4)->nr_free[0] = 15632 / 4;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_SHORTAGE);
	assert_contains(v.cause_text, "1317 pages (5.1 MiB) above what it must leave");
	assert_null(find_advice(&v, "no_sysctl"));
	assert_non_null(find_advice(&v, "watermark_scale_factor"));
}

static const char *text_of(const struct aw_verdict *v, const char *fact)
{
	const struct aw_evidence *found = find_evidence(v, fact);

	return found ? found->text : "";
}

static void settings_are_evidence(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.90", 4, "GFP_KERNEL");
	build_blocks(build_zone(&b, "Normal", 17664, 461, 576), 0, 17664, "UME");
	b.kernel.vm.extfrag_threshold = 500;
	b.kernel.vm.compaction_proactiveness = 20;
	v = make(&b);
	assert_int_equal(find_evidence(&v, "extfrag_threshold")->value, 500);
	assert_contains(text_of(&v, "extfrag_threshold"), "between 0 and 0.500");
	assert_int_equal(find_evidence(&v, "compaction_proactiveness")->value, 20);
	assert_contains(text_of(&v, "compaction_proactiveness"), "fragmentation score is above 90");
	assert_null(find_evidence(&v, "watermark_boost_factor"));

	/* orders up to 3 compact whatever the index is */
	build(&b, "6.1.90", 2, "GFP_KERNEL");
	build_blocks(build_zone(&b, "Normal", 17664, 461, 576), 0, 17664, "UME");
	b.kernel.vm.extfrag_threshold = 500;
	v = make(&b);
	assert_null(find_evidence(&v, "extfrag_threshold"));
	assert_null(find_evidence(&v, "compaction_proactiveness"));
}

static void damaged_numbers(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "5.4.0", 0, "GFP_HIGHUSER_MOVABLE");
	z = build_zone(&b, "Normal", 48362, 24848885473806u, 18471592959183339u);
	z->known &= ~AW_ZONE_KNOWS_MANAGED;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
	assert_true(misses(&v, "watermarks (damaged)"));
	assert_contains(v.cause_text, "damaged");
}

/* If only a part of the zones is known, nothing is decided, and no sysctl is advised. */
static void part_of_the_zones(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "5.4.0", 0, "GFP_ATOMIC");
	build_zone(&b, "DMA", 100, 500, 600);
	b.event.failure.zones_partial = true;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
	assert_true(misses(&v, "the other zones"));
	for (unsigned int i = 0; i < v.nr_advice; i++)
		assert_string_equal(v.advice[i].command, "");
}

/* 6.12.54 lets only __GFP_HIGH take HighAtomic blocks: if only the series is known, the verdict is at most likely. */
static void stable_number_decides(void **state)
{
	static const struct { const char *release; enum aw_cause cause; enum aw_certainty certainty; } cases[] = {
		{ "6.12.118", AW_CAUSE_RESERVE_ONLY, AW_CERTAIN },
		{ "6.12.10", AW_CAUSE_UNKNOWN, AW_NOT_KNOWN },
		{ "6.12.0-5-arm64", AW_CAUSE_RESERVE_ONLY, AW_LIKELY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct built b;
		struct aw_zone *z;
		struct aw_verdict v;

		build(&b, cases[i].release, 2, "GFP_NOWAIT");
		z = build_zone(&b, "Normal", 2000, 500, 600);
		build_blocks(z, 0, 100, "UM");
		build_blocks(z, 2, 475, "H");
		z->reserved_highatomic = 1900;
		v = make(&b);
		assert_int_equal(v.cause, cases[i].cause);
		assert_int_equal(v.cause_certainty, cases[i].certainty);
		built_free(&b);
	}
}

/* Enterprise Linux keeps the number of a release, and takes over later rules: here how deep a real-time task may go. */
static void rebuilt_kernels_are_likely(void **state)
{
	static const struct { const char *release; enum aw_certainty certainty; } cases[] = {
		{ "5.14.21", AW_CERTAIN }, { "5.14.0-503.el9.x86_64", AW_LIKELY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct built b;
		struct aw_verdict v;

		build(&b, cases[i].release, 0, "GFP_KERNEL|__GFP_NORETRY");
		b.event.task.known |= AW_TASK_KNOWS_POLICY;
		b.event.task.realtime = true;
		b.event.task.context = AW_IN_TASK;
		build_blocks(build_zone(&b, "Normal", 300, 500, 600), 0, 300, "UM");
		v = make(&b);
		assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
		assert_int_equal(v.cause_certainty, cases[i].certainty);
		assert_int_equal(misses(&v, "stable release"), cases[i].certainty == AW_LIKELY);
		built_free(&b);
	}
}

/*
 * With vm.defrag_mode=1, a request that gives up early takes no block of another type, but whole pageblocks.  7.2 made
 * an exception of those that wake kswapd and may not reclaim, and stable releases may have it.
 */
static void defrag_mode_closes_other_types(void **state)
{
	static const struct {
		const char *release, *mask;
		unsigned int order, free_order;
		enum aw_cause cause;
		enum aw_certainty certainty;
	} cases[] = {
		{ "7.1.0", "GFP_ATOMIC", 2, 5, AW_CAUSE_FRAGMENTATION, AW_LIKELY },
		{ "7.2.0", "GFP_ATOMIC", 2, 5, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN },
		{ "7.1.0", "__GFP_COMP", 2, 5, AW_CAUSE_FRAGMENTATION, AW_CERTAIN },
		{ "7.2.0", "__GFP_COMP", 2, 5, AW_CAUSE_FRAGMENTATION, AW_CERTAIN },
		{ "7.2.0", "GFP_KERNEL|__GFP_NORETRY", 2, 5, AW_CAUSE_FRAGMENTATION, AW_CERTAIN },
		{ "7.2.0", "GFP_KERNEL|__GFP_NORETRY", 2, 9, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN },
		{ "7.2.0", "GFP_KERNEL|__GFP_NORETRY", 0, 5, AW_CAUSE_FRAGMENTATION, AW_CERTAIN },
		{ "7.2.0", "GFP_KERNEL", 4, 5, AW_CAUSE_FRAGMENTATION, AW_CERTAIN },
		{ "7.2.0", "GFP_KERNEL|__GFP_RETRY_MAYFAIL", 4, 5, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN },
		{ "7.2.0", "GFP_KERNEL|__GFP_MEMALLOC", 4, 5, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct built b;
		struct aw_zone *z;
		struct aw_verdict v;

		build(&b, cases[i].release, cases[i].order, cases[i].mask);
		b.kernel.pageblock_order = 9;
		z = build_zone(&b, "Normal", 7680, 500, 600);
		build_blocks(z, 0, 0, "");
		build_blocks(z, cases[i].free_order, 7680u >> cases[i].free_order, "M");
		assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
		b.kernel.vm.defrag_mode = 1;
		v = make(&b);
		assert_int_equal(v.cause, cases[i].cause);
		assert_int_equal(v.cause_certainty, cases[i].certainty);
		assert_int_equal(!strstr(v.cause_text, "vm.defrag_mode"), cases[i].cause != AW_CAUSE_FRAGMENTATION);
		assert_int_equal(!find_advice(&v, "defrag_mode"), cases[i].cause != AW_CAUSE_FRAGMENTATION);
		built_free(&b);
	}
}

/* No block of another type is there: then the mode is not the reason. */
static void defrag_mode_is_no_reason(void **state)
{
	struct built b;
	struct aw_zone *z;
	struct aw_verdict v;

	(void)state;
	build(&b, "7.2.0", 4, "GFP_KERNEL|__GFP_NORETRY");
	b.kernel.vm.defrag_mode = 1;
	z = build_zone(&b, "Normal", 8000, 500, 600);
	build_blocks(z, 0, 8000, "UM");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_null(strstr(v.cause_text, "vm.defrag_mode"));
	assert_null(find_advice(&v, "defrag_mode"));
	built_free(&b);
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

/* Compaction that ran without success points to fragmentation. */
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
	/* 2000 open pages are below the mark with any migratetypes */
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

/* The zone closest to success determines the cause. */
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

static void two_nodes(struct built *b, const char *gfp)
{
	build(b, "6.1.192", 4, gfp);
	b->event.task.known = AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_VICTIM | AW_TASK_KNOWS_POLICY;
	build_zone(b, "Normal", 100, 200, 250);
	shattered(b, "Normal");
	b->zones[1].node = 1;
}

/* __GFP_THISNODE: which node is known only if an event of the slow path named a zone of it. */
static void one_node_only(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	two_nodes(&b, "GFP_KERNEL|__GFP_THISNODE");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_true(misses(&v, "preferred node"));
	b.event.failure.effort.knows_zones = true;
	b.zones[0].known |= AW_ZONE_NAMED;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	b.zones[0].known &= ~AW_ZONE_NAMED;
	b.zones[1].known |= AW_ZONE_NAMED;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_FRAGMENTATION);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	/* the other node has the memory */
	two_nodes(&b, "GFP_KERNEL|__GFP_THISNODE");
	build_blocks(&b.zones[1], 4, 100, "U");
	b.zones[1].free += 1600;
	b.event.failure.effort.knows_zones = true;
	b.zones[0].known |= AW_ZONE_NAMED;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_ZONE_RESTRICTED);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_contains(v.cause_text, "__GFP_THISNODE");
	/* both nodes are alike: it does not matter which it is */
	two_nodes(&b, "GFP_KERNEL|__GFP_THISNODE");
	b.event.failure.nr_zones = 1;
	build_zone(&b, "Normal", 120, 200, 250)->node = 1;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
}

/* A zone that is taken for closed was tried: what is open is not known for certain. */
static void tried_what_is_closed(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	two_nodes(&b, "GFP_KERNEL");
	b.event.failure.knows_nodemask = true;
	b.event.failure.nodemask = 1;
	b.event.failure.effort.knows_zones = true;
	b.zones[0].known |= AW_ZONE_NAMED;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	b.zones[1].known |= AW_ZONE_NAMED;
	v = make(&b);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_true(misses(&v, "the zones open to it"));
}

/* Short for anybody, fragmented for a task that frees memory: a log does not tell which it is. */
static void short_unless_memalloc(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.192", 4, "GFP_ATOMIC");
	build_zone(&b, "Normal", 100, 800, 1000);
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_true(misses(&v, "task flags"));
	b.event.task.known = AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_VICTIM | AW_TASK_KNOWS_POLICY;
	assert_int_equal(make(&b).cause_certainty, AW_CERTAIN);
	/* such a task would have got this block */
	b.event.task.known = 0;
	build_blocks(&b.zones[0], 4, 1, "U");
	b.zones[0].free += 16;
	assert_int_equal(make(&b).cause_certainty, AW_CERTAIN);
	/* single pages, too */
	build(&b, "6.1.192", 0, "GFP_ATOMIC");
	build_zone(&b, "Normal", 100, 800, 1000);
	assert_int_equal(make(&b).cause_certainty, AW_CERTAIN);
}

/* The check passes; the kernel's own one did not when it last looked, for want of pages. */
static void memory_came_back(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.1.192", 0, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
	build_zone(&b, "Normal", 9000, 1000, 1200);
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_retry = true, .reclaim_retries = 16,
						     .retry_available = 900, .retry_min_wmark = 1000 };
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_TRANSIENT);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_contains(v.headline, "memory came back too late");
	assert_contains(v.cause_text, "when the kernel last looked, 3.5 MiB at most were free or could be reclaimed");
	/* it looked at one that does, or at more than is free now: no witness */
	b.event.failure.effort.retry_wmark_ok = true;
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
	b.event.failure.effort.retry_wmark_ok = false;
	b.event.failure.effort.retry_available = 9000;
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
	/* by the rules that are known it would have passed then, too: one is not known */
	b.event.failure.effort.retry_available = 8000;
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
	/* which zone it was is not known */
	b.event.failure.effort.retry_available = 900;
	build_zone(&b, "DMA", 100, 200, 250);
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
	/* real-time: from 6.1.116 on the check passes at 600 of 1000, before that only at 750 */
	build(&b, "6.1.0-56-arm64", 0, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
	build_zone(&b, "Normal", 600, 1000, 1200);
	b.event.task.known = AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_VICTIM | AW_TASK_KNOWS_POLICY;
	b.event.task.realtime = true;
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_retry = true, .reclaim_retries = 16,
						     .retry_available = 400, .retry_min_wmark = 1000 };
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_TRANSIENT);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_true(misses(&v, "stable release"));
	b.kernel.version = AW_VERSION(6, 1, 192);
	b.kernel.version_exact = true;
	assert_int_equal(make(&b).cause_certainty, AW_CERTAIN);
}

/* ALLOC_NO_WATERMARKS takes the place of the flags that open the HighAtomic reserve. */
static void reserve_below_the_marks(void **state)
{
	struct built b;
	struct aw_verdict v;
	struct aw_zone *z;

	(void)state;
	build(&b, "6.1.192", 0, "GFP_ATOMIC|__GFP_MEMALLOC");
	z = build_zone(&b, "Normal", 512, 2000, 2500);
	z->nr_free[0] = 0;
	z->reserved_highatomic = 512;
	build_blocks(z, 9, 1, "H");
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_RESERVE_ONLY);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	/* rmqueue() of 5.10 gives a victim no block of it, though the check counts it; that of 6.3 on does */
	build(&b, "5.10.200", 2, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_VICTIM;
	b.event.task.oom_victim = true;
	z = build_zone(&b, "Normal", 5000, 2000, 2500);
	z->nr_free[0] = 4488;
	z->reserved_highatomic = 512;
	build_blocks(z, 9, 1, "H");
	assert_int_equal(make(&b).cause, AW_CAUSE_FRAGMENTATION);
	build_kernel(&b.kernel, "6.6.0");
	assert_int_equal(make(&b).cause, AW_CAUSE_UNKNOWN);
}

/* If only its flags are known, a kernel has the era of these flags. */
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

/* 16 zones of 16 nodes and hostile numbers must not overflow anything. */
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

/* Numbers of a damaged recording must not overflow a shift or a sum. */
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
		cmocka_unit_test(open_rows_that_3_18_refuses),
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
		cmocka_unit_test(only_movable_in_the_cpuset),
		cmocka_unit_test(atomic_ignores_cpuset),
		cmocka_unit_test(zone_restricted_without_any_zone),
		cmocka_unit_test(memcg_limit),
		cmocka_unit_test(memcg_limit_without_zones),
		cmocka_unit_test(memcg_limit_unwatched),
		cmocka_unit_test(order_too_large),
		cmocka_unit_test(no_hard_wall_no_cpuset),
		cmocka_unit_test(zone_restricted_by_mempolicy),
		cmocka_unit_test(passing_without_a_witness),
		cmocka_unit_test(passing_later),
		cmocka_unit_test(nothing_on_the_lists),
		cmocka_unit_test(short_at_the_high_mark),
		cmocka_unit_test(boost_is_the_cause),
		cmocka_unit_test(most_of_what_is_free_decides),
		cmocka_unit_test(hidden_reserve),
		cmocka_unit_test(at_the_mark),
		cmocka_unit_test(settings_are_evidence),
		cmocka_unit_test(damaged_numbers),
		cmocka_unit_test(part_of_the_zones),
		cmocka_unit_test(stable_number_decides),
		cmocka_unit_test(rebuilt_kernels_are_likely),
		cmocka_unit_test(defrag_mode_closes_other_types),
		cmocka_unit_test(defrag_mode_is_no_reason),
		cmocka_unit_test(unknown_without_zones),
		cmocka_unit_test(unknown_but_for_the_effort),
		cmocka_unit_test(unknown_with_half_a_zone),
		cmocka_unit_test(several_zones),
		cmocka_unit_test(one_node_only),
		cmocka_unit_test(tried_what_is_closed),
		cmocka_unit_test(short_unless_memalloc),
		cmocka_unit_test(memory_came_back),
		cmocka_unit_test(reserve_below_the_marks),
		cmocka_unit_test(unknown_release),
		cmocka_unit_test(many_zones),
		cmocka_unit_test(absurd_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
