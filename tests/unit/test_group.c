// SPDX-License-Identifier: GPL-2.0
/*
 * Tests groups: which failures are grouped together, what a group keeps, and how
 * groups are sorted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "events.h"
#include "event/pods.h"
#include "summary/group.h"

static struct aw_groups *groups_by(const char *list)
{
	const struct aw_key *keys[AW_MAX_KEYS];
	char bad[64];
	int count = aw_keys_parse(list, keys, bad, sizeof(bad));
	struct aw_groups *groups;

	assert_true(count > 0);
	groups = aw_groups_new(keys, count);
	assert_non_null(groups);
	return groups;
}

static const struct aw_group *only_group(const struct aw_groups *groups)
{
	const struct aw_group **sorted = aw_groups_sorted(groups, "count");
	const struct aw_group *group;

	assert_int_equal(aw_groups_count(groups), 1);
	assert_non_null(sorted);
	group = sorted[0];
	free(sorted);
	return group;
}

/* Valid until the next call. */
static const struct aw_event *sample_of(const struct aw_group *group)
{
	static struct aw_sample_room room;

	return aw_group_sample(group, &room);
}

static void none(void **state)
{
	struct aw_groups *groups = groups_by("order");

	(void)state;
	assert_int_equal(aw_groups_count(groups), 0);
	assert_int_equal(aw_groups_other(groups), 0);
	assert_null(aw_groups_sorted(groups, "count"));
	aw_groups_free(groups);
	aw_groups_free(NULL);
}

/* Changes one fact of the failure, so that two failures differ only in this fact. */
static void change(struct test_event *test, const char *fact)
{
	static struct aw_pod names;
	struct aw_event *event = &test->event;

	if (!strcmp(fact, "order"))
		event->failure.order = 5;
	else if (!strcmp(fact, "bytes"))
		event->failure.bytes = 131072;
	else if (!strcmp(fact, "gfp"))
		event->failure.gfp.names = "GFP_ATOMIC";
	else if (!strcmp(fact, "migratetype"))
		event->failure.migratetype = AW_MT_MOVABLE;
	else if (!strcmp(fact, "stack"))
		test->stack.stack.id++;
	else if (!strcmp(fact, "site"))
		strcpy(test->stack.names[3], "pipe_resize_ring");
	else if (!strcmp(fact, "module"))
		strcpy(test->stack.modules[3], "aio");
	else if (!strcmp(fact, "comm"))
		strcpy(event->task.comm, "other");
	else if (!strcmp(fact, "pid"))
		event->task.pid = 1;
	else if (!strcmp(fact, "tid"))
		event->task.tid = 1;
	else if (!strcmp(fact, "cgroup"))
		event->task.cgroup = "/system.slice";
	else if (!strcmp(fact, "container"))
		event->task.container[0] = 'f';
	else if (!strcmp(fact, "pod"))
		event->task.pod[0] = 'f';
	else if (!strcmp(fact, "namespace")) {
		names = (struct aw_pod){ .namespace = (char *)"shop", .name = event->task.pod };
		event->task.names = &names;
	} else if (!strcmp(fact, "context"))
		event->task.context = AW_IN_UNKNOWN;
	else if (!strcmp(fact, "class"))
		event->failure.class = AW_CLASS_OPPORTUNISTIC;
	else if (!strcmp(fact, "log"))
		event->failure.log = AW_LOG_NOWARN;
	else if (!strcmp(fact, "cause"))
		event->failure.cause = AW_CAUSE_SHORTAGE;
	else if (!strcmp(fact, "rule"))
		event->failure.rule = AW_RULE_NORETRY;
	else if (!strcmp(fact, "cpu"))
		event->cpu = 7;
	else
		fail_msg("a key without a test: %s", fact);
}

