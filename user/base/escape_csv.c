// SPDX-License-Identifier: GPL-2.0
/*
 * Escapes strings from outside for a cell of CSV.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

/* Spreadsheets take a cell that starts with one of these for a formula. */
static bool starts_formula(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@';
}

/* Escapes the character or byte at `text`; returns the number of bytes consumed. */
static size_t escape_one(const char *text, bool first, char piece[24])
{
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);
	char one[8] = "";

	if (first && starts_formula(*text)) {
		snprintf(piece, 24, "\\x%02x", (unsigned char)*text);
		return 1;
	}
	if (*text == '"') {
		strcpy(piece, "\"\"");
		return 1;
	}
	/* The rules for a terminal, applied to one character or one invalid byte. */
	memcpy(one, text, length ? length : 1);
	aw_escape_terminal(one, piece, 24);
	return length ? length : 1;
}

const char *aw_escape_csv(const char *text, char *out, size_t size)
{
	bool quoted = strpbrk(text, ",\"");
	size_t used = 0, closing = quoted;
	const char *start = text;

	if (size <= 2 * closing) {
		if (size)
			out[0] = '\0';
		return out;
	}
	if (quoted)
		out[used++] = '"';
	while (*text) {
		char piece[24];
		size_t taken = escape_one(text, text == start, piece), length = strlen(piece);

		if (used + length + closing >= size)
			break;
		memcpy(out + used, piece, length);
		used += length;
		text += taken;
	}
	if (quoted)
		out[used++] = '"';
	out[used] = '\0';
	return out;
}
