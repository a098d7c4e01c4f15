// SPDX-License-Identifier: GPL-2.0
/*
 * The file header and the blocks of a recording.
 */
#include "recording/block.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

/* The fastest level; events repeat so much that higher levels gain little. */
#define LEVEL 3

static uint32_t checksum(const uint8_t *data, size_t size)
{
	return (uint32_t)crc32(0, data, (uInt)size);
}

static bool is_known(unsigned int version, uint32_t flags)
{
	return version && version <= AW_RECORDING_VERSION && !(flags & ~AW_RECORDING_FLAGS);
}

void aw_recording_put_header(struct aw_bytes *out, uint32_t flags)
{
	size_t start = out->used;

	aw_put_bytes(out, AW_RECORDING_MAGIC, 8);
	aw_put_u32(out, AW_RECORDING_BYTE_ORDER);
	aw_put_u16(out, AW_RECORDING_VERSION);
	aw_put_u16(out, AW_RECORDING_HEADER);
	aw_put_u32(out, flags);
	aw_put_u64(out, 0);
	aw_put_u32(out, out->failed ? 0 : checksum(out->data + start, AW_RECORDING_HEADER - 4));
}

/* Does it begin like a recording, but for a few bits? */
static bool has_magic(const uint8_t *data)
{
	int different = 0;

	for (unsigned int i = 0; i < 8; i++)
		different += __builtin_popcount(data[i] ^ (uint8_t)AW_RECORDING_MAGIC[i]);
	return different < 8;
}

int aw_recording_get_header(const uint8_t *data, struct aw_recording_head *head)
{
	struct aw_cursor cursor = { data + 8, data + AW_RECORDING_HEADER, false };
	struct aw_recording_head found;
	uint32_t order;

	if (!has_magic(data))
		return -ENODATA;
	order = aw_get_u32(&cursor);
	found.version = aw_get_u16(&cursor);
	aw_get_u16(&cursor);
	found.flags = aw_get_u32(&cursor);
	aw_get_u64(&cursor);
	if (memcmp(data, AW_RECORDING_MAGIC, 8) || order != AW_RECORDING_BYTE_ORDER ||
	    aw_get_u32(&cursor) != checksum(data, AW_RECORDING_HEADER - 4))
		return -EBADMSG;
	*head = found;
	return is_known(found.version, found.flags) ? 0 : -ENOTSUP;
}

void aw_recording_put_group(struct aw_bytes *records, const struct aw_recording_group *group)
{
	aw_put_u16(records, AW_RECORD_GROUP);
	aw_put_u16(records, 0);
	aw_put_u32(records, AW_RECORDING_GROUP_SIZE);
	aw_put_u64(records, group->start_ns);
	aw_put_u64(records, group->time_ns);
	aw_put_u64(records, group->events);
	aw_put_u64(records, group->failures);
	aw_put_u32(records, group->flags);
	aw_put_u32(records, AW_RECORDING_VERSION);
}

bool aw_recording_get_group(const uint8_t *records, size_t size, struct aw_recording_group *group)
{
	struct aw_cursor cursor = { records, records + size, false };
	unsigned int type = aw_get_u16(&cursor);
	struct aw_recording_group found;

	aw_get_u16(&cursor);
	if (type != AW_RECORD_GROUP || aw_get_u32(&cursor) < AW_RECORDING_GROUP_SIZE)
		return false;
	found.start_ns = aw_get_u64(&cursor);
	found.time_ns = aw_get_u64(&cursor);
	found.events = aw_get_u64(&cursor);
	found.failures = aw_get_u64(&cursor);
	found.flags = aw_get_u32(&cursor);
	if (!is_known(aw_get_u32(&cursor), found.flags) || cursor.failed || found.time_ns >= AW_RECORDING_TIME_MAX)
		return false;
	*group = found;
	return true;
}

size_t aw_recording_packed_max(size_t size)
{
	return AW_RECORDING_BLOCK_HEADER + compressBound(size);
}

static void put_block_header(uint8_t *at, uint32_t stored, uint32_t size, uint32_t crc)
{
	const uint32_t words[] = { AW_RECORDING_BLOCK_MAGIC, stored, size, crc };

	for (unsigned int i = 0; i < 16; i++)
		at[i] = (uint8_t)(words[i / 4] >> (8 * (i % 4)));
	crc = checksum(at, 16);
	for (unsigned int i = 0; i < 4; i++)
		at[16 + i] = (uint8_t)(crc >> (8 * i));
}

int aw_recording_pack(struct aw_bytes *out, const uint8_t *records, size_t size)
{
	size_t start = out->used;
	uLongf stored = compressBound(size);
	uint8_t *at = aw_bytes_grow(out, AW_RECORDING_BLOCK_HEADER + stored);

	if (!at || compress2(at + AW_RECORDING_BLOCK_HEADER, &stored, records, size, LEVEL) != Z_OK) {
		out->used = start;
		return -ENOMEM;
	}
	put_block_header(at, (uint32_t)stored, (uint32_t)size,
			 checksum(at + AW_RECORDING_BLOCK_HEADER, stored));
	out->used = start + AW_RECORDING_BLOCK_HEADER + stored;
	return 0;
}

int aw_recording_get_block(const uint8_t *data, struct aw_block_header *header)
{
	struct aw_cursor cursor = { data, data + AW_RECORDING_BLOCK_HEADER, false };
	uint32_t magic = aw_get_u32(&cursor);

	header->stored = aw_get_u32(&cursor);
	header->size = aw_get_u32(&cursor);
	header->crc = aw_get_u32(&cursor);
	if (magic != AW_RECORDING_BLOCK_MAGIC || aw_get_u32(&cursor) != checksum(data, 16) ||
	    header->stored > AW_RECORDING_BLOCK_MAX || header->size > AW_RECORDING_BLOCK_MAX)
		return -EBADMSG;
	return 0;
}

/* Skips zlib's own checksum, because that of the block was already checked. */
static int inflate_all(struct z_stream_s *stream)
{
	int err = inflateInit(stream);

	if (err != Z_OK)
		return err;
	inflateValidate(stream, 0);
	err = inflate(stream, Z_FINISH);
	inflateEnd(stream);
	return err;
}

int aw_recording_unpack(const struct aw_block_header *header, const uint8_t *stored, uint8_t *out,
			const struct aw_libdeflate *fast)
{
	struct z_stream_s stream = {
		.next_in = (uint8_t *)stored, .avail_in = header->stored,
		.next_out = out, .avail_out = header->size,
	};
	int err;

	if ((fast && fast->state ? fast->crc(0, stored, header->stored) : checksum(stored, header->stored)) != header->crc)
		return -EBADMSG;
	if (fast && aw_libdeflate_unpack(fast, stored, header->stored, out, header->size))
		return 0;
	err = inflate_all(&stream);
	if (err == Z_MEM_ERROR)
		return -ENOMEM;
	return err == Z_STREAM_END && !stream.avail_out ? 0 : -EBADMSG;
}
