// SPDX-License-Identifier: GPL-2.0
/*
 * Tests replacing files atomically: content, mode, links, and errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/replace.h"
#include "temp.h"

static int set_up(void **state)
{
	*state = strdup("/tmp/aw-unit-XXXXXX");
	return !mkdtemp(*state);
}

static int tear_down(void **state)
{
	char command[80];

	snprintf(command, sizeof(command), "rm -rf '%s'", (char *)*state);
	free(*state);
	return system(command);
}

static void check_content(const char *path, const char *expected)
{
	char *text;

	assert_int_equal(aw_file_read(path, &text, NULL), 0);
	assert_string_equal(text, expected);
	free(text);
}

static unsigned int files_in(const char *dir)
{
	DIR *list = opendir(dir);
	unsigned int count = 0;

	assert_non_null(list);
	while (readdir(list))
		count++;
	closedir(list);
	return count - 2;
}

static void replaces(void **state)
{
	struct stat before, after;
	char path[80];

	snprintf(path, sizeof(path), "%s/metrics.prom", (char *)*state);
	umask(022);
	assert_int_equal(aw_file_replace(path, 0666, "old", 3), 0);
	check_content(path, "old");
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(before.st_mode & 07777, 0644);
	umask(077);
	assert_int_equal(aw_file_replace(path, 0666, "", 0), 0);
	umask(022);
	check_content(path, "");
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(after.st_mode & 07777, 0600);
	assert_int_not_equal(before.st_ino, after.st_ino);
	assert_int_equal(files_in(*state), 1);
}

static void links_are_not_followed(void **state)
{
	char path[80], target[80];
	struct stat info;

	snprintf(path, sizeof(path), "%s/link", (char *)*state);
	snprintf(target, sizeof(target), "%s/target", (char *)*state);
	assert_int_equal(aw_file_replace(target, 0644, "mine", 4), 0);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(aw_file_replace(path, 0644, "new", 3), -ELOOP);
	check_content(target, "mine");
	assert_int_equal(lstat(path, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
}

static void without_a_directory(void **state)
{
	char here[256];

	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(*state), 0);
	assert_int_equal(aw_file_replace("plain", 0644, "x", 1), 0);
	check_content("plain", "x");
	assert_int_equal(chdir(here), 0);
}

static void errors_leave_nothing(void **state)
{
	char path[80], long_name[300];

	snprintf(path, sizeof(path), "%s/none/file", (char *)*state);
	assert_int_equal(aw_file_replace(path, 0644, "x", 1), -ENOENT);
	snprintf(path, sizeof(path), "%s/dir", (char *)*state);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(aw_file_replace(path, 0644, "x", 1), -EISDIR);
	assert_int_equal(files_in(*state), 1);
	memset(long_name, 'n', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	assert_int_equal(aw_file_replace(long_name, 0644, "x", 1), -ENAMETOOLONG);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(replaces), TEST(links_are_not_followed), TEST(without_a_directory), TEST(errors_leave_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
