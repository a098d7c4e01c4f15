/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads and writes little-endian numbers in memory: appends them to a growing
 * buffer, and reads them from untrusted bytes.
 */
#ifndef AW_BASE_BYTES_H
#define AW_BASE_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* All zero: an empty buffer.  After `failed` (no memory), nothing more is appended. */
struct aw_bytes {
	uint8_t *data;
	size_t used, room;
	bool failed;
};

void aw_bytes_free(struct aw_bytes *bytes);

/* Appends `size` uninitialized bytes and returns a pointer to them; NULL: no memory. */
uint8_t *aw_bytes_grow(struct aw_bytes *bytes, size_t size);

void aw_put_u8(struct aw_bytes *bytes, uint8_t value);
void aw_put_u16(struct aw_bytes *bytes, uint16_t value);
void aw_put_u32(struct aw_bytes *bytes, uint32_t value);
void aw_put_u64(struct aw_bytes *bytes, uint64_t value);
void aw_put_bytes(struct aw_bytes *bytes, const void *data, size_t size);

/* Overwrites 4 bytes that were appended earlier. */
void aw_set_u32(struct aw_bytes *bytes, size_t at, uint32_t value);

/* Reading past the end returns zeros and sets `failed`. */
struct aw_cursor {
	const uint8_t *at, *end;
	bool failed;
};

static inline size_t aw_cursor_left(const struct aw_cursor *cursor)
{
	return (size_t)(cursor->end - cursor->at);
}

/* A pointer to the next `size` bytes; NULL: fewer are left. */
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

static inline uint8_t aw_get_u8(struct aw_cursor *cursor)
{
	const uint8_t *at = aw_get_bytes(cursor, 1);

	return at ? *at : 0;
}

static inline uint16_t aw_get_u16(struct aw_cursor *cursor)
{
	const uint8_t *at = aw_get_bytes(cursor, sizeof(uint16_t));
	uint16_t value = 0;

	if (at)
		memcpy(&value, at, sizeof(value));
	return le16toh(value);
}

static inline uint32_t aw_get_u32(struct aw_cursor *cursor)
{
	const uint8_t *at = aw_get_bytes(cursor, sizeof(uint32_t));
	uint32_t value = 0;

	if (at)
		memcpy(&value, at, sizeof(value));
	return le32toh(value);
}

static inline uint64_t aw_get_u64(struct aw_cursor *cursor)
{
	const uint8_t *at = aw_get_bytes(cursor, sizeof(uint64_t));
	uint64_t value = 0;

	if (at)
		memcpy(&value, at, sizeof(value));
	return le64toh(value);
}

#endif
