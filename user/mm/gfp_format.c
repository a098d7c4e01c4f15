// SPDX-License-Identifier: GPL-2.0
/*
 * Parses the gfp bits that a kernel publishes in the print fmt of tracefs
 * events/kmem/mm_page_alloc/format.
 *
 * The list is the preprocessed show_gfp_flags(), and uses a small part of C's
 * constant expressions.  Samples of 3.18 and 6.13:
 *   __print_flags(REC->gfp_flags, "|", {(unsigned long)((( gfp_t)0x10u) | (( gfp_t)0x40u)), "GFP_NOFS"}, ...)
 *   __print_flags(REC->gfp_flags, "|", ..., {( unsigned long)(( gfp_t)((((1UL))) << (0))), "__GFP_DMA"}, ...)
 * 6.9 to 6.12 have << (___GFP_DMA_BIT) instead: 772dd0342727 made the bits an
 * enum, and 60295b944ff6 made the format print their numbers again.
 */
#define _GNU_SOURCE 1	/* memmem */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "mm/gfp_names.h"

#define MAX_DEPTH 64		/* real lists have 13 */

struct cursor {
	const char *p, *end;
	unsigned int depth;
	aw_gfp_bit_fn *bit_of;
	void *ctx;
};

static int parse_or(struct cursor *c, uint64_t *out);
static int parse_unary(struct cursor *c, uint64_t *out);

static void skip_space(struct cursor *c)
{
	while (c->p < c->end && isspace((unsigned char)*c->p))
		c->p++;
}

static bool accept(struct cursor *c, const char *token)
{
	size_t n = strlen(token);

	skip_space(c);
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, token, n))
		return false;
	c->p += n;
	return true;
}

static bool is_word_char(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* The length of an identifier or keyword; 0: there is none. */
static size_t accept_word(struct cursor *c, const char **word)
{
	skip_space(c);
	if (c->p == c->end || isdigit((unsigned char)*c->p))
		return 0;
	*word = c->p;
	while (c->p < c->end && is_word_char(*c->p))
		c->p++;
	return (size_t)(c->p - *word);
}

static const struct type_word {
	const char *word;
	bool wide;
} type_words[] = {
	{ "gfp_t", false },	{ "unsigned", false },	{ "int", false },
	{ "__force", false },	{ "__u32", false },	{ "u32", false },
	{ "long", true },	{ "__u64", true },	{ "u64", true },
	{ "void", true },
};

static const struct type_word *find_type_word(const char *word, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(type_words); i++)
		if (aw_gfp_is_word(word, len, type_words[i].word))
			return &type_words[i];
	return NULL;
}

/* "( unsigned long)", after the opening parenthesis.  `keeps`: the bits that the cast keeps. */
static bool accept_cast(struct cursor *c, uint64_t *keeps)
{
	bool any = false, wide = false;
	const char *word;
	size_t len;

	while ((len = accept_word(c, &word)) > 0) {
		const struct type_word *type = find_type_word(word, len);

		if (!type)
			return false;
		any = true;
		wide |= type->wide;
	}
	while (any && accept(c, "*"))
		wide = true;
	*keeps = wide ? UINT64_MAX : UINT32_MAX;
	return any && accept(c, ")");
}

static int parse_parenthesis(struct cursor *c, uint64_t *out)
{
	const char *inside = c->p;
	uint64_t keeps;

	if (accept_cast(c, &keeps)) {
		if (parse_unary(c, out))
			return -EINVAL;
		*out &= keeps;
		return 0;
	}
	c->p = inside;
	if (parse_or(c, out))
		return -EINVAL;
	return accept(c, ")") ? 0 : -EINVAL;
}

static int digit_value(char ch, unsigned int base)
{
	int value;

	if (isdigit((unsigned char)ch))
		value = ch - '0';
	else if (ch >= 'a' && ch <= 'f')
		value = ch - 'a' + 10;
	else if (ch >= 'A' && ch <= 'F')
		value = ch - 'A' + 10;
	else
		return -1;
	return value < (int)base ? value : -1;
}

static int parse_digits(struct cursor *c, unsigned int base, uint64_t *out)
{
	const char *start = c->p;
	uint64_t value = 0;

	for (; c->p < c->end; c->p++) {
		int digit = digit_value(*c->p, base);

		if (digit < 0)
			break;
		if (value > (UINT64_MAX - (unsigned int)digit) / base)
			return -ERANGE;
		value = value * base + (unsigned int)digit;
	}
	*out = value;
	return c->p > start ? 0 : -EINVAL;
}

/* 0x10u, 1UL, 32, 017 */
static int parse_number(struct cursor *c, uint64_t *out)
{
	unsigned int base = 10;

	if (accept(c, "0x") || accept(c, "0X"))
		base = 16;
	else if (*c->p == '0')
		base = 8;
	if (parse_digits(c, base, out))
		return -EINVAL;
	while (c->p < c->end && strchr("uUlL", *c->p) && *c->p)
		c->p++;
	return c->p < c->end && is_word_char(*c->p) ? -EINVAL : 0;
}

static int parse_bit_name(struct cursor *c, uint64_t *out)
{
	const char *name;
	size_t len = accept_word(c, &name);
	int bit;

	if (!len || !c->bit_of)
		return -EINVAL;
	bit = c->bit_of(c->ctx, name, len);
	if (bit < 0)
		return -EINVAL;
	*out = (uint64_t)bit;
	return 0;
}

