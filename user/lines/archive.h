/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compressed files and archives -> what is packed in them, one member after
 * the other, as a stream.
 */
#ifndef AW_LINES_ARCHIVE_H
#define AW_LINES_ARCHIVE_H

#include <sys/types.h>

#include "base/error.h"

/* The next piece of the packed data: its length, 0 at the end, or -errno.  Valid until the next call. */
typedef ssize_t (*aw_log_pull_fn)(void *ctx, const void **data);

struct aw_log_archive;

/*
 * tar, cpio and zip, packed with gzip, bzip2, xz, zstd, lz4 or lzma, or one file
 * packed so.  0, -ENOENT (libarchive is not here), -ENOTSUP (not in this build)
 * or -ENOMEM, with a sentence to come behind the file's name and ": ".
 */
int aw_log_archive_open(aw_log_pull_fn pull, void *ctx, struct aw_log_archive **out, struct aw_error *error);

/*
 * 1: the next member that is a file; *name until the next call, NULL when the
 * archive is one packed file.  0: there is no more.  Else -errno and a sentence.
 */
int aw_log_archive_next(struct aw_log_archive *archive, const char **name, struct aw_error *error);

/* The next piece of the member: its length, 0 at its end, or -errno and a sentence.  Valid until the next call. */
ssize_t aw_log_archive_read(struct aw_log_archive *archive, const void **data, struct aw_error *error);

void aw_log_archive_close(struct aw_log_archive *archive);	/* NULL allowed */

#endif
