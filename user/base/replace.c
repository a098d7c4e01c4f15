// SPDX-License-Identifier: GPL-2.0
/*
 * Replaces files atomically.
 */
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/output_file.h"

/* dir/file.prom -> dir/.file.prom.XXXXXX */
static int hidden_name(const char *path, char *out, size_t size)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	int length = snprintf(out, size, "%.*s.%s.XXXXXX", (int)(name - path), path, name);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

static int write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t written = write(fd, text, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		text += written;
		len -= written;
	}
	return 0;
}

/* mkstemp() ignores the umask.  It is read from /proc, because umask() would change it for other threads. */
static mode_t masked(mode_t mode)
{
	unsigned int mask = 022;
	char line[128];
	AW_FCLOSE FILE *status = fopen("/proc/self/status", "re");

	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "Umask: %o", &mask) == 1)
			break;
	return mode & ~mask;
}

/*
 * Without fsync(): after a power failure the text is useless, and syncing every
 * few seconds wears out flash memory.
 */
static int fill(int fd, mode_t mode, const void *text, size_t len)
{
	int err = write_all(fd, text, len);

	if (!err && fchmod(fd, masked(mode)))
		err = -errno;
	return err;
}

int aw_file_replace(const char *path, mode_t mode, const void *text, size_t len)
{
	char name[PATH_MAX];
	int fd, err = hidden_name(path, name, sizeof(name));

	if (!err)
		err = aw_output_check(path);
	if (err)
		return err;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = fill(fd, mode, text, len);
	if (close(fd) && !err)
		err = -errno;
	if (!err && rename(name, path))
		err = -errno;
	if (err)
		unlink(name);
	return err;
}
