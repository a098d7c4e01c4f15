// SPDX-License-Identifier: GPL-2.0
/*
 * Tests reading whole files: sizes around that of the buffer, files without a
 * size, and errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "base/file.h"
#include "temp.h"

static void check_size(const char *path, size_t size)
{
	char *data = malloc(size + 1), *text = NULL;
	size_t len = 0;

	/* Any byte, NUL included. */
	for (size_t i = 0; i < size; i++)
		data[i] = (char)(i * 7 % 256);
	temp_write(path, data, size);
	assert_int_equal(aw_file_read(path, &text, &len), 0);
	assert_int_equal(len, size);
	assert_memory_equal(text, data, size);
	assert_int_equal(text[size], '\0');
	free(text);
	free(data);
}

static void reads_every_size(void **state)
{
	static const size_t sizes[] = { 0, 1, 100, 4094, 4095, 4096, 4097, 8191, 8192, 100000 };
	char path[TEMP_PATH];

	(void)state;
	temp_make(path, "", 0);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		check_size(path, sizes[i]);
	unlink(path);
}

static void length_may_be_ignored(void **state)
{
	char path[TEMP_PATH], *text;

	(void)state;
	temp_make(path, "order\n", 6);
	assert_int_equal(aw_file_read(path, &text, NULL), 0);
	assert_string_equal(text, "order\n");
	free(text);
	unlink(path);
}

/* stat() reports 0 bytes. */
static void reads_proc(void **state)
{
	char *text;
	size_t len;

	(void)state;
	assert_int_equal(aw_file_read("/proc/self/status", &text, &len), 0);
	assert_non_null(strstr(text, "Pid:"));
	assert_int_equal(strlen(text), len);
	free(text);
}

static void errors_touch_nothing(void **state)
{
	char *text = (char *)0x1;
	size_t len = 42;

	(void)state;
	assert_int_equal(aw_file_read("/proc/self/no-such-file", &text, &len), -ENOENT);
	assert_int_equal(aw_file_read("/proc/self", &text, &len), -EISDIR);
	assert_int_equal(aw_file_read("", &text, &len), -ENOENT);
	assert_ptr_equal(text, (char *)0x1);
	assert_int_equal(len, 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_size),
		cmocka_unit_test(length_may_be_ignored),
		cmocka_unit_test(reads_proc),
		cmocka_unit_test(errors_touch_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
