// SPDX-License-Identifier: GPL-2.0
/*
 * Tests event lines: columns, hostile names, and the limit in a storm.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "events.h"
#include "memfile.h"
#include "output/text/printk_format.h"
#include "output/text/text.h"

#define SECOND UINT64_C(1000000000)

struct fixture {
	struct aw_kernel kernel;
	struct memfile mem;
	struct aw_lines lines;
	struct test_event test;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_int_equal(aw_kernel_for_release("6.1.0-51-arm64", 4096, &fixture->kernel), 0);
	/* 2026-01-09 04:55:23.878 UTC is one second after boot */
	fixture->kernel.wall_offset_ns = INT64_C(1767934522878000000);
	fixture->lines.out = memfile_open(&fixture->mem);
	fixture->lines.kernel = &fixture->kernel;
	event_failure(&fixture->test);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_lines_free(&fixture->lines);
	memfile_close(&fixture->mem);
	aw_kernel_clear(&fixture->kernel);
	free(fixture);
	return 0;
}

/* Rows start in the first column; lines that belong to a row are indented. */
static unsigned int count_rows(struct fixture *fixture)
{
	const char *text = memfile_text(&fixture->mem);
	unsigned int count = 0;

	for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
		assert_non_null(strchr(line, '\n'));
		count += *line != ' ';
	}
	return count;
}

/* The cells of a row, separated by single spaces. */
static void check_row(const char *row, const char *expected)
{
	char cells[512], *out = cells;

	for (; *row && *row != '\n'; row++)
		if (*row != ' ' || (out > cells && out[-1] != ' '))
			*out++ = *row;
	*out = '\0';
	assert_string_equal(cells, expected);
}

static void header_and_columns(void **state)
{
	static const char *const columns[] = {
		"TIME", "PROCESS", "CLASS", "LOG", "CAUSE", "SITE", "GFP",
	};
	static const char *const cells[] = {
		"04:55:23.878", "repro[89]", "hard", "printed", "fragmentation", "ioctx_alloc", "GFP_KERNEL|",
	};
	struct fixture *fixture = *state;
	const char *header, *row;

	aw_lines_header(&fixture->lines);
	aw_lines_event(&fixture->lines, &fixture->test.event);
	header = memfile_text(&fixture->mem);
	row = strchr(header, '\n') + 1;
	check_row(header, "TIME UTC PROCESS SIZE ORDER CLASS LOG CAUSE SITE GFP");
	check_row(row, "04:55:23.878 repro[89] 64 KiB 4 hard printed fragmentation ioctx_alloc "
		       "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	/* each cell is below its head */
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		assert_int_equal(strncmp(row + (strstr(header, columns[i]) - header), cells[i],
					 strlen(cells[i])), 0);
}

/* The verdict follows only the first failure with the same verdict. */
static void verdict_once_a_kind(void **state)
{
	struct fixture *fixture = *state;
	struct test_event *test = &fixture->test;
	size_t len;

	aw_lines_event(&fixture->lines, &test->event);
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n  request "));
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n  stopped by "));
	len = strlen(memfile_text(&fixture->mem));
	test->event.task.pid++;
	test->event.time_ns++;
	aw_lines_event(&fixture->lines, &test->event);
	assert_null(strstr(memfile_text(&fixture->mem) + len, "  request "));
	test->event.failure.order = 5;
	aw_lines_event(&fixture->lines, &test->event);
	assert_non_null(strstr(memfile_text(&fixture->mem) + len, "\n  request "));
	assert_int_equal(count_rows(fixture), 3);
}

static void warnings(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event->type = AW_EVENT_WARNING;
	event->warning = (struct aw_warning){
		.gfp = { .names = "GFP_KERNEL" }, .format = "vmalloc error: size %lu\n\x1b[2J",
	};
	aw_lines_event(&fixture->lines, event);
	check_row(memfile_text(&fixture->mem),
		  "04:55:23.878 repro[89] warning ioctx_alloc \"vmalloc error: size ...\\x0a\\x1b[2J\" GFP_KERNEL");
	assert_int_equal(count_rows(fixture), 1);
}

static void oom_kills(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event->type = AW_EVENT_OOM_KILL;
	event->site = NULL;
	fixture->test.stack.stack.count = 0;
	event->oom = (struct aw_oom_kill){ .victim_pid = 4711, .victim_comm = "vic\ntim", .order = 2 };
	aw_lines_event(&fixture->lines, event);
	check_row(memfile_text(&fixture->mem), "04:55:23.878 repro[89] 2 OOM kill killed vic\\x0atim[4711]");
	assert_int_equal(count_rows(fixture), 1);
}

static void cma_failures(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event->type = AW_EVENT_CMA_FAILURE;
	event->cma = (struct aw_cma_failure){ .count = 256, .align = 8, .error = -16, .name = "linux\x1b,cma" };
	aw_lines_event(&fixture->lines, event);
	check_row(memfile_text(&fixture->mem),
		  "04:55:23.878 repro[89] 1 MiB CMA ioctx_alloc area linux\\x1b,cma: Device or resource busy");
}

static void steals_and_stalls_have_no_rows(void **state)
{
	struct fixture *fixture = *state;

	fixture->test.event.type = AW_EVENT_STALL;
	aw_lines_event(&fixture->lines, &fixture->test.event);
	aw_lines_event(&fixture->lines, event_extfrag(&fixture->test));
	aw_lines_end(&fixture->lines);
	assert_string_equal(memfile_text(&fixture->mem), "");
}

/* An event is one row of printable text, with any bytes in names. */
static void hostile_names(void **state)
{
	static const char *const names[] = {
		"\x1b[2J", "\"\n},{", "<script>", "a\rb\tc", "\xff\xfe\x80", "\xe2\x80\xae" "gpj.exe", "\\", "%s%n",
		"\x7f\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13\x14\x15\x16",
	};
	struct fixture *fixture = *state;
	struct test_event *test = &fixture->test;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		strcpy(test->event.task.comm, names[i]);
		strcpy(test->stack.names[3], names[i]);
		strcpy(test->stack.modules[3], names[i]);
		strcpy(test->stack.names[4], names[i]);
		test->event.failure.order = i;	/* another verdict, which is printed */
		aw_lines_event(&fixture->lines, &test->event);
		assert_int_equal(count_rows(fixture), i + 1);
	}
	for (const char *s = memfile_text(&fixture->mem); *s; s++)
		assert_true(*s == '\n' || ((unsigned char)*s >= 0x20 && (unsigned char)*s < 0x7f));
	assert_non_null(strstr(memfile_text(&fixture->mem), "\\x1b[2J[89]"));
	assert_non_null(strstr(memfile_text(&fixture->mem), "%s%n [%s%n]"));
}

