// SPDX-License-Identifier: GPL-2.0
/*
 * Tests every rule, by era.
 */
#include "event_builder.h"

/* Fragmented memory: the rule ends the attempt. */
static void failed(struct built *b, const char *release, unsigned int order, const char *names)
{
	build(b, release, order, names);
	build_blocks(build_zone(b, "Normal", 17664, 461, 576), 0, 17664, "UME");
}

static struct aw_verdict make(struct built *b)
{
	struct aw_verdict v;

	aw_verdict_make(&b->event, &b->kernel, &v);
	built_free(b);
	return v;
}

static struct aw_verdict rule_of(const char *release, unsigned int order, const char *names)
{
	struct built b;

	failed(&b, release, order, names);
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	return make(&b);
}

static void names_are_stable(void **state)
{
	(void)state;
	assert_string_equal(aw_rule_name(AW_RULE_COSTLY_ORDER), "costly-order");
	assert_string_equal(aw_rule_name(AW_RULE_NO_COMPACTION_WITHOUT_IO),
			    "no-compaction-without-io");
	assert_string_equal(aw_rule_name(AW_RULE_ORDER_LIMIT), "order-limit");
	assert_string_equal(aw_cause_name(AW_CAUSE_MEMCG_LIMIT), "memcg-limit");
	assert_string_equal(aw_certainty_name(AW_LIKELY), "likely");
	assert_string_equal(aw_rule_name((enum aw_rule)99), "unknown");
}

static void costly_order_by_era(void **state)
{
	static const struct {
		const char *release;
		const char *text;
	} eras[] = {
		{ "3.10.99", "order 4 > 3 without __GFP_REPEAT, so 3.10's should_alloc_retry gives up" },
		{ "3.18.20", "order 4 > 3 without __GFP_REPEAT, so 3.18's should_alloc_retry gives up" },
		{ "4.1.3", "order 4 > 3 without __GFP_REPEAT, so 4.1's should_alloc_retry gives up" },
		{ "4.4.302", "order 4 > 3 without __GFP_REPEAT, so 4.4 gives up after one round" },
		{ "4.9.0", "order 4 > 3 without __GFP_REPEAT, so 4.9 gives up after one round" },
		{ "4.12.0", "order 4 > 3 without __GFP_REPEAT, so 4.12 gives up after one round" },
		{ "4.13.0", "order 4 > 3 without __GFP_RETRY_MAYFAIL, so 4.13 gives up after one round" },
		{ "6.1.0-51-arm64",
		  "order 4 > 3 without __GFP_RETRY_MAYFAIL, so 6.1 gives up after one round" },
		{ "6.18.0", "order 4 > 3 without __GFP_RETRY_MAYFAIL, so 6.18 gives up after one round" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++) {
		struct aw_verdict v = rule_of(eras[i].release, 4, "GFP_KERNEL");

		assert_int_equal(v.rule, AW_RULE_COSTLY_ORDER);
		assert_int_equal(v.rule_certainty, AW_CERTAIN);
		assert_string_equal(v.rule_text, eras[i].text);
	}
}

/* A log does not say whether the task had PF_MEMALLOC, which would have ended the request before. */
static void flags_of_the_task_not_known(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	failed(&b, "6.1.0", 4, "GFP_KERNEL");
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_COSTLY_ORDER);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	assert_true(misses(&v, "task flags"));

	/* it reclaimed, which such a task does not */
	failed(&b, "6.1.0", 4, "GFP_KERNEL");
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_reclaim = true, .reclaim_calls = 1 };
	assert_int_equal(make(&b).rule_certainty, AW_CERTAIN);

	/* below the watermark there was a page, which such a task takes */
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	build_blocks(build_zone(&b, "Normal", 300, 461, 576), 0, 300, "UME");
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_NORETRY);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);

	/* and where there was none, either may be it */
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_NORETRY");
	build_blocks(build_zone(&b, "Normal", 0, 461, 576), 0, 0, "");
	assert_int_equal(make(&b).rule_certainty, AW_LIKELY);

	/* these come before */
	failed(&b, "6.1.0", 4, "GFP_ATOMIC");
	assert_int_equal(make(&b).rule_certainty, AW_CERTAIN);
}

static void noretry(void **state)
{
	struct aw_verdict v = rule_of("6.1.0", 9, "GFP_KERNEL|__GFP_NORETRY");

	(void)state;
	assert_int_equal(v.rule, AW_RULE_NORETRY);
	assert_int_equal(rule_of("3.18.20", 2, "GFP_KERNEL|__GFP_NORETRY").rule, AW_RULE_NORETRY);
}

