// SPDX-License-Identifier: GPL-2.0
/*
 * Tests metrics: both formats line by line, complete counts, hostile names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "memfile.h"
#include "output/prometheus.h"

#define SECOND UINT64_C(1000000000)

struct fixture {
	struct memfile mem;
	struct aw_kernel kernel;
	struct aw_summary *summary;
	struct aw_report report;
	struct test_event test;
};

static int set_up(void **state)
{
	const struct aw_key *key = aw_key_find("order", 5);
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	strcpy(fixture->kernel.release, "6.1.0-51-arm64");
	strcpy(fixture->kernel.arch, "aarch64");
	fixture->kernel.wall_offset_ns = INT64_C(1767934522878000000);
	fixture->summary = aw_summary_new(&key, 1);
	fixture->report = (struct aw_report){
		.kernel = &fixture->kernel, .summary = fixture->summary, .source = "bpf",
		.start_ns = SECOND, .end_ns = 251 * SECOND + 5000000,
	};
	event_failure(&fixture->test);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	if (fixture->mem.file)
		memfile_close(&fixture->mem);
	aw_summary_free(fixture->summary);
	free(fixture);
	return 0;
}

static const char *page(struct fixture *fixture, enum aw_exposition exposition)
{
	if (fixture->mem.file)
		memfile_close(&fixture->mem);
	memfile_open(&fixture->mem);
	aw_prometheus_write(fixture->mem.file, &fixture->report, exposition);
	return memfile_text(&fixture->mem);
}

static void add(struct fixture *fixture, unsigned int times)
{
	while (times--)
		aw_summary_add(fixture->summary, &fixture->test.event);
}

/* A complete line of the page. */
static bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	for (const char *at = text; (at = strstr(at, line)); at++)
		if ((at == text || at[-1] == '\n') && at[length] == '\n')
			return true;
	return false;
}

#define HAS(exposition, line) \
	do { \
		if (!has_line(page(fixture, exposition), line)) \
			fail_msg("no line %s in\n%s", line, page(fixture, exposition)); \
	} while (0)
#define TEXT_HAS(line) HAS(AW_EXPOSE_TEXT, line)
#define OPENMETRICS_HAS(line) HAS(AW_EXPOSE_OPENMETRICS, line)

static void nothing_yet(void **state)
{
	struct fixture *fixture = *state;

	TEXT_HAS("allocwatch_build_info{version=\"" AW_VERSION_TEXT "\"} 1");
	TEXT_HAS("allocwatch_source_info{source=\"bpf\",release=\"6.1.0-51-arm64\",arch=\"aarch64\"} 1");
	TEXT_HAS("allocwatch_source_degraded 0");
	TEXT_HAS("allocwatch_start_time_seconds 1767934523.878");
	TEXT_HAS("allocwatch_watched_seconds_total 250.005");
	TEXT_HAS("allocwatch_class_failures_total{class=\"hard\"} 0");
	TEXT_HAS("allocwatch_class_failures_total{class=\"opportunistic\"} 0");
	TEXT_HAS("allocwatch_log_failures_total{log=\"printed\"} 0");
	TEXT_HAS("allocwatch_oom_kills_total 0");
	TEXT_HAS("allocwatch_cma_failures_total 0");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"+Inf\"} 0");
	TEXT_HAS("allocwatch_stall_seconds_sum 0.000000000");
	assert_null(strstr(page(fixture, AW_EXPOSE_TEXT), "# EOF"));
	assert_null(strstr(page(fixture, AW_EXPOSE_TEXT), "allocwatch_failures_total{"));
	fixture->kernel.wall_offset_ns = 0;
	assert_null(strstr(page(fixture, AW_EXPOSE_TEXT), "\nallocwatch_start_time_seconds"));
}

static void failures(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 12);
	EVENT_STACK(&fixture->test, "__alloc_pages", "__kmalloc", "hog_rx [hog]", "net_rx_action");
	fixture->test.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	fixture->test.event.failure.log = AW_LOG_NOWARN;
	add(fixture, 3);
	TEXT_HAS("allocwatch_failures_total{order=\"4\",gfp=\"GFP_KERNEL|__GFP_COMP|__GFP_ZERO\",class=\"hard\","
		 "cause=\"fragmentation\",rule=\"costly-order\",site=\"ioctx_alloc\"} 12");
	TEXT_HAS("allocwatch_failures_total{order=\"4\",gfp=\"GFP_KERNEL|__GFP_COMP|__GFP_ZERO\","
		 "class=\"opportunistic\",cause=\"fragmentation\",rule=\"costly-order\",site=\"hog_rx [hog]\"} 3");
	TEXT_HAS("allocwatch_class_failures_total{class=\"hard\"} 12");
	TEXT_HAS("allocwatch_class_failures_total{class=\"opportunistic\"} 3");
	TEXT_HAS("allocwatch_log_failures_total{log=\"printed\"} 12");
	TEXT_HAS("allocwatch_log_failures_total{log=\"nowarn\"} 3");
}

