/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A FILE in memory, for tests of output.
 */
#ifndef AW_TESTS_MEMFILE_H
#define AW_TESTS_MEMFILE_H

#include <stdio.h>
#include <stdlib.h>

struct memfile {
	FILE *file;
	char *text;
	size_t len;
};

static inline FILE *memfile_open(struct memfile *mem)
{
	mem->file = open_memstream(&mem->text, &mem->len);
	if (!mem->file)
		abort();
	return mem->file;
}

/* The output so far; valid until more is written. */
static inline const char *memfile_text(struct memfile *mem)
{
	fflush(mem->file);
	return mem->text;
}

static inline void memfile_close(struct memfile *mem)
{
	fclose(mem->file);
	free(mem->text);
}

#endif
