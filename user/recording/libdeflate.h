/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libdeflate, where it is installed: it unpacks blocks in half of zlib's time.
 * libdeflate_none.c replaces it in a build that loads no libraries.
 */
#ifndef AW_RECORDING_LIBDEFLATE_H
#define AW_RECORDING_LIBDEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct aw_libdeflate {
	void *(*new)(void);
	void (*free)(void *state);
	int (*unpack)(void *state, const void *in, size_t stored, void *out, size_t size, size_t *got);
	uint32_t (*crc)(uint32_t crc, const void *data, size_t size);
	void *state;	/* NULL: it is missing, and zlib does its work */
};

void aw_libdeflate_open(struct aw_libdeflate *library);
void aw_libdeflate_close(struct aw_libdeflate *library);

/* A zlib stream into exactly `size` bytes; its own checksum is not looked at.  False: try zlib, whose answer counts. */
bool aw_libdeflate_unpack(const struct aw_libdeflate *library, const uint8_t *stored, size_t length, uint8_t *out,
			  size_t size);

#endif
