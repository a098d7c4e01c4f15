// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside made safe for the place that they go to.
 */
#include "base/escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/*
 * Characters that show nothing or change what others show: C1 controls, bidi
 * controls (which reorder text), invisible ones, surrogates, no characters.
 */
static const struct { uint32_t first, last; } hidden[] = {
	{ 0x80, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c }, { 0x180e, 0x180e }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xd800, 0xdfff }, { 0xfdd0, 0xfdef },
	{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xfffe, 0xffff }, { 0xe0000, 0xe0fff },
};

static bool is_hidden(uint32_t code)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (code >= hidden[i].first && code <= hidden[i].last)
			return true;
	return false;
}

/* Length of the character beyond ASCII that starts here and may be shown; 0: none. */
static size_t printable_utf8(const char *text)
{
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);

	return length > 1 && !is_hidden(code) ? length : 0;
}

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
		else if (*s >= 0x80 && (taken = printable_utf8(text)))
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
