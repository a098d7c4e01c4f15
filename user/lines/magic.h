/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a file is, by its first bytes.
 */
#ifndef AW_LINES_MAGIC_H
#define AW_LINES_MAGIC_H

#include <stddef.h>

#define AW_LOG_MAGIC_BYTES 512	/* enough to tell */

enum aw_log_magic {
	AW_LOG_MAGIC_TEXT,	/* or nothing that is known */
	AW_LOG_MAGIC_GZIP,
	AW_LOG_MAGIC_PACKED,	/* an archive, or packed otherwise */
	AW_LOG_MAGIC_EVENTS,	/* a recording or a trace: of such failures, but no log */
	AW_LOG_MAGIC_OTHER	/* a program, a picture, a database: no log */
};

enum aw_log_magic aw_log_magic(const void *data, size_t len);

#endif
