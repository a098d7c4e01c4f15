// SPDX-License-Identifier: GPL-2.0
/*
 * Tests failures that were counted only: included in every count, and never
 * mistaken for a sample.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event/loss.h"
#include "events.h"
#include "summary/summary.h"

static struct aw_summary *summary_by(const char *list)
{
	const struct aw_key *keys[AW_MAX_KEYS];
	char bad[64];
	int count = aw_keys_parse(list, keys, bad, sizeof(bad));
	struct aw_summary *summary;

	assert_true(count > 0);
	summary = aw_summary_new(keys, count);
	assert_non_null(summary);
	return summary;
}

/* A sample, then `unsampled` more with the same signature. */
static void add_storm(struct aw_summary *summary, uint64_t unsampled)
{
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	aw_summary_add(summary, event);
	event->failure.unsampled = unsampled;
	event->failure.cause = AW_CAUSE_UNKNOWN;
	event->failure.rule = AW_RULE_UNKNOWN;
	memset(&event->task, 0, sizeof(event->task));
	event->task.cgroup = "";
	event->task.context = AW_IN_TASK;
	event->time_ns += 1000000000;
	aw_summary_add(summary, event);
}

static void every_count_is_exact(void **state)
{
	struct aw_summary *summary = summary_by("order,gfp,stack");
	const struct aw_totals *totals = aw_summary_totals(summary);
	const struct aw_timeline *timeline = aw_summary_timeline(summary);
	const struct aw_series *series = aw_summary_series(summary);
	struct aw_count *rows;
	unsigned int count;

	(void)state;
	add_storm(summary, 4711);
	assert_int_equal(totals->failures, 4712);
	assert_int_equal(totals->unsampled, 4711);
	assert_int_equal(totals->by_class[AW_CLASS_HARD], 4712);
	assert_int_equal(totals->by_log[AW_LOG_PRINTED], 4712);
	assert_int_equal(totals->by_context[AW_IN_TASK], 4712);
	assert_int_equal(totals->by_order[4], 4712);
	assert_int_equal(totals->by_migratetype[AW_MT_UNMOVABLE], 4712);
	assert_int_equal(totals->by_cause[AW_CAUSE_FRAGMENTATION], 1);
	assert_int_equal(totals->by_cause[AW_CAUSE_UNKNOWN], 4711);
	assert_int_equal(timeline->failures[0], 1);
	assert_int_equal(timeline->failures[1], 4711);
	assert_int_equal(timeline->hard[1], 4711);
	assert_int_equal(series->count, 2);
	assert_int_equal(series->rows[0].count + series->rows[1].count, 4712);
	rows = aw_summary_gfps(summary, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].count, 4712);
	free(rows);
	rows = aw_summary_sites(summary, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].count, 4712);
	free(rows);
	aw_summary_free(summary);
}

static void a_group_keeps_what_was_seen(void **state)
{
	struct aw_summary *summary = summary_by("order,gfp,stack");
	struct aw_sample_room room;
	const struct aw_group **groups;

	(void)state;
	add_storm(summary, 4711);
	add_storm(summary, 1);
	groups = aw_groups_sorted(aw_summary_groups(summary), "count");
	assert_int_equal(aw_groups_count(aw_summary_groups(summary)), 1);
	assert_int_equal(groups[0]->count, 4714);
	assert_int_equal(groups[0]->sampled, 2);
	assert_int_equal(groups[0]->by_log[AW_LOG_PRINTED], 4714);
	assert_int_equal(groups[0]->last_ns, 2000000000);
	assert_int_equal(aw_group_sample(groups[0], &room)->failure.unsampled, 0);
	assert_string_equal(room.event.task.comm, "repro");
	free(groups);
	aw_summary_free(summary);
}

static void seen_later_is_kept_all_the_same(void **state)
{
	struct aw_summary *summary = summary_by("order,gfp,stack");
	const struct aw_group **groups;
	struct aw_sample_room room;
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	(void)state;
	event->failure.unsampled = 3;
	aw_summary_add(summary, event);
	event->failure.unsampled = 0;
	event->task.pid = 4;
	aw_summary_add(summary, event);
	groups = aw_groups_sorted(aw_summary_groups(summary), "count");
	assert_int_equal(groups[0]->count, 4);
	assert_int_equal(groups[0]->sampled, 1);
	assert_int_equal(aw_group_sample(groups[0], &room)->task.pid, 4);
	free(groups);
	aw_summary_free(summary);
}

/* In a group without samples, the signature with the most failures represents the group. */
static void the_largest_kind_stands_for_the_others(void **state)
{
	static const uint64_t counts[] = { 3, 4711, 12 };
	struct aw_summary *summary = summary_by("comm");
	const struct aw_group **groups;
	struct aw_sample_room room;

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		struct test_event test;
		struct aw_event *event = event_failure(&test);

		event->failure.order = i;
		event->failure.unsampled = counts[i];
		aw_summary_add(summary, event);
	}
	groups = aw_groups_sorted(aw_summary_groups(summary), "count");
	assert_int_equal(groups[0]->count, 4726);
	assert_int_equal(aw_group_sample(groups[0], &room)->failure.order, 1);
	free(groups);
	aw_summary_free(summary);
}

