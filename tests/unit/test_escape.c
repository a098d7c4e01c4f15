// SPDX-License-Identifier: GPL-2.0
/*
 * Tests escaping for a terminal: every byte, valid and invalid UTF-8, and buffers
 * of every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static void check(const char *text, const char *expected)
{
	char out[256];

	assert_ptr_equal(aw_escape_terminal(text, out, sizeof(out)), out);
	assert_string_equal(out, expected);
}

static void every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		char text[4] = { 'a', (char)byte, 'z', 0 }, expected[16];

		if (byte == '\\')
			snprintf(expected, sizeof(expected), "a\\\\z");
		else if (byte >= 0x20 && byte < 0x7f)
			snprintf(expected, sizeof(expected), "a%cz", byte);
		else
			snprintf(expected, sizeof(expected), "a\\x%02xz", byte);
		check(text, expected);
	}
}

static void known_attacks(void **state)
{
	(void)state;
	check("", "");
	check("\x1b[2J", "\\x1b[2J");
	check("a\nb\r\tc", "a\\x0ab\\x0d\\x09c");
	check("\"\n},{", "\"\\x0a},{");
	check("<script>", "<script>");
	check("\\x41", "\\\\x41");
	check("\xc2\x9b" "31m", "\\xc2\\x9b31m");	/* CSI as a C1 control */
}

static void utf8_stays(void **state)
{
	static const char *const texts[] = {
		"caf\xc3\xa9", "\xc2\xa0", "\xdf\xbf", "\xe0\xa0\x80", "\xe6\x97\xa5\xe6\x9c\xac",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbd", "\xf0\x90\x80\x80", "\xf0\x9f\xa6\x80",
		"\xf3\xb0\x80\x80", "\xf4\x8f\xbf\xbd",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		check(texts[i], texts[i]);
}

/* Every byte of these must become a \x escape. */
static void other_bytes_are_escaped(void **state)
{
	static const char *const texts[] = {
		"\x80", "\xbf\xbf", "\xc3", "\xe6\x97", "\xf0\x9f\xa6", "\xff", "\xfe\xff",
		"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",	/* overlong */
		"\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf",						/* surrogates */
		"\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",				/* too large */
		"\xc2\x80", "\xc2\x9f",							/* C1 */
		"\xc2\xad", "\xd8\x9c", "\xe1\xa0\x8e",					/* soft hyphen, U+061C, U+180E */
		"\xe2\x80\x8b", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xae",		/* U+200B .. U+202E */
		"\xe2\x81\xa0", "\xe2\x81\xa6", "\xe2\x81\xaf",				/* U+2060 .. U+206F */
		"\xef\xbb\xbf", "\xef\xbf\xb9", "\xef\xbf\xbf", "\xef\xb7\x90",
		"\xf3\xa0\x81\x81",							/* tag A */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		char expected[64] = "";

		for (const char *s = texts[i]; *s; s++)
			sprintf(expected + strlen(expected), "\\x%02x", (unsigned char)*s);
		check(texts[i], expected);
	}
	/* A truncated sequence does not swallow the following bytes. */
	check("\xe6\x97" "abc", "\\xe6\\x97abc");
	check("\xc3\x1b[2J", "\\xc3\\x1b[2J");
}

/* The length of the first piece of an output. */
static size_t piece_length(const char *out)
{
	if (out[0] == '\\')
		return out[1] == 'x' ? 4 : 2;
	for (size_t length = 1;; length++)
		if (((unsigned char)out[length] & 0xc0) != 0x80)
			return length;
}

static void every_buffer_size(void **state)
{
	static const char text[] = "a\\b\x1b\xc3\xa9\xf0\x9f\xa6\x80\xff\n";
	char full[128];
	size_t length, fits = 0;

	(void)state;
	aw_escape_terminal(text, full, sizeof(full));
	length = strlen(full);
	for (size_t size = 1; size <= length + 1; size++) {
		char out[128];

		memset(out, '#', sizeof(out));
		while (full[fits] && fits + piece_length(full + fits) < size)
			fits += piece_length(full + fits);
		aw_escape_terminal(text, out, size);
		assert_int_equal(strlen(out), fits);
		assert_memory_equal(out, full, fits);
		assert_int_equal(out[size], '#');
	}
	assert_int_equal(fits, length);
}

static void size_zero_writes_nothing(void **state)
{
	char out[1] = { '#' };

	(void)state;
	aw_escape_terminal("abc", out, 0);
	assert_int_equal(out[0], '#');
}

/* Reverses aw_escape_terminal(). */
static void unescape(const char *in, char *out)
{
	while (*in) {
		if (in[0] != '\\')
			*out++ = *in++;
		else if (in[1] == '\\') {
			*out++ = '\\';
			in += 2;
		} else {
			char hex[3] = { in[2], in[3], 0 };

			*out++ = (char)strtoul(hex, NULL, 16);
			in += 4;
		}
	}
	*out = '\0';
}

static void any_comm_fits_and_is_unambiguous(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char comm[17] = "", out[AW_ESCAPED_COMM], back[AW_ESCAPED_COMM];

		for (int i = 0; i < 16; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			comm[i] = (char)(random >> 33 | (round & 1 ? 0x80 : 0));
			if (!comm[i])
				break;
		}
		aw_escape_terminal(comm, out, sizeof(out));
		for (const char *s = out; *s; s++)
			assert_true((unsigned char)*s >= 0x20 && *s != 0x7f);
		unescape(out, back);
		assert_string_equal(back, comm);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte),
		cmocka_unit_test(known_attacks),
		cmocka_unit_test(utf8_stays),
		cmocka_unit_test(other_bytes_are_escaped),
		cmocka_unit_test(every_buffer_size),
		cmocka_unit_test(size_zero_writes_nothing),
		cmocka_unit_test(any_comm_fits_and_is_unambiguous),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
