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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(earlier_boots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