/* Their process is not known. */
static void by_process_they_are_apart(void **state)
{
	static const char *const unknown[] = { "comm", "pid", "tid", "cgroup", "cpu" };

	(void)state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		struct aw_summary *summary = summary_by(unknown[i]);
		const struct aw_group **groups;

		add_storm(summary, 4711);
		groups = aw_groups_sorted(aw_summary_groups(summary), "count");
		assert_int_equal(aw_groups_count(aw_summary_groups(summary)), 2);
		assert_int_equal(groups[0]->count, 4711);
		assert_int_equal(groups[0]->sampled, 0);
		assert_int_equal(groups[0]->has, 0);
		assert_int_equal(groups[1]->count, 1);
		free(groups);
		aw_summary_free(summary);
	}
}

/* Successes are counted separately from failures. */
static void allocations_are_totals(void **state)
{
	static const struct aw_stack none;
	struct aw_summary *summary = summary_by("order,gfp,stack");
	const struct aw_totals *totals = aw_summary_totals(summary);
	struct aw_event event = {
		.type = AW_EVENT_ALLOCATIONS, .task = { .cgroup = "" }, .stack = &none,
		.allocations = { 3, 1000 },
	};

	(void)state;
	assert_false(totals->counts_allocations);
	aw_summary_add(summary, &event);
	event.allocations.count = 11;
	aw_summary_add(summary, &event);
	event.allocations.order = 0;
	aw_summary_add(summary, &event);
	assert_true(totals->counts_allocations);
	assert_int_equal(totals->allocations, 1022);
	assert_int_equal(totals->served_by_order[3], 1011);
	assert_int_equal(totals->served_by_order[0], 11);
	assert_int_equal(totals->failures, 0);
	assert_int_equal(aw_groups_count(aw_summary_groups(summary)), 0);
	aw_summary_free(summary);
}

static void losses_add_up_by_cause(void **state)
{
	struct aw_loss losses[AW_MAX_LOSSES];
	unsigned int count = 0;

	(void)state;
	count = aw_loss_add(losses, count, (struct aw_loss)AW_LOSS(unpaired, "a", 3));
	count = aw_loss_add(losses, count, (struct aw_loss){ .cause = "newer", .meaning = "b", .count = 5 });
	count = aw_loss_add(losses, count, (struct aw_loss)AW_LOSS(unpaired, "c", 4));
	count = aw_loss_add(losses, count, (struct aw_loss){ .cause = "newest", .meaning = "d", .count = 6 });
	assert_int_equal(count, 3);
	assert_int_equal(losses[0].count, 7);
	assert_int_equal(losses[1].count, 5);
	assert_string_equal(losses[2].cause, "newest");
	/* as recordings keep them */
	assert_int_equal(aw_loss_cause_of(losses[0].cause), AW_LOSS_unpaired);
	assert_int_equal(aw_loss_cause_of("disk_full_events"), AW_LOSS_disk_full_events);
	assert_int_equal(aw_loss_cause_of("newer"), AW_LOSS_other);
	assert_int_equal(aw_loss_cause_of(""), AW_LOSS_other);
	/* there is room for so many */
	while (count < AW_MAX_LOSSES)
		count = aw_loss_add(losses, count, losses[1]);
	assert_int_equal(aw_loss_add(losses, count, losses[1]), AW_MAX_LOSSES);
}

static void what_may_be_missing(void **state)
{
	static const struct aw_loss details[] = {
		AW_LOSS(ring_full_samples, "", 7), AW_LOSS(zones_budget, "", 5), AW_LOSS(unpaired, "", 3),
		AW_LOSS(recursion_misses, "", 0), { .cause = "of_a_newer_program", .meaning = "", .count = 11 },
	};
	static const struct aw_loss failures[] = {
		AW_LOSS(ring_full_failures, "", 7), AW_LOSS(recursion_misses, "", 20), AW_LOSS(zones_budget, "", 5),
		AW_LOSS(damaged_records, "", 100), AW_LOSS(unknown_records, "", 3000), AW_LOSS(disk_full_events, "", 10000),
	};

	(void)state;
	assert_int_equal(aw_losses_uncounted(details, 5), 0);
	assert_int_equal(aw_losses_uncounted(failures, 6), 13127);
	assert_int_equal(aw_losses_uncounted(NULL, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_count_is_exact),
		cmocka_unit_test(a_group_keeps_what_was_seen),
		cmocka_unit_test(seen_later_is_kept_all_the_same),
		cmocka_unit_test(the_largest_kind_stands_for_the_others),
		cmocka_unit_test(by_process_they_are_apart),
		cmocka_unit_test(allocations_are_totals),
		cmocka_unit_test(what_may_be_missing),
		cmocka_unit_test(losses_add_up_by_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
