// SPDX-License-Identifier: GPL-2.0
/*
 * The table that decodes the gfp masks of a kernel, and encodes names.
 */
#include "mm/gfp.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "mm/gfp_names.h"

struct cached {
	uint64_t raw;
	struct aw_gfp gfp;
	UT_hash_handle hh;
	char names[];
};

struct aw_gfp_table {
	uint64_t bit[AW_GFP_FLAGS];		/* 0: this kernel has no such flag */
	uint64_t known;				/* flags that have a bit */
	uint64_t given[AW_GFP_COMPOSITES];	/* masks that the kernel itself lists; 0: not listed */
	uint32_t version;
	char origin[64];
	struct cached *cache;
	bool failed;				/* memory ran out for the names of a mask */
};

/* Large enough for the names of all 64 bits. */
struct names {
	char text[1280];
	size_t len;
};

bool aw_gfp_may_direct_reclaim(const struct aw_gfp *gfp)
{
	return gfp->flags & AW_GFP_SET_DIRECT;
}

struct aw_gfp_table *aw_gfp_table_new(void)
{
	return calloc(1, sizeof(struct aw_gfp_table));
}

void aw_gfp_table_free(struct aw_gfp_table *table)
{
	struct cached *entry, *next;

	if (!table)
		return;
	HASH_ITER(hh, table->cache, entry, next) {
		HASH_DEL(table->cache, entry);
		free(entry);
	}
	free(table);
}

static void add_flag(struct aw_gfp_table *table, int flag, uint64_t mask)
{
	/* |=: SKIP_KASAN has two bits in 5.18 to 6.3 */
	table->bit[flag] |= mask;
	table->known |= UINT64_C(1) << flag;
}

int aw_gfp_table_add_bit(struct aw_gfp_table *table, const char *name, unsigned int bit)
{
	int flag = aw_gfp_flag_from_name(name, strlen(name));

	if (flag < 0 || bit >= 64)
		return -ENOENT;
	/* The enum was added in 6.9 (772dd0342727), after the last change of a composite. */
	table->version = UINT32_MAX;
	add_flag(table, flag, UINT64_C(1) << bit);
	return 0;
}

static bool give_composite(struct aw_gfp_table *table, const char *name, size_t len, uint64_t mask)
{
	bool found = false;

	for (size_t i = 0; i < AW_GFP_COMPOSITES; i++) {
		if (table->given[i] || !aw_gfp_is_word(name, len, aw_gfp_composites[i].name))
			continue;
		table->given[i] = mask;
		found = true;
	}
	return found;
}

int aw_gfp_table_add_name(struct aw_gfp_table *table, const char *name, size_t len, uint64_t mask)
{
	int flag;

	if (!mask)		/* not configured in this kernel */
		return -ENOENT;
	if (give_composite(table, name, len, mask))
		return 0;
	/* gfpflags.h of 4.4 uses the name GFP_ATOMIC for the composite and, further down, for the bit */
	if (aw_gfp_is_word(name, len, "GFP_ATOMIC"))
		flag = AW_GFP_ATOMIC;
	else
		flag = aw_gfp_flag_from_name(name, len);
	if (flag < 0 || mask & (mask - 1))
		return -ENOENT;
	add_flag(table, flag, mask);
	return 0;
}

void aw_gfp_table_set_version(struct aw_gfp_table *table, uint32_t version)
{
	table->version = version;
}

const char *aw_gfp_table_origin(const struct aw_gfp_table *table)
{
	return table->origin;
}

void aw_gfp_table_set_origin(struct aw_gfp_table *table, const char *origin)
{
	snprintf(table->origin, sizeof(table->origin), "%s", origin);
}

uint64_t aw_gfp_raw_bit(const struct aw_gfp_table *table, enum aw_gfp_flag flag)
{
	return table->bit[flag];
}