static int parse_primary(struct cursor *c, uint64_t *out)
{
	if (accept(c, "("))
		return parse_parenthesis(c, out);
	if (c->p < c->end && isdigit((unsigned char)*c->p))
		return parse_number(c, out);
	return parse_bit_name(c, out);
}

/* Every recursion passes through this function, which limits its depth. */
static int parse_unary(struct cursor *c, uint64_t *out)
{
	bool invert = false;
	int ret;

	if (c->depth == MAX_DEPTH)
		return -EINVAL;
	c->depth++;
	while (accept(c, "~"))
		invert = !invert;
	ret = parse_primary(c, out);
	c->depth--;
	if (!ret && invert)
		*out = ~*out;
	return ret;
}

static int parse_shift(struct cursor *c, uint64_t *out)
{
	uint64_t by;

	if (parse_unary(c, out))
		return -EINVAL;
	while (accept(c, "<<")) {
		if (parse_unary(c, &by) || by >= 64)
			return -EINVAL;
		*out <<= by;
	}
	return 0;
}

static int parse_and(struct cursor *c, uint64_t *out)
{
	uint64_t right;

	if (parse_shift(c, out))
		return -EINVAL;
	while (accept(c, "&")) {
		if (parse_shift(c, &right))
			return -EINVAL;
		*out &= right;
	}
	return 0;
}

static int parse_or(struct cursor *c, uint64_t *out)
{
	uint64_t right;

	if (parse_and(c, out))
		return -EINVAL;
	while (accept(c, "|")) {
		if (parse_and(c, &right))
			return -EINVAL;
		*out |= right;
	}
	return 0;
}

/* Finds the closing quote, from after the opening one.  NULL: there is none. */
static const char *closing_quote(const char *p, const char *end)
{
	for (; p < end && *p != '"'; p++)
		if (*p == '\\' && ++p == end)
			return NULL;
	return p < end ? p : NULL;
}

/* Finds the first `want` outside of strings and nested parentheses.  NULL: there is none. */
static const char *find_here(const char *p, const char *end, char want)
{
	unsigned int depth = 0;

	for (; p < end; p++) {
		if (!depth && *p == want)
			return p;
		if (*p == '"' && !(p = closing_quote(p + 1, end)))
			return NULL;
		if (*p == '(' || *p == '{' || *p == '[')
			depth++;
		else if ((*p == ')' || *p == '}' || *p == ']') && depth-- == 0)
			return NULL;
	}
	return NULL;
}

/* Parses `expression, "NAME"` between braces; ignores what it cannot parse. */
static void parse_pair(struct cursor *c, struct aw_gfp_table *table)
{
	const char *name, *quote;
	uint64_t mask;

	if (parse_or(c, &mask) || !accept(c, ",") || !accept(c, "\""))
		return;
	name = c->p;
	quote = closing_quote(name, c->end);
	if (!quote)
		return;
	c->p = quote + 1;
	skip_space(c);
	if (c->p == c->end)
		aw_gfp_table_add_name(table, name, (size_t)(quote - name), mask);
}

static int parse_list(struct cursor *c, struct aw_gfp_table *table)
{
	while (!accept(c, ")")) {
		struct cursor pair = *c;

		if (!accept(c, "{"))
			return -EINVAL;
		pair.p = c->p;
		pair.end = find_here(c->p, c->end, '}');
		if (!pair.end)
			return -EINVAL;
		parse_pair(&pair, table);
		c->p = pair.end + 1;
		accept(c, ",");
	}
	return 0;
}

static bool skip_past(struct cursor *c, const char *text)
{
	const char *at = memmem(c->p, (size_t)(c->end - c->p), text, strlen(text));

	if (!at)
		return false;
	c->p = at + strlen(text);
	return true;
}

/* Moves the cursor to the first pair. */
static bool find_list(struct cursor *c)
{
	if (!skip_past(c, "print fmt:") || !skip_past(c, "__print_flags("))
		return false;
	for (int arg = 0; arg < 2; arg++) {
		const char *comma = find_here(c->p, c->end, ',');

		if (!comma)
			return false;
		c->p = comma + 1;
	}
	return true;
}

static bool has_flags(const struct aw_gfp_table *table)
{
	for (size_t f = 0; f < AW_GFP_FLAGS; f++)
		if (aw_gfp_raw_bit(table, (enum aw_gfp_flag)f))
			return true;
	return false;
}

int aw_gfp_table_from_format_with(const char *text, size_t len, aw_gfp_bit_fn *bit_of, void *ctx,
				  struct aw_gfp_table **out)
{
	struct cursor c = { .p = text, .end = text + len, .bit_of = bit_of, .ctx = ctx };
	struct aw_gfp_table *table;

	if (!find_list(&c))
		return -EINVAL;
	table = aw_gfp_table_new();
	if (!table)
		return -ENOMEM;
	if (parse_list(&c, table) || !has_flags(table)) {
		aw_gfp_table_free(table);
		return -EINVAL;
	}
	aw_gfp_table_fill_from_eras(table);
	aw_gfp_table_set_origin(table, "tracefs");
	*out = table;
	return 0;
}

int aw_gfp_table_from_format(const char *text, size_t len, struct aw_gfp_table **out)
{
	return aw_gfp_table_from_format_with(text, len, NULL, NULL, out);
}
