// SPDX-License-Identifier: GPL-2.0
/*
 * Escapes strings from outside for XML and HTML.
 */
#include "base/escape_xml.h"


#include "base/escape_pieces.h"
#include "base/utf8.h"

/* Uses &#39; instead of &apos;, which HTML 4 does not have. */
static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	}
	return NULL;
}

/* Escapes the start of `text`; returns the number of bytes of `text` consumed. */
static size_t next_piece(const char *text, char piece[AW_PIECE])
{
	unsigned char byte = (unsigned char)*text;
	const char *name = entity(*text);
	size_t taken = 1;

	if (name)
		snprintf(piece, AW_PIECE, "%s", name);
	else if (byte >= 0x20 && byte < 0x7f)
		snprintf(piece, AW_PIECE, "%c", byte);
	else if (byte >= 0x80 && (taken = aw_utf8_printable(text)))
		snprintf(piece, AW_PIECE, "%.*s", (int)taken, text);
	else
		snprintf(piece, AW_PIECE, "\\x%02x", byte);
	return taken ? taken : 1;
}

void aw_put_xml(FILE *out, const char *text)
{
	char piece[AW_PIECE];

	while (*text) {
		text += next_piece(text, piece);
		fputs(piece, out);
	}
}

const char *aw_escape_xml(const char *text, char *out, size_t size)
{
	return aw_escape_pieces(text, out, size, next_piece);
}