static uint64_t raw_of(const struct aw_gfp_table *table, uint64_t flags)
{
	uint64_t raw = 0;

	for (size_t f = 0; f < AW_GFP_FLAGS; f++)
		if (flags >> f & 1)
			raw |= table->bit[f];
	return raw;
}

static uint64_t flags_of(const struct aw_gfp_table *table, uint64_t raw)
{
	uint64_t flags = 0;

	for (size_t f = 0; f < AW_GFP_FLAGS; f++)
		if (raw & table->bit[f])
			flags |= UINT64_C(1) << f;
	return flags;
}

static bool in_version(const struct aw_gfp_composite *c, uint32_t version)
{
	return version >= c->since && (!c->until || version < c->until);
}

/* The mask of a composite on the table's kernel; 0: the kernel lacks it, or it has no bits. */
static uint64_t composite_raw(const struct aw_gfp_table *table, size_t i)
{
	const struct aw_gfp_composite *c = &aw_gfp_composites[i];

	if (table->given[i])
		return table->given[i];
	if (!in_version(c, table->version) || ((c->flags & ~AW_GFP_SET_OPTIONAL) | c->needs) & ~table->known)
		return 0;
	/* without names for the reclaim bits, GFP_KERNEL would be just IO and FS */
	if (c->flags & AW_GFP_SET_DIRECT && !(table->known & AW_GFP_SET_DIRECT))
		return 0;
	return raw_of(table, c->flags);
}

static void put(struct names *names, const char *word)
{
	int n = snprintf(names->text + names->len, sizeof(names->text) - names->len, "%s%s",
			 names->len ? "|" : "", word);

	if (n > 0 && names->len + (size_t)n < sizeof(names->text))
		names->len += (size_t)n;
}

static uint64_t put_composites(const struct aw_gfp_table *table, struct names *names, uint64_t raw)
{
	for (size_t i = 0; i < AW_GFP_COMPOSITES; i++) {
		uint64_t mask = composite_raw(table, i);

		if (!mask || (raw & mask) != mask)
			continue;
		put(names, aw_gfp_composites[i].name);
		raw &= ~mask;
	}
	return raw;
}

static uint64_t put_flags(const struct aw_gfp_table *table, struct names *names, uint64_t raw)
{
	for (size_t f = 0; f < AW_GFP_FLAGS; f++) {
		if (!(raw & table->bit[f]))
			continue;
		put(names, aw_gfp_flag_name((enum aw_gfp_flag)f));
		raw &= ~table->bit[f];
	}
	return raw;
}

/* Up to 4.3, GFP_NOWAIT was GFP_ATOMIC without its only flag, that is, 0. */
static const char *name_of_nothing(const struct aw_gfp_table *table)
{
	return table->known & AW_GFP_SET(WAIT) ? "GFP_NOWAIT" : "0";
}

static void name_mask(const struct aw_gfp_table *table, uint64_t raw, struct names *names)
{
	char hex[19];

	names->len = 0;
	if (!raw) {
		put(names, name_of_nothing(table));
		return;
	}
	raw = put_composites(table, names, raw);
	raw = put_flags(table, names, raw);
	if (raw) {
		snprintf(hex, sizeof(hex), "%#" PRIx64, raw);
		put(names, hex);
	}
}

/* NULL: no memory. */
static const char *cache_names(struct aw_gfp_table *table, const struct aw_gfp *gfp,
			       const struct names *names)
{
	struct cached *entry = calloc(1, sizeof(*entry) + names->len + 1);

	if (!entry)
		return NULL;
	entry->raw = gfp->raw;
	entry->gfp = *gfp;
	entry->gfp.names = entry->names;
	memcpy(entry->names, names->text, names->len);
	HASH_ADD(hh, table->cache, raw, sizeof(entry->raw), entry);
	if (!aw_table_took(entry)) {
		free(entry);
		return NULL;
	}
	return entry->names;
}

bool aw_gfp_table_failed(const struct aw_gfp_table *table)
{
	return table->failed;
}

