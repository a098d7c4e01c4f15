// SPDX-License-Identifier: GPL-2.0
/*
 * Tests header lines of every era and form, task lines, "callbacks suppressed".
 */
#include "klog_collect.h"

#include <glob.h>

#include "klog/header.h"
#include "klog/task.h"

static enum aw_klog_match parse(const char *raw, struct aw_klog_report *r)
{
	struct aw_klog_line line;

	memset(r, 0, sizeof(*r));
	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_header(&line, r);
}

static const struct {
	const char *raw, *comm, *names;
	int order;
	uint64_t mode;
	enum aw_klog_form form;
} failures[] = {
	{ "swapper: page allocation failure. order:2, mode:0x20", "swapper", "", 2, 0x20, AW_KLOG_FORM_DOT },
	{ "[ 1.5] insmod: page allocation failure: order:4, mode:0xc0d0", "insmod", "", 4, 0xc0d0, AW_KLOG_FORM_COLON },
	{ "kworker/0:1: page allocation failure: order:1, mode:0x2084020(GFP_ATOMIC|__GFP_COMP)", "kworker/0:1",
	  "GFP_ATOMIC|__GFP_COMP", 1, 0x2084020, AW_KLOG_FORM_NAMES },
	{ "a b: page allocation failure: order:0, mode:0x14000c0(GFP_KERNEL), nodemask=(null)", "a b", "GFP_KERNEL",
	  0, 0x14000c0, AW_KLOG_FORM_NODEMASK },
	{ "x: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null),cpuset=/,mems_allowed=0-1",
	  "x", "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", 4, 0x40dc0, AW_KLOG_FORM_CPUSET },
	{ "01-09 04:55:23.878     0     0 W Thread-2: page allocation failure: order:4, mode:0xc0d0", "Thread-2", "", 4,
	  0xc0d0, AW_KLOG_FORM_COLON },
	{ "W insmod  : page allocation failure: order:4, mode:0xc0d0", "W insmod", "", 4, 0xc0d0, AW_KLOG_FORM_COLON },
	{ "unknown-vendor-prefix: insmod: page allocation failure: order:4, mode:0xc0d0", "insmod", "", 4, 0xc0d0,
	  AW_KLOG_FORM_COLON },
};

static void failures_of_all_eras(void **state)
{
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		assert_int_equal(parse(failures[i].raw, &r), AW_KLOG_YES);
		assert_int_equal(r.type, AW_KLOG_FAILURE);
		assert_string_equal(r.comm, failures[i].comm);
		assert_int_equal(r.order, failures[i].order);
		assert_int_equal(r.mode, failures[i].mode);
		assert_string_equal(r.mode_names, failures[i].names);
		assert_int_equal(r.form, failures[i].form);
	}
	parse(failures[4].raw, &r);
	assert_string_equal(r.mems_allowed, "0-1");
}