/* Any key and any two keys distinguish failures that differ in one of them, and only these. */
static void any_combination_of_keys(void **state)
{
	(void)state;
	for (unsigned int a = 0; a < AW_KEYS; a++)
		for (unsigned int b = 0; b < AW_KEYS; b++) {
			const struct aw_key *keys[] = { &aw_keys[a], &aw_keys[b] };
			struct aw_groups *groups = aw_groups_new(keys, 2);
			unsigned int nr_keys, expected = a == b ? 2 : 3;
			struct test_event test;

			aw_groups_add(groups, event_failure(&test));
			for (unsigned int k = 0; k < AW_KEYS; k++) {
				event_failure(&test);
				change(&test, aw_keys[k].name);
				aw_groups_add(groups, &test.event);
			}
			assert_int_equal(aw_groups_count(groups), expected);
			assert_ptr_equal(aw_groups_keys(groups, &nr_keys)[1], &aw_keys[b]);
			assert_int_equal(nr_keys, 2);
			aw_groups_free(groups);
		}
}

static void all_keys_at_once(void **state)
{
	struct aw_groups *groups = groups_by("order,gfp,stack,site,module,pid,cgroup,context");
	const struct aw_group *group;
	struct test_event test;

	(void)state;
	aw_groups_add(groups, event_failure(&test));
	aw_groups_add(groups, event_failure(&test));
	group = only_group(groups);
	assert_int_equal(group->count, 2);
	assert_int_equal(group->has, 0xff);
	assert_int_equal(group->values[0].number, 4);
	assert_string_equal(group->values[3].text, "ioctx_alloc");
	assert_string_equal(group->values[4].text, "kernel");
	assert_string_equal(group->values[6].text, "/user.slice");
	aw_groups_free(groups);
}

/* A missing value differs from 0. */
static void missing_values(void **state)
{
	struct aw_groups *groups = groups_by("pid,comm");
	struct test_event test;
	const struct aw_group **sorted;

	(void)state;
	event_failure(&test);
	test.event.task.pid = 0;
	test.event.task.comm[0] = '\0';
	aw_groups_add(groups, &test.event);
	test.event.task.context = AW_IN_SOFTIRQ;
	aw_groups_add(groups, &test.event);
	aw_groups_add(groups, &test.event);
	assert_int_equal(aw_groups_count(groups), 2);
	sorted = aw_groups_sorted(groups, "count");
	assert_int_equal(sorted[0]->has, 0);
	assert_int_equal(sorted[0]->count, 2);
	assert_int_equal(sorted[1]->has, 3);
	/* sorted by a key, groups without a value come last, even if they are larger */
	free(sorted);
	sorted = aw_groups_sorted(groups, "pid");
	assert_int_equal(sorted[0]->has, 3);
	free(sorted);
	aw_groups_free(groups);
}

static void counts(void **state)
{
	struct aw_groups *groups = groups_by("order");
	const struct aw_group *group;
	struct test_event test;

	(void)state;
	event_failure(&test);
	test.event.time_ns = 100;
	aw_groups_add(groups, &test.event);
	test.event.time_ns = 200;
	test.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	test.event.failure.log = AW_LOG_NOWARN;
	aw_groups_add(groups, &test.event);
	test.event.time_ns = 300;
	aw_groups_add(groups, &test.event);
	group = only_group(groups);
	assert_int_equal(group->count, 3);
	assert_int_equal(group->by_class[AW_CLASS_HARD], 1);
	assert_int_equal(group->by_class[AW_CLASS_OPPORTUNISTIC], 2);
	assert_int_equal(group->by_log[AW_LOG_PRINTED], 1);
	assert_int_equal(group->by_log[AW_LOG_NOWARN], 2);
	assert_int_equal(group->first_ns, 100);
	assert_int_equal(group->last_ns, 300);
	assert_int_equal(group->sample_ns, 300);
	aw_groups_free(groups);
}

