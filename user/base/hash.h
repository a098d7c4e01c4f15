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

/* 0: the same; a call of memcmp() takes longer than these few words. */
static inline uint64_t aw_compare_words(const void *key, const void *other, size_t size)
{
	const char *bytes = key, *others = other;
	uint64_t different = 0;

	for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
		uint64_t word, with;

		memcpy(&word, bytes + at, sizeof(word));
		memcpy(&with, others + at, sizeof(with));
		different |= word ^ with;
	}
	return different;
}

#define HASH_FUNCTION(key, size, hash) ((hash) = aw_hash_words(key, size))
#define HASH_KEYCMP(key, other, size) aw_compare_words(key, other, size)

#endif
