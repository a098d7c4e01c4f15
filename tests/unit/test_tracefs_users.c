// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what is said of a top-level trace buffer that is in use, on directories
 * that look like tracefs.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "source/tracefs/users.h"

static char root[] = "/tmp/aw-tracefs-XXXXXX";

static void put(const char *file, const char *text)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", root, file);
	out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static int make_root(void **state)
{
	static const char *const directories[] = { "events", "per_cpu", "per_cpu/cpu0" };
	char path[128];

	(void)state;
	if (!mkdtemp(root))
		return -1;
	for (unsigned int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, directories[i]);
		mkdir(path, 0700);
	}
	return 0;
}

static int remove_root(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command);
}

static int refusal(const char *tracer, const char *enabled, const char *events, const char *stats, char *text)
{
	struct aw_error error = { .text = "" };
	int err;

	put("current_tracer", tracer);
	put("events/enable", enabled);
	put("set_event", events);
	put("per_cpu/cpu0/stats", stats);
	err = aw_trace_top_is_free(root, &error);
	strcpy(text, error.text);
	return err;
}

static void a_free_buffer(void **state)
{
	char text[AW_ERROR_TEXT];

	(void)state;
	assert_int_equal(refusal("nop\n", "0\n", "", "entries: 0\noverrun: 0\n", text), 0);
}

/* Every step stands in one message: who follows it is not refused again. */
static void all_steps_at_once(void **state)
{
	char text[AW_ERROR_TEXT], expected[AW_ERROR_TEXT];

	(void)state;
	assert_int_equal(refusal("function\n", "X\n", "sched:sched_switch\n", "entries: 7\n", text), -EBUSY);
	snprintf(expected, sizeof(expected), "the only trace buffer of this kernel is in use (the tracer function, the event "
		 "sched:sched_switch, an earlier trace): cd %s; echo nop > current_tracer; echo 0 > events/enable; cat trace > "
		 "FILE; echo > trace", root);
	assert_string_equal(text, expected);
	assert_int_equal(refusal("nop\n", "0\n", "", "entries: 7\n", text), -EBUSY);
	assert_null(strstr(text, "current_tracer"));
	assert_non_null(strstr(text, "(an earlier trace)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_free_buffer),
		cmocka_unit_test(all_steps_at_once),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
