// SPDX-License-Identifier: GPL-2.0
/*
 * The entries that the current file of a recording already has.
 */
#include "recording/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"

struct aw_dictionary_entry {
	UT_hash_handle hh;
	uint32_t number;
	uint8_t key[];
};

void aw_dictionary_clear(struct aw_dictionary *dictionary)
{
	struct aw_dictionary_entry *entry, *next;

	HASH_ITER(hh, dictionary->entries, entry, next) {
		HASH_DEL(dictionary->entries, entry);
		free(entry);
	}
	dictionary->count = 0;
}

uint32_t aw_dictionary_get(struct aw_dictionary *dictionary, const void *key, size_t size, bool *is_new)
{
	struct aw_dictionary_entry *entry;

	*is_new = false;
	HASH_FIND(hh, dictionary->entries, key, size, entry);
	if (entry)
		return entry->number;
	entry = malloc(sizeof(*entry) + size);
	if (!entry)
		return 0;
	entry->number = dictionary->count + 1;
	memcpy(entry->key, key, size);
	HASH_ADD(hh, dictionary->entries, key[0], size, entry);
	if (!aw_table_took(entry)) {
		free(entry);
		return 0;
	}
	*is_new = true;
	return ++dictionary->count;
}
