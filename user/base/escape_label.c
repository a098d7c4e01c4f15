// SPDX-License-Identifier: GPL-2.0
/*
 * Escapes strings from outside for the values of Prometheus labels.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/escape.h"
#include "base/escape_pieces.h"
#include "base/utf8.h"

/* Escapes a character of `s` into `piece`; returns the number of bytes of `s` consumed. */
static size_t take(const char *s, char piece[AW_PIECE])
{
	unsigned char byte = (unsigned char)*s;
	size_t length = byte >= 0x80 ? aw_utf8_printable(s) : 0;

	if (length) {
		snprintf(piece, AW_PIECE, "%.*s", (int)length, s);
		return length;
	}
	if (byte == '\n')
		snprintf(piece, AW_PIECE, "\\n");
	else if (byte == '"')
		snprintf(piece, AW_PIECE, "\\\"");
	else if (byte == '\\' && s[1] != 'x')
		snprintf(piece, AW_PIECE, "\\\\");
	else if (byte >= 0x20 && byte < 0x7f && byte != '\\')
		snprintf(piece, AW_PIECE, "%c", byte);
	else
		snprintf(piece, AW_PIECE, "\\\\x%02x", byte);
	return 1;
}

const char *aw_escape_label(const char *text, char *out, size_t size)
{
	return aw_escape_pieces(text, out, size, take);
}
