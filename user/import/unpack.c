// SPDX-License-Identifier: GPL-2.0
/*
 * The ways in which trace-cmd and perf pack data.
 */
#include "import/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"

struct aw_import_zstd {
	struct aw_zstd zstd;
	void *stream;
};

struct aw_import_zstd *aw_import_zstd_new(void)
{
	struct aw_import_zstd *stream = calloc(1, sizeof(*stream));
	struct aw_error error;

	if (stream && !aw_zstd_load(&stream->zstd, &error))
		stream->stream = stream->zstd.new();
	if (stream && stream->stream)
		return stream;
	if (stream && stream->zstd.new)
		aw_memory_note_failure();
	free(stream);
	return NULL;
}

void aw_import_zstd_free(struct aw_import_zstd *stream)
{
	if (stream)
		stream->zstd.free(stream->stream);
	free(stream);
}

/* ZSTD_error_memory_allocation of zstd_errors.h, as the functions return it; its number is stable. */
#define ZSTD_NO_MEMORY ((size_t)-64)

int64_t aw_import_zstd_next(struct aw_import_zstd *stream, const void *data, size_t size, void *out, size_t room)
{
	struct aw_zstd_piece in = { .data = data, .size = size };
	struct aw_zstd_room to = { .data = out, .size = room };

	while (in.at < in.size) {
		size_t in_before = in.at, out_before = to.at, status;

		status = stream->zstd.next(stream->stream, &to, &in);
		if (status == ZSTD_NO_MEMORY)
			aw_memory_note_failure();
		if (stream->zstd.is_error(status))
			return -EBADMSG;
		if (in.at == in_before && to.at == out_before)
			return -EBADMSG;
	}
	return (int64_t)to.at;
}

static int unpack_zstd(const void *data, size_t size, void *out, size_t room)
{
	struct aw_import_zstd *stream = aw_import_zstd_new();
	int64_t got;

	if (!stream)
		return -ENOTSUP;
	got = aw_import_zstd_next(stream, data, size, out, room);
	aw_import_zstd_free(stream);
	return got == (int64_t)room ? 0 : -EBADMSG;
}

int aw_import_unpack(enum aw_import_packing packing, const void *data, size_t size, void *out, size_t room)
{
	uLongf got = room;
	int status;

	if (packing == AW_IMPORT_ZSTD)
		return unpack_zstd(data, size, out, room);
	status = uncompress(out, &got, data, size);
	if (status == Z_MEM_ERROR)
		aw_memory_note_failure();
	return status == Z_OK && got == room ? 0 : -EBADMSG;
}

int aw_import_can_unpack(enum aw_import_packing packing, struct aw_error *error)
{
	struct aw_zstd zstd;

	return packing == AW_IMPORT_ZSTD ? aw_zstd_load(&zstd, error) : 0;
}
