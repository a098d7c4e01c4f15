// SPDX-License-Identifier: GPL-2.0
/*
 * Tests allocwatch diff: its output for two recordings, and its exit status.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/exit_status.h"
#include "base/file.h"
#include "cli/command.h"
#include "scripted_recording.h"

static struct recording before, after;

static int open_recording(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct recording *recording = !strcmp(capture->argument, "before") ? &before : &after;

	if (recording == &after && strcmp(capture->argument, "after"))
		return aw_error_set(error, -ENOENT, "can't read '%s'", capture->argument);
	recording->next = 0;
	*out = &recording->source;
	return 0;
}

static const struct aw_source_ops ops = RECORDING_OPS(open_recording);

const struct aw_source_ops *const aw_sources[] = { &ops };
const unsigned int aw_sources_count = 1;

static void add(struct recording *recording, unsigned int order, enum aw_class class, unsigned int count)
{
	while (count--) {
		struct aw_event *event = recording_add(recording, AW_EVENT_FAILURE);

		event->failure.order = order;
		event->failure.bytes = UINT64_C(4096) << order;
		event->failure.class = class;
	}
}

static int set_up(void **state)
{
	(void)state;
	recording_init(&before, &ops);
	recording_init(&after, &ops);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	recording_clear(&before);
	recording_clear(&after);
	return 0;
}

static char out[65536], err[4096];

static size_t take(int fd, int saved, FILE *file, char *text, size_t size)
{
	size_t len;

	dup2(saved, fd);
	close(saved);
	rewind(file);
	len = fread(text, 1, size - 1, file);
	text[len] = '\0';
	fclose(file);
	return len;
}

#define RUN(...) run((const char *const[]){ __VA_ARGS__, NULL })

static int run(const char *const *args)
{
	char *argv[16] = { (char *)"diff" };
	FILE *files[] = { tmpfile(), tmpfile() };
	int argc = 1, status, saved[2] = { dup(1), dup(2) };

	for (; args[argc - 1]; argc++)
		argv[argc] = (char *)args[argc - 1];
	fflush(stdout);
	dup2(fileno(files[0]), 1);
	dup2(fileno(files[1]), 2);
	status = aw_command_diff.run(argc, argv);
	fflush(stdout);
	take(1, saved[0], files[0], out, sizeof(out));
	take(2, saved[1], files[1], err, sizeof(err));
	return status;
}

static void keep(const char *name)
{
	const char *dir = getenv("AW_EXPORT_DIR");
	char path[256];
	FILE *file;

	if (!dir)
		return;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	fputs(out, file);
	fclose(file);
}

static void assert_says(const char *text)
{
	if (!strstr(out, text))
		fail_msg("\"%s\" is not in:\n%s", text, out);
}

/* Failures that were counted only are included in full. */
static void storms(void **state)
{
	(void)state;
	add(&before, 4, AW_CLASS_HARD, 30);
	add(&after, 4, AW_CLASS_HARD, 30);
	recording_add_counted(&after, 1970);
	assert_int_equal(RUN("--by", "order,site", "before", "after"), AW_EXIT_OK);
	keep("diff-storm.txt");
	assert_says("before  30 failures, 30 hard, ");
	assert_says("after   2000 failures, 1970 counted only, 2000 hard, ");
	assert_says("worse       1800.0    120000.0        30      2000  hard           order 4  ioctx_alloc");
	assert_int_equal(RUN("--json", "before", "after"), AW_EXIT_OK);
	keep("diff-storm.json");
	assert_says("\"unsampled\":1970");
}

static void every_kind_of_change(void **state)
{
	(void)state;
	add(&before, 0, AW_CLASS_HARD, 2);
	add(&before, 2, AW_CLASS_HARD, 20);
	add(&before, 3, AW_CLASS_HARD, 3);
	add(&before, 5, AW_CLASS_OPPORTUNISTIC, 30);
	add(&after, 0, AW_CLASS_HARD, 3);
	add(&after, 2, AW_CLASS_HARD, 1);
	add(&after, 4, AW_CLASS_HARD, 12);
	add(&after, 5, AW_CLASS_OPPORTUNISTIC, 60);
	before.lost = 7;
	assert_int_equal(RUN("before", "after"), AW_EXIT_OK);
	keep("diff.txt");
	assert_says("before  55 failures, 25 hard, in 1m00s from 2026-01-09T04:55:23.878000Z on 6.1.0-51-arm64 (before)");
	assert_says("new            0.0       720.0         0        12  hard           order 4");
	assert_says("worse       1800.0      3600.0        30        60  opportunistic  order 5");
	assert_says("same         120.0       180.0         2         3  hard           order 0");
	assert_says("better      1200.0        60.0        20         1  hard           order 2");
	assert_says("gone         180.0         0.0         3         0  hard           order 3");
	assert_says("ioctx_alloc");
	assert_says("1 new (1 hard), 1 worse, 1 same, 1 better, 1 gone");
	assert_says("lost before: 7 failures: the ring was full");
	assert_says("counts before: at most 7 failures are missing");
	assert_string_equal(err, "");
	assert_int_equal(RUN("--json", "before", "after"), AW_EXIT_OK);
	keep("diff.json");
	assert_says("\"schema\":\"allocwatch-diff/1\"");
	assert_int_equal(RUN("--json", "--by", "comm,stack,cause", "--filter", "order<5", "before", "after"), AW_EXIT_OK);
	keep("diff-by-comm.json");
	assert_int_equal(RUN("--top", "2", "before", "after"), AW_EXIT_OK);
	assert_says("... 3 more (--top 5 shows them)");
	assert_int_equal(before.closes, 4);
	assert_int_equal(after.closes, 4);
}

