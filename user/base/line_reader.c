// SPDX-License-Identifier: GPL-2.0
/*
 * Reads lines in bounded memory and time.
 */
#include "base/line_reader.h"

#include <errno.h>

/* A signal that interrupts a blocked read() ends the reading with -EINTR. */
int aw_line_next(struct aw_line_reader *reader)
{
	size_t used = 0;
	int byte;

	while ((byte = getc_unlocked(reader->file)) != EOF && byte != '\n') {
		if (++reader->bytes > AW_LINES_MAX)
			return -EFBIG;
		if (used < sizeof(reader->line) - 1)
			reader->line[used++] = (char)byte;
	}
	reader->line[used] = '\0';
	if (ferror(reader->file))
		return errno ? -errno : -EIO;
	reader->bytes += byte == '\n';
	return used || byte == '\n';
}
