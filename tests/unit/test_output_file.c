// SPDX-License-Identifier: GPL-2.0
/*
 * Tests files that appear once they are complete: before, after, and on errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/output_file.h"

static char dir[] = "/tmp/aw-output-XXXXXX";
static char path[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(dir + strlen(dir) - 6, "XXXXXX");
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/out", dir);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);	/* fails if another file is left */
}

static unsigned int files(void)
{
	unsigned int count = 0;
	DIR *list = opendir(dir);

	while (readdir(list))
		count++;
	closedir(list);
	return count - 2;
}

static void assert_content(const char *expected)
{
	char *text;

	assert_int_equal(aw_file_read(path, &text, NULL), 0);
	assert_string_equal(text, expected);
	free(text);
}

static void make(const char *text)
{
	FILE *file = fopen(path, "w");

	fputs(text, file);
	fclose(file);
}

static void appears_at_the_end(void **state)
{
	struct aw_output_file output;
	struct stat st;
	mode_t mask = umask(027);

	(void)state;
	assert_int_equal(aw_output_open(path, &output), 0);
	fputs("new", output.file);
	fflush(output.file);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(aw_output_commit(&output), 0);
	umask(mask);
	assert_content("new");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(files(), 1);
}

static void replaces_at_the_end(void **state)
{
	struct aw_output_file output;

	(void)state;
	make("old");
	assert_int_equal(aw_output_open(path, &output), 0);
	fputs("new", output.file);
	fflush(output.file);
	assert_content("old");
	assert_int_equal(aw_output_commit(&output), 0);
	assert_content("new");
	assert_int_equal(files(), 1);
}

static void abandoned(void **state)
{
	struct aw_output_file output;

	(void)state;
	make("old");
	assert_int_equal(aw_output_open(path, &output), 0);
	fputs("new", output.file);
	aw_output_abandon(&output);
	aw_output_abandon(&output);
	assert_content("old");
	assert_int_equal(files(), 1);
}

static void write_error_changes_nothing(void **state)
{
	struct aw_output_file output;
	int full;

	(void)state;
	make("old");
	assert_int_equal(aw_output_open(path, &output), 0);
	/* replace its descriptor by one that cannot be written */
	full = open("/dev/full", O_WRONLY);
	assert_int_equal(dup2(full, output.fd), output.fd);
	close(full);
	fputs("new", output.file);
	/* the error comes before the last write, which then has nothing to write */
	assert_int_not_equal(fflush(output.file), 0);
	errno = 0;
	assert_int_equal(aw_output_commit(&output), -ENOSPC);
	assert_content("old");
	assert_int_equal(files(), 1);
}

/* A symbolic link is refused: neither replaced, nor is its target written. */
static void links_are_not_followed(void **state)
{
	struct aw_output_file output;
	char target[80];
	struct stat st;

	(void)state;
	snprintf(target, sizeof(target), "%s/target", dir);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(aw_output_open(path, &output), -ELOOP);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(access(target, F_OK), -1);
}

static void devices_stay_devices(void **state)
{
	struct aw_output_file output;
	struct stat st;

	(void)state;
	assert_int_equal(aw_output_open("/dev/null", &output), 0);
	fputs("new", output.file);
	assert_int_equal(aw_output_commit(&output), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(aw_output_open("/dev/full", &output), 0);
	fputs("new", output.file);
	assert_int_equal(aw_output_commit(&output), -ENOSPC);
}

static void cannot_be_opened(void **state)
{
	struct aw_output_file output;
	char long_path[PATH_MAX];

	(void)state;
	assert_int_equal(aw_output_open("/nowhere/at/all", &output), -ENOENT);
	assert_int_equal(aw_output_open(dir, &output), -EISDIR);
	memset(long_path, 'a', sizeof(long_path) - 1);
	long_path[sizeof(long_path) - 1] = '\0';
	assert_int_equal(aw_output_open(long_path, &output), -ENAMETOOLONG);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(appears_at_the_end),
		TEST(replaces_at_the_end),
		TEST(abandoned),
		TEST(write_error_changes_nothing),
		TEST(links_are_not_followed),
		TEST(devices_stay_devices),
		TEST(cannot_be_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
