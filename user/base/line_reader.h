/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the lines of a file that need not be what its name says: lines without
 * an end, and files that never end, take bounded memory and time.
 */
#ifndef AW_BASE_LINE_READER_H
#define AW_BASE_LINE_READER_H

#include <stdint.h>
#include <stdio.h>

#define AW_LINE_MAX 1024		/* a longer line is truncated */
#define AW_LINES_MAX (64u << 20)	/* bytes of a file: /proc/kallsyms has about 10 MiB */

struct aw_line_reader {
	FILE *file;			/* borrowed */
	uint64_t bytes;			/* read so far */
	char line[AW_LINE_MAX];		/* the current line, without its newline */
};

/* Reads the next line.  1; 0: there is none; -EFBIG: the file has more than AW_LINES_MAX bytes; or -errno. */
int aw_line_next(struct aw_line_reader *reader);

#endif
