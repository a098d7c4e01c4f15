// SPDX-License-Identifier: GPL-2.0
/*
 * The names, letters and numbers of migratetypes.
 */
#define _GNU_SOURCE 1	/* memmem */
#include "mm/migratetype.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "mm/kernel.h"

/* From migratetype_names[] and show_migration_types() of mm/page_alloc.c. */
static const struct {
	const char *name;
	char letter;
} types[] = {
	[AW_MT_UNMOVABLE] = { "Unmovable", 'U' },
	[AW_MT_MOVABLE] = { "Movable", 'M' },
	[AW_MT_RECLAIMABLE] = { "Reclaimable", 'E' },
	[AW_MT_HIGHATOMIC] = { "HighAtomic", 'H' },
	[AW_MT_RESERVE] = { "Reserve", 'R' },
	[AW_MT_CMA] = { "CMA", 'C' },
	[AW_MT_ISOLATE] = { "Isolate", 'I' },
	[AW_MT_UNKNOWN] = { "unknown", '?' },
};
_Static_assert(ARRAY_SIZE(types) == AW_MT_COUNT, "every migratetype needs a row");

/* 974a786e63c9 (4.4) removed Reserve, and 0aaa29a56e4f (4.4) replaced it by HighAtomic. */
static const struct aw_migratetypes up_to_4_3 = {
	.of = { AW_MT_UNMOVABLE, AW_MT_RECLAIMABLE, AW_MT_MOVABLE, AW_MT_RESERVE,
		AW_MT_CMA, AW_MT_ISOLATE },
	.count = 6,
};

static const struct aw_migratetypes since_4_4 = {
	.of = { AW_MT_UNMOVABLE, AW_MT_MOVABLE, AW_MT_RECLAIMABLE, AW_MT_HIGHATOMIC,
		AW_MT_CMA, AW_MT_ISOLATE },
	.count = 6,
};

/* android12-5.10: CMA has per-cpu lists, so it comes before MIGRATE_PCPTYPES. */
static const struct aw_migratetypes android_5_10 = {
	.of = { AW_MT_UNMOVABLE, AW_MT_MOVABLE, AW_MT_RECLAIMABLE, AW_MT_CMA,
		AW_MT_HIGHATOMIC, AW_MT_ISOLATE },
	.count = 6,
};

const char *aw_migratetype_name(enum aw_migratetype type)
{
	return types[type < AW_MT_COUNT ? type : AW_MT_UNKNOWN].name;
}

char aw_migratetype_letter(enum aw_migratetype type)
{
	return types[type < AW_MT_COUNT ? type : AW_MT_UNKNOWN].letter;
}

enum aw_migratetype aw_migratetype_from_letter(char letter)
{
	for (size_t i = 0; i < AW_MT_UNKNOWN; i++)
		if (types[i].letter == letter)
			return (enum aw_migratetype)i;
	return AW_MT_UNKNOWN;
}

enum aw_migratetype aw_migratetype_from_name(const char *name, size_t len)
{
	static const char prefix[] = "MIGRATE_";
	size_t n = sizeof(prefix) - 1;

	if (len > n && !memcmp(name, prefix, n)) {
		name += n;
		len -= n;
	}
	for (size_t i = 0; i < AW_MT_UNKNOWN; i++)
		if (len == strlen(types[i].name) && !strncasecmp(name, types[i].name, len))
			return (enum aw_migratetype)i;
	return AW_MT_UNKNOWN;
}

enum aw_migratetype aw_migratetype_decode(const struct aw_migratetypes *table, int number)
{
	if (number < 0 || (unsigned int)number >= table->count)
		return AW_MT_UNKNOWN;
	return table->of[number];
}

void aw_migratetypes_for_release(const char *release, bool android, struct aw_migratetypes *out)
{
	uint32_t version = aw_version_parse(release);

	if (!version)
		*out = (struct aw_migratetypes){ .count = 0 };
	else if (version < AW_VERSION(4, 4, 0))
		*out = up_to_4_3;
	else if (android && version >= AW_VERSION(5, 10, 0) && version < AW_VERSION(5, 11, 0))
		*out = android_5_10;
	else
		*out = since_4_4;
}

/* The next word of a line; NULL at its end. */
static const char *next_word(const char **p, const char *end, size_t *len)
{
	const char *word;

	while (*p < end && **p != '\n' && isspace((unsigned char)**p))
		(*p)++;
	word = *p;
	while (*p < end && !isspace((unsigned char)**p))
		(*p)++;
	*len = (size_t)(*p - word);
	return *len ? word : NULL;
}

/* An unknown type still takes a number, so that the following ones keep theirs. */
static bool add_type(struct aw_migratetypes *table, const char *name, size_t len)
{
	if (table->count == AW_MT_NUMBERS)
		return false;
	table->of[table->count++] = aw_migratetype_from_name(name, len);
	return true;
}

/* "Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate" */
static bool from_header(const char *text, const char *end, struct aw_migratetypes *table)
{
	static const char title[] = "Number of blocks type";
	const char *p = memmem(text, (size_t)(end - text), title, sizeof(title) - 1);
	const char *word;
	size_t len;

	if (!p)
		return false;
	p += sizeof(title) - 1;
	while ((word = next_word(&p, end, &len)))
		if (!add_type(table, word, len))
			return false;
	return table->count > 0;
}

/* The rows of a zone, such as "Node    0, zone   Normal, type    Unmovable    154     89 ..." */
static bool from_rows(const char *text, const char *end, struct aw_migratetypes *table)
{
	static const char mark[] = ", type";
	const char *first = NULL;
	size_t first_len = 0, len;

	for (;;) {
		const char *p = memmem(text, (size_t)(end - text), mark, sizeof(mark) - 1);
		const char *word;

		if (!p)
			break;
		p += sizeof(mark) - 1;
		word = next_word(&p, end, &len);
		text = p;
		if (!word)
			continue;
		if (first && len == first_len && !memcmp(word, first, len))
			break;
		if (!first) {
			first = word;
			first_len = len;
		}
		if (!add_type(table, word, len))
			return false;
	}
	return table->count > 0;
}

static bool knows_any(const struct aw_migratetypes *table)
{
	for (unsigned int i = 0; i < table->count; i++)
		if (table->of[i] != AW_MT_UNKNOWN)
			return true;
	return false;
}

int aw_migratetypes_from_pagetypeinfo(const char *text, size_t len, struct aw_migratetypes *out)
{
	struct aw_migratetypes table = { .count = 0 };

	if (!from_header(text, text + len, &table)) {
		table.count = 0;
		if (!from_rows(text, text + len, &table))
			return -EINVAL;
	}
	if (!knows_any(&table))
		return -EINVAL;
	*out = table;
	return 0;
}
