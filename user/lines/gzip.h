/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text packed with gzip, where there is no libarchive.
 */
#ifndef AW_LINES_GZIP_H
#define AW_LINES_GZIP_H

#include "lines/archive.h"

struct aw_log_gzip;

/* NULL: out of memory. */
struct aw_log_gzip *aw_log_gzip_open(aw_log_pull_fn pull, void *ctx);

/* The next piece: its length, 0 at the end, or -errno and a sentence.  Valid until the next call. */
ssize_t aw_log_gzip_read(struct aw_log_gzip *gzip, const void **data, struct aw_error *error);

void aw_log_gzip_close(struct aw_log_gzip *gzip);	/* NULL allowed */

#endif
