// SPDX-License-Identifier: GPL-2.0
/*
 * A pool of strings.
 */
#include "base/intern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct entry {
	UT_hash_handle hh;
	char text[];
};

/* Callers come with the same pointers again and again: those are not hashed. */
#define RECENT 1024

struct recent {
	const char *asked;	/* never read: its memory may be another's by now */
	const struct entry *entry;
};

struct aw_intern {
	struct entry *entries;
	struct recent recent[RECENT];
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

static const char *find_or_add(struct aw_intern *pool, const char *text, const struct entry **found)
{
	struct entry *entry;
	size_t len = strlen(text);

	HASH_FIND(hh, pool->entries, text, len, entry);
	*found = entry;
	if (entry)
		return entry->text;
	entry = malloc(sizeof(*entry) + len + 1);
	if (!entry)
		return "";
	memcpy(entry->text, text, len + 1);
	HASH_ADD(hh, pool->entries, text, len, entry);
	*found = entry;
	return entry->text;
}

const char *aw_intern(struct aw_intern *pool, const char *text)
{
	struct recent *recent = &pool->recent[((uintptr_t)text >> 3) % RECENT];
	const struct entry *entry;

	if (recent->asked == text && recent->entry &&
	    (recent->entry->text == text || !strcmp(recent->entry->text, text)))
		return recent->entry->text;
	recent->asked = text;
	text = find_or_add(pool, text, &entry);
	recent->entry = entry;
	return text;
}
