/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hash of a few 64-bit words: numbers, and pointers to interned strings.
 * A file that includes this before <uthash.h> uses it instead of the hash of
 * bytes; its keys must then consist of whole words.
 */
#ifndef AW_BASE_HASH_H
#define AW_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* `size` is a multiple of 8. */
static inline uint32_t aw_hash_words(const void *key, size_t size)
{
	const char *bytes = key;
	uint64_t hash = 0, word;

	for (size_t at = 0; at < size; at += sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return (uint32_t)hash;
}

#define HASH_FUNCTION(key, size, hash) ((hash) = aw_hash_words(key, size))

#endif
