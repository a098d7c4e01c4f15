// SPDX-License-Identifier: GPL-2.0
/*
 * Containers and pods by the path of a cgroup.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "event/container.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define UID "8c1c92b4-2f3d-4b1e-9a07-0d7c4e5f6a7b"
#define UID_ "8c1c92b4_2f3d_4b1e_9a07_0d7c4e5f6a7b"
#define HASH "5d2a8c0e9b7f41d3a6c8e0f2b4d69788"

static void paths(void **state)
{
	static const struct { const char *path, *pod, *container; } rows[] = {
		{ "", "", "" }, { "/", "", "" }, { "/system.slice/cron.service", "", "" },
		/* containerd, CRI-O, docker under kubelet with systemd */
		{ "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" UID_ ".slice/cri-containerd-" ID ".scope",
		  UID, "0123456789ab" },
		{ "/kubepods.slice/kubepods-pod" UID_ ".slice/crio-" ID ".scope", UID, "0123456789ab" },
		{ "/kubepods.slice/kubepods-pod" UID_ ".slice/crio-" ID ".scope/container", UID, "0123456789ab" },
		/* the same with cgroupfs, and containerd's own name for slices of v1 */
		{ "/kubepods/besteffort/pod" UID "/" ID, UID, "0123456789ab" },
		{ "/kubepods/burstable/pod" HASH "/" ID, HASH, "0123456789ab" },
		{ "/system.slice/containerd.service/kubepods-burstable-pod" UID_ ".slice:cri-containerd:" ID, UID, "0123456789ab" },
		/* without kubernetes */
		{ "/system.slice/docker-" ID ".scope", "", "0123456789ab" },
		{ "/docker/" ID, "", "0123456789ab" },
		{ "/machine.slice/libpod-" ID ".scope/container", "", "0123456789ab" },
		{ "/lxc.payload.web-1/system.slice/nginx.service", "", "web-1" },
		{ "/lxc/db", "", "db" },
		{ "/machine.slice/machine-build.scope/payload", "", "build" },
		/* a container in a container: the inner one */
		{ "/docker/" ID "/docker/f" "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "", "f123456789ab" },
		/* what only looks like one */
		{ "/machine.slice/libpod-conmon-" ID ".scope", "", "" },
		{ "/x/" ID "0", "", "" }, { "/x/" HASH, "", "" }, { "/x/z" ID, "", "" },
		{ "/ipod" UID "/x", "", "" }, { "/kubepods/pod1234", "", "" },
		{ "/lxc/a-name-that-is-much-longer-than-any-that-a-person-would-type", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct aw_task task = { .pod = "old", .container = "old" };

		aw_task_set_cgroup(&task, rows[i].path);
		assert_string_equal(task.cgroup, rows[i].path);
		assert_string_equal(task.pod, rows[i].pod);
		assert_string_equal(task.container, rows[i].container);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(paths) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
