// SPDX-License-Identifier: GPL-2.0
/*
 * A pool of strings.
 */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct entry {
	UT_hash_handle hh;
	char text[];
};

struct aw_intern {
	struct entry *entries;
};

struct aw_intern *aw_intern_new(void)
{
	return calloc(1, sizeof(struct aw_intern));
}

void aw_intern_free(struct aw_intern *pool)
{
	struct entry *entry, *next;

	if (!pool)
		return;
	HASH_ITER(hh, pool->entries, entry, next) {
		HASH_DEL(pool->entries, entry);
		free(entry);
	}
	free(pool);
}

const char *aw_intern(struct aw_intern *pool, const char *text)
{
	struct entry *entry;
	size_t len = strlen(text);

	HASH_FIND(hh, pool->entries, text, len, entry);
	if (entry)
		return entry->text;
	entry = malloc(sizeof(*entry) + len + 1);
	if (!entry)
		return "";
	memcpy(entry->text, text, len + 1);
	HASH_ADD(hh, pool->entries, text, len, entry);
	return entry->text;
}
