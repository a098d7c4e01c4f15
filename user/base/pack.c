// SPDX-License-Identifier: GPL-2.0
/*
 * Packs structs by leaving out their zero bytes.
 */
#include "base/pack.h"

#include <string.h>

#define WORD 8

size_t aw_pack(const void *data, size_t size, uint8_t *out)
{
	const uint8_t *in = data;
	uint8_t *at = out;

	for (size_t word = 0; word < size; word += WORD) {
		uint8_t *there = at++;

		*there = 0;
		for (unsigned int i = 0; i < WORD; i++) {
			if (!in[word + i])
				continue;
			*there |= (uint8_t)(1u << i);
			*at++ = in[word + i];
		}
	}
	return (size_t)(at - out);
}

const uint8_t *aw_unpack(const uint8_t *packed, void *data, size_t size)
{
	uint8_t *out = data;

	memset(out, 0, size);
	for (size_t word = 0; word < size; word += WORD)
		for (unsigned int there = *packed++, i = 0; there; there >>= 1, i++)
			if (there & 1)
				out[word + i] = *packed++;
	return packed;
}