static void other_kinds(void **state)
{
	struct aw_klog_report r;

	(void)state;
	assert_int_equal(parse("sh invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0", &r), AW_KLOG_YES);
	assert_int_equal(r.type, AW_KLOG_OOM);
	assert_string_equal(r.comm, "sh");
	assert_int_equal(r.mode, 0x201da);
	assert_int_equal(parse("a b invoked oom-killer: gfp_mask=0x24000c0(GFP_KERNEL), nodemask=0, order=2, oom_score_adj=0", &r),
			 AW_KLOG_YES);
	assert_int_equal(r.order, 2);
	assert_string_equal(r.mode_names, "GFP_KERNEL");
	assert_int_equal(parse("cma: cma_alloc: alloc failed, req-size: 256 pages, ret: -12", &r), AW_KLOG_YES);
	assert_int_equal(r.type, AW_KLOG_CMA);
	assert_int_equal(r.cma_pages, 256);
	assert_int_equal(r.error, -12);
	assert_string_equal(r.cma_name, "");
	assert_int_equal(parse("cma: cma_alloc: alloc failed, req", &r), AW_KLOG_MORE);
	assert_int_equal(r.type, AW_KLOG_CMA);
	assert_int_equal(r.cma_pages, 0);
	assert_int_equal(parse("VM: killing process httpd", &r), AW_KLOG_YES);
	assert_true(r.fault_kill && r.one_line);
	assert_int_equal(parse("VM: killing process httpd and what is behind it", &r), AW_KLOG_NO);
	assert_int_equal(parse("VM: killing process httpd", &r), AW_KLOG_YES);
	assert_string_equal(r.victim_comm, "httpd");
	assert_int_equal(parse("cma: __cma_alloc: linux,cma: alloc failed, req-size: 2 pages, ret: -16", &r), AW_KLOG_YES);
	assert_string_equal(r.cma_name, "linux,cma");
	assert_int_equal(parse("java: page allocation stalls for 10004ms, order:0, mode:0x24200ca(GFP_HIGHUSER_MOVABLE)", &r),
			 AW_KLOG_YES);
	assert_int_equal(r.type, AW_KLOG_STALL);
	assert_int_equal(r.stall_ms, 10004);
	assert_string_equal(r.comm, "java");
	assert_int_equal(parse("insmod: vmalloc error: size 65", &r), AW_KLOG_YES);
	assert_int_equal(r.bytes, 0);	/* cut: half of a number is another one */
	assert_int_equal(parse("vmalloc: allocation failure: 536870912 bytes", &r), AW_KLOG_YES);
	assert_int_equal(r.bytes, 536870912);
	assert_int_equal(parse("insmod: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0x14000c0(GFP_KERNEL)", &r),
			 AW_KLOG_YES);
	assert_int_equal(r.bytes, 8192);
	assert_int_equal(parse("insmod: vmalloc error: size 65536, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null)", &r),
			 AW_KLOG_YES);
	assert_int_equal(r.bytes, 65536);
	assert_int_equal(r.mode, 0xcc2);
	assert_string_equal(r.comm, "insmod");
}

static void prose_is_no_header(void **state)
{
	static const char *const texts[] = {
		"I see a page allocation failure here", "page allocation failures are bad",
		"the message says page allocation failure: it is wrong and long enough to be prose",
		"warn_alloc_failed走的slowpath", "alloc failed", "x: page allocation failure; order:1", "",
	};
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parse(texts[i], &r), AW_KLOG_NO);
	assert_int_equal(parse("x: page allocation failure: order:4, mo", &r), AW_KLOG_MORE);
	assert_int_equal(r.order, 4);
	assert_int_equal(parse("x: page allocation failure", &r), AW_KLOG_MORE);
	assert_int_equal(parse("x: page allocation", &r), AW_KLOG_MORE);
}

static uint64_t suppressed(const char *raw)
{
	struct aw_klog_line line;

	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_suppressed(&line, false);
}

static uint64_t suppressed_of_pools(const char *raw)
{
	struct aw_klog_line line;

	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_suppressed(&line, true);
}

/* 4.19 printed each report, and the Mem-Info of the first one only. */
static void suppressed_mem_info_is_no_report(void **state)
{
	(void)state;
	assert_int_equal(suppressed("[   68.984946] warn_alloc_show_mem: 2 callbacks suppressed"), 0);
	assert_int_equal(suppressed_of_pools("[   68.984946] warn_alloc_show_mem: 2 callbacks suppressed"), 0);
}

static void counts_suppressed_of_pools(void **state)
{
	(void)state;
	assert_int_equal(suppressed_of_pools("[    9.4] swiotlb_tbl_map_single: 31 callbacks suppressed"), 31);
	assert_int_equal(suppressed_of_pools("[    9.4] cma_alloc: 7 callbacks suppressed"), 7);
	assert_int_equal(suppressed_of_pools("[    9.4] warn_alloc: 7 callbacks suppressed"), 0);
	assert_int_equal(suppressed_of_pools("[    9.4] net_ratelimit: 7 callbacks suppressed"), 0);
	assert_int_equal(suppressed("[    9.4] cma_alloc: 7 callbacks suppressed"), 0);
}

static void counts_suppressed(void **state)
{
	(void)state;
	assert_int_equal(suppressed("[ 1.5] warn_alloc: 427 callbacks suppressed"), 427);
	assert_int_equal(suppressed("warn_alloc_failed: 12 callbacks suppressed"), 12);
	/* the limit of all of the kernel's printk_ratelimit() */
	assert_int_equal(suppressed("__alloc_pages_slowpath: 3 callbacks suppressed"), 0);
	assert_int_equal(suppressed("alloc_vmap_area: 25 callbacks suppressed"), 0);
	assert_int_equal(suppressed("net_ratelimit: 99 callbacks suppressed"), 0);
	assert_int_equal(suppressed("warn_alloc: callbacks suppressed"), 0);
}