static void storm_is_cut(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;

	event->time_ns = 10 * SECOND;
	for (int i = 0; i < AW_LINES_PER_SECOND + 7; i++) {
		aw_lines_event(&fixture->lines, event);
		event->time_ns += 1000;
	}
	assert_int_equal(count_rows(fixture), AW_LINES_PER_SECOND);
	/* the next second first tells how many were omitted */
	event->time_ns = 11 * SECOND - 1;
	aw_lines_event(&fixture->lines, event);
	assert_int_equal(count_rows(fixture), AW_LINES_PER_SECOND);
	event->time_ns = 11 * SECOND;
	aw_lines_event(&fixture->lines, event);
	assert_int_equal(count_rows(fixture), AW_LINES_PER_SECOND + 2);
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n... 8 more in this second"));
	aw_lines_end(&fixture->lines);
	assert_int_equal(count_rows(fixture), AW_LINES_PER_SECOND + 2);
}

/* One line per signature and second: how many, without process and cause. */
static void only_counted(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;
	const char *header, *row;

	event->failure.unsampled = 123456;
	event->failure.cause = AW_CAUSE_UNKNOWN;
	aw_lines_header(&fixture->lines);
	aw_lines_event(&fixture->lines, event);
	header = memfile_text(&fixture->mem);
	row = strchr(header, '\n') + 1;
	check_row(row, "04:55:23.878 (123456 not sampled) 64 KiB 4 hard printed - ioctx_alloc "
		       "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	assert_int_equal(strncmp(row + (strstr(header, "CLASS") - header), "hard", 4), 0);
	assert_null(strstr(row, "repro"));
	assert_null(strstr(row, "  request "));
	/* the verdict is still printed when a sample follows */
	event->failure.unsampled = 0;
	event->failure.cause = AW_CAUSE_FRAGMENTATION;
	aw_lines_event(&fixture->lines, event);
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n  request "));
}

/* If a line is omitted, all failures that it stands for are counted as omitted. */
static void only_counted_and_left_out(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < AW_LINES_PER_SECOND + 3; i++)
		aw_lines_event(&fixture->lines, &fixture->test.event);
	fixture->test.event.failure.unsampled = 62000;
	aw_lines_event(&fixture->lines, &fixture->test.event);
	aw_lines_end(&fixture->lines);
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n... 62003 more in this second"));
}

static void end_says_what_is_unsaid(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < AW_LINES_PER_SECOND + 3; i++)
		aw_lines_event(&fixture->lines, &fixture->test.event);
	aw_lines_end(&fixture->lines);
	assert_non_null(strstr(memfile_text(&fixture->mem), "\n... 3 more in this second"));
	aw_lines_end(&fixture->lines);
	assert_int_equal(count_rows(fixture), AW_LINES_PER_SECOND + 1);
}

