/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Temporary files of unit tests.
 */
#ifndef AW_TESTS_TEMP_H
#define AW_TESTS_TEMP_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMP_PATH 64

/* Replaces the content.  Ends the program on failure. */
static inline void temp_write(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd)) {
		perror(path);
		exit(1);
	}
}

/* A new file with this content; the caller unlinks it. */
static inline void temp_make(char path[TEMP_PATH], const void *data, size_t size)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	snprintf(path, TEMP_PATH, "%s/aw-unit-XXXXXX", dir && strlen(dir) < 40 ? dir : "/tmp");
	fd = mkstemp(path);
	if (fd < 0) {
		perror(path);
		exit(1);
	}
	close(fd);
	temp_write(path, data, size);
}

#endif
