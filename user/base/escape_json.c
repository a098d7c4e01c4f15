// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside made valid UTF-8 for a JSON writer.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

/* What the character or byte at `text` becomes; returns how many bytes it took. */
static size_t escape_one(const char *text, char piece[8])
{
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);

	if (!length) {
		snprintf(piece, 8, "\\x%02x", (unsigned char)*text);
		return 1;
	}
	if (code == '\\')
		snprintf(piece, 8, "\\\\");
	else
		snprintf(piece, 8, "%.*s", (int)length, text);
	return length;
}

const char *aw_escape_json(const char *text, char *out, size_t size)
{
	size_t used = 0;

	while (*text) {
		char piece[8];
		size_t taken = escape_one(text, piece), length = strlen(piece);

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
