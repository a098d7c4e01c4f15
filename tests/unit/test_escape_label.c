// SPDX-License-Identifier: GPL-2.0
/*
 * Tests escaping for label values: every byte, every pair of bytes, valid and
 * invalid UTF-8, and buffers of every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape.h"

static void check(const char *text, const char *expected)
{
	char out[256];

	assert_ptr_equal(aw_escape_label(text, out, sizeof(out)), out);
	assert_string_equal(out, expected);
}

static void every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		char text[4] = { 'a', (char)byte, 'z', 0 }, expected[16];

		if (byte == '\\' || byte == '"')
			snprintf(expected, sizeof(expected), "a\\%cz", byte);
		else if (byte == '\n')
			snprintf(expected, sizeof(expected), "a\\nz");
		else if (byte >= 0x20 && byte < 0x7f)
			snprintf(expected, sizeof(expected), "a%cz", byte);
		else
			snprintf(expected, sizeof(expected), "a\\\\x%02xz", byte);
		check(text, expected);
	}
	check("", "");	/* byte 0 only ends a string */
}

static void known_attacks(void **state)
{
	(void)state;
	check("\"} 1\nallocwatch_failures_total{site=\"", "\\\"} 1\\nallocwatch_failures_total{site=\\\"");
	check("\"},{<script>", "\\\"},{<script>");
	check("\x1b[2J", "\\\\x1b[2J");
	check("end\\", "end\\\\");
	check("\\\"", "\\\\\\\"");
	check("\xc2\x85next", "\\\\xc2\\\\x85next");
	check("\xe2\x80\xa8", "\\\\xe2\\\\x80\\\\xa8");
}

static void utf8_stays(void **state)
{
	static const char *const good[] = {
		"caf\xc3\xa9", "\xdf\xbf", "\xe0\xa0\x80", "\xe6\x97\xa5", "\xed\x9f\xbf", "\xee\x80\x80",
		"\xef\xbf\xbd", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		check(good[i], good[i]);
	/* well-formed, but hidden: a noncharacter, and a bidi control */
	check("\xef\xbf\xbf", "\\\\xef\\\\xbf\\\\xbf");
	check("\xe2\x80\xae", "\\\\xe2\\\\x80\\\\xae");
	check("\xc0\x80", "\\\\xc0\\\\x80");
	check("\xe0\x9f\xbf", "\\\\xe0\\\\x9f\\\\xbf");
	check("\xed\xa0\x80", "\\\\xed\\\\xa0\\\\x80");
	check("\xf4\x90\x80\x80", "\\\\xf4\\\\x90\\\\x80\\\\x80");
	check("\xe6\x97", "\\\\xe6\\\\x97");
	check("\xc3", "\\\\xc3");
}

/* Unescapes a value as a reader of the format does. */
static void unescape(const char *text, char *out)
{
	for (; *text; text++) {
		assert_true(*text != '\n' && *text != '"');
		if (*text != '\\') {
			*out++ = *text;
			continue;
		}
		text++;
		assert_true(*text == '\\' || *text == '"' || *text == 'n');
		*out++ = *text == 'n' ? '\n' : *text;
	}
	*out = '\0';
}

/* Reverses the \x escapes.  That this is possible proves that different strings stay different. */
static void restore(const char *value, char *out)
{
	unsigned int byte;

	for (; *value; value++)
		if (sscanf(value, "\\x%2x", &byte) == 1) {
			*out++ = (char)byte;
			value += 3;
		} else {
			*out++ = *value;
		}
	*out = '\0';
}

static void check_restored(iconv_t utf8, const char *text)
{
	char out[64], value[64], back[64], wide[256], *in = value, *to = wide;
	size_t left, room = sizeof(wide);

	aw_escape_label(text, out, sizeof(out));
	unescape(out, value);
	left = strlen(value);
	if (iconv(utf8, &in, &left, &to, &room) == (size_t)-1)
		fail_msg("\"%s\" is no UTF-8", value);
	restore(value, back);
	assert_string_equal(back, text);
}

static void different_strings_stay_different(void **state)
{
	iconv_t utf8 = iconv_open("UTF-32LE", "UTF-8");

	(void)state;
	assert_true(utf8 != (iconv_t)-1);
	for (int first = 1; first < 256; first++)
		for (int second = 1; second < 256; second++) {
			char text[8] = { (char)first, (char)second, 'x', '4', '1', 0 };

			check_restored(utf8, text);
			text[2] = 0;
			check_restored(utf8, text);
		}
	check_restored(utf8, "\\x41");
	check_restored(utf8, "\\\\x41\\");
	iconv_close(utf8);
}

static void no_half_escape(void **state)
{
	static const char text[] = "a\"\\\n\x01\xc3\xa9\xff";
	char whole[64], out[64];
	size_t length;

	(void)state;
	length = strlen(aw_escape_label(text, whole, sizeof(whole)));
	for (size_t size = 1; size <= length + 1; size++) {
		memset(out, 'Z', sizeof(out));
		aw_escape_label(text, out, size);
		assert_true(strlen(out) < size);
		assert_int_equal(out[size], 'Z');
		assert_memory_equal(out, whole, strlen(out));
		/* Only complete pieces: the rest of the text begins with one. */
		assert_true(!whole[strlen(out)] || strchr("a\\\xc3", whole[strlen(out)]));
	}
	aw_escape_label(text, out, 0);
	memset(out, '\xff', 12);
	out[12] = '\0';
	assert_int_equal(strlen(aw_escape_label(out, whole, sizeof(whole))), 12 * AW_LABEL_GROWTH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte),
		cmocka_unit_test(known_attacks),
		cmocka_unit_test(utf8_stays),
		cmocka_unit_test(different_strings_stay_different),
		cmocka_unit_test(no_half_escape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
