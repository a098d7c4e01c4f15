/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Structs without their zero bytes, for what is kept in memory by the
 * thousand: of every 8 bytes one that says which are there, then those.
 */
#ifndef AW_BASE_PACK_H
#define AW_BASE_PACK_H

#include <stddef.h>
#include <stdint.h>

/* Most bytes that `size` bytes, a multiple of 8, become. */
#define AW_PACKED_MAX(size) ((size) + (size) / 8)

/* Bytes written to `out`. */
size_t aw_pack(const void *data, size_t size, uint8_t *out);

/* The same `size` bytes again; returns what follows them in `packed`. */
const uint8_t *aw_unpack(const uint8_t *packed, void *data, size_t size);

#endif
