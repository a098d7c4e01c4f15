// SPDX-License-Identifier: GPL-2.0
/*
 * Paths of cgroups by id: those of this machine, where it has a cgroup v2 hierarchy.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <cmocka.h>

#include "system/cgroup.h"

#define CGROUP2_MAGIC 0x63677270

/* The inode of a directory is the id of its cgroup (64-bit kernels). */
static void paths_of_this_machine(void **state)
{
	struct aw_cgroups *cgroups = aw_cgroups_new();
	const char *root = "/sys/fs/cgroup";
	struct statfs fs;
	struct stat st;
	char dir[64];

	(void)state;
	assert_non_null(cgroups);
	assert_string_equal(aw_cgroup_path(cgroups, 0), "");
	assert_string_equal(aw_cgroup_path(cgroups, UINT64_MAX), "");
	if (statfs(root, &fs) || fs.f_type != CGROUP2_MAGIC)
		root = "/sys/fs/cgroup/unified";
	snprintf(dir, sizeof(dir), "%s/allocwatch-test-%d", root, getpid());
	if (geteuid() || statfs(root, &fs) || fs.f_type != CGROUP2_MAGIC || mkdir(dir, 0755)) {
		aw_cgroups_free(cgroups);
		skip();
	}
	assert_int_equal(stat(dir, &st), 0);
	for (int again = 0; again < 2; again++)
		assert_string_equal(aw_cgroup_path(cgroups, st.st_ino), dir + sizeof("/sys/fs/cgroup") - 1 +
				    (root[sizeof("/sys/fs/cgroup") - 1] ? sizeof("/unified") - 1 : 0));
	rmdir(dir);
	assert_int_equal(stat(root, &st), 0);
	assert_string_equal(aw_cgroup_path(cgroups, st.st_ino), "/");
	aw_cgroups_free(cgroups);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(paths_of_this_machine) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