/* What an event points to is invalid after the callback. */
static void sample_is_a_copy(void **state)
{
	struct aw_groups *groups = groups_by("order,site");
	struct test_event *test = malloc(sizeof(*test));
	char *gfp = strdup("GFP_KERNEL|0x8000000"), *cgroup = strdup("/user.slice/a");
	const struct aw_group *group;

	(void)state;
	event_failure(test);
	test->event.failure.gfp.names = gfp;
	test->event.task.cgroup = cgroup;
	test->zones[0].free = 17664;
	test->zones[1].free = 4;
	test->event.failure.zones = test->zones;
	test->event.failure.nr_zones = 2;
	aw_groups_add(groups, &test->event);
	memset(test, 0x5a, sizeof(*test));
	free(test);
	free(gfp);
	free(cgroup);
	group = only_group(groups);
	assert_string_equal(group->values[1].text, "ioctx_alloc");
	assert_string_equal(sample_of(group)->failure.gfp.names, "GFP_KERNEL|0x8000000");
	assert_string_equal(sample_of(group)->task.cgroup, "/user.slice/a");
	assert_string_equal(sample_of(group)->task.comm, "repro");
	assert_int_equal(sample_of(group)->stack->count, 5);
	assert_string_equal(sample_of(group)->stack->frames[0].name, "__alloc_pages");
	assert_ptr_equal(sample_of(group)->site, &sample_of(group)->stack->frames[3]);
	assert_int_equal(sample_of(group)->failure.nr_zones, 2);
	assert_int_equal(sample_of(group)->failure.zones[0].free, 17664);
	assert_int_equal(sample_of(group)->failure.zones[1].free, 4);
	aw_groups_free(groups);
}

static void add_zoned(struct aw_groups *groups, uint64_t time_ns, unsigned int nr_zones, uint64_t free)
{
	struct test_event test;

	event_failure(&test);
	test.event.time_ns = time_ns;
	test.zones[0].free = free;
	test.event.failure.nr_zones = nr_zones;
	test.event.failure.zones = nr_zones ? test.zones : NULL;
	aw_groups_add(groups, &test.event);
}

static void sample_keeps_zones(void **state)
{
	struct aw_groups *groups = groups_by("order");
	const struct aw_group *group;

	(void)state;
	add_zoned(groups, 100, 0, 0);
	group = only_group(groups);
	assert_null(sample_of(group)->failure.zones);
	add_zoned(groups, 200, 2, 1111);
	assert_int_equal(group->sample_ns, 200);
	assert_int_equal(sample_of(group)->failure.zones[0].free, 1111);
	/* a sample without zones does not replace one with zones */
	add_zoned(groups, 300, 0, 0);
	assert_int_equal(group->sample_ns, 200);
	assert_int_equal(sample_of(group)->failure.nr_zones, 2);
	assert_int_equal(group->last_ns, 300);
	assert_int_equal(group->count, 3);
	/* a newer sample with zones does */
	add_zoned(groups, 400, 1, 2222);
	assert_int_equal(group->sample_ns, 400);
	assert_int_equal(sample_of(group)->failure.nr_zones, 1);
	assert_int_equal(sample_of(group)->failure.zones[0].free, 2222);
	aw_groups_free(groups);
}

static void sample_follows_the_stack(void **state)
{
	struct aw_groups *groups = groups_by("order");
	const struct aw_group *group;
	struct test_event test;

	(void)state;
	aw_groups_add(groups, event_failure(&test));
	group = only_group(groups);
	EVENT_STACK(&test, "__alloc_pages", "hog_get_buffer [hog]");
	aw_groups_add(groups, &test.event);
	assert_int_equal(sample_of(group)->stack->count, 2);
	assert_string_equal(sample_of(group)->site->name, "hog_get_buffer");
	assert_string_equal(sample_of(group)->site->module, "hog");
	/* the same stack again: it is not copied, but still valid */
	EVENT_STACK(&test, "__alloc_pages", "hog_get_buffer [hog]");
	aw_groups_add(groups, &test.event);
	assert_ptr_equal(sample_of(group)->site, &sample_of(group)->stack->frames[1]);
	test.event.site = NULL;
	test.stack.stack.count = 0;
	test.stack.stack.id = 1;
	aw_groups_add(groups, &test.event);
	assert_int_equal(sample_of(group)->stack->count, 0);
	assert_null(sample_of(group)->site);
	aw_groups_free(groups);
}

static void more_than_the_limit(void **state)
{
	struct aw_groups *groups = groups_by("pid");
	struct test_event test;

	(void)state;
	event_failure(&test);
	test.stack.stack.count = 0;
	test.event.site = NULL;
	for (uint32_t pid = 1; pid <= AW_MAX_GROUPS; pid++) {
		test.event.task.pid = pid;
		aw_groups_add(groups, &test.event);
	}
	assert_int_equal(aw_groups_count(groups), AW_MAX_GROUPS);
	assert_int_equal(aw_groups_other(groups), 0);
	for (uint32_t pid = AW_MAX_GROUPS - 1; pid <= AW_MAX_GROUPS + 3; pid++) {
		test.event.task.pid = pid;
		aw_groups_add(groups, &test.event);
	}
	assert_int_equal(aw_groups_count(groups), AW_MAX_GROUPS);
	assert_int_equal(aw_groups_other(groups), 3);
	aw_groups_free(groups);
}

