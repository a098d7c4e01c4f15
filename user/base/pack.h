/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Packs structs by leaving out their zero bytes, to keep thousands of them in
 * memory.  Every 8 bytes become a byte that tells which of them are not zero,
 * followed by those.
 */
#ifndef AW_BASE_PACK_H
#define AW_BASE_PACK_H

#include <stddef.h>
#include <stdint.h>

/* The maximum packed size of `size` bytes, a multiple of 8. */
#define AW_PACKED_MAX(size) ((size) + (size) / 8)

/* Returns the number of bytes written to `out`. */
size_t aw_pack(const void *data, size_t size, uint8_t *out);

/* Restores the `size` bytes; returns the position after them in `packed`. */
const uint8_t *aw_unpack(const uint8_t *packed, void *data, size_t size);

#endif