static void further_label_sets_are_other(void **state)
{
	struct fixture *fixture = *state;
	unsigned int lines = 0;

	for (unsigned int order = 0; order < AW_MAX_SERIES + 3; order++) {
		fixture->test.event.failure.order = order;
		add(fixture, 2);
	}
	fixture->test.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	add(fixture, 1);
	TEXT_HAS("allocwatch_failures_total{order=\"other\",gfp=\"other\",class=\"hard\",cause=\"other\","
		 "rule=\"other\",site=\"other\"} 6");
	TEXT_HAS("allocwatch_failures_total{order=\"other\",gfp=\"other\",class=\"opportunistic\",cause=\"other\","
		 "rule=\"other\",site=\"other\"} 1");
	for (const char *at = page(fixture, AW_EXPOSE_TEXT); (at = strstr(at, "\nallocwatch_failures_total{")); at++)
		lines++;
	assert_int_equal(lines, AW_MAX_SERIES + 2);
}

static void other_events(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event->type = AW_EVENT_OOM_KILL;
	add(fixture, 2);
	event->type = AW_EVENT_CMA_FAILURE;
	add(fixture, 3);
	event->type = AW_EVENT_WARNING;
	add(fixture, 4);
	event_extfrag(&fixture->test);
	add(fixture, 5);
	EVENT_STACK(&fixture->test, "__alloc_pages", "somebody_else");
	add(fixture, 6);
	event->extfrag.to = AW_MT_RECLAIMABLE;
	add(fixture, 7);
	TEXT_HAS("allocwatch_oom_kills_total 2");
	TEXT_HAS("allocwatch_cma_failures_total 3");
	TEXT_HAS("allocwatch_warnings_total 4");
	TEXT_HAS("allocwatch_extfrag_steals_total{from=\"Movable\",to=\"Unmovable\"} 11");
	TEXT_HAS("allocwatch_extfrag_steals_total{from=\"Movable\",to=\"Reclaimable\"} 7");
}

static void add_stall(struct fixture *fixture, uint64_t ns)
{
	fixture->test.event.type = AW_EVENT_STALL;
	fixture->test.event.failure.effort.total_ns = ns;
	add(fixture, 1);
}

static void stalls_are_a_histogram(void **state)
{
	struct fixture *fixture = *state;

	add_stall(fixture, 500);
	add_stall(fixture, 3100000);
	add_stall(fixture, 3900000);
	add_stall(fixture, 300 * SECOND);
	TEXT_HAS("# TYPE allocwatch_stall_seconds histogram");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"0.000001\"} 1");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"0.002048\"} 1");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"0.004096\"} 3");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"1.048576\"} 3");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"67.108864\"} 3");
	TEXT_HAS("allocwatch_stall_seconds_bucket{le=\"+Inf\"} 4");
	TEXT_HAS("allocwatch_stall_seconds_sum 300.007000500");
	TEXT_HAS("allocwatch_stall_seconds_count 4");
}

static void missing_and_lost(void **state)
{
	static const struct aw_missing missing[] = {
		{ .what = "warn_alloc kprobe" }, { .what = "kernel symbols" }, { .what = "warn_alloc kprobe" },
	};
	static const struct aw_loss losses[] = {
		{ .cause = "ring", .count = 7 }, { .cause = "none" }, { .cause = "ring", .count = 1 },
	};
	struct fixture *fixture = *state;
	const char *text;

	fixture->report.missing = missing;
	fixture->report.nr_missing = 3;
	fixture->report.losses = losses;
	fixture->report.nr_losses = 3;
	TEXT_HAS("allocwatch_source_degraded 1");
	TEXT_HAS("allocwatch_source_missing{feature=\"kernel symbols\"} 1");
	TEXT_HAS("allocwatch_lost_total{cause=\"ring\"} 7");
	TEXT_HAS("allocwatch_lost_total{cause=\"none\"} 0");
	/* Two equal series would make the whole page invalid. */
	text = strstr(page(fixture, AW_EXPOSE_TEXT), "warn_alloc kprobe");
	assert_non_null(text);
	assert_null(strstr(text + 1, "warn_alloc kprobe"));
	assert_null(strstr(page(fixture, AW_EXPOSE_TEXT), "{cause=\"ring\"} 1"));
}

