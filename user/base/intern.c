// SPDX-License-Identifier: GPL-2.0
/*
 * A pool of strings.
 */
#include "base/intern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_text.h"

#define HASH_FUNCTION(text, len, hash) ((hash) = aw_hash_text(text, len))

#include "base/table.h"

struct entry {
	UT_hash_handle hh;
	char text[];
};

/* Callers often pass the same pointers, so these are looked up without hashing the string. */
#define RECENT_BITS 10

struct recent {
	const char *asked;	/* only compared, never dereferenced: its memory may have been reused */
	const struct entry *entry;
	uint32_t serial;	/* `asked` is in the pool with this serial, or a constant; 0: not known */
};

struct aw_intern {
	struct entry *entries;
	bool failed;
	uint32_t serial;
	struct recent recent[1u << RECENT_BITS][2];
};

struct aw_intern *aw_intern_new(void)
{
	static uint32_t pools;
	struct aw_intern *pool = calloc(1, sizeof(*pool));

	if (pool)
		pool->serial = __atomic_add_fetch(&pools, 1, __ATOMIC_RELAXED);
	return pool;
}

uint32_t aw_intern_serial(const struct aw_intern *pool)
{
	return pool->serial;
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

/* NULL: no memory. */
static struct entry *add(struct aw_intern *pool, const char *text, size_t len)
{
	struct entry *entry = malloc(sizeof(*entry) + len + 1);

	if (!entry)
		return NULL;
	memcpy(entry->text, text, len + 1);
	HASH_ADD(hh, pool->entries, text, len, entry);
	if (aw_table_took(entry))
		return entry;
	free(entry);
	return NULL;
}

static const char nothing[] = "";	/* every empty text, of all pools */

static const char *find_or_add(struct aw_intern *pool, const char *text, const struct entry **found)
{
	struct entry *entry;
	size_t len = strlen(text);

	HASH_FIND(hh, pool->entries, text, len, entry);
	*found = entry;
	if (entry)
		return entry->text;
	entry = add(pool, text, len);
	if (!entry) {
		pool->failed = true;
		return nothing;
	}
	*found = entry;
	return entry->text;
}

bool aw_intern_failed(const struct aw_intern *pool)
{
	return pool->failed;
}

void aw_intern_note_failure(struct aw_intern *pool)
{
	pool->failed = true;
}

/*
 * The pair of places for this pointer.  Strings lie at multiples of 16 and often at one
 * distance, so the low bits alone do not tell them apart.
 */
static struct recent *recent_of(struct aw_intern *pool, const char *text)
{
	return pool->recent[(uint64_t)(uintptr_t)text * UINT64_C(0x9e3779b97f4a7c15) >> (64 - RECENT_BITS)];
}

static bool is_recent(struct recent *recent, const char *text, uint32_t serial)
{
	if (recent->asked != text || !recent->entry)
		return false;
	if (serial && recent->serial == serial)
		return true;
	if (recent->entry->text != text && strcmp(recent->entry->text, text))
		return false;
	recent->serial = serial;
	return true;
}

const char *aw_intern_lasting(struct aw_intern *pool, const char *text, uint32_t serial)
{
	struct recent *recent;
	const struct entry *entry;
	const char *kept;

	if (!text[0])
		return nothing;
	recent = recent_of(pool, text);
	if (is_recent(&recent[0], text, serial))
		return recent[0].entry->text;
	if (is_recent(&recent[1], text, serial))
		return recent[1].entry->text;
	kept = find_or_add(pool, text, &entry);
	recent[1] = recent[0];
	recent[0] = (struct recent){ text, entry, serial };
	return kept;
}

const char *aw_intern(struct aw_intern *pool, const char *text)
{
	return aw_intern_lasting(pool, text, 0);
}
