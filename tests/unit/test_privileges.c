// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what a process can still do after it gave up its privileges: each step
 * in a child of its own, because nothing brings them back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/privileges.h"

/* The exit status of `step` in a child. */
static int in_child(int (*step)(void))
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid)
		_exit(step());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A line of /proc/self/status is there. */
static bool status_has(const char *line)
{
	char text[8192] = "";
	FILE *file = fopen("/proc/self/status", "r");
	size_t got = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	if (file)
		fclose(file);
	return got && strstr(text, line);
}

static int keep_none(void)
{
	if (aw_capabilities_keep(0))
		return 1;
	if (!status_has("CapEff:\t0000000000000000") || !status_has("CapPrm:\t0000000000000000"))
		return 2;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 3;
	/* There is no way back. */
	if (!aw_capabilities_try_without(0) && !status_has("CapEff:\t0000000000000000"))
		return 4;
	if (!geteuid() && !mount("none", "/proc", "proc", 0, NULL))
		return 5;
	return 0;
}

/* What is refused as a system call, not for want of a privilege. */
static int limit_calls(void)
{
	char *const none[] = { NULL };
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY };

	if (aw_capabilities_keep(0) || aw_calls_limit())
		return 1;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 2;
	if (!execve("/bin/true", none, none) || errno != EPERM)
		return 3;
	if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0 || errno != EPERM)
		return 4;
	if (syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr)) >= 0 || errno != EPERM)
		return 5;
	/* A map that is not there: the call itself is allowed. */
	if (syscall(SYS_bpf, BPF_MAP_GET_NEXT_KEY, &attr, sizeof(attr)) >= 0 || errno == EPERM)
		return 6;
	return 0;
}

/* What live and serve go on to do. */
static int go_on(void)
{
	char text[64];
	void *memory;
	int fd;

	if (aw_capabilities_keep(0) || aw_calls_limit())
		return 1;
	fd = open("/proc/zoneinfo", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, text, sizeof(text)) < 0 || close(fd))
		return 2;
	memory = malloc(8 << 20);
	if (!memory)
		return 3;
	free(memory);
	return printf("# still here\n") > 0 && !fflush(stdout) ? 0 : 4;
}

static void capabilities_are_gone(void **state)
{
	(void)state;
	assert_int_equal(in_child(keep_none), 0);
}

static void other_calls_fail(void **state)
{
	(void)state;
	assert_int_equal(in_child(limit_calls), 0);
}

static void needed_calls_work(void **state)
{
	(void)state;
	assert_int_equal(in_child(go_on), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(capabilities_are_gone),
		cmocka_unit_test(other_calls_fail),
		cmocka_unit_test(needed_calls_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
