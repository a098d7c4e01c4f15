/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ways in which trace-cmd and perf pack data.
 */
#ifndef AW_IMPORT_UNPACK_H
#define AW_IMPORT_UNPACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum aw_import_packing { AW_IMPORT_NOT_PACKED, AW_IMPORT_ZLIB, AW_IMPORT_ZSTD };

/* One piece into exactly `room` bytes.  0, -EBADMSG: damaged, or -ENOTSUP: the library is missing. */
int aw_import_unpack(enum aw_import_packing packing, const void *data, size_t size, void *out, size_t room);

/* Can this build and this machine unpack it?  0, or -ENOTSUP with what to do. */
int aw_import_can_unpack(enum aw_import_packing packing, struct aw_error *error);

/* zstd of which the pieces depend on each other: perf record -z.  NULL: no memory, or not here. */
struct aw_import_zstd;
struct aw_import_zstd *aw_import_zstd_new(void);
void aw_import_zstd_free(struct aw_import_zstd *stream);	/* NULL allowed */

/* The next piece: how many of `room` bytes it became, or -EBADMSG (also if there is no room for all of it). */
int64_t aw_import_zstd_next(struct aw_import_zstd *stream, const void *data, size_t size, void *out, size_t room);

/* ---- zstd.c, or zstd_none.c in a build that loads no libraries ---- */

struct aw_zstd_piece {
	const void *data;
	size_t size, at;
};

struct aw_zstd_room {
	void *data;
	size_t size, at;
};

struct aw_zstd {
	void *(*new)(void);
	size_t (*free)(void *stream);
	size_t (*next)(void *stream, struct aw_zstd_room *out, struct aw_zstd_piece *in);
	unsigned int (*is_error)(size_t code);
};

/* 0, or -ENOTSUP with what to do. */
int aw_zstd_load(struct aw_zstd *out, struct aw_error *error);

#endif
