// SPDX-License-Identifier: GPL-2.0
/*
 * Shapes of prefixes, and prefixes that are learned from the lines of a report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "klog/prefix.h"
#include "lines/shape.h"

static const struct {
	const char *first, *second;	/* prefixes that the shape is learned from */
	const char *line, *text;	/* text NULL: the line has not the shape */
} rows[] = {
	{ "web_1 | [ 1.2]", "web_1 | [13.4]", "web_1 | [    2.000000] x", "x" },
	{ "web_1 | [ 1.2]", "web_1 | [13.4]", "web_2 | [    2.000000] x", "x" },	/* digits match any */
	{ "web_1 | [ 1.2]", "web_1 | [13.4]", "db_1 | [    2.000000] x", NULL },
	{ "web | [ 1.2]", "db | [13.4]", "other | [2] x", "x" },
	{ "97:", "98:", "100-x", "x" },		/* grep -n */
	{ "  9", " 10", "100  x", "x" },
	{ "kern.log:9:", "kern.log:10:", "kern.log-11-x", "x" },
	{ "<a> {b} (c)", "<d> {e} (f)", "<g> {h} (i)x", "x" },
	{ "[a", "[b", "(cx", NULL },
	{ "12", "13", "12x y", NULL },
};

static void learns_shapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct aw_log_shape shape, other;
		size_t len = strlen(rows[i].line);
		char *line = malloc(len);
		size_t match;

		memcpy(line, rows[i].line, len);
		assert_true(aw_log_shape_of(rows[i].first, strlen(rows[i].first), &shape));
		assert_true(aw_log_shape_of(rows[i].second, strlen(rows[i].second), &other));
		assert_true(aw_log_shape_same(&shape, &other));
		aw_log_shape_widen(&shape, &other);
		match = aw_log_shape_match(&shape, line, len);
		if (rows[i].text) {
			assert_int_equal(len - match, strlen(rows[i].text));
			assert_memory_equal(line + match, rows[i].text, len - match);
		} else {
			assert_int_equal(match, 0);
		}
		for (size_t cut = 0; cut < len; cut++)
			aw_log_shape_match(&shape, line, cut);
		free(line);
	}
}

static void what_is_no_shape(void **state)
{
	struct aw_log_shape a, b;
	char text[400];

	(void)state;
	assert_false(aw_log_shape_of("", 0, &a));
	memset(text, '|', sizeof(text));
	assert_false(aw_log_shape_of(text, 100, &a));
	assert_false(aw_log_shape_of(text, sizeof(text), &a));
	assert_true(aw_log_shape_of("a: ", 3, &a));
	assert_true(aw_log_shape_of("a; ", 3, &b));
	assert_false(aw_log_shape_same(&a, &b));
}

static void constant_front(void **state)
{
	struct aw_log_shape a, b;

	(void)state;
	aw_log_shape_of("| [1]", 5, &a);
	aw_log_shape_of("| [2]", 5, &b);
	aw_log_shape_widen(&a, &b);
	assert_int_equal(aw_log_shape_match_front(&a, "| mode:0x1", 10), 1);
	assert_int_equal(aw_log_shape_match_front(&a, "|__GFP_COMP", 11), 0);	/* the log's own */
	assert_int_equal(aw_log_shape_match_front(&a, "mode", 4), 0);
}

/* Lines of one report; the last one is parsed with what the others taught. */
static const struct {
	const char *lines[6];
	const char *text;
	int64_t mono_us, tid;
} lessons[] = {
	{ { "K#1|CORE2|1.5|> CPU: 0 PID: 89 Comm: x Not tainted 6.1.0 #1", "K#2|CORE2|1.6|> Call trace:",
	    "K#3|CORE1|1.7|>  dump_stack+0x18/0x34", "K#4|CORE1|1.9|> x: page allocation failure" },
	  "x: page allocation failure", -1, -1 },
	{ { "vmk: cpu7:[   12.300000] [pid:9,cpu1,x]CPU: 0 PID: 9 Comm: x Not tainted 6.1.0 #1", "vmk: cpu7:[   12.300100] [pid:9,cpu1,x]Mem-Info:",
	    "vmk: cpu9:[   12.400000] [pid:9,cpu1,x]y: z" }, "y: z", 12400000, 9 },
	{ { "[<ffffffc000086fd8>] dump_backtrace+0x0/0x120", "[<ffffffc00008711c>] show_stack+0x24/0x38", "? x: y" }, "? x: y", -1, -1 },
	{ { "a CPU: 0 PID: 89 Comm: x", "b: Call trace:", "c | Mem-Info:", "a d" }, "a d", -1, -1 },
	/* a line without the prefix */
	{ { "> x [1] CPU: 0 PID: 89 Comm: x", "> x [2] Call trace:", "> x [3] Mem-Info:", "> x tail of a wrapped line" }, "tail of a wrapped line", -1, -1 },
};

static void learns_prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lessons); i++) {
		struct aw_klog_lesson lesson = { 0 };
		struct aw_klog_prefix prefix = { 0 };
		struct aw_klog_line line;
		const char *last = NULL;
		char text[128];

		for (size_t k = 0; k < ARRAY_SIZE(lessons[i].lines) && lessons[i].lines[k]; k++) {
			last = lessons[i].lines[k];
			aw_klog_line_parse_known(last, strlen(last), &line);
			aw_klog_lesson_line(&lesson, &line.text);
		}
		aw_klog_lesson_end(&lesson, &line.text, &prefix);
		aw_klog_prefix_parse(&prefix, last, strlen(last), &line);
		aw_text_copy(text, sizeof(text), line.text.p, aw_text_left(&line.text));
		assert_string_equal(text, lessons[i].text);
		assert_int_equal(line.mono_us, lessons[i].mono_us);
		assert_int_equal(line.tid, lessons[i].tid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(learns_shapes),
		cmocka_unit_test(what_is_no_shape),
		cmocka_unit_test(constant_front),
		cmocka_unit_test(learns_prefixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