static const struct aw_group *add_pid(struct aw_groups *groups, uint32_t pid, struct aw_origin *origin)
{
	struct test_event test;

	event_failure(&test);
	test.stack.stack.id = pid;
	test.event.task.pid = pid;
	test.event.origin = origin;
	if (pid & 1) {
		test.event.failure.zones = test.zones;
		test.event.failure.nr_zones = 1 + (pid >> 1) % 2;
	}
	return aw_groups_add(groups, &test.event);
}

static uint64_t count_of(const struct aw_groups *groups, uint32_t pid, uint64_t *all)
{
	const struct aw_group **sorted = aw_groups_sorted(groups, "count");
	uint64_t count = 0;

	*all = aw_groups_other(groups);
	for (unsigned int i = 0; i < aw_groups_count(groups); i++) {
		struct aw_sample_room room;

		/* each one is consistent: its own process with its own zones */
		assert_int_equal(aw_group_sample(sorted[i], &room)->task.pid, sorted[i]->values[0].number);
		assert_int_equal(room.stack.id, sorted[i]->values[0].number);
		assert_int_equal(room.event.failure.nr_zones, room.event.task.pid & 1 ? 1 + (room.event.task.pid >> 1) % 2 : 0);
		*all += sorted[i]->count;
		if (sorted[i]->values[0].number == pid)
			count = sorted[i]->count;
	}
	free(sorted);
	return count;
}

/* A group that starts late, among always new ones, is kept; what was dropped is counted. */
static void the_rarest_go(void **state)
{
	struct aw_groups *groups = groups_by("pid");
	uint64_t all, added = 0;
	uint32_t pid = 100;

	(void)state;
	aw_groups_keep_frequent(groups, 64);
	for (; pid < 100 + 64; pid++, added += 2) {
		add_pid(groups, pid, NULL);
		add_pid(groups, pid, NULL);
	}
	assert_int_equal(aw_groups_count(groups), 64);
	assert_int_equal(aw_groups_other(groups), 0);
	for (int i = 0; i < 5000; i++, added += 2) {
		assert_int_equal(add_pid(groups, 7, NULL)->values[0].number, 7);
		assert_int_equal(add_pid(groups, pid, NULL)->values[0].number, pid);
		pid++;
		assert_true(aw_groups_count(groups) <= 64);
	}
	assert_int_equal(count_of(groups, 7, &all), 5000);
	assert_int_equal(all, added);
	aw_groups_free(groups);
}

/* Those that were frequent once make room for one that is frequent now, though less so than they were then. */
static void the_old_age(void **state)
{
	struct aw_groups *groups = groups_by("pid");
	uint64_t all;
	uint32_t pid = 100;

	(void)state;
	aw_groups_keep_frequent(groups, 64);
	for (; pid < 100 + 64; pid++)
		for (int i = 0; i < 5; i++)
			add_pid(groups, pid, NULL);
	/* less often than a quarter of the groups is dropped */
	for (int i = 0; i < 24 * 400; i++, pid++) {
		add_pid(groups, pid, NULL);
		if (i % 24 == 0)
			add_pid(groups, 7, NULL);
	}
	assert_true(count_of(groups, 7, &all) > 300);
	aw_groups_free(groups);
}

/* With more groups than are kept unpacked, dropped groups leave no hole, and the others keep their samples. */
static void packed_ones_go_as_well(void **state)
{
	struct aw_groups *groups = groups_by("pid");
	uint64_t all;

	(void)state;
	aw_groups_keep_frequent(groups, 3000);
	for (uint32_t pid = 1; pid <= 20000; pid++) {
		add_pid(groups, pid, NULL);
		if (pid % 10 == 0)
			add_pid(groups, 10, NULL);
	}
	assert_int_equal(count_of(groups, 10, &all), 2001);
	assert_int_equal(all, 22000);
	aw_groups_free(groups);
}

