// SPDX-License-Identifier: GPL-2.0
/*
 * What the process sets up before it does anything else.
 */
#include "cli/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

static bool is_closed(int fd)
{
	return fcntl(fd, F_GETFD) < 0 && errno == EBADF;
}

int aw_process_open_standard_files(void)
{
	static const int flags[] = { O_WRONLY, O_RDONLY, O_RDWR };

	/* The lowest free number is taken, and those below are open already. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (is_closed(fd) && open("/dev/null", flags[fd]) != fd)
			return -errno;
	return 0;
}

/* The soft limit that the process began with; 0: not changed. */
static rlim_t original;

void aw_process_unlimit_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur == limit.rlim_max)
		return;
	original = limit.rlim_cur;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

void aw_process_limit_files(void)
{
	struct rlimit limit;

	if (!original || getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = original;
	setrlimit(RLIMIT_NOFILE, &limit);
}
