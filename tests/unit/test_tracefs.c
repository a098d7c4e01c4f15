// SPDX-License-Identifier: GPL-2.0
/*
 * Tests finding tracefs, and the error without it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "system/tracefs.h"

static void directory_has_events(void **state)
{
	const char *dir = aw_tracefs_dir();
	char path[128];

	(void)state;
	if (!dir) {
		assert_int_not_equal(access("/sys/kernel/tracing/events/kmem", X_OK), 0);
		assert_int_not_equal(access("/sys/kernel/debug/tracing/events/kmem", X_OK), 0);
		skip();
	}
	assert_ptr_equal(aw_tracefs_dir(), dir);
	snprintf(path, sizeof(path), "%s/events/kmem/mm_page_alloc", dir);
	assert_int_equal(access(path, F_OK), 0);
}

static void format_is_whole(void **state)
{
	char *text;
	size_t len;

	(void)state;
	if (!aw_tracefs_dir())
		skip();
	assert_int_equal(aw_tracefs_format("kmem", "mm_page_alloc", &text, &len), 0);
	assert_int_equal(strlen(text), len);
	assert_int_equal(strncmp(text, "name: mm_page_alloc\n", 20), 0);
	assert_non_null(strstr(text, "print fmt:"));
	free(text);
}

static void unknown_events_touch_nothing(void **state)
{
	char *text = (char *)0x1;
	size_t len = 42;

	(void)state;
	assert_int_equal(aw_tracefs_format("kmem", "no_such_event", &text, &len), -ENOENT);
	assert_int_equal(aw_tracefs_format("no_such_group", "mm_page_alloc", &text, &len), -ENOENT);
	assert_ptr_equal(text, (char *)0x1);
	assert_int_equal(len, 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directory_has_events),
		cmocka_unit_test(format_is_whole),
		cmocka_unit_test(unknown_events_touch_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
