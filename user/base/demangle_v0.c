// SPDX-License-Identifier: GPL-2.0
/*
 * The v0 mangling of Rust (RFC 2603).
 *
 * Symbols of this form are a grammar of paths and types.  All of it is parsed,
 * as names stand behind what is left out: generic arguments, lifetimes,
 * constants, hashes.
 */
#include "base/demangle_internal.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MAX_DEPTH 48		/* nesting that a reader would still follow */
#define MAX_STEPS 2000		/* back references can repeat each other */

struct parser {
	const char *start, *p, *end;	/* back references count from start */
	struct aw_demangled *out;
	unsigned int depth, steps;
	unsigned int silent;		/* parse without printing: generic arguments */
	enum aw_demangle_ending ending;
};

static void put(struct parser *parser, const char *text, size_t len)
{
	if (!parser->silent && parser->ending == AW_DEMANGLE_WHOLE)
		aw_demangled_put(parser->out, text, len);
}

static void put_text(struct parser *parser, const char *text)
{
	put(parser, text, strlen(text));
}

static void stop(struct parser *parser, enum aw_demangle_ending ending)
{
	if (parser->ending == AW_DEMANGLE_WHOLE)
		parser->ending = ending;
}

/* The next byte; '\0' once the symbol is over or wrong. */
static char next(struct parser *parser)
{
	if (parser->ending == AW_DEMANGLE_WHOLE && parser->p == parser->end)
		stop(parser, AW_DEMANGLE_CUT);
	return parser->ending == AW_DEMANGLE_WHOLE ? *parser->p++ : '\0';
}

