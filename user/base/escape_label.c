// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside as values of Prometheus labels.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/escape.h"
#include "base/escape_pieces.h"
#include "base/utf8.h"

/* C1 controls and the line separators, at which some readers break lines. */
static bool breaks_lines(uint32_t code)
{
	return (code >= 0x80 && code < 0xa0) || code == 0x2028 || code == 0x2029;
}

/* Length of the character beyond ASCII that starts here and is written as it is; 0: none. */
static size_t plain_utf8(const char *s)
{
	uint32_t code;
	size_t length = aw_utf8_decode(s, &code);

	return length > 1 && !breaks_lines(code) ? length : 0;
}

/* One character of `s` as it is written, into `piece`; returns how many bytes of `s` it took. */
static size_t take(const char *s, char piece[AW_PIECE])
{
	unsigned char byte = (unsigned char)*s;
	size_t length = plain_utf8(s);

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
