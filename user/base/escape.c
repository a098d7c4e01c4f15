// SPDX-License-Identifier: GPL-2.0
/*
 * Escapes strings from outside for output.
 */
#include "base/escape.h"

#include <stdio.h>
#include <string.h>

#include "base/escape_pieces.h"
#include "base/utf8.h"

const char *aw_escape_pieces(const char *text, char *out, size_t size, aw_piece_fn next)
{
	size_t used = 0;

	while (*text) {
		char piece[AW_PIECE];
		size_t taken = next(text, piece), length = strlen(piece);

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

static size_t next_piece(const char *text, char piece[AW_PIECE])
{
	unsigned char byte = (unsigned char)*text;
	size_t taken = 1;

	if (byte == '\\')
		snprintf(piece, AW_PIECE, "\\\\");
	else if (byte >= 0x20 && byte < 0x7f)
		snprintf(piece, AW_PIECE, "%c", byte);
	else if (byte >= 0x80 && (taken = aw_utf8_printable(text)))
		snprintf(piece, AW_PIECE, "%.*s", (int)taken, text);
	else
		snprintf(piece, AW_PIECE, "\\x%02x", byte);
	return taken ? taken : 1;
}

const char *aw_escape_terminal(const char *text, char *out, size_t size)
{
	return aw_escape_pieces(text, out, size, next_piece);
}

void aw_put_terminal(FILE *out, const char *text)
{
	char piece[AW_PIECE];

	while (*text) {
		text += next_piece(text, piece);
		fputs(piece, out);
	}
}
