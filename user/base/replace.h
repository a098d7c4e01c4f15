/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files that change all at once: who reads one finds the old or the new text.
 */
#ifndef AW_BASE_REPLACE_H
#define AW_BASE_REPLACE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Replaces `path` by a file of `mode` (before umask) that holds `text`.  The
 * new one is written beside it under a hidden name and renamed; a link at
 * `path` is replaced, not followed.  0, or -errno with the old file untouched.
 */
int aw_file_replace(const char *path, mode_t mode, const void *text, size_t len);

#endif
