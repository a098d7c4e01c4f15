// SPDX-License-Identifier: GPL-2.0
/*
 * The command that `allocwatch record -- COMMAND` runs.
 */
#include "record_child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const int forwarded[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
#define NR_FORWARDED (sizeof(forwarded) / sizeof(forwarded[0]))

static volatile sig_atomic_t receiver;

/* The kernel (a terminal) sends to the whole foreground group: the command has it already. */
static void forward(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (receiver > 0 && info->si_code != SI_KERNEL)
		kill((pid_t)receiver, number);
}

static void forward_signals(pid_t pid)
{
	struct sigaction action = { .sa_sigaction = forward, .sa_flags = SA_SIGINFO | SA_RESTART };

	receiver = pid;
	for (unsigned int i = 0; i < NR_FORWARDED; i++)
		sigaction(forwarded[i], &action, NULL);
}

/* We ignore SIGPIPE, the command does not have to; handlers go at exec by themselves. */
static int spawn(pid_t *pid, char **argv)
{
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int err = posix_spawnattr_init(&attributes);

	if (err)
		return -err;
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	err = posix_spawnp(pid, argv[0], NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	return -err;
}

int aw_child_start(struct aw_child *child, char **argv, struct aw_error *error)
{
	int err = spawn(&child->pid, argv);

	if (err) {
		child->pid = 0;
		child->status = err == -ENOENT ? 127 : 126;
		return aw_error_set(error, err, "can't run %s: %s", argv[0], strerror(-err));
	}
	forward_signals(child->pid);
	return 0;
}

static void keep_status(struct aw_child *child, int status)
{
	receiver = 0;
	child->pid = 0;
	child->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool aw_child_ended(struct aw_child *child)
{
	int status;

	if (!child->pid)
		return true;
	if (waitpid(child->pid, &status, WNOHANG) != child->pid)
		return false;
	keep_status(child, status);
	return true;
}

void aw_child_wait(struct aw_child *child)
{
	int status;
	pid_t got;

	while (child->pid) {
		got = waitpid(child->pid, &status, 0);
		if (got == child->pid)
			keep_status(child, status);
		else if (errno != EINTR)
			child->pid = 0;
	}
}
