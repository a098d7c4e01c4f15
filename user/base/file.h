/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads small files completely.
 */
#ifndef AW_BASE_FILE_H
#define AW_BASE_FILE_H

#include <stddef.h>

/*
 * Reads the whole file into memory that the caller frees, and terminates it with
 * NUL.  Also works for files of /proc and tracefs, whose size is not known in
 * advance.  `len` may be NULL.  Returns 0 or -errno; aw_incomplete_note_file() has seen it.
 */
int aw_file_read(const char *path, char **text, size_t *len);

#endif
