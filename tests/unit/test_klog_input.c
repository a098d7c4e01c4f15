// SPDX-License-Identifier: GPL-2.0
/*
 * Tests reading kernel logs from files, pipes, standard input, /dev/kmsg and and logs of earlier boots.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "klog/input.h"
#include "temp.h"

#define HEADER "insmod: page allocation failure: order:4, mode:0xc0d0\n"

struct seen {
	unsigned int reports;
	uint64_t line;
};

static void on_report(void *ctx, const struct aw_klog_report *report)
{
	struct seen *seen = ctx;

	seen->reports++;
	seen->line = report->line;
}

static int read_all(const char *path, struct seen *seen, struct aw_error *error)
{
	struct aw_klog *klog;
	int err;

	*seen = (struct seen){ 0 };
	klog = aw_klog_new(on_report, seen);
	assert_non_null(klog);
	err = aw_klog_read_all(path, klog, error);
	aw_klog_free(klog);
	return err;
}

static void a_file(void **state)
{
	char path[TEMP_PATH];
	struct aw_error error;
	struct seen seen;

	(void)state;
	/* without a newline at the end, the open report is still delivered */
	temp_make(path, "a\nb\n" HEADER, 4 + sizeof(HEADER) - 2);
	assert_int_equal(read_all(path, &seen, &error), 0);
	assert_int_equal(seen.reports, 1);
	assert_int_equal(seen.line, 3);
	unlink(path);
}

/* A log longer than any buffer, with reports everywhere. */
static void a_long_file(void **state)
{
	char path[TEMP_PATH];
	struct aw_error error;
	struct seen seen;
	FILE *file;

	(void)state;
	temp_make(path, "", 0);
	file = fopen(path, "w");
	assert_non_null(file);
	for (int i = 0; i < 20000; i++)
		fprintf(file, "[%5d.000000] usb 1-1: new device\n%s", i, i % 1000 ? "" : HEADER);
	fclose(file);
	assert_int_equal(read_all(path, &seen, &error), 0);
	assert_int_equal(seen.reports, 20);
	assert_int_equal(seen.line, 19001 + 20);
	unlink(path);
}

/* The writer of a pipe may be slow: the input ends when the pipe is closed. */
static void a_slow_pipe_as_standard_input(void **state)
{
	struct aw_error error;
	struct seen seen;
	int ends[2], saved = dup(0), status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		for (const char *p = HEADER HEADER; *p; p++) {
			if (write(ends[1], p, 1) != 1)
				_exit(1);
			if (*p == ':')
				usleep(5000);
		}
		_exit(0);
	}
	close(ends[1]);
	dup2(ends[0], 0);
	close(ends[0]);
	assert_int_equal(read_all("-", &seen, &error), 0);
	assert_int_equal(seen.reports, 2);
	/* it stays open for others */
	assert_true(fcntl(0, F_GETFD) >= 0);
	dup2(saved, 0);
	close(saved);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void what_cannot_be_read(void **state)
{
	struct aw_klog_input input = { .fd = 77 };
	struct aw_error error;
	struct seen seen;

	(void)state;
	assert_int_equal(read_all("/nowhere/log", &seen, &error), -ENOENT);
	assert_string_equal(error.text, "can't open /nowhere/log: No such file or directory");
	assert_int_equal(read_all("/", &seen, &error), -EISDIR);
	assert_string_equal(error.text, "can't read /: Is a directory");
	assert_int_equal(aw_klog_input_open("/nowhere/log", AW_KLOG_FROM_END, &input), -ENOENT);
	assert_int_equal(input.fd, 77);
}

static void check_record(const char *record, const char *line)
{
	size_t len = strlen(record);
	char *text = malloc(len);	/* not NUL-terminated, so that ASan detects every access beyond */

	memcpy(text, record, len);
	len = aw_klog_record_line(text, len);
	assert_int_equal(len, strlen(line));
	assert_memory_equal(text, line, len);
	free(text);
}