static void openmetrics(void **state)
{
	struct fixture *fixture = *state;
	const char *text;

	add(fixture, 1);
	OPENMETRICS_HAS("# TYPE allocwatch_failures counter");
	OPENMETRICS_HAS("# TYPE allocwatch_build info");
	OPENMETRICS_HAS("# TYPE allocwatch_oom_kills counter");
	OPENMETRICS_HAS("allocwatch_oom_kills_total 0");
	OPENMETRICS_HAS("allocwatch_class_failures_total{class=\"hard\"} 1");
	TEXT_HAS("# TYPE allocwatch_failures_total counter");
	TEXT_HAS("# TYPE allocwatch_build_info gauge");
	text = page(fixture, AW_EXPOSE_OPENMETRICS);
	assert_string_equal(text + strlen(text) - 6, "# EOF\n");
	assert_string_equal(aw_prometheus_content_type(AW_EXPOSE_OPENMETRICS),
			    "application/openmetrics-text; version=1.0.0; charset=utf-8");
	assert_string_equal(aw_prometheus_content_type(AW_EXPOSE_TEXT), "text/plain; version=0.0.4; charset=utf-8");
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void hostile_names(void **state)
{
	struct fixture *fixture = *state;
	unsigned int before;

	add(fixture, 1);
	before = lines_of(page(fixture, AW_EXPOSE_TEXT));
	strcpy(fixture->test.stack.names[3], "\"} 9\nallocwatch_oom_kills_total 5\n\x1b\xff\\");
	add(fixture, 1);
	assert_int_equal(lines_of(page(fixture, AW_EXPOSE_TEXT)), before + 1);
	assert_false(has_line(page(fixture, AW_EXPOSE_TEXT), "allocwatch_oom_kills_total 5"));
	assert_non_null(strstr(page(fixture, AW_EXPOSE_TEXT),
			       "site=\"\\\"} 9\\nallocwatch_oom_kills_total 5\\n\\\\x1b\\\\xff\\\\\"} 1\n"));
}

static void as_an_exporter(void **state)
{
	struct fixture *fixture = *state;
	char *expected = strdup(page(fixture, AW_EXPOSE_TEXT));
	struct memfile mem;
	struct aw_error error;

	memfile_open(&mem);
	assert_string_equal(aw_export_prometheus.name, "prometheus");
	assert_int_equal(aw_export_prometheus.write(mem.file, &fixture->report, &error), 0);
	assert_string_equal(memfile_text(&mem), expected);
	memfile_close(&mem);
	free(expected);
}

static void headroom_of_zones(void **state)
{
	struct fixture *fixture = *state;
	static struct aw_headroom headroom = {
		.time_ns = 2 * SECOND, .took_ns = 123000000, .max_order = 5, .nr_zones = 2,
		.zones = { { .node = 0, .name = "DMA32" }, { .node = 1, .name = "Movable" } },
	};
	const char *text;

	headroom.zones[0].blocks[AW_FOR_UNMOVABLE][4] = (struct aw_headroom_blocks){ 7, 30 };
	headroom.zones[1].blocks[AW_FOR_UNMOVABLE][4] = (struct aw_headroom_blocks){ 500, 600 };
	headroom.zones[1].blocks[AW_FOR_MOVABLE][4] = (struct aw_headroom_blocks){ 500, 600 };
	headroom.zones[0].blocked[AW_PAGE_SLAB] = 99;
	assert_null(strstr(page(fixture, AW_EXPOSE_TEXT), "\nallocwatch_headroom"));
	fixture->report.headroom = &headroom;
	text = page(fixture, AW_EXPOSE_TEXT);
	assert_non_null(strstr(text, "\n# TYPE allocwatch_headroom_blocks gauge\n"));
	/* An unmovable request may not use ZONE_MOVABLE. */
	assert_non_null(strstr(text, "\nallocwatch_headroom_blocks{order=\"4\",migratetype=\"Unmovable\"} 37\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_blocks{order=\"4\",migratetype=\"Movable\"} 1100\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_usable_blocks{node=\"0\",zone=\"DMA32\",order=\"4\",migratetype=\"Unmovable\"} 7\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_makeable_blocks{node=\"0\",zone=\"DMA32\",order=\"4\",migratetype=\"Unmovable\"} 30\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_makeable_blocks{node=\"1\",zone=\"Movable\",order=\"5\",migratetype=\"Movable\"} 0\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_blocked_windows{node=\"0\",zone=\"DMA32\",order=\"4\",class=\"slab\"} 99\n"));
	assert_null(strstr(text, "order=\"0\",migratetype"));
	assert_null(strstr(text, "order=\"6\",migratetype"));
	assert_null(strstr(text, "class=\"anon\""));
	assert_non_null(strstr(text, "\nallocwatch_headroom_time_seconds 1767934524.878000000\n"));
	assert_non_null(strstr(text, "\nallocwatch_headroom_scan_seconds 0.123000000\n"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_yet), TEST(failures), TEST(further_label_sets_are_other), TEST(other_events),
		TEST(stalls_are_a_histogram), TEST(missing_and_lost), TEST(openmetrics), TEST(hostile_names),
		TEST(as_an_exporter), TEST(headroom_of_zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
