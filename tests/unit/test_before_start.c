// SPDX-License-Identifier: GPL-2.0
/*
 * Tests counting what earlier boots left, in a directory that stands for the machine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "session/before_start.h"

/* Whole reports, of two instants. */
#define FIRST "[    2.123456] camera: page allocation failure: order:4, mode:0xc0d0\n[    2.123501] Call trace:\n" \
	"[    2.123512] [<ffffffc00018a3f4>] __alloc_pages_nodemask+0x72c/0x994\n" \
	"[    2.123523] [<ffffffc000400110>] camera_probe+0x40/0xb8\n"
#define SECOND "[    3.654321] camera: page allocation failure: order:4, mode:0xc0d0\n[    3.654399] Call trace:\n" \
	"[    3.654412] [<ffffffc00018a3f4>] __alloc_pages_nodemask+0x72c/0x994\n" \
	"[    3.654423] [<ffffffc000400110>] camera_probe+0x40/0xb8\n"
#define REPORT "[    2.000000] camera: page allocation failure: order:4, mode:0xc0d0\n"

static void earlier_boots(void **state)
{
	char root[] = "/tmp/aw-boots-XXXXXX", path[96], command[128];
	struct aw_earlier_boots boots;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(root));
	boots = aw_earlier_boots(root);
	assert_int_equal(boots.logs, 0);
	assert_int_equal(boots.failures, 0);
	assert_string_equal(boots.first, "");
	snprintf(command, sizeof(command), "mkdir -p %s/sys/fs/pstore %s/proc", root, root);
	assert_int_equal(system(command), 0);
	snprintf(path, sizeof(path), "%s/sys/fs/pstore/console-ramoops-0", root);
	file = fopen(path, "w");
	fputs("[    1.000000] Booting Linux\n", file);
	fclose(file);
	snprintf(path, sizeof(path), "%s/proc/last_kmsg", root);
	file = fopen(path, "w");
	fputs("[    1.000000] Booting Linux\n" REPORT "[    2.100000] usb 1-1: new device\n" REPORT, file);
	fclose(file);
	boots = aw_earlier_boots(root);
	assert_int_equal(boots.logs, 2);
	assert_int_equal(boots.failures, 2);
	assert_string_equal(boots.first, path);
	snprintf(command, sizeof(command), "rm -r %s", root);
	assert_int_equal(system(command), 0);
}

static void write_to(const char *root, const char *name, const char *text)
{
	char path[96];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sys/fs/pstore/%s", root, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* ramoops keeps what the console printed, and what a crash dumped: one boot in two files. */
static void one_boot_in_two_files(void **state)
{
	char root[] = "/tmp/aw-boots-XXXXXX", command[128];
	struct aw_earlier_boots boots;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(command, sizeof(command), "mkdir -p %s/sys/fs/pstore", root);
	assert_int_equal(system(command), 0);
	write_to(root, "console-ramoops-0", FIRST "[    2.200000] usb 1-1: new device\n" SECOND);
	write_to(root, "dmesg-ramoops-0", "Panic#1 Part1\n" SECOND "[    4.000001] Kernel panic - not syncing: no\n");
	boots = aw_earlier_boots(root);
	assert_int_equal(boots.logs, 2);
	assert_int_equal(boots.failures, 2);
	/* another boot, at other instants */
	write_to(root, "dmesg-ramoops-1", "Panic#2 Part1\n[    2.123457] camera: page allocation failure: order:4, mode:0xc0d0\n");
	assert_int_equal(aw_earlier_boots(root).failures, 3);
	snprintf(command, sizeof(command), "rm -r %s", root);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(earlier_boots),
		cmocka_unit_test(one_boot_in_two_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
