// SPDX-License-Identifier: GPL-2.0
/*
 * Tests following a log file that grows, is truncated, replaced or removed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "klog/follow.h"
#include "temp.h"

static void append(const char *path, const char *text)
{
	FILE *file = fopen(path, "a");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static const char *read_all(struct aw_klog_follow *text)
{
	static char buffer[256];
	ssize_t got = aw_klog_follow_read(text, buffer, sizeof(buffer) - 1);

	assert_true(got >= 0);
	buffer[got] = '\0';
	return buffer;
}

static void follows(void **state)
{
	char path[TEMP_PATH], moved[TEMP_PATH + 4];
	struct aw_klog_follow text;
	struct aw_error error;

	(void)state;
	temp_make(path, "old\n", 4);
	assert_int_equal(aw_klog_follow_open(path, &text, &error), 0);
	assert_string_equal(read_all(&text), "");
	append(path, "new\n");
	assert_string_equal(read_all(&text), "new\n");
	/* rotated: the rest of the old file comes first */
	snprintf(moved, sizeof(moved), "%s.1", path);
	append(path, "last\n");
	assert_int_equal(rename(path, moved), 0);
	assert_string_equal(read_all(&text), "last\n");
	assert_string_equal(read_all(&text), "");
	append(path, "first\n");
	assert_string_equal(read_all(&text), "first\n");
	/* truncated */
	temp_write(path, "cut\n", 4);
	assert_string_equal(read_all(&text), "cut\n");
	/* removed, and created again */
	unlink(path);
	assert_string_equal(read_all(&text), "");
	append(path, "back\n");
	assert_string_equal(read_all(&text), "back\n");
	aw_klog_follow_close(&text);
	unlink(path);
	unlink(moved);
}

static void says_what_is_not_there(void **state)
{
	struct aw_klog_follow text;
	struct aw_error error;

	(void)state;
	assert_int_equal(aw_klog_follow_open("/nowhere/log", &text, &error), -ENOENT);
	assert_non_null(strstr(error.text, "/nowhere/log"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows),
		cmocka_unit_test(says_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
