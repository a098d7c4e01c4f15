/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading small files whole.
 */
#ifndef AW_BASE_FILE_H
#define AW_BASE_FILE_H

#include <stddef.h>

/*
 * The whole file, NUL-terminated, in memory that the caller frees; works for
 * /proc and tracefs files, whose size is not known before.  `len` may be NULL.
 * Returns 0 or -errno.
 */
int aw_file_read(const char *path, char **text, size_t *len);

#endif