static int exit_status(void)
{
	return RUN("--exit-code", "before", "after");
}

static void exit_code(void **state)
{
	(void)state;
	add(&before, 4, AW_CLASS_HARD, 5);
	add(&after, 4, AW_CLASS_HARD, 5);
	assert_int_equal(exit_status(), AW_EXIT_OK);
	add(&after, 5, AW_CLASS_OPPORTUNISTIC, 5);
	assert_int_equal(exit_status(), AW_EXIT_OK);
	add(&after, 6, AW_CLASS_HARD, 1);
	assert_int_equal(exit_status(), AW_EXIT_HARD);
	assert_int_equal(RUN("before", "after"), AW_EXIT_OK);
	assert_int_equal(RUN("--exit-code", "after", "before"), AW_EXIT_OK);
	add(&before, 6, AW_CLASS_HARD, 1);
	add(&after, 4, AW_CLASS_HARD, 30);
	assert_int_equal(exit_status(), AW_EXIT_HARD);
}

/* The same count in a tenth of the time is a higher rate. */
static void rates_not_counts(void **state)
{
	(void)state;
	add(&before, 4, AW_CLASS_HARD, 40);
	add(&after, 4, AW_CLASS_HARD, 40);
	after.recorded.end_ns = after.recorded.start_ns + 6 * RECORDING_SECOND;
	assert_int_equal(exit_status(), AW_EXIT_HARD);
	assert_says("worse       2400.0     24000.0");
}

static void nothing_failed(void **state)
{
	(void)state;
	assert_int_equal(exit_status(), AW_EXIT_OK);
	assert_says("0 new, 0 worse, 0 same, 0 better, 0 gone");
	assert_int_equal(RUN("--json", "before", "after"), AW_EXIT_OK);
	keep("diff-empty.json");
}

/* KASLR and another build change addresses and offsets, but the stack is the same. */
static void stacks_by_function(void **state)
{
	(void)state;
	add(&before, 4, AW_CLASS_HARD, 1);
	add(&after, 4, AW_CLASS_HARD, 1);
	after.tests[0].stack.stack.id ^= 0x55;
	after.tests[0].stack.stack.frames[2].offset += 8;
	after.tests[0].stack.stack.frames[2].addr = 0xffff800012345678;
	assert_int_equal(RUN("--by", "stack", "before", "after"), AW_EXIT_OK);
	assert_says("0 new, 0 worse, 1 same, 0 better, 0 gone");
	assert_says("__alloc_pages < __kmalloc_large_node < __kmalloc < ioctx_alloc");
	after.tests[0].stack.stack.frames[2].name = "kvmalloc";
	assert_int_equal(RUN("--by", "stack", "before", "after"), AW_EXIT_OK);
	assert_says("1 new (1 hard), 0 worse, 0 same, 0 better, 1 gone");
}

static void hostile_names_are_cells(void **state)
{
	(void)state;
	recording_add_named(&before, "\x1b[2J");
	recording_add_named(&after, "\"},{<script>");
	assert_int_equal(RUN("--by", "comm", "before", "after"), AW_EXIT_OK);
	assert_says("\\x1b[2J\n");
	assert_null(strchr(out, '\x1b'));
	assert_int_equal(RUN("--json", "--by", "comm", "before", "after"), AW_EXIT_OK);
	keep("diff-hostile.json");
	assert_says("{\"comm\":\"\\\"},{<script>\"}");
}

static void wrong_usage(void **state)
{
	(void)state;
	assert_int_equal(RUN("before"), AW_EXIT_USAGE);
	assert_non_null(strstr(err, "allocwatch diff BEFORE AFTER"));
	assert_int_equal(RUN("before", "after", "more"), AW_EXIT_USAGE);
	assert_int_equal(RUN("before", "neither"), AW_EXIT_ERROR);
	assert_non_null(strstr(err, "'neither'"));
	assert_int_equal(before.closes, 1);
	after.poll_error = -EIO;
	assert_int_equal(RUN("before", "after"), AW_EXIT_ERROR);
	assert_string_equal(out, "");
	assert_int_equal(after.closes, 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(storms),
		TEST(every_kind_of_change),
		TEST(exit_code),
		TEST(rates_not_counts),
		TEST(nothing_failed),
		TEST(stacks_by_function),
		TEST(hostile_names_are_cells),
		TEST(wrong_usage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
