// SPDX-License-Identifier: GPL-2.0
/*
 * Whether a file is a recording, by its first bytes.
 */
#include "recording/kind.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/cleanup.h"
#include "recording/format.h"

/* Of the magic number, what no transfer damages: report then says what is wrong with the rest. */
#define MAGIC_LEN 5

static bool is_magic(const char *start, ssize_t len)
{
	return len >= MAGIC_LEN && !memcmp(start, AW_RECORDING_MAGIC, MAGIC_LEN);
}

static int unpacked_kind(const char *path)
{
	char start[MAGIC_LEN];
	gzFile file = gzopen(path, "rbe");
	int got;

	if (!file)
		return errno ? -errno : -ENOMEM;
	got = gzread(file, start, sizeof(start));
	gzclose(file);
	return is_magic(start, got) ? AW_RECORDING_GZIP : AW_RECORDING_NONE;
}

int aw_recording_kind(const char *path)
{
	char start[MAGIC_LEN] = { 0 };
	AW_CLOSE int fd = -1;
	struct stat st;
	ssize_t got;

	if (stat(path, &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return AW_RECORDING_NONE;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	got = fd < 0 ? -1 : read(fd, start, sizeof(start));
	if (got < 0)
		return -errno;
	if (is_magic(start, got))
		return AW_RECORDING_PLAIN;
	return got == MAGIC_LEN && !memcmp(start, "\x1f\x8b", 2) ? unpacked_kind(path) : AW_RECORDING_NONE;
}

const char *aw_recording_hint(const char *path)
{
	if (aw_recording_kind(path) == AW_RECORDING_GZIP)
		return "it is a recording that was compressed: gunzip it first";
	return "it is not a recording made by `allocwatch record`; a log is read by allocwatch explain";
}
