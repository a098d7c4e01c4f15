// SPDX-License-Identifier: GPL-2.0
/*
 * Decodes well-formed UTF-8, one character at a time.
 */
#include "base/utf8.h"

#include <stdbool.h>

#include "base/array.h"

/* By length: the marker bits of the first byte, and the smallest code that needs this many bytes. */
static const struct { unsigned char mask, lead; uint32_t min; } forms[] = {
	{ 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 },
};

size_t aw_utf8_decode(const char *text, uint32_t *code)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t more = 0;
	uint32_t value;

	while (more < 4 && (s[0] & forms[more].mask) != forms[more].lead)
		more++;
	if (more == 4)
		return 0;
	value = s[0] & (unsigned char)~forms[more].mask;
	for (size_t i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (s[i] & 0x3f);
	}
	if (value < forms[more].min || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return more + 1;
}

/*
 * Characters that are invisible or affect others: C1 controls, bidi controls
 * (which reorder text), invisible characters, surrogates, noncharacters.
 */
static const struct { uint32_t first, last; } hidden[] = {
	{ 0x80, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c }, { 0x180e, 0x180e }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xd800, 0xdfff }, { 0xfdd0, 0xfdef },
	{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xfffe, 0xffff }, { 0xe0000, 0xe0fff },
};

static bool is_hidden(uint32_t code)
{
	for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
		if (code >= hidden[i].first && code <= hidden[i].last)
			return true;
	return false;
}

size_t aw_utf8_printable(const char *text)
{
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);

	return length > 1 && !is_hidden(code) ? length : 0;
}
