// SPDX-License-Identifier: GPL-2.0
/*
 * Reads small files completely.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/incomplete.h"

/* Reads up to the end of the file, and grows the buffer as needed. */
static int read_all(int fd, char **text, size_t *len)
{
	size_t size = 4096, used = 0;
	AW_FREE char *buffer = malloc(size);

	while (buffer) {
		ssize_t got = read(fd, buffer + used, size - used - 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		used += got;
		if (size - used > 1)
			continue;
		char *larger = realloc(buffer, size *= 2);

		if (!larger)
			return -ENOMEM;
		buffer = larger;
	}
	if (!buffer)
		return -ENOMEM;
	buffer[used] = '\0';
	*text = TAKE_PTR(buffer);
	if (len)
		*len = used;
	return 0;
}

int aw_file_read(const char *path, char **text, size_t *len)
{
	AW_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err = fd < 0 ? -errno : read_all(fd, text, len);

	aw_incomplete_note_file(path, err);
	return err;
}