/* Cpus deliver out of order, which loses nothing. */
static void time_that_runs_back(void **state)
{
	struct fixture *fixture = *state;

	fixture->test.event.time_ns = 10 * SECOND;
	aw_lines_event(&fixture->lines, &fixture->test.event);
	fixture->test.event.time_ns = 10 * SECOND - 5;
	aw_lines_event(&fixture->lines, &fixture->test.event);
	assert_int_equal(count_rows(fixture), 2);
}

static void times(void **state)
{
	static const struct aw_kernel unknown = { .page_size = 4096 };
	const struct aw_kernel *kernel = &((struct fixture *)*state)->kernel;
	char text[16];

	assert_string_equal(aw_format_time(kernel, SECOND, text), "04:55:23.878");
	assert_string_equal(aw_format_time(kernel, SECOND + 121999999, text), "04:55:23.999");
	assert_string_equal(aw_format_time(kernel, SECOND + 122000000, text), "04:55:24.000");
	assert_string_equal(aw_format_time(kernel, 0, text), "-");
	assert_string_equal(aw_format_time(&unknown, SECOND, text), "-");
}

static void who(void **state)
{
	struct fixture *fixture = *state;
	struct aw_event *event = &fixture->test.event;
	char text[AW_WHO_TEXT];

	assert_string_equal(aw_format_who(event, text), "repro[89]");
	event->task.context = AW_IN_UNKNOWN;
	assert_string_equal(aw_format_who(event, text), "repro[89]");
	event->task.context = AW_IN_SOFTIRQ;
	assert_string_equal(aw_format_who(event, text), "softirq/cpu1");
	event->task.context = AW_IN_HARDIRQ;
	assert_string_equal(aw_format_who(event, text), "hardirq/cpu1");
	event->task.context = AW_IN_NMI;
	event->cpu = UINT32_MAX;
	assert_string_equal(aw_format_who(event, text), "nmi/cpu4294967295");
	event->task.context = AW_IN_TASK;
	event->failure.unsampled = 3;
	assert_string_equal(aw_format_who(event, text), "counted only");
	event->failure.unsampled = 0;
	event->task.pid = UINT32_MAX;
	memset(event->task.comm, 0xff, AW_COMM_LEN);
	aw_format_who(event, text);
	assert_int_equal(strlen(text), 16 * 4 + strlen("[4294967295]"));
}

static void sites(void **state)
{
	struct test_stack test;
	struct aw_frame frame = { .name = "", .module = "" };
	char text[AW_SITE_TEXT], name[600], module[200];

	(void)state;
	assert_string_equal(aw_format_site(NULL, text), "?");
	assert_string_equal(aw_format_site(&frame, text), "?");
	frame.addr = 0xffff800000001234;
	assert_string_equal(aw_format_site(&frame, text), "0xffff800000001234");
	assert_string_equal(aw_format_site(&STACK(&test, "ioctx_alloc")->frames[0], text), "ioctx_alloc");
	assert_string_equal(aw_format_site(&STACK(&test, "hog_get_buffer [hog]")->frames[0], text),
			    "hog_get_buffer [hog]");
	memset(name, '\n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memset(module, 'm', sizeof(module) - 1);
	module[sizeof(module) - 1] = '\0';
	frame.name = name;
	frame.module = module;
	aw_format_site(&frame, text);
	assert_true(strlen(text) < AW_SITE_TEXT);
	assert_null(strchr(text, '\n'));
	assert_int_equal(text[strlen(text) - 1], ']');
}

static void check_words(const char *format, const char *words)
{
	char out[80];

	aw_printk_format_words(format, out, sizeof(out));
	assert_string_equal(out, words);
}

static void printk_formats(void **state)
{
	char small[8];

	(void)state;
	check_words("vmalloc: allocation failure: %lu bytes\n", "vmalloc: allocation failure: ... bytes");
	check_words("vmalloc error: size %-08.3lu, page order %u, failed", "vmalloc error: size ..., page order ..., failed");
	check_words("%pISpc: 100%% of %*pbl", "...: 100% of ...");
	check_words("cut %", "cut ...");
	check_words("cut %l", "cut ...");
	check_words("\n\n", "");
	check_words("", "");
	aw_printk_format_words("abcdef%lu", small, sizeof(small));
	assert_string_equal(small, "abcdef.");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(header_and_columns),
		TEST(warnings),
		TEST(printk_formats),
		TEST(verdict_once_a_kind),
		TEST(oom_kills),
		TEST(cma_failures),
		TEST(steals_and_stalls_have_no_rows),
		TEST(hostile_names),
		TEST(storm_is_cut),
		TEST(only_counted),
		TEST(only_counted_and_left_out),
		TEST(end_says_what_is_unsaid),
		TEST(time_that_runs_back),
		TEST(times),
		TEST(who),
		TEST(sites),
	};

	setenv("TZ", "UTC0", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
