/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finds and reads the files of unit tests.
 */
#ifndef AW_TESTS_FIXTURE_H
#define AW_TESTS_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

/* The whole file, NUL-terminated; the caller frees it.  Ends the program if the file cannot be read. */
static inline char *fixture_read(const char *name, size_t *len)
{
	const char *dir = getenv("AW_TEST_DATA");
	char path[512];
	char *text;
	FILE *file;
	long size;

	snprintf(path, sizeof(path), "%s/%s", dir ? dir : "tests/unit/data", name);
	file = fopen(path, "r");
	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) {
		perror(path);
		exit(1);
	}
	rewind(file);
	text = calloc(1, (size_t)size + 1);
	if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	*len = (size_t)size;
	return text;
}

#endif
