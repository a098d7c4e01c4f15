/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hash of a string, whose low bits choose a bucket of a table.
 */
#ifndef AW_BASE_HASH_TEXT_H
#define AW_BASE_HASH_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Eight bytes at a time; the last ones, where there are eight, overlap those before. */
static inline uint32_t aw_hash_text(const void *key, size_t len)
{
	const char *text = key;
	uint64_t hash = len, word = 0;
	size_t at;

	for (at = 0; at + sizeof(word) <= len; at += sizeof(word)) {
		memcpy(&word, text + at, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	if (len >= sizeof(word))
		memcpy(&word, text + len - sizeof(word), sizeof(word));
	else
		for (; at < len; at++)
			word = word << 8 | (unsigned char)text[at];
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	/* The last characters are in the high bits, and names often differ in these only: they have to reach the low ones. */
	hash = (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return (uint32_t)(hash ^ hash >> 32);
}

#endif
