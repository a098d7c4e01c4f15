// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the report against data/report.txt (UPDATE=1 renews it), with hostile
 * names, without events, and with more than it shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "events.h"
#include "fixture.h"
#include "memfile.h"
#include "output/text/text.h"

#define SECOND UINT64_C(1000000000)

struct fixture {
	struct memfile mem;
	struct aw_kernel kernel;
	struct aw_summary *summary;
	struct aw_report report;
	struct test_event test;
};

static void new_summary(struct fixture *fixture, const char *by)
{
	const struct aw_key *keys[AW_MAX_KEYS];
	char bad[32];
	int count = aw_keys_parse(by, keys, bad, sizeof(bad));

	assert_true(count > 0);
	aw_summary_free(fixture->summary);
	fixture->summary = aw_summary_new(keys, count);
	fixture->report.summary = fixture->summary;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	memfile_open(&fixture->mem);
	assert_int_equal(aw_kernel_for_release("6.1.0-51-arm64", 4096, &fixture->kernel), 0);
	strcpy(fixture->kernel.arch, "aarch64");
	/* 2026-01-09 04:55:23.878 UTC is one second after boot */
	fixture->kernel.wall_offset_ns = INT64_C(1767934522878000000);
	fixture->report = (struct aw_report){
		.kernel = &fixture->kernel, .source = "bpf", .start_ns = SECOND, .end_ns = 251 * SECOND,
		.sort = "count", .top = 10, .width = 100,
	};
	new_summary(fixture, "order,gfp,stack");
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_summary_free(fixture->summary);
	aw_kernel_clear(&fixture->kernel);
	memfile_close(&fixture->mem);
	free(fixture);
	return 0;
}

static const char *report(struct fixture *fixture)
{
	rewind(fixture->mem.file);
	aw_report_text(fixture->mem.file, &fixture->report);
	putc('\0', fixture->mem.file);
	return memfile_text(&fixture->mem);
}

/* Adds an event as the session does. */
static void add(struct fixture *fixture, unsigned int times)
{
	struct aw_event *event = &fixture->test.event;
	struct aw_verdict verdict;

	if (event->type == AW_EVENT_FAILURE) {
		aw_verdict_make(event, &fixture->kernel, &verdict);
		event->failure.cause = verdict.cause;
		event->failure.rule = verdict.rule;
	}
	while (times--) {
		fixture->test.event.time_ns += SECOND;
		aw_summary_add(fixture->summary, &fixture->test.event);
	}
}

static void set_gfp(struct fixture *fixture, const char *names)
{
	struct aw_gfp *gfp = &fixture->test.event.failure.gfp;

	gfp->names = names;
	assert_int_equal(aw_gfp_parse_names(NULL, names, strlen(names), &gfp->flags), 0);
}

/* io_setup() on a fragmented arm64 6.1. */
static void add_fragmented(struct fixture *fixture)
{
	struct aw_event *event = event_failure(&fixture->test);

	fixture->test.zones[0] = (struct aw_zone){
		.index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .managed = 60000, .free = 34064,
		.free_cma = 16384, .min = 491, .low = 613, .high = 736, .nr_reserves = 4,
		.nr_orders = 11,
		.nr_free = { 17664, 4, 1, 2 }, .types = { 0x7, 0x1, 0x1, 0x1 },
		.known = AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_TYPES | AW_ZONE_KNOWS_WATERMARKS |
			 AW_ZONE_KNOWS_MANAGED,
	};
	fixture->test.zones[0].nr_free[10] = 16;
	fixture->test.zones[0].types[10] = 1u << AW_MT_CMA;
	event->failure.zones = fixture->test.zones;
	event->failure.nr_zones = 1;
	event->failure.zones_when = AW_ZONES_AT_FAILURE;
	add(fixture, 12);
}

/* A later, silent failure of a module in a softirq, and one whose caller falls back. */
static void add_others(struct fixture *fixture)
{
	struct aw_event *event = event_failure(&fixture->test);

	event->time_ns = 100 * SECOND;
	event->failure.order = 2;
	event->failure.bytes = 16384;
	set_gfp(fixture, "GFP_ATOMIC|__GFP_COMP");
	event->failure.log = AW_LOG_SUPPRESSED;
	event->task.context = AW_IN_SOFTIRQ;
	EVENT_STACK(&fixture->test, "__alloc_pages", "__kmalloc", "hog_rx [hog]", "net_rx_action",
		    "0xffff800001234567");
	add(fixture, 3);
	event_failure(&fixture->test);
	event->time_ns = 200 * SECOND;
	event->failure.order = 9;
	event->failure.bytes = 2 << 20;
	set_gfp(fixture, "GFP_TRANSHUGE_LIGHT");
	event->failure.migratetype = AW_MT_MOVABLE;
	event->failure.class = AW_CLASS_OPPORTUNISTIC;
	event->failure.class_why = "a huge page was tried, small pages serve as well";
	event->failure.log = AW_LOG_NOWARN;
	EVENT_STACK(&fixture->test, "__folio_alloc", "vma_alloc_folio", "do_huge_pmd_anonymous_page");
	add(fixture, 1);
}