static unsigned int freed;

static void count_freed(struct aw_origin *origin)
{
	free(origin);
	freed++;
}

static struct aw_origin *new_origin(uint64_t line)
{
	struct aw_origin *origin = calloc(1, sizeof(*origin));

	assert_non_null(origin);
	origin->file = "a.log";
	origin->line = line;
	origin->free = count_freed;
	return aw_origin_hold(origin);
}

/* An origin is valid as long as a sample has it, packed or not. */
static void samples_hold_their_origin(void **state)
{
	struct aw_groups *groups = groups_by("pid");
	const struct aw_group *group;

	(void)state;
	freed = 0;
	aw_groups_keep_frequent(groups, 2500);
	for (uint32_t pid = 1; pid <= 2500; pid++) {
		struct aw_origin *origin = new_origin(pid);

		group = add_pid(groups, pid, origin);
		assert_ptr_equal(group->sample.origin, origin);
		aw_origin_drop(origin);
	}
	assert_int_equal(freed, 0);
	/* a newer sample releases the origin of the older one */
	group = add_pid(groups, 1, NULL);
	assert_null(group->sample.origin);
	assert_null(sample_of(group)->origin);
	assert_int_equal(freed, 1);
	assert_int_equal(add_pid(groups, 5000, NULL)->count, 1);
	assert_int_equal(freed, 1 + 625);
	aw_groups_free(groups);
	assert_int_equal(freed, 2500);
}

static void the_first_is_kept(void **state)
{
	struct aw_groups *groups = groups_by("order");
	const struct aw_group *group;

	(void)state;
	aw_groups_keep_first(groups);
	add_zoned(groups, 100, 0, 0);
	group = only_group(groups);
	add_zoned(groups, 200, 1, 1111);
	assert_int_equal(group->sample_ns, 100);
	assert_int_equal(sample_of(group)->failure.nr_zones, 0);
	assert_int_equal(group->last_ns, 200);
	assert_int_equal(group->count, 2);
	aw_groups_free(groups);
}

/* The facts that only an OOM kill, a CMA failure or a warning has are kept, too. */
static void samples_of_other_events(void **state)
{
	struct aw_groups *groups = groups_by("site");
	struct test_event *test = malloc(sizeof(*test));
	char *text = strdup("/system.slice/a");
	const struct aw_event *sample;

	(void)state;
	event_failure(test);
	test->event.type = AW_EVENT_OOM_KILL;
	test->event.oom = (struct aw_oom_kill){ .order = 2, .memcg = true, .memcg_name = text, .memcg_limit = 4096 };
	aw_groups_add(groups, &test->event);
	strcpy(text, "gone");
	sample = sample_of(only_group(groups));
	assert_string_equal(sample->oom.memcg_name, "/system.slice/a");
	assert_int_equal(sample->oom.memcg_limit, 4096);
	assert_int_equal(sample->failure.order, 4);
	strcpy(text, "area");
	test->event.type = AW_EVENT_CMA_FAILURE;
	test->event.cma = (struct aw_cma_failure){ .count = 3, .name = text };
	test->event.failure.gfp.names = NULL;
	aw_groups_add(groups, &test->event);
	strcpy(text, "gone");
	sample = sample_of(only_group(groups));
	assert_string_equal(sample->cma.name, "area");
	assert_null(sample->failure.gfp.names);
	strcpy(text, "vmalloc");
	test->event.type = AW_EVENT_WARNING;
	test->event.warning = (struct aw_warning){ .format = text, .bytes = 8192 };
	aw_groups_add(groups, &test->event);
	strcpy(text, "gone");
	sample = sample_of(only_group(groups));
	assert_string_equal(sample->warning.format, "vmalloc");
	assert_int_equal(sample->warning.bytes, 8192);
	aw_groups_free(groups);
	free(test);
	free(text);
}

/* order, pid: order 2 twice (newest), order 9 once, order 4 three times (oldest). */
static struct aw_groups *three_groups(void)
{
	static const struct { unsigned int order; const char *comm; uint64_t time_ns; } events[] = {
		{ 4, "zebra", 100 }, { 4, "zebra", 110 }, { 4, "zebra", 120 }, { 9, "ant", 200 },
		{ 2, "bee", 300 }, { 2, "bee", 310 },
	};
	struct aw_groups *groups = groups_by("order,comm");

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		struct test_event test;