/* Up to 4.3, GFP_THISNODE gives up before it tries anything. */
static void noretry_of_thisnode(void **state)
{
	static const char names[] = "GFP_KERNEL|__GFP_THISNODE|__GFP_NORETRY|__GFP_NOWARN";
	struct aw_verdict v = rule_of("3.18.20", 2, names);

	(void)state;
	assert_int_equal(v.rule, AW_RULE_NORETRY);
	assert_contains(v.rule_text, "tries nothing else");
	assert_contains(rule_of("6.1.0", 2, names).rule_text, "after one round");
}

/* "After one round of reclaim" is not said next to "no reclaim". */
static void noretry_before_reclaim(void **state)
{
	static const struct { unsigned int calls, zones; enum aw_compact_result result; const char *text; } cases[] = {
		{ 0, 0, AW_COMPACT_DEFERRED, "compaction could not start, and 6.1 then gives up on an order 9 without reclaim" },
		{ 0, 1, AW_COMPACT_COMPLETE, "compaction made no block, and 6.1 then gives up on an order 9 without reclaim" },
		{ 1, 1, AW_COMPACT_COMPLETE, "after one round of reclaim and compaction 6.1 gives up" },
	};
	struct built b;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		build(&b, "6.1.0", 9, "GFP_KERNEL|__GFP_NORETRY");
		b.event.failure.effort = (struct aw_effort){
			.known = true, .knows_reclaim = true, .knows_compaction = true, .reclaim_calls = cases[i].calls,
			.compact_calls = 1, .nr_attempts = 1,
			.attempts = { { .prio = AW_PRIO_ASYNC, .result = cases[i].result, .zones = cases[i].zones } },
		};
		assert_contains(make(&b).rule_text, cases[i].text);
	}
}

/* 6.1.192 gives the free pages for reclaimable ones where there are none, and counts them twice. */
static void what_reclaim_retry_saw(void **state)
{
	static const struct { uint64_t reclaimable; const char *text; } cases[] = {
		{ 230, "none reclaimable, and the free ones counted twice), min watermark 476, not enough after 1 round without" },
		{ 200, "460 pages free or reclaimable (200 reclaimable)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct aw_evidence *saw;
		struct aw_verdict v;
		struct built b;

		build(&b, "6.1.192", 0, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
		b.event.failure.effort = (struct aw_effort){
			.known = true, .knows_retry = true, .reclaim_retries = 1, .retry_no_progress = 1,
			.retry_available = 460, .retry_reclaimable = cases[i].reclaimable, .retry_min_wmark = 476,
		};
		v = make(&b);
		saw = find_evidence(&v, "retry_available");
		assert_contains(saw ? saw->text : "", cases[i].text);
	}
}

static void no_direct_reclaim(void **state)
{
	struct aw_verdict v = rule_of("3.18.20", 2, "GFP_ATOMIC");

	(void)state;
	assert_int_equal(v.rule, AW_RULE_NO_DIRECT_RECLAIM);
	assert_contains(v.rule_text, "without __GFP_WAIT, 3.18 may neither reclaim nor compact");
	assert_contains(v.rule_text, "above 696 KiB (min watermark 1.8 MiB); kswapd was woken");
	v = rule_of("6.6.0", 2, "GFP_ATOMIC");
	assert_contains(v.rule_text, "without __GFP_DIRECT_RECLAIM, 6.6");
	assert_string_equal(v.tried_text, "nothing but the free lists");
	assert_false(misses(&v, "effort"));
	v = rule_of("6.6.0", 9, "GFP_TRANSHUGE_LIGHT");
	assert_int_equal(v.rule, AW_RULE_NO_DIRECT_RECLAIM);
	assert_contains(v.rule_text, "kswapd was not even woken");
}

/* A page that was found and whose charge was refused leaves the same traces. */
static void charge_without_zones(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	build(&b, "6.1.0", 6, "GFP_NOWAIT|__GFP_COMP|__GFP_ACCOUNT");
	b.event.failure.warn_watched = false;
	b.event.failure.saw &= ~(AW_SAW_LOG | AW_SAW_WARN);
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_NO_DIRECT_RECLAIM);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	build(&b, "6.1.0", 6, "GFP_NOWAIT|__GFP_COMP|__GFP_ACCOUNT");
	b.event.failure.warn_watched = true;
	b.event.failure.saw |= AW_SAW_WARN;
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_NO_DIRECT_RECLAIM);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
}

