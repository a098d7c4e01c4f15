// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside made safe for the place that they go to.
 */
#include "base/escape.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

const char *aw_escape_terminal(const char *text, char *out, size_t size)
{
	size_t used = 0;

	while (*text) {
		const unsigned char *s = (const unsigned char *)text;
		char piece[8];
		size_t taken = 1, length;

		if (*s >= 0x20 && *s < 0x7f && *s != '\\')
			snprintf(piece, sizeof(piece), "%c", *s);
		else if (*s == '\\')
			snprintf(piece, sizeof(piece), "\\\\");
		else if (*s >= 0x80 && (taken = aw_utf8_printable(text)))
			snprintf(piece, sizeof(piece), "%.*s", (int)taken, text);
		else {
			taken = 1;
			snprintf(piece, sizeof(piece), "\\x%02x", *s);
		}
		length = strlen(piece);
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
