// SPDX-License-Identifier: GPL-2.0
/*
 * What a command line without a command means.
 */
#include "cli/guess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/incomplete.h"
#include "import/import.h"
#include "recording/format.h"

/* Of the magic number, what no transfer damages: report then says what is wrong with the rest. */
#define MAGIC_LEN 5

static bool begins_as_recording(const char *path)
{
	char start[MAGIC_LEN] = { 0 };
	AW_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = fd < 0 ? -1 : read(fd, start, sizeof(start));

	if (got < 0)
		aw_incomplete_note_file(path, -errno);
	return got == (ssize_t)sizeof(start) && !memcmp(start, AW_RECORDING_MAGIC, MAGIC_LEN);
}

/* Anything but a regular file is not opened: a FIFO would block. */
static bool is_recording(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		aw_incomplete_note_file(path, -errno);
	else if (S_ISREG(st.st_mode))
		return begins_as_recording(path);
	return false;
}

const struct aw_command *aw_command_guess(const char *first)
{
	if (!first)
		return !geteuid() && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? &aw_command_live : NULL;
	if (first[0] == '-' || access(first, F_OK))
		return NULL;
	return is_recording(first) || aw_import_is_trace(first) ? &aw_command_report : &aw_command_explain;
}