static void add_steals_and_stalls(struct fixture *fixture)
{
	struct aw_event *event = event_extfrag(&fixture->test);

	add(fixture, 5);
	event->extfrag.change_ownership = 0;
	add(fixture, 1);
	event->extfrag.alloc_order = 0;
	event->extfrag.change_ownership = -1;
	event->task.context = AW_IN_HARDIRQ;
	add(fixture, 2);
	event_failure(&fixture->test);
	event->type = AW_EVENT_STALL;
	event->failure.effort.total_ns = 3100000;
	add(fixture, 4);
	event->failure.effort.total_ns = 17000;
	add(fixture, 1);
	event->type = AW_EVENT_OOM_KILL;
	add(fixture, 1);
	event->type = AW_EVENT_WARNING;
	add(fixture, 2);
}

static void check_golden(const char *name, const char *text)
{
	char path[512];
	size_t len;
	char *expected;

	if (getenv("UPDATE")) {
		const char *dir = getenv("AW_TEST_DATA");
		FILE *file;

		snprintf(path, sizeof(path), "%s/%s", dir ? dir : "tests/unit/data", name);
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(text, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
	expected = fixture_read(name, &len);
	for (const char *is = text, *should = expected; *is || *should;) {
		size_t is_len = strcspn(is, "\n"), should_len = strcspn(should, "\n");

		if (is_len != should_len || memcmp(is, should, is_len))
			fail_msg("%s: UPDATE=1 accepts it\n- %.*s\n+ %.*s", name, (int)should_len, should,
				 (int)is_len, is);
		is += is_len + (is[is_len] == '\n');
		should += should_len + (should[should_len] == '\n');
	}
	assert_string_equal(text, expected);
	free(expected);
}

static void golden(void **state)
{
	static const struct aw_loss losses[] = {
		AW_LOSS(ring_full_failures, "failures: no room in the ring", 7),
		AW_LOSS(unpaired, "never shown", 0),
	};
	static const struct aw_missing missing[] = {
		{ "warn_alloc kprobe", "this kernel has no kprobes", "the log state is not known" },
	};
	struct fixture *fixture = *state;

	add_fragmented(fixture);
	add_others(fixture);
	add_steals_and_stalls(fixture);
	fixture->report.losses = losses;
	fixture->report.nr_losses = 2;
	fixture->report.missing = missing;
	fixture->report.nr_missing = 1;
	check_golden("report.txt", report(fixture));
}

static bool has(struct fixture *fixture, const char *part)
{
	return strstr(report(fixture), part) != NULL;
}

static void nothing_happened(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(report(fixture),
			    "\n4m10s watched on 6.1.0-51-arm64 (aarch64, 4 KiB pages), source bpf\n"
			    "failures 0: 0 hard, 0 opportunistic; extfrag steals 0\n\nlost: nothing\n");
}

static void losses_by_cause(void **state)
{
	static const struct aw_loss losses[] = {
		{ .cause = "a", .meaning = "things" }, { .cause = "b", .meaning = "others", .count = UINT64_MAX },
	};
	struct fixture *fixture = *state;

	fixture->report.losses = losses;
	fixture->report.nr_losses = 1;
	assert_true(has(fixture, "lost: nothing\n"));
	fixture->report.nr_losses = 2;
	assert_true(has(fixture, "lost: 18446744073709551615 others (b)\n"));
	assert_false(has(fixture, "lost: nothing"));
	assert_false(has(fixture, "things"));
}

static void top_groups(void **state)
{
	struct fixture *fixture = *state;

	event_failure(&fixture->test);
	for (unsigned int order = 0; order < 5; order++) {
		fixture->test.event.failure.order = order;
		add(fixture, order + 1);
	}
	fixture->report.top = 5;
	assert_true(has(fixture, "\n#5 "));
	assert_false(has(fixture, "more groups"));
	fixture->report.top = 2;
	assert_true(has(fixture, "\n#2 "));
	assert_false(has(fixture, "\n#3 "));
	assert_true(has(fixture, "... 3 more groups (--top 5 shows them)"));
	assert_true(has(fixture, "\n#1  5 requests"));
	fixture->report.sort = "order";
	assert_true(has(fixture, "\n#1  5 requests"));
	fixture->report.sort = "last";
	assert_true(has(fixture, "\n#2  4 requests"));
}

/* The lines of keys that are not in the headline; "-" if a failure has no value. */
static void keys_of_by(void **state)
{
	struct fixture *fixture = *state;

	new_summary(fixture, "comm,module,cgroup,order");
	event_failure(&fixture->test);
	strcpy(fixture->test.event.task.comm, "a\nb");
	add(fixture, 1);
	assert_true(has(fixture, "  comm        a\\x0ab\n  module      kernel\n  cgroup      /user.slice\n"));
	assert_false(has(fixture, "  order       4"));
	fixture->test.event.task.context = AW_IN_SOFTIRQ;
	add(fixture, 1);
	assert_true(has(fixture, "  comm        -\n  module      kernel\n  cgroup      -\n"));
	assert_true(has(fixture, "softirq/cpu1"));
}

/* The time is that of the last failure; the task of an older sample is marked as such. */
static void sample_that_is_not_the_last(void **state)
{
	struct fixture *fixture = *state;

	add_fragmented(fixture);
	assert_false(has(fixture, "earlier sample"));
	fixture->test.event.failure.nr_zones = 0;
	strcpy(fixture->test.event.task.comm, "newer");
	add(fixture, 1);
	assert_true(has(fixture, "earlier sample: repro[89]\n"));
}

/* Failures like those of add_fragmented(), as the kernel side counts them. */
static void add_counted(struct fixture *fixture, uint64_t count)
{
	struct aw_event *event = &fixture->test.event;

	event->failure.nr_zones = 0;
	event->failure.effort = (struct aw_effort){ 0 };
	event->failure.unsampled = count;
	memset(&event->task, 0, sizeof(event->task));
	event->task.cgroup = "";
	event->task.context = AW_IN_TASK;
	add(fixture, 1);
}

static void a_storm(void **state)
{
	struct fixture *fixture = *state;

	add_fragmented(fixture);
	add_counted(fixture, 62211);
	assert_true(has(fixture, "\nfailures 62223: 62223 hard, 0 opportunistic"));
	assert_true(has(fixture, "\nsampling: 12 sampled, 62211 counted only\n"));
	assert_true(has(fixture, "\n    4    64 KiB      62223  ####"));
	assert_true(has(fixture, "\n#1  62223 requests for 64 KiB by ioctx_alloc failed: memory is fragmented, not short.  "));
	assert_true(has(fixture, ", earlier sample: repro[89]\n"));
	assert_true(has(fixture, "\n  sampled     12 of 62223 failures\n"));
	assert_false(has(fixture, "\n#2 "));
}

/* Their task, what they tried and what memory looked like are not known. */
static void only_counted(void **state)
{
	struct fixture *fixture = *state;
	const char *second;

	new_summary(fixture, "comm");
	add_fragmented(fixture);
	add_counted(fixture, 5);
	second = strstr(report(fixture), "\n#2  ");
	assert_non_null(second);
	assert_non_null(strstr(second, "5 requests for 64 KiB by ioctx_alloc failed: only counted, cause not known."));
	assert_non_null(strstr(second, ", counted only\n  comm        -\n  sampled     none of 5 failures\n"));
	assert_non_null(strstr(second, "\n  cause       unknown: counted only; "));
	assert_non_null(strstr(second, "\n  stopped by  likely costly-order: "));
	assert_null(strstr(second, "[0]"));
	assert_null(strstr(second, "tried"));
	assert_null(strstr(second, "earlier one"));
	assert_null(strstr(second, "fragment"));
}

static void allocations(void **state)
{
	static const struct aw_stack none;
	struct fixture *fixture = *state;
	struct aw_event event = {
		.type = AW_EVENT_ALLOCATIONS, .task = { .cgroup = "" }, .stack = &none, .allocations = { 0, 1234567 },
	};

	aw_summary_add(fixture->summary, &event);
	assert_true(has(fixture, "\nfailures 0: 0 hard, 0 opportunistic; extfrag steals 0; successful requests 1234567\n"));
	assert_true(has(fixture, "\n    0     4 KiB          0       1234567  \n"));
	add_fragmented(fixture);
	assert_true(has(fixture, "\norder      size   failures     succeeded\n"));
	assert_true(has(fixture, "\n    4    64 KiB         12             0  ####"));
}

static void who_holds_what_stays(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event_extfrag(&fixture->test);
	assert_null(strstr(report(fixture), "who holds"));
	EVENT_STACK(&fixture->test, "__alloc_pages", "hog_rx [hog]", "hog_poll [hog]", "net_rx_action", "__do_softirq");
	event->type = AW_EVENT_HELD;
	event->time_ns = 9000000000;
	event->site = &event->stack->frames[1];
	event->held = (struct aw_held){ .order = 2, .migratetype = AW_MT_UNMOVABLE, .shift = 4, .blocks = 400, .pages = 1600,
					.oldest_ns = 1000000000, .newest_ns = 8500000000 };
	aw_summary_add(fixture->summary, event);
	event->site = NULL;
	event->held = (struct aw_held){ .migratetype = AW_MT_UNKNOWN, .shift = 4, .rest = true, .blocks = 3, .pages = 3,
					.oldest_ns = 2000000000, .newest_ns = 2000000000 };
	aw_summary_add(fixture->summary, event);
	assert_true(has(fixture, "\nwho holds what stays, of what was taken since the start, at "));
	assert_true(has(fixture, ", from a sample of 1 block in 16\n"));
	assert_true(has(fixture, "\n    25600     2478      2  Unmovable       8.0 s  500.0 ms  "
			"hog_rx [hog] <- hog_poll [hog] <- net_rx_action\n"));
	assert_true(has(fixture, "  others\n"));
	event->time_ns++;
	event->held = (struct aw_held){ .shift = 4, .rest = true };
	aw_summary_add(fixture->summary, event);
	assert_true(has(fixture, ": nothing is in the sample\n"));
}

static void frames_as_the_kernel_writes_them(void **state)
{
	struct fixture *fixture = *state;

	event_failure(&fixture->test);
	EVENT_STACK(&fixture->test, "__kmalloc", "hog_rx [hog]", "0xffff800001234567");
	add(fixture, 1);
	assert_true(has(fixture, "        __kmalloc+0x10\n        hog_rx+0x11 [hog]\n        0xffff800001234567\n"));
	fixture->test.stack.stack.count = 0;
	fixture->test.stack.stack.id = 1;
	fixture->test.event.site = NULL;
	new_summary(fixture, "order");
	add(fixture, 1);
	assert_true(has(fixture, "(no stack)\n"));
}

static void more_steals_than_shown(void **state)
{
	struct fixture *fixture = *state;

	event_extfrag(&fixture->test);
	for (int order = 0; order < 13; order++) {
		fixture->test.event.extfrag.alloc_order = order;
		add(fixture, 1);
	}
	assert_true(has(fixture, "... 3 more rows\n"));
}

static void hostile_names(void **state)
{
	static const char name[] = "\x1b[2J\n\r\t\xff\"}<b>";
	struct fixture *fixture = *state;
	unsigned int before = 0, after = 0;

	new_summary(fixture, "comm,site,module,stack");
	event_failure(&fixture->test);
	add(fixture, 1);
	event_extfrag(&fixture->test);
	add(fixture, 1);
	for (const char *s = report(fixture); *s; s++)
		before += *s == '\n';
	new_summary(fixture, "comm,site,module,stack");
	event_failure(&fixture->test);
	for (int i = 0; i < 2; i++) {
		strcpy(fixture->test.event.task.comm, name);
		for (unsigned int f = 0; f < fixture->test.stack.stack.count; f++)
			strcpy(fixture->test.stack.names[f], name);
		strcpy(fixture->test.stack.modules[3], name);
		add(fixture, 1);
		event_extfrag(&fixture->test);
	}
	strcpy(fixture->test.event.task.comm, name);
	strcpy(fixture->test.stack.names[3], name);
	add(fixture, 1);
	for (const char *s = report(fixture); *s; s++) {
		assert_true(*s == '\n' || ((unsigned char)*s >= 0x20 && (unsigned char)*s < 0x7f));
		after += *s == '\n';
	}
	/* Only one steal with other migratetypes was added. */
	assert_int_equal(after, before + 1);
	assert_true(has(fixture, "\\x1b[2J\\x0a\\x0d\\x09\\xff\"}<b>"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(golden),
		TEST(nothing_happened),
		TEST(losses_by_cause),
		TEST(top_groups),
		TEST(keys_of_by),
		TEST(sample_that_is_not_the_last),
		TEST(who_holds_what_stays),
		TEST(frames_as_the_kernel_writes_them),
		TEST(a_storm),
		TEST(only_counted),
		TEST(allocations),
		TEST(more_steals_than_shown),
		TEST(hostile_names),
	};

	setenv("TZ", "UTC0", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
