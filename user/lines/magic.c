// SPDX-License-Identifier: GPL-2.0
/*
 * What a file is, by its first bytes.
 */
#include "lines/magic.h"

#include <string.h>

#include "base/array.h"

static const struct {
	size_t at, len;
	const char *bytes;
	enum aw_log_magic is;
} magics[] = {
	{ 0, 2, "\x1f\x8b", AW_LOG_MAGIC_GZIP },
	{ 0, 3, "BZh", AW_LOG_MAGIC_PACKED },
	{ 0, 6, "\xfd" "7zXZ\0", AW_LOG_MAGIC_PACKED },
	{ 0, 4, "\x28\xb5\x2f\xfd", AW_LOG_MAGIC_PACKED },	/* zstd */
	{ 0, 4, "\x04\x22\x4d\x18", AW_LOG_MAGIC_PACKED },	/* lz4 */
	{ 0, 3, "\x5d\0\0", AW_LOG_MAGIC_PACKED },		/* lzma */
	{ 0, 4, "PK\3\4", AW_LOG_MAGIC_PACKED },
	{ 0, 4, "PK\5\6", AW_LOG_MAGIC_PACKED },		/* zip without a member */
	{ 257, 5, "ustar", AW_LOG_MAGIC_PACKED },
	{ 0, 5, "07070", AW_LOG_MAGIC_PACKED },			/* cpio */
	{ 0, 4, "\x7f" "ELF", AW_LOG_MAGIC_OTHER },
	{ 0, 8, "LPKSHHRH", AW_LOG_MAGIC_OTHER },		/* the journal's own files */
	{ 0, 8, "\x89PNG\r\n\x1a\n", AW_LOG_MAGIC_OTHER },
	{ 0, 3, "\xff\xd8\xff", AW_LOG_MAGIC_OTHER },		/* JPEG */
	{ 0, 5, "%PDF-", AW_LOG_MAGIC_OTHER },
	{ 0, 15, "SQLite format 3", AW_LOG_MAGIC_OTHER },
	{ 0, 4, "dex\n", AW_LOG_MAGIC_OTHER },
	{ 0, 8, "AWREC\r\n\x1a", AW_LOG_MAGIC_EVENTS },	/* a recording */
	{ 0, 10, "\x17\x08\x44" "tracing", AW_LOG_MAGIC_EVENTS },	/* trace.dat */
	{ 0, 8, "PERFILE2", AW_LOG_MAGIC_EVENTS },
};

enum aw_log_magic aw_log_magic(const void *data, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(magics); i++)
		if (len >= magics[i].at + magics[i].len &&
		    !memcmp((const char *)data + magics[i].at, magics[i].bytes, magics[i].len))
			return magics[i].is;
	return AW_LOG_MAGIC_TEXT;
}