struct aw_gfp aw_gfp_decode(struct aw_gfp_table *table, uint64_t raw)
{
	struct aw_gfp gfp = { .raw = raw };
	struct cached *entry;
	struct names names;

	HASH_FIND(hh, table->cache, &raw, sizeof(raw), entry);
	if (entry)
		return entry->gfp;
	gfp.flags = flags_of(table, raw);
	gfp.unknown = raw & ~raw_of(table, table->known);
	name_mask(table, raw, &names);
	gfp.names = cache_names(table, &gfp, &names);
	if (!gfp.names) {
		gfp.names = "(out of memory)";
		table->failed = true;
	}
	return gfp;
}

/*
 * When names are parsed, a composite that the table's kernel lacks (a log line
 * of another kernel) gets its newest definition.
 */
static const struct aw_gfp_composite *find_composite(const struct aw_gfp_table *table,
						      const char *name, size_t len)
{
	const struct aw_gfp_composite *found = NULL;

	for (size_t i = 0; i < AW_GFP_COMPOSITES; i++) {
		const struct aw_gfp_composite *c = &aw_gfp_composites[i];

		if (!aw_gfp_is_word(name, len, c->name))
			continue;
		if (in_version(c, table ? table->version : UINT32_MAX))
			return c;
		if (!found)
			found = c;
	}
	return found;
}

static uint64_t composite_flags(const struct aw_gfp_table *table, const struct aw_gfp_composite *c)
{
	size_t i = (size_t)(c - aw_gfp_composites);
	uint64_t optional = AW_GFP_SET_TODAY;

	if (table && table->given[i])
		return flags_of(table, table->given[i]);
	if (table && table->known & AW_GFP_SET_DIRECT)
		optional = table->known;
	return c->flags & (~AW_GFP_SET_OPTIONAL | optional);
}

static int parse_mask(const struct aw_gfp_table *table, const char *text, size_t len, uint64_t *flags)
{
	char digits[17] = "";
	char *end;

	text += strlen("0x");
	len -= strlen("0x");
	if (!table || !len || len >= sizeof(digits) || !isxdigit((unsigned char)text[0]))
		return -EINVAL;
	memcpy(digits, text, len);
	*flags = flags_of(table, strtoull(digits, &end, 16));
	return end == digits + len ? 0 : -EINVAL;
}

static int parse_name(const struct aw_gfp_table *table, const char *name, size_t len, uint64_t *flags)
{
	const struct aw_gfp_composite *c = find_composite(table, name, len);
	int flag;

	*flags = 0;
	if (c) {
		*flags = composite_flags(table, c);
		return 0;
	}
	flag = aw_gfp_flag_from_name(name, len);
	if (flag >= 0) {
		*flags = UINT64_C(1) << flag;
		return 0;
	}
	if (len > 2 && !memcmp(name, "0x", 2))
		return parse_mask(table, name, len, flags);
	/* mmflags.h prints "none" for an empty mask */
	return aw_gfp_is_word(name, len, "none") || aw_gfp_is_word(name, len, "0") ? 0 : -EINVAL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void trim(const char **text, size_t *len)
{
	while (*len && is_blank((*text)[0])) {
		(*text)++;
		(*len)--;
	}
	while (*len && is_blank((*text)[*len - 1]))
		(*len)--;
}

int aw_gfp_parse_names(struct aw_gfp_table *table, const char *text, size_t len, uint64_t *flags)
{
	const char *end = text + len;
	uint64_t sum = 0;

	for (;;) {
		const char *bar = memchr(text, '|', (size_t)(end - text));
		const char *name = text;
		size_t n = (size_t)((bar ? bar : end) - text);
		uint64_t some;

		trim(&name, &n);
		if (parse_name(table, name, n, &some))
			return -EINVAL;
		sum |= some;
		if (!bar)
			break;
		text = bar + 1;
	}
	*flags = sum;
	return 0;
}
