// SPDX-License-Identifier: GPL-2.0
/*
 * Measures a command: processor seconds, and peak resident memory in KiB.  It is
 * a small program, because the peak of the process that starts a command counts
 * for the command, too.
 *
 * usage: usage COMMAND [ARG...]
 *
 * Discards the output of the command, and returns its exit status.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	pid_t child = argc > 1 ? fork() : -1;
	struct rusage use;
	int status;

	if (!child) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &use) < 0)
		return 2;
	printf("%.3f %ld\n", seconds(&use.ru_utime) + seconds(&use.ru_stime), use.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
