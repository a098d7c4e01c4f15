/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Replaces files atomically: a reader sees either the old or the new text.
 */
#ifndef AW_BASE_REPLACE_H
#define AW_BASE_REPLACE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Replaces `path` by a file with `text` and `mode` minus the umask.  The new file
 * is written to a hidden name in the same directory and renamed.  A symbolic link
 * at `path` is replaced, not followed.  0, or -errno with the old file unchanged.
 */
int aw_file_replace(const char *path, mode_t mode, const void *text, size_t len);

#endif
