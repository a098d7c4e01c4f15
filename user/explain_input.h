/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where `explain` gets kernel log text from.
 */
#ifndef AW_EXPLAIN_INPUT_H
#define AW_EXPLAIN_INPUT_H

#include <stddef.h>

#include "base/error.h"

/* A piece of the log. */
typedef void (*aw_explain_feed_fn)(void *ctx, const char *text, size_t len);

/* A file, or "-" for standard input.  0, or -errno with a sentence in `error`. */
int aw_explain_read_file(const char *path, aw_explain_feed_fn feed, void *ctx, struct aw_error *error);

/* This kernel's log: klogctl(), else /dev/kmsg.  As above. */
int aw_explain_read_kernel(aw_explain_feed_fn feed, void *ctx, struct aw_error *error);

/*
 * What the last boots left in /sys/fs/pstore.  Returns the number of files
 * read; 0 also when there is no pstore.  `next` is called between files.
 */
int aw_explain_read_pstore(aw_explain_feed_fn feed, void (*next)(void *ctx), void *ctx);

#endif
