// SPDX-License-Identifier: GPL-2.0
/*
 * Reads and writes little-endian numbers in memory.
 */
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

void aw_bytes_free(struct aw_bytes *bytes)
{
	free(bytes->data);
	memset(bytes, 0, sizeof(*bytes));
}

static bool make_room(struct aw_bytes *bytes, size_t size)
{
	size_t room = bytes->room ? bytes->room : 4096;
	uint8_t *larger;

	while (room - bytes->used < size)
		room *= 2;
	larger = room > bytes->room ? realloc(bytes->data, room) : bytes->data;
	if (!larger)
		return false;
	bytes->data = larger;
	bytes->room = room;
	return true;
}

uint8_t *aw_bytes_grow(struct aw_bytes *bytes, size_t size)
{
	if (bytes->failed || !make_room(bytes, size)) {
		bytes->failed = true;
		return NULL;
	}
	bytes->used += size;
	return bytes->data + bytes->used - size;
}

static void put_number(struct aw_bytes *bytes, uint64_t value, unsigned int size)
{
	uint8_t *at = aw_bytes_grow(bytes, size);

	for (unsigned int i = 0; at && i < size; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

void aw_put_u8(struct aw_bytes *bytes, uint8_t value)
{
	put_number(bytes, value, 1);
}

void aw_put_u16(struct aw_bytes *bytes, uint16_t value)
{
	put_number(bytes, value, 2);
}

void aw_put_u32(struct aw_bytes *bytes, uint32_t value)
{
	put_number(bytes, value, 4);
}

void aw_put_u64(struct aw_bytes *bytes, uint64_t value)
{
	put_number(bytes, value, 8);
}

void aw_put_bytes(struct aw_bytes *bytes, const void *data, size_t size)
{
	uint8_t *at = size ? aw_bytes_grow(bytes, size) : NULL;

	if (at)
		memcpy(at, data, size);
}

void aw_set_u32(struct aw_bytes *bytes, size_t at, uint32_t value)
{
	for (unsigned int i = 0; !bytes->failed && i < 4; i++)
		bytes->data[at + i] = (uint8_t)(value >> (8 * i));
}
