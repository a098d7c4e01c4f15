// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what the page and the flame graph must and must not contain.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/flame/draw.h"
#include "output/flame/svg.h"
#include "output/html/internal.h"
#include "output/html/page.h"
#include "report_builder.h"

/* The output of the exporter; the caller frees it. */
static char *export(const struct aw_exporter *exporter, const struct aw_report *report)
{
	struct aw_error error = { "" };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(exporter->write(out, report, &error), 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(strlen(text), size);
	return text;
}

static char *export_built(const struct aw_exporter *exporter, bool with_events, bool raw)
{
	struct built_report built;
	char *text;

	assert_int_equal(build_report(&built, with_events), 0);
	built.report.raw_addresses = raw;
	text = export(exporter, &built.report);
	built_report_free(&built);
	return text;
}

#define assert_has(text, part) \
	do { \
		if (!strstr((text), (part))) \
			fail_msg("\"%s\" is not there", (part)); \
	} while (0)
#define assert_has_not(text, part) \
	do { \
		if (strstr((text), (part))) \
			fail_msg("\"%s\" is there", (part)); \
	} while (0)

static unsigned int occurrences(const char *text, const char *part)
{
	unsigned int count = 0;

	for (const char *at = text; (at = strstr(at, part)); at++)
		count++;
	return count;
}

static void page_says_it_all(void **state)
{
	static const char *const parts[] = {
		"74 requests for 64 KiB by ioctx_alloc failed: memory is fragmented, not short.",
		"6.1.0-56-arm64", "virt&lt;&amp;&gt;", "1m30s", "2025-11-22 15:23:20 UTC", "<b>159</b>",
		"<b>137</b>", "order 4 <span class=\"note\">64 KiB</span>", "<b>fragmentation</b>: ",
		"<b>costly-order</b>: ", "GFP_KERNEL|<wbr/>__GFP_COMP|<wbr/>__GFP_ZERO",
		"hog_get_buffer [hog]", "under 64 us", "Unmovable &#8592; Movable", "29697 \xc3\x97 4 KiB",
		"29697*4kB (U)", "ring_full_failures", "warn_alloc kprobe", "camera-provider[103]",
		"; kernel log: 1 printed, 73 suppressed", "softirq", "echo 1 &gt; /proc/sys/vm/compact_memory", "<li class=\"site\">ioctx_alloc",
	};
	char *page = export_built(&aw_export_html, true, false);

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		assert_has(page, parts[i]);
	free(page);
}

static void graph_is_complete(void **state)
{
	char *graph = export_built(&aw_export_svg, true, false);

	(void)state;
	assert_has(graph, "159 failed page requests by stack");
	assert_has(graph, "<title>ioctx_alloc: 74 failures, 46.5 %</title>");
	assert_has(graph, "<title>all failures: 159 failures, 100.0 %</title>");
	assert_has(graph, "<title>(no stack): 2 failures, 1.3 %</title>");
	assert_has(graph, "hog_ioctl [hog]");
	free(graph);
}

/* Names from outside are only text: they add no elements, scripts or control bytes. */
/* A storm of failures like the first one: exact counts, and how many were sampled. */
static void storm_and_allocations(void **state)
{
	static const char *const parts[] = {
		"<b>50159</b> <span>failures</span><span class=\"note\">159 sampled, 50000 counted only</span>",
		"<b>7654321</b> <span>successful requests</span>", "50074 requests for 64 KiB by ioctx_alloc failed: memory is fragmented",
		"; 74 of 50074 sampled", "64 KiB, 0 succeeded</span>", "<span class=\"count\">50105</span>",
		"order 0 <span class=\"note\">4 KiB, 7654321 succeeded</span></span><span class=\"count\">0</span>",
	};
	static const char *const group_parts[] = {
		"only counted, cause not known", "; counted only, none sampled", "74 requests for 64 KiB by ioctx_alloc",
	};
	struct built_report built;
	char *page;

	(void)state;
	assert_int_equal(build_report(&built, true), 0);
	report_storm(&built, 50000, 7654321);
	page = export(&aw_export_html, &built.report);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		assert_has(page, parts[i]);
	free(page);
	page = export(&aw_export_svg, &built.report);
	assert_has(page, "50159");
	assert_has(page, "50074");
	free(page);
	built_report_free(&built);
	/* grouped by process, the storm has no known process: the answer is that of a sampled group */
	assert_int_equal(build_report_by(&built, "comm,order,stack", true), 0);
	report_storm(&built, 50000, 1);
	page = export(&aw_export_html, &built.report);
	for (size_t i = 0; i < sizeof(group_parts) / sizeof(group_parts[0]); i++)
		assert_has(page, group_parts[i]);
	assert_has(page, "<p class=\"answer\">74 requests ");
	assert_has_not(page, "<code>[0]</code>");
	free(page);
	built_report_free(&built);
}

/* Hard failures come first, even if there are more opportunistic ones. */
static void the_answer_is_of_hard_failures(void **state)
{
	struct built_report built;
	char *page;

	(void)state;
	assert_int_equal(build_report(&built, true), 0);
	report_request(&built, 9, "GFP_TRANSHUGE_LIGHT", "java");
	built.event.failure.class = AW_CLASS_OPPORTUNISTIC;
	REPORT_STACK(&built, 8, { "__alloc_pages", "" }, { "do_huge_pmd_anonymous_page", "" });
	report_add(&built, 62, 1000000, 500);
	page = export(&aw_export_html, &built.report);
	assert_has(page, "<p class=\"answer\">74 requests for 64 KiB by ioctx_alloc ");
	assert_has(page, "500 requests for 2 MiB");
	free(page);
	built_report_free(&built);
}

static void hostile_names_stay_names(void **state)
{
	const struct aw_exporter *const exporters[] = { &aw_export_svg, &aw_export_html };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *text = export_built(exporters[i], true, false);

		assert_int_equal(occurrences(text, "<script"), 1);
		assert_int_equal(occurrences(text, "</script"), 1);
		assert_int_equal(occurrences(text, "]]>"), 1);
		assert_has_not(text, "<img");
		assert_has(text, "&lt;script&gt;alert(1)&lt;/script&gt; []]&gt;]");
		assert_has(text, "a\\x1b[2J\\xff [&quot;},{]");
		for (const char *c = text; *c; c++)
			assert_false(iscntrl((unsigned char)*c) && *c != '\n' && *c != '\t');
		free(text);
	}
}