static void records(void **state)
{
	(void)state;
	check_record("4,12,617583,-;insmod: page\n", "4,12,617583,-;insmod: page\n");
	check_record("6,13,7,-;usb 1-1: new\n SUBSYSTEM=usb\n DEVICE=+usb:1-1\n", "6,13,7,-;usb 1-1: new\n");
	check_record("4,1,2,-;caf\\xc3\\xa9: a\\x5cb\n", "4,1,2,-;caf\xc3\xa9: a\\b\n");
	check_record("4,1,2,-;\\x1b[2J\n", "4,1,2,-;\x1b[2J\n");
	check_record("4,1,2,-;one\\x0atwo\\x00\n", "4,1,2,-;one\\x0atwo\\x00\n");
	check_record("4,1,2,-;\\x5cx41 \\xg1 \\x4", "4,1,2,-;\\x41 \\xg1 \\x4");
	check_record("\\x4", "\\x4");
	check_record("", "");
}

static void record_numbers(void **state)
{
	static const char record[] = "6,339,5140900,-;NET: Registered protocol family 10\n";

	(void)state;
	assert_int_equal(aw_klog_record_number(record, strlen(record)), 339);
	assert_int_equal(aw_klog_record_number("4,0,1,-;first", 13), 0);
	assert_int_equal(aw_klog_record_number("4,123", 4), 12);
	assert_int_equal(aw_klog_record_number("4,", 2), 0);
	assert_int_equal(aw_klog_record_number("no record", 9), 0);
	assert_int_equal(aw_klog_record_number("", 0), 0);
}

static void note_path(void *ctx, const char *path)
{
	char *all = ctx;

	strcat(strcat(all, strrchr(path, '/') + 1), " ");
}

/* In a directory that stands for the whole machine. */
static void make(const char *root, const char *name, bool directory)
{
	char path[160];

	snprintf(path, sizeof(path), "%s%s", root, name);
	if (directory)
		assert_int_equal(mkdir(path, 0700), 0);
	else
		fclose(fopen(path, "w"));
}

static void earlier_boots(void **state)
{
	static const char *const directories[] = {
		"/sys", "/sys/fs", "/sys/fs/pstore", "/proc", "/var", "/var/crash", "/var/crash/202611270535",
		"/var/crash/127.0.0.1-2026", "/var/lib", "/var/lib/systemd", "/var/lib/systemd/pstore",
		"/var/lib/systemd/pstore/1732", "/var/lib/systemd/pstore/1732/001",
	};
	static const char *const files[] = {
		"/sys/fs/pstore/dmesg-ramoops-1", "/sys/fs/pstore/pmsg-ramoops-0", "/sys/fs/pstore/console-ramoops-0",
		"/sys/fs/pstore/dmesg-ramoops-0", "/proc/last_kmsg", "/var/crash/202611270535/dmesg.202611270535",
		"/var/crash/202611270535/dump.202611270535", "/var/crash/127.0.0.1-2026/vmcore-dmesg.txt",
		"/var/lib/systemd/pstore/1732/001/dmesg.txt",
	};
	char root[] = "/tmp/aw-earlier-XXXXXX", command[64], all[512] = "";

	(void)state;
	assert_non_null(mkdtemp(root));
	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++)
		make(root, directories[i], true);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		make(root, files[i], false);
	assert_int_equal(aw_klog_earlier(root, note_path, all), 7);
	assert_string_equal(all, "console-ramoops-0 dmesg-ramoops-0 dmesg-ramoops-1 dmesg.txt last_kmsg "
			    "vmcore-dmesg.txt dmesg.202611270535 ");
	snprintf(command, sizeof(command), "rm -r %s", root);
	assert_int_equal(system(command), 0);
	assert_int_equal(aw_klog_earlier(root, note_path, all), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file),
		cmocka_unit_test(a_long_file),
		cmocka_unit_test(a_slow_pipe_as_standard_input),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(records),
		cmocka_unit_test(record_numbers),
		cmocka_unit_test(earlier_boots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
