// SPDX-License-Identifier: GPL-2.0
/*
 * The command that `allocwatch record -- COMMAND` runs.
 */
#include "cli/record_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/hint.h"
#include "cli/endure.h"
#include "cli/process.h"

static const int forwarded[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

static volatile sig_atomic_t receiver;

/* A signal from the terminal goes to the whole foreground group, so the command has it already. */
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
	for (unsigned int i = 0; i < ARRAY_SIZE(forwarded); i++)
		sigaction(forwarded[i], &action, NULL);
}

/* In the child.  The command gets the default for SIGPIPE, which is ignored here; exec resets handlers. */
static int become_command(const struct aw_sudo_user *caller, char **argv)
{
	int err;

	aw_endure_undo();
	err = caller ? aw_sudo_user_become(caller) : 0;
	if (err)
		return err;
	signal(SIGPIPE, SIG_DFL);
	aw_process_limit_files();
	execvp(argv[0], argv);
	return -errno;
}

/* What the child reports through the pipe: -errno, or nothing once the command runs. */
static int result_of(int fd)
{
	int err = 0;
	ssize_t got;

	do
		got = read(fd, &err, sizeof(err));
	while (got < 0 && errno == EINTR);
	return got == sizeof(err) ? err : 0;
}

static int spawn(pid_t *pid, const struct aw_sudo_user *caller, char **argv)
{
	int ends[2], err;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	*pid = fork();
	if (!*pid) {
		err = become_command(caller, argv);
		_exit(write(ends[1], &err, sizeof(err)) == sizeof(err) ? 126 : 125);
	}
	err = *pid < 0 ? -errno : 0;
	close(ends[1]);
	if (!err)
		err = result_of(ends[0]);
	close(ends[0]);
	if (err && *pid > 0)
		waitpid(*pid, NULL, 0);
	return err;
}

int aw_child_start(struct aw_child *child, const struct aw_sudo_user *caller, char **argv, struct aw_error *error)
{
	int err = spawn(&child->pid, caller, argv);

	if (err) {
		child->pid = 0;
		child->status = err == -ENOENT ? 127 : 126;
		return aw_error_set(error, err, "can't run %s: %s%s", argv[0], strerror(-err),
				    err == -EACCES ? "; is it a program? chmod +x makes it one" : aw_hint_reading(err));
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