/* Kernel addresses (ffff80...) are shown only if they were requested. */
static void addresses_only_when_wanted(void **state)
{
	const struct aw_exporter *const exporters[] = { &aw_export_svg, &aw_export_html };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *without = export_built(exporters[i], true, false);
		char *with = export_built(exporters[i], true, true);

		assert_has_not(without, "ffff8000");
		assert_has(without, "[unknown]");
		assert_has(with, "0xffff80000812");
		free(without);
		free(with);
	}
}

static void nothing_failed(void **state)
{
	char *page = export_built(&aw_export_html, false, false);
	char *graph = export_built(&aw_export_svg, false, false);

	(void)state;
	assert_has(page, "No page allocation failed.");
	assert_has(page, "nothing: all counts are exact");
	assert_has_not(page, "nan");
	assert_has(graph, "0 failed page requests");
	free(page);
	free(graph);
}

/* A recording of a kernel of which nothing is known. */
static void unknown_kernel(void **state)
{
	struct built_report built;
	char *page;

	(void)state;
	assert_int_equal(build_report(&built, true), 0);
	built.kernel.release[0] = built.kernel.arch[0] = built.kernel.host[0] = '\0';
	built.kernel.wall_offset_ns = 0;
	built.report.start_ns = built.report.end_ns = 0;
	built.report.top = 1;
	page = export(&aw_export_html, &built.report);
	assert_has(page, "allocwatch: report");
	assert_has(page, "5003.000 s after boot");
	assert_has(page, "6 more groups with 85 failures: --top 7 shows them.");
	assert_has(page, "and 6 more sites");
	free(page);
	built_report_free(&built);
}

static void times(void **state)
{
	struct aw_kernel kernel = { .wall_offset_ns = INT64_C(1700000000) * 1000000000 };
	char text[AW_PAGE_TIME];

	(void)state;
	assert_string_equal(aw_page_time_text(&kernel, 0, text), "time not known");
	assert_string_equal(aw_page_time_text(&kernel, 5000000000, text), "2023-11-14 22:13:25 UTC");
	kernel.wall_offset_ns = 0;
	assert_string_equal(aw_page_time_text(&kernel, 5012000000, text), "5.012 s after boot");
}

/* These would end the CDATA section and the script element that contain the script. */
static void script_ends_nothing(void **state)
{
	(void)state;
	assert_has_not(aw_flame_js, "</");
	assert_has_not(aw_flame_js, "]]>");
	assert_has_not(aw_flame_js, "<!--");
	assert_has_not(aw_flame_css, "<");
	assert_has_not(aw_page_css, "<");
	assert_has_not(aw_page_css, "&");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_says_it_all),
		cmocka_unit_test(graph_is_complete),
		cmocka_unit_test(storm_and_allocations),
		cmocka_unit_test(the_answer_is_of_hard_failures),
		cmocka_unit_test(hostile_names_stay_names),
		cmocka_unit_test(addresses_only_when_wanted),
		cmocka_unit_test(nothing_failed),
		cmocka_unit_test(unknown_kernel),
		cmocka_unit_test(times),
		cmocka_unit_test(script_ends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
