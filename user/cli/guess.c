// SPDX-License-Identifier: GPL-2.0
/*
 * What a command line without a command means.
 */
#include "cli/guess.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/import.h"
#include "recording/format.h"

/* Of the magic number, what no transfer damages: report then says what is wrong with the rest. */
#define MAGIC_LEN 5

/* Anything but a regular file is not opened: a FIFO would block. */
static bool is_recording(const char *path)
{
	char start[MAGIC_LEN] = { 0 };
	struct stat st;
	int fd;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	if (read(fd, start, sizeof(start)) != (ssize_t)sizeof(start))
		start[0] = '\0';
	close(fd);
	return !memcmp(start, AW_RECORDING_MAGIC, MAGIC_LEN);
}

const struct aw_command *aw_command_guess(const char *first)
{
	if (!first)
		return !geteuid() && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? &aw_command_live : NULL;
	if (first[0] == '-' || access(first, F_OK))
		return NULL;
	return is_recording(first) || aw_import_is_trace(first) ? &aw_command_report : &aw_command_explain;
}
