// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside as values of Prometheus labels.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"

/* Length of the well-formed UTF-8 sequence (RFC 3629) of two bytes or more that starts here; 0: none does. */
static size_t utf8_length(const unsigned char *s)
{
	static const struct { unsigned char first, last, low, high, length; } rows[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (*s < rows[i].first || *s > rows[i].last)
			continue;
		if (s[1] < rows[i].low || s[1] > rows[i].high)
			return 0;
		for (size_t k = 2; k < rows[i].length; k++)
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		return rows[i].length;
	}
	return 0;
}

/* C1 controls and the line separators, at which some readers break lines. */
static bool breaks_lines(const unsigned char *s)
{
	return (s[0] == 0xc2 && s[1] < 0xa0) || (s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0xa8 || s[2] == 0xa9));
}

/* One character of `s` as it is written, into `piece`; returns how many bytes of `s` it took. */
static size_t take(const unsigned char *s, char piece[8])
{
	size_t length = utf8_length(s);

	if (length && !breaks_lines(s)) {
		snprintf(piece, 8, "%.*s", (int)length, (const char *)s);
		return length;
	}
	if (*s == '\n')
		snprintf(piece, 8, "\\n");
	else if (*s == '"')
		snprintf(piece, 8, "\\\"");
	else if (*s == '\\' && s[1] != 'x')
		snprintf(piece, 8, "\\\\");
	else if (*s >= 0x20 && *s < 0x7f && *s != '\\')
		snprintf(piece, 8, "%c", *s);
	else
		snprintf(piece, 8, "\\\\x%02x", *s);
	return 1;
}

const char *aw_escape_label(const char *text, char *out, size_t size)
{
	size_t used = 0;

	while (*text) {
		char piece[8];
		size_t taken = take((const unsigned char *)text, piece), length = strlen(piece);

		if (used + length >= size)
			break;
		memcpy(out + used, piece, length);
		used += length;
		text += taken;
	}
	if (size)
		out[used] = '\0';
	return out;
}
