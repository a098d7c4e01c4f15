// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a program with something taken away: deny WHAT COMMAND...
 *
 *   bpf     bpf() returns EPERM, as with the seccomp filter of a container
 *   caps    uid 0 without any capability
 *   mount   mount() returns EPERM
 *   pids    a new pid namespace, with its own /proc
 *   root    uid 65534, without any capability
 *   service a user with the capabilities of packaging/systemd/allocwatch.service
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static int deny_call(unsigned int number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof(code) / sizeof(code[0]), .filter = code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int deny_bpf(void)
{
	return deny_call(SYS_bpf);
}

static int deny_mount(void)
{
	return deny_call(SYS_mount);
}

/* Also drops the bounding set, because exec gives it to root. */
static int deny_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	for (int capability = 0; !prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); capability++)
		;
	memset(data, 0, sizeof(data));
	return syscall(SYS_capset, &header, data);
}

/* The caller becomes the parent of the first process in the namespace, and ends with its status. */
static int deny_pids(void)
{
	int status, child;

	if (unshare(CLONE_NEWPID | CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -1;
	child = fork();
	if (child < 0)
		return -1;
	if (!child)
		return mount("proc", "/proc", "proc", 0, NULL);
	if (waitpid(child, &status, 0) < 0)
		return -1;
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static int deny_root(void)
{
	return setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY);
}

/* Ambient capabilities pass the exec of a user who is not root. */
static int deny_service(void)
{
	static const int kept[] = { CAP_BPF, CAP_PERFMON, CAP_SYSLOG };
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {};

	for (unsigned int i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		data[CAP_TO_INDEX(kept[i])].effective |= CAP_TO_MASK(kept[i]);
		data[CAP_TO_INDEX(kept[i])].permitted |= CAP_TO_MASK(kept[i]);
		data[CAP_TO_INDEX(kept[i])].inheritable |= CAP_TO_MASK(kept[i]);
	}
	if (setgroups(0, NULL) || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) || setgid(NOBODY) || setuid(NOBODY) ||
	    syscall(SYS_capset, &header, data))
		return -1;
	for (unsigned int i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept[i], 0, 0))
			return -1;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static const struct {
	const char *what;
	int (*deny)(void);
} rows[] = {
	{ "bpf", deny_bpf },
	{ "caps", deny_capabilities },
	{ "mount", deny_mount },
	{ "pids", deny_pids },
	{ "root", deny_root },
	{ "service", deny_service },
};

int main(int argc, char **argv)
{
	for (unsigned int i = 0; argc > 2 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(argv[1], rows[i].what))
			continue;
		if (rows[i].deny()) {
			fprintf(stderr, "deny %s: %s\n", argv[1], strerror(errno));
			return 126;
		}
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		return 127;
	}
	fputs("usage: deny bpf|caps|mount|pids|root|service COMMAND...\n", stderr);
	return 2;
}
