/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Little-endian numbers in memory: appended to a buffer that grows, and read
 * from bytes that nobody vouches for.
 */
#ifndef AW_BASE_BYTES_H
#define AW_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero it to begin.  After `failed` (no memory) nothing more is appended. */
struct aw_bytes {
	uint8_t *data;
	size_t used, room;
	bool failed;
};

void aw_bytes_free(struct aw_bytes *bytes);

/* Room for `size` more at the end, counted as used; NULL: no memory. */
uint8_t *aw_bytes_grow(struct aw_bytes *bytes, size_t size);

void aw_put_u8(struct aw_bytes *bytes, uint8_t value);
void aw_put_u16(struct aw_bytes *bytes, uint16_t value);
void aw_put_u32(struct aw_bytes *bytes, uint32_t value);
void aw_put_u64(struct aw_bytes *bytes, uint64_t value);
void aw_put_bytes(struct aw_bytes *bytes, const void *data, size_t size);

/* Overwrites 4 bytes that were appended before. */
void aw_set_u32(struct aw_bytes *bytes, size_t at, uint32_t value);

/* Reading past the end gives zeroes and sets `failed`. */
struct aw_cursor {
	const uint8_t *at, *end;
	bool failed;
};

static inline size_t aw_cursor_left(const struct aw_cursor *cursor)
{
	return (size_t)(cursor->end - cursor->at);
}

/* `size` bytes in place; NULL: there are fewer. */
static inline const uint8_t *aw_get_bytes(struct aw_cursor *cursor, size_t size)
{
	const uint8_t *at = cursor->at;

	if (size > aw_cursor_left(cursor)) {
		cursor->failed = true;
		cursor->at = cursor->end;
		return NULL;
	}
	cursor->at += size;
	return at;
}

static inline uint64_t aw_get_number(struct aw_cursor *cursor, unsigned int size)
{
	const uint8_t *at = aw_get_bytes(cursor, size);
	uint64_t value = 0;

	for (unsigned int i = 0; at && i < size; i++)
		value |= (uint64_t)at[i] << (8 * i);
	return value;
}

static inline uint8_t aw_get_u8(struct aw_cursor *cursor)
{
	return (uint8_t)aw_get_number(cursor, 1);
}

static inline uint16_t aw_get_u16(struct aw_cursor *cursor)
{
	return (uint16_t)aw_get_number(cursor, 2);
}

static inline uint32_t aw_get_u32(struct aw_cursor *cursor)
{
	return (uint32_t)aw_get_number(cursor, 4);
}

static inline uint64_t aw_get_u64(struct aw_cursor *cursor)
{
	return aw_get_number(cursor, 8);
}

#endif