static bool skip(struct parser *parser, char byte)
{
	if (parser->ending != AW_DEMANGLE_WHOLE || parser->p == parser->end || *parser->p != byte)
		return false;
	parser->p++;
	return true;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static int digit62(char byte)
{
	if (is_digit(byte))
		return byte - '0';
	if (byte >= 'a' && byte <= 'z')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 36 : -1;
}

/* "_" is 0, "0_" is 1 */
static uint64_t base62(struct parser *parser)
{
	uint64_t value = 0;

	if (skip(parser, '_'))
		return 0;
	for (;;) {
		char byte = next(parser);

		if (byte == '_')
			return value + 1;
		if (digit62(byte) < 0) {
			stop(parser, AW_DEMANGLE_WRONG);
			return 0;
		}
		value = value * 62 + (uint64_t)digit62(byte);
	}
}

/* "s" and a number tell things of one name apart; 0 where there is none. */
static uint64_t disambiguator(struct parser *parser)
{
	return skip(parser, 's') ? base62(parser) + 1 : 0;
}

static size_t decimal(struct parser *parser)
{
	size_t value = 0;

	if (skip(parser, '0'))
		return 0;
	while (parser->p < parser->end && is_digit(*parser->p) && value < 100000)
		value = value * 10 + (size_t)(*parser->p++ - '0');
	return value;
}

/* "7rx_fill" */
static void identifier(struct parser *parser)
{
	size_t len, left;

	skip(parser, 'u');	/* Punycode stays as it is */
	if (parser->p == parser->end)
		stop(parser, AW_DEMANGLE_CUT);
	else if (!is_digit(*parser->p))
		stop(parser, AW_DEMANGLE_WRONG);
	len = decimal(parser);
	skip(parser, '_');
	if (parser->ending != AW_DEMANGLE_WHOLE)
		return;
	left = (size_t)(parser->end - parser->p);
	put(parser, parser->p, len < left ? len : left);
	parser->p += len < left ? len : left;
	if (len > left)
		stop(parser, AW_DEMANGLE_CUT);
}

static void type(struct parser *parser);
static void path(struct parser *parser);

/* What a parser finds at an earlier place, printed here. */
static void back_reference(struct parser *parser, void (*parse)(struct parser *parser))
{
	const char *from = parser->p - 1, *resume;
	uint64_t to = base62(parser);

	if (parser->ending != AW_DEMANGLE_WHOLE)
		return;
	if (to >= (uint64_t)(from - parser->start)) {
		stop(parser, AW_DEMANGLE_WRONG);
		return;
	}
	resume = parser->p;
	parser->p = parser->start + to;
	parse(parser);
	parser->p = resume;
}

/* An impl block: only its type is of interest. */
static void impl_path(struct parser *parser)
{
	disambiguator(parser);
	parser->silent++;
	path(parser);
	parser->silent--;
}

/* "NvNtCs..6module4item": the namespace, the path before, the name; "{closure#0}" has none. */
static void nested(struct parser *parser)
{
	char space = next(parser), number[32];
	uint64_t which;

	path(parser);
	which = disambiguator(parser);
	put_text(parser, space == 'C' ? "::{closure" : space == 'S' ? "::{shim" : "::");
	if (space != 'C' && space != 'S') {
		identifier(parser);
		return;
	}
	put_text(parser, parser->p < parser->end && *parser->p != '0' ? ":" : "");
	identifier(parser);
	snprintf(number, sizeof(number), "#%" PRIu64 "}", which);
	put_text(parser, number);
}

static void generic_arguments(struct parser *parser)
{
	parser->silent++;
	while (parser->ending == AW_DEMANGLE_WHOLE && !skip(parser, 'E')) {
		if (skip(parser, 'L')) {
			base62(parser);
		} else if (skip(parser, 'K')) {
			if (skip(parser, 'p'))
				continue;
			type(parser);
			while (parser->ending == AW_DEMANGLE_WHOLE && next(parser) != '_')
				;
		} else {
			type(parser);
		}
	}
	parser->silent--;
}

static void as_trait(struct parser *parser)
{
	put_text(parser, "<");
	type(parser);
	put_text(parser, " as ");
	path(parser);
	put_text(parser, ">");
}

static void path_of(struct parser *parser, char kind)
{
	switch (kind) {
	case 'C':
		disambiguator(parser);
		identifier(parser);
		break;
	case 'N':
		nested(parser);
		break;
	case 'I':
		path(parser);
		generic_arguments(parser);
		break;
	case 'M':
		impl_path(parser);
		put_text(parser, "<");
		type(parser);
		put_text(parser, ">");
		break;
	case 'X':
		impl_path(parser);
		as_trait(parser);
		break;
	case 'Y':
		as_trait(parser);
		break;
	case 'B':
		back_reference(parser, path);
		break;
	default:
		stop(parser, AW_DEMANGLE_WRONG);
	}
}

static bool too_deep(struct parser *parser)
{
	if (parser->depth < MAX_DEPTH && ++parser->steps < MAX_STEPS)
		return false;
	stop(parser, AW_DEMANGLE_WRONG);
	return true;
}

static void path(struct parser *parser)
{
	if (too_deep(parser))
		return;
	parser->depth++;
	path_of(parser, next(parser));
	parser->depth--;
}

static const char *basic_type(char byte)
{
	static const char *const names[26] = {
		"i8", "bool", "char", "f64", "str", "f32", NULL, "u8", "isize", "usize", NULL, "i32", "u32",
		"i128", "u128", "_", NULL, NULL, "i16", "u16", "()", "...", NULL, "i64", "u64", "!",
	};

	return byte >= 'a' && byte <= 'z' ? names[byte - 'a'] : NULL;
}

static void tuple(struct parser *parser)
{
	put_text(parser, "(");
	for (unsigned int i = 0; parser->ending == AW_DEMANGLE_WHOLE && !skip(parser, 'E'); i++) {
		put_text(parser, i ? ", " : "");
		type(parser);
	}
	put_text(parser, ")");
}

static void reference(struct parser *parser, const char *mark)
{
	if (skip(parser, 'L'))
		base62(parser);
	put_text(parser, mark);
	type(parser);
}

/* "[u8]", "[u8; _]" */
static void list(struct parser *parser, bool sized)
{
	put_text(parser, "[");
	type(parser);
	if (sized) {
		parser->silent++;
		type(parser);
		while (parser->ending == AW_DEMANGLE_WHOLE && next(parser) != '_')
			;
		parser->silent--;
		put_text(parser, "; _");
	}
	put_text(parser, "]");
}

/* Of a function's type only that it is one is printed. */
static void function_type(struct parser *parser)
{
	put_text(parser, "fn");
	parser->silent++;
	if (skip(parser, 'G'))
		base62(parser);
	skip(parser, 'U');
	if (skip(parser, 'K') && !skip(parser, 'C'))
		identifier(parser);
	while (parser->ending == AW_DEMANGLE_WHOLE && !skip(parser, 'E'))
		type(parser);
	type(parser);
	parser->silent--;
}

static void dyn_type(struct parser *parser)
{
	put_text(parser, "dyn ");
	if (skip(parser, 'G'))
		base62(parser);
	for (unsigned int i = 0; parser->ending == AW_DEMANGLE_WHOLE && !skip(parser, 'E'); i++) {
		put_text(parser, i ? " + " : "");
		path(parser);
		parser->silent++;
		while (skip(parser, 'p')) {
			identifier(parser);
			type(parser);
		}
		parser->silent--;
	}
	if (skip(parser, 'L'))
		base62(parser);
}

static void type_of(struct parser *parser, char kind)
{
	switch (kind) {
	case 'A':
		list(parser, true);
		break;
	case 'S':
		list(parser, false);
		break;
	case 'T':
		tuple(parser);
		break;
	case 'R':
		reference(parser, "&");
		break;
	case 'Q':
		reference(parser, "&mut ");
		break;
	case 'P':
		reference(parser, "*const ");
		break;
	case 'O':
		reference(parser, "*mut ");
		break;
	case 'F':
		function_type(parser);
		break;
	case 'D':
		dyn_type(parser);
		break;
	case 'B':
		back_reference(parser, type);
		break;
	default:
		path_of(parser, kind);
	}
}

static void type(struct parser *parser)
{
	char kind;

	if (too_deep(parser))
		return;
	kind = next(parser);
	parser->depth++;
	if (basic_type(kind))
		put_text(parser, basic_type(kind));
	else
		type_of(parser, kind);
	parser->depth--;
}

enum aw_demangle_ending aw_demangle_v0(const char *symbol, const char *end, struct aw_demangled *out)
{
	struct parser parser = { .start = symbol, .p = symbol, .end = end, .out = out };

	path(&parser);
	return parser.ending;
}
