// SPDX-License-Identifier: GPL-2.0
/*
 * Text packed with gzip, through zlib.
 */
#include "lines/gzip.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define PIECE (64 * 1024)
#define GZIP_ONLY (16 + MAX_WBITS)	/* inflateInit2(): a header of gzip is wanted */

struct aw_log_gzip {
	aw_log_pull_fn pull;
	void *ctx;
	z_stream stream;
	bool whole;		/* what was unpacked ends with a whole one; another may follow */
	unsigned char piece[PIECE];
};

struct aw_log_gzip *aw_log_gzip_open(aw_log_pull_fn pull, void *ctx)
{
	struct aw_log_gzip *gzip = calloc(1, sizeof(*gzip));

	if (!gzip)
		return NULL;
	gzip->pull = pull;
	gzip->ctx = ctx;
	if (inflateInit2(&gzip->stream, GZIP_ONLY) != Z_OK) {
		free(gzip);
		return NULL;
	}
	return gzip;
}

/* 1: there is packed data to go on with, 0: no more, or -errno. */
static int refill(struct aw_log_gzip *gzip, struct aw_error *error)
{
	const void *data;
	ssize_t got;

	if (gzip->stream.avail_in)
		return 1;
	got = gzip->pull(gzip->ctx, &data);
	if (got < 0)
		return aw_error_set(error, (int)got, "%s", strerror((int)-got));
	gzip->stream.next_in = (unsigned char *)data;
	gzip->stream.avail_in = (unsigned int)got;
	if (!got && !gzip->whole)
		return aw_error_set(error, -EIO, "the end of it is missing");
	return got > 0;
}

static int damaged(struct aw_log_gzip *gzip, struct aw_error *error)
{
	return aw_error_set(error, -EIO, "damaged: %s", gzip->stream.msg ? gzip->stream.msg : "not as gzip writes it");
}

ssize_t aw_log_gzip_read(struct aw_log_gzip *gzip, const void **data, struct aw_error *error)
{
	gzip->stream.next_out = gzip->piece;
	gzip->stream.avail_out = sizeof(gzip->piece);
	while (gzip->stream.avail_out == sizeof(gzip->piece)) {
		int more = refill(gzip, error), status;

		if (more <= 0)
			return more;
		if (gzip->whole && inflateReset(&gzip->stream) != Z_OK)
			return damaged(gzip, error);
		status = inflate(&gzip->stream, Z_NO_FLUSH);
		gzip->whole = status == Z_STREAM_END;
		if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
			return damaged(gzip, error);
	}
	*data = gzip->piece;
	return (ssize_t)(sizeof(gzip->piece) - gzip->stream.avail_out);
}

void aw_log_gzip_close(struct aw_log_gzip *gzip)
{
	if (!gzip)
		return;
	inflateEnd(&gzip->stream);
	free(gzip);
}