static void task_lines(void **state)
{
	static const struct {
		const char *raw, *comm, *release;
		int64_t cpu, pid;
	} rows[] = {
		{ "CPU: 0 PID: 306 Comm: insmod Tainted: G           O   3.18.20+ #2", "insmod", "3.18.20+", 0, 306 },
		{ "CPU: 3 UID: 0 PID: 7 Comm: a b Not tainted 6.12.1 #1", "a b", "6.12.1", 3, 7 },
		{ "CPU: 1 PID: 8 Comm: x Kdump: loaded Not tainted 5.4.0-150-generic #1", "x", "5.4.0-150-generic", 1, 8 },
		{ "CPU: 1 PID: 8 Comm: x Kdump: loaded Tainted: P  OE  5.4.0 #1", "x", "5.4.0", 1, 8 },
		{ "CPU: 1 PID: 8 Comm:  Not tainted Not tainted 5.4.0 #1", " Not tainted", "5.4.0", 1, 8 },
		{ "Pid: 306, comm: insmod Tainted: G        W  2.6.32-71.el6.x86_64 #1", "insmod", "2.6.32-71.el6.x86_64", -1, 306 },
		{ "CPU: 0    Not tainted  (2.6.29 #1)", "", "2.6.29", 0, -1 },
		{ "CPU     : 0 PID: 306 Comm: insmod Not tainted 4.9.1 #2", "insmod", "4.9.1", 0, 306 },
	};
	struct aw_klog_line line;
	struct aw_klog_task task;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		aw_klog_line_parse(rows[i].raw, strlen(rows[i].raw), &line);
		assert_true(aw_klog_task(&line, &task));
		assert_string_equal(task.comm, rows[i].comm);
		assert_string_equal(task.release, rows[i].release);
		assert_int_equal(task.cpu, rows[i].cpu);
		assert_int_equal(task.pid, rows[i].pid);
	}
	aw_klog_line_parse("CPU    0: hi:   90, btch:  15 usd:   0", 38, &line);
	assert_false(aw_klog_task(&line, &task));
}

/* Appends the file's bytes; a NUL would hide what follows. */
static size_t append_file(const char *path, char *text, size_t used, size_t size)
{
	FILE *in = fopen(path, "r");
	size_t n;

	assert_non_null(in);
	n = fread(text + used, 1, size - used - 1, in);
	fclose(in);
	for (size_t i = used; i < used + n; i++)
		if (!text[i])
			text[i] = ' ';
	text[used + n] = '\0';
	return used + n;
}

/* A form whose words stand in no golden log is one that nobody watched. */
static void every_form_has_a_golden_log(void **state)
{
	const char *words[AW_KLOG_HEADER_WORDS];
	const char *data = getenv("AW_TEST_DATA");
	size_t count = aw_klog_header_words(words), used = 0, size = 16 << 20;
	char *text = calloc(1, size), pattern[4096];
	glob_t logs;

	(void)state;
	assert_non_null(data);
	assert_non_null(text);
	for (int i = 0; i < 2; i++) {
		snprintf(pattern, sizeof(pattern), "%s/../../golden/explain/*.%s", data, i ? "kern" : "log");
		assert_int_equal(glob(pattern, i ? GLOB_APPEND : 0, NULL, &logs), 0);
	}
	for (size_t i = 0; i < logs.gl_pathc; i++)
		used = append_file(logs.gl_pathv[i], text, used, size);
	globfree(&logs);
	assert_true(used + 1 < size);
	for (size_t i = 0; i + 1 < count; i += 2)
		if (!strstr(text, words[i]) && !strstr(text, words[i + 1]))
			fail_msg("no log in tests/golden/explain has \"%s\" or \"%s\"", words[i], words[i + 1]);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failures_of_all_eras),
		cmocka_unit_test(other_kinds),
		cmocka_unit_test(prose_is_no_header),
		cmocka_unit_test(counts_suppressed), cmocka_unit_test(suppressed_mem_info_is_no_report), cmocka_unit_test(counts_suppressed_of_pools),
		cmocka_unit_test(task_lines),
		cmocka_unit_test(every_form_has_a_golden_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
