// SPDX-License-Identifier: GPL-2.0
/*
 * The names of pods.
 */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "event/container.h"
#include "event/pods.h"

#define UID "8c1c92b4-2f3d-4b1e-9a07-0d7c4e5f6a7b"
#define OTHER "0a1b2c3d-1111-4222-8333-444455556666"
#define HASH "0123456789abcdef0123456789abcdef"

static void check(const char *uid, const char *namespace, const char *name)
{
	const struct aw_pod *pod = aw_pods_find(uid);

	assert_non_null(pod);
	assert_string_equal(pod->namespace, namespace);
	assert_string_equal(pod->name, name);
}

static void a_directory(void **state)
{
	static const char *const entries[] = {
		"/shop_web-5d78c9869d-abcde_" UID, "/kube-system_etcd-node1_" HASH, "/lost+found", "/a_b_c_d",
	};
	char top[] = "/tmp/aw-pods-XXXXXX", path[128];
	struct aw_task task = { .pid = 1 };
	struct aw_error error;

	(void)state;
	assert_non_null(mkdtemp(top));
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s", top, entries[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
	assert_int_equal(aw_pods_load(top, &error), 0);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s", top, entries[i]);
		rmdir(path);
	}
	rmdir(top);
	check(UID, "shop", "web-5d78c9869d-abcde");
	check(HASH, "kube-system", "etcd-node1");
	assert_null(aw_pods_find(OTHER));
	assert_null(aw_pods_find(""));
	assert_null(aw_pods_find("c_d"));

	aw_task_set_cgroup(&task, "/kubepods/besteffort/pod" UID "/x");
	assert_string_equal(task.names->namespace, "shop");
	aw_task_set_cgroup(&task, "/system.slice/cron.service");
	assert_null(task.names);
	aw_pods_clear();
	assert_null(aw_pods_find(UID));
}

static void load(const char *text, int expected, const char *message)
{
	char path[] = "/tmp/aw-pods-XXXXXX";
	struct aw_error error = { 0 };
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	assert_int_equal(aw_pods_load(path, &error), expected);
	unlink(path);
	if (message)
		assert_non_null(strstr(error.text, message));
}

static void a_file(void **state)
{
	struct aw_error error = { 0 };

	(void)state;
	load("UID                                    NAMESPACE     NAME\n"
	     UID "   shop   web-0\n" OTHER "\tkube-system\tcoredns   more\n" HASH " half\n\n", 0, NULL);
	check(UID, "shop", "web-0");
	check(OTHER, "kube-system", "coredns");
	assert_null(aw_pods_find(HASH));
	/* Again: the new list takes the place of the old. */
	load(OTHER " a b\n", 0, NULL);
	assert_null(aw_pods_find(UID));
	load("nothing here\n", -EINVAL, "give /var/log/pods");
	assert_int_equal(aw_pods_load("/no/such/place", &error), -ENOENT);
	assert_non_null(strstr(error.text, "give /var/log/pods"));
	aw_pods_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_directory),
		cmocka_unit_test(a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