static void memalloc_context(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	failed(&b, "6.1.0", 4, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	b.event.task.memalloc = true;
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_MEMALLOC_CONTEXT);
	assert_contains(v.rule_text, "it only ignores the watermarks");
	/* compaction came before that, and may have ended it */
	failed(&b, "6.1.0", 4, "GFP_KERNEL|__GFP_NORETRY|__GFP_NOMEMALLOC");
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	b.event.task.memalloc = true;
	b.event.failure.effort = (struct aw_effort){ .known = true, .knows_compaction = true, .compact_calls = 1 };
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_MEMALLOC_CONTEXT);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	/* a log does not tell: such a task ends there with __GFP_NOMEMALLOC, too */
	failed(&b, "6.1.0", 4, "GFP_KERNEL|__GFP_NORETRY|__GFP_NOMEMALLOC");
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_NORETRY);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	/* the flags of the task are not known */
	failed(&b, "6.1.0", 4, "GFP_KERNEL");
	b.event.task.memalloc = true;
	assert_int_equal(make(&b).rule, AW_RULE_COSTLY_ORDER);
}

static void dying_task(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	/* up to 4.13, a victim is stopped before anything is tried, for any order */
	failed(&b, "4.9.0", 4, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_VICTIM;
	b.event.task.oom_victim = true;
	assert_int_equal(make(&b).rule, AW_RULE_DYING_TASK);
	/* from 4.14 on, it is stopped after the OOM killer was called, which costly orders do not do */
	failed(&b, "6.1.0", 4, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_VICTIM;
	b.event.task.oom_victim = true;
	assert_int_equal(make(&b).rule, AW_RULE_COSTLY_ORDER);
	failed(&b, "6.1.0", 2, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_VICTIM;
	b.event.task.oom_victim = true;
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_DYING_TASK);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
	failed(&b, "6.1.0", 2, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	b.event.task.exiting = true;
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_DYING_TASK);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
}

static void no_compaction_without_io(void **state)
{
	struct aw_verdict v = rule_of("6.1.0", 4, "GFP_NOIO");

	(void)state;
	assert_int_equal(v.rule, AW_RULE_NO_COMPACTION_WITHOUT_IO);
	assert_contains(v.rule_text, "order 4 without __GFP_IO: 6.1 may not compact for it, and "
				     "gives up on order 4 > 3");
	/* compaction needed __GFP_FS up to 4.9 */
	v = rule_of("4.9.0", 4, "GFP_NOFS");
	assert_int_equal(v.rule, AW_RULE_NO_COMPACTION_WITHOUT_IO);
	assert_contains(v.rule_text, "without __GFP_FS");
	assert_int_equal(rule_of("4.10.0", 4, "GFP_NOFS").rule, AW_RULE_COSTLY_ORDER);
	v = rule_of("6.6.0", 4, "GFP_NOIO|__GFP_RETRY_MAYFAIL");
	assert_int_equal(v.rule, AW_RULE_NO_COMPACTION_WITHOUT_IO);
	assert_contains(v.rule_text, "so retrying cannot help");
	assert_contains(advice_text(&v, "allow_io"), "memalloc_noio");
	/* order 3 reclaims on, until the OOM killer would be called */
	assert_int_equal(rule_of("6.6.0", 3, "GFP_NOIO|__GFP_RETRY_MAYFAIL").rule, AW_RULE_RETRIES_EXHAUSTED);
}

static void retries_exhausted(void **state)
{
	struct aw_verdict v = rule_of("6.1.0", 4, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
	struct built b;

	(void)state;
	assert_int_equal(v.rule, AW_RULE_RETRIES_EXHAUSTED);
	assert_contains(v.rule_text, "6.1 retries an order > 3 only while compaction makes progress, at most 4 times");
	assert_lacks(v.rule_text, "OOM");
	v = rule_of("6.1.0", 2, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
	assert_contains(v.rule_text, "then fails rather than call the OOM killer");
	/* __GFP_REPEAT stops once 1 << order pages were reclaimed, even without a block */
	v = rule_of("3.18.20", 4, "GFP_KERNEL|__GFP_REPEAT");
	assert_int_equal(v.rule, AW_RULE_RETRIES_EXHAUSTED);
	assert_contains(v.rule_text, "until 16 pages were reclaimed");
	v = rule_of("4.9.0", 4, "GFP_KERNEL|__GFP_REPEAT");
	assert_contains(v.rule_text, "at most 4 times");
	/* __GFP_REPEAT has no effect for orders <= 3 */
	assert_int_equal(rule_of("4.9.0", 2, "GFP_KERNEL|__GFP_REPEAT").rule, AW_RULE_UNKNOWN);

	failed(&b, "6.1.0", 2, "GFP_KERNEL|__GFP_RETRY_MAYFAIL");
	b.event.failure.effort = (struct aw_effort){
		.known = true, .knows_retry = true, .reclaim_retries = 16,
	};
	assert_contains(make(&b).rule_text, "; here 16 rounds");
}

static void oom_not_allowed(void **state)
{
	struct aw_verdict v = rule_of("6.1.0", 0, "GFP_KERNEL|__GFP_THISNODE");
	struct built b;

	(void)state;
	assert_int_equal(v.rule, AW_RULE_OOM_NOT_ALLOWED);
	assert_contains(v.rule_text, "__GFP_THISNODE");
	build(&b, "6.1.0", 0, "GFP_KERNEL|__GFP_DMA32");
	build_zone(&b, "DMA32", 10, 500, 600);
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_OOM_NOT_ALLOWED);
	assert_contains(v.rule_text, "low zones only");
	failed(&b, "6.1.0", 2, "GFP_KERNEL");
	b.event.task.known = AW_TASK_KNOWS_FLAGS;
	b.event.task.dumping_core = true;
	assert_contains(make(&b).rule_text, "dumping core");
}

static void trylock(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	build(&b, "6.18.0", 0, "__GFP_NOWARN|__GFP_ZERO|__GFP_NOMEMALLOC|__GFP_COMP");
	build_zone(&b, "Normal", 900000, 5000, 6000);
	b.event.failure.log = AW_LOG_NONE;
	b.event.failure.saw = AW_SAW_TRACEPOINT;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_TRANSIENT);
	assert_int_equal(v.rule, AW_RULE_TRYLOCK);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
	assert_string_equal(v.headline, "a lock was held, memory was there");
	/* if memory is short, the lock is only likely */
	build(&b, "6.18.0", 0, "__GFP_NOWARN|__GFP_NOMEMALLOC|__GFP_ACCOUNT");
	build_zone(&b, "Normal", 10, 5000, 6000);
	b.event.failure.log = AW_LOG_NONE;
	v = make(&b);
	assert_int_equal(v.cause, AW_CAUSE_SHORTAGE);
	assert_int_equal(v.rule, AW_RULE_TRYLOCK);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
	/* 6.12 does not have this function */
	build(&b, "6.12.0", 0, "__GFP_NOWARN|__GFP_NOMEMALLOC");
	b.event.failure.log = AW_LOG_NONE;
	assert_int_equal(make(&b).rule, AW_RULE_UNKNOWN);
}

/* warn_alloc() was not called, so a rule that ends in it cannot have stopped the request. */
static void silence_without_a_reason(void **state)
{
	struct built b;
	struct aw_verdict v;

	(void)state;
	failed(&b, "6.6.0", 4, "GFP_KERNEL");
	b.event.failure.log = AW_LOG_NONE;
	b.event.failure.saw = AW_SAW_TRACEPOINT;
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_UNKNOWN);
	assert_int_equal(v.rule_certainty, AW_NOT_KNOWN);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_contains(v.rule_text, "warn_alloc() was watched and not called");
}

static void small_order_without_a_reason(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	failed(&b, "6.6.0", 2, "GFP_KERNEL");
	v = make(&b);
	assert_int_equal(v.rule, AW_RULE_UNKNOWN);
	assert_true(misses(&v, "task flags"));
	assert_contains(v.rule_text, "6.6 retries order 2 <= 3 until the OOM killer");
}

static void nofail_should_not_be_here(void **state)
{
	struct aw_verdict v = rule_of("6.6.0", 4, "GFP_KERNEL|__GFP_NOFAIL");

	(void)state;
	assert_int_equal(v.rule, AW_RULE_UNKNOWN);
	assert_contains(v.rule_text, "__GFP_NOFAIL should have looped");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_stable),
		cmocka_unit_test(costly_order_by_era),
		cmocka_unit_test(flags_of_the_task_not_known),
		cmocka_unit_test(noretry),
		cmocka_unit_test(noretry_of_thisnode),
		cmocka_unit_test(noretry_before_reclaim),
		cmocka_unit_test(what_reclaim_retry_saw),
		cmocka_unit_test(no_direct_reclaim),
		cmocka_unit_test(charge_without_zones),
		cmocka_unit_test(memalloc_context),
		cmocka_unit_test(dying_task),
		cmocka_unit_test(no_compaction_without_io),
		cmocka_unit_test(retries_exhausted),
		cmocka_unit_test(oom_not_allowed),
		cmocka_unit_test(trylock),
		cmocka_unit_test(silence_without_a_reason),
		cmocka_unit_test(small_order_without_a_reason),
		cmocka_unit_test(nofail_should_not_be_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
