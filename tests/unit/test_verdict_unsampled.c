// SPDX-License-Identifier: GPL-2.0
/*
 * Tests verdicts of failures that were counted only: they state only what follows
 * from the signature.
 */
#include "event_builder.h"

/* A signature without samples: no task, no effort, no zones. */
static struct aw_verdict counted(unsigned int order, const char *names, enum aw_log log)
{
	struct aw_verdict v;
	struct built b;

	build(&b, "6.1.0", order, names);
	memset(&b.event.task, 0, sizeof(b.event.task));
	b.event.task.cgroup = "";
	b.event.failure.unsampled = 4711;
	b.event.failure.log = log;
	b.event.failure.warn_watched = true;
	aw_verdict_make(&b.event, &b.kernel, &v);
	built_free(&b);
	return v;
}

static void no_cause_is_made_up(void **state)
{
	static const struct { unsigned int order; const char *names; } kinds[] = {
		{ 0, "GFP_KERNEL" }, { 2, "GFP_ATOMIC" }, { 4, "GFP_KERNEL|__GFP_COMP" }, { 9, "GFP_TRANSHUGE_LIGHT" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct aw_verdict v = counted(kinds[i].order, kinds[i].names, AW_LOG_SUPPRESSED);

		assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
		assert_int_equal(v.likely_cause, AW_CAUSE_UNKNOWN);
		assert_int_equal(v.cause_certainty, AW_NOT_KNOWN);
		assert_string_equal(v.headline, "only counted, cause not known");
		assert_string_equal(v.cause_text, "counted only; no zone snapshot was taken");
		for (unsigned int a = 0; a < v.nr_advice; a++)
			assert_null(strstr(v.advice[a].id, "compact"));
	}
}

static void what_the_kind_says(void **state)
{
	struct aw_verdict v = counted(11, "GFP_KERNEL", AW_LOG_NONE);

	(void)state;
	assert_int_equal(v.cause, AW_CAUSE_ORDER_TOO_LARGE);
	assert_int_equal(v.cause_certainty, AW_CERTAIN);
	assert_int_equal(v.rule, AW_RULE_ORDER_LIMIT);
	assert_int_equal(v.rule_certainty, AW_CERTAIN);
	/* the request is charged, and warn_alloc() was watched and not called */
	v = counted(0, "GFP_KERNEL_ACCOUNT", AW_LOG_NONE);
	assert_int_equal(v.cause, AW_CAUSE_MEMCG_LIMIT);
	assert_int_equal(v.cause_certainty, AW_LIKELY);
	assert_int_equal(v.rule, AW_RULE_MEMCG);
	assert_int_equal(v.rule_certainty, AW_LIKELY);
}

/* no-direct-reclaim is certain; other rules come after rules that depend on the task. */
static void rules_that_follow_from_the_mask(void **state)
{
	static const struct {
		unsigned int order;
		const char *names;
		enum aw_rule rule;
		enum aw_certainty certainty;
	} kinds[] = {
		{ 2, "GFP_ATOMIC", AW_RULE_NO_DIRECT_RECLAIM, AW_CERTAIN },
		{ 9, "GFP_TRANSHUGE_LIGHT", AW_RULE_NO_DIRECT_RECLAIM, AW_CERTAIN },
		{ 3, "GFP_KERNEL|__GFP_NORETRY", AW_RULE_NORETRY, AW_LIKELY },
		{ 4, "GFP_KERNEL", AW_RULE_COSTLY_ORDER, AW_LIKELY },
		{ 4, "GFP_NOIO", AW_RULE_NO_COMPACTION_WITHOUT_IO, AW_LIKELY },
		{ 4, "GFP_KERNEL|__GFP_RETRY_MAYFAIL", AW_RULE_RETRIES_EXHAUSTED, AW_LIKELY },
		{ 0, "GFP_KERNEL", AW_RULE_UNKNOWN, AW_NOT_KNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct aw_verdict v = counted(kinds[i].order, kinds[i].names, AW_LOG_SUPPRESSED);

		assert_int_equal(v.rule, kinds[i].rule);
		assert_int_equal(v.rule_certainty, kinds[i].certainty);
	}
}

/* If the map was full, only the order is known; the empty mask must not be used. */
static void of_several_kinds(void **state)
{
	struct aw_verdict v;
	struct built b;

	(void)state;
	build(&b, "6.1.0", 4, "GFP_KERNEL");
	b.event.failure.gfp = (struct aw_gfp)AW_GFP_SEVERAL;
	assert_false(aw_failure_is_mixed(&b.event.failure));
	b.event.failure.unsampled = 12;
	assert_true(aw_failure_is_mixed(&b.event.failure));
	aw_verdict_make(&b.event, &b.kernel, &v);
	assert_int_equal(v.cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.likely_cause, AW_CAUSE_UNKNOWN);
	assert_int_equal(v.rule, AW_RULE_UNKNOWN);
	assert_string_equal(v.rule_text, "not known: these requests differ in mask, migratetype or call site");
	built_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_cause_is_made_up),
		cmocka_unit_test(what_the_kind_says),
		cmocka_unit_test(rules_that_follow_from_the_mask),
		cmocka_unit_test(of_several_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