		event_failure(&test);
		test.event.failure.order = events[i].order;
		test.event.time_ns = events[i].time_ns;
		strcpy(test.event.task.comm, events[i].comm);
		aw_groups_add(groups, &test.event);
	}
	return groups;
}

static void check_sort(const char *sort, const unsigned int orders[3])
{
	struct aw_groups *groups = three_groups();
	const struct aw_group **sorted = aw_groups_sorted(groups, sort);

	assert_non_null(sorted);
	for (int i = 0; i < 3; i++)
		assert_int_equal(sorted[i]->values[0].number, orders[i]);
	free(sorted);
	aw_groups_free(groups);
}

static void sorts(void **state)
{
	(void)state;
	check_sort("count", (const unsigned int[]){ 4, 2, 9 });
	check_sort("last", (const unsigned int[]){ 2, 9, 4 });
	check_sort("order", (const unsigned int[]){ 9, 4, 2 });		/* numbers: largest first */
	check_sort("comm", (const unsigned int[]){ 9, 2, 4 });		/* strings: a to z */
	check_sort("site", (const unsigned int[]){ 4, 2, 9 });		/* all equal: by count */
}

/* Hard failures first, regardless of their count; equal ones in order of appearance. */
static void the_worst_first(void **state)
{
	static const struct { unsigned int order; enum aw_class class; } events[] = {
		{ 9, AW_CLASS_OPPORTUNISTIC }, { 9, AW_CLASS_OPPORTUNISTIC }, { 9, AW_CLASS_OPPORTUNISTIC },
		{ 3, AW_CLASS_HARD }, { 5, AW_CLASS_HARD }, { 4, AW_CLASS_HARD }, { 4, AW_CLASS_HARD },
		{ 8, AW_CLASS_OPPORTUNISTIC },
	};
	static const unsigned int orders[] = { 4, 3, 5, 9, 8 };
	struct aw_groups *groups = groups_by("order");
	const struct aw_group **sorted;
	struct test_event test;

	(void)state;
	event_failure(&test);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		test.event.failure.order = events[i].order;
		test.event.failure.class = events[i].class;
		test.event.time_ns = 0;		/* a log without timestamps */
		aw_groups_add(groups, &test.event);
	}
	sorted = aw_groups_sorted(groups, "worst");
	assert_int_equal(aw_groups_count(groups), 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(sorted[i]->values[0].number, orders[i]);
	free(sorted);
	aw_groups_free(groups);
}

static void equal_counts_newest_first(void **state)
{
	struct aw_groups *groups = groups_by("order");
	const struct aw_group **sorted;
	struct test_event test;

	(void)state;
	event_failure(&test);
	for (unsigned int order = 0; order < 8; order++) {
		test.event.failure.order = order;
		test.event.time_ns = 100 + order * 3 % 8;
		aw_groups_add(groups, &test.event);
	}
	sorted = aw_groups_sorted(groups, "count");
	for (int i = 1; i < 8; i++)
		assert_true(sorted[i - 1]->last_ns > sorted[i]->last_ns);
	free(sorted);
	aw_groups_free(groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none),
		cmocka_unit_test(any_combination_of_keys),
		cmocka_unit_test(all_keys_at_once),
		cmocka_unit_test(missing_values),
		cmocka_unit_test(counts),
		cmocka_unit_test(sample_is_a_copy),
		cmocka_unit_test(sample_keeps_zones),
		cmocka_unit_test(sample_follows_the_stack),
		cmocka_unit_test(more_than_the_limit),
		cmocka_unit_test(the_rarest_go),
		cmocka_unit_test(the_old_age),
		cmocka_unit_test(packed_ones_go_as_well),
		cmocka_unit_test(samples_hold_their_origin),
		cmocka_unit_test(the_first_is_kept),
		cmocka_unit_test(samples_of_other_events),
		cmocka_unit_test(the_worst_first),
		cmocka_unit_test(sorts),
		cmocka_unit_test(equal_counts_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
