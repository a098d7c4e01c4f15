// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside made valid UTF-8 for a JSON writer.
 */
#include <stdint.h>
#include <stdio.h>

#include "base/escape.h"
#include "base/escape_pieces.h"
#include "base/utf8.h"

/* What the character or byte at `text` becomes; returns how many bytes it took. */
static size_t escape_one(const char *text, char piece[AW_PIECE])
{
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);

	if (!length) {
		snprintf(piece, AW_PIECE, "\\x%02x", (unsigned char)*text);
		return 1;
	}
	if (code == '\\')
		snprintf(piece, AW_PIECE, "\\\\");
	else
		snprintf(piece, AW_PIECE, "%.*s", (int)length, text);
	return length;
}

const char *aw_escape_json(const char *text, char *out, size_t size)
{
	return aw_escape_pieces(text, out, size, escape_one);
}
