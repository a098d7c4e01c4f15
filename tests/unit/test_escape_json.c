// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from outside for JSON: every byte, good and bad UTF-8, every size,
 * and that jansson takes what comes out and gives it back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape.h"

static void check(const char *text, const char *expected)
{
	char out[256];

	assert_ptr_equal(aw_escape_json(text, out, sizeof(out)), out);
	assert_string_equal(out, expected);
}

static void every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		char text[4] = { 'a', (char)byte, 'z', 0 }, expected[16];

		if (byte == '\\')
			snprintf(expected, sizeof(expected), "a\\\\z");
		else if (byte < 0x80)
			snprintf(expected, sizeof(expected), "a%cz", byte);
		else
			snprintf(expected, sizeof(expected), "a\\x%02xz", byte);
		check(text, expected);
	}
}

static void utf8_and_attacks(void **state)
{
	(void)state;
	check("", "");
	check("caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\xa6\x80", "caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\xa6\x80");
	check("\xc3\xa9\xc3", "\xc3\xa9\\xc3");
	check("\xe6\x97" "abc", "\\xe6\\x97abc");
	check("\xed\xa0\x80", "\\xed\\xa0\\x80");
	check("\\xff", "\\\\xff");
	check("\"},{<script>", "\"},{<script>");
	check("\x1b[2J", "\x1b[2J");
}

static void every_buffer_size(void **state)
{
	static const char text[] = "a\\\xc3\xa9\xff";
	static const size_t ends[] = { 1, 3, 5, 9 };	/* of the pieces */

	(void)state;
	for (size_t size = 0; size <= 10; size++) {
		size_t fits = 0;
		char out[16];

		for (size_t i = 0; i < 4; i++)
			if (ends[i] < size)
				fits = ends[i];
		memset(out, '#', sizeof(out));
		aw_escape_json(text, out, size);
		if (size)
			assert_int_equal(strlen(out), fits);
		assert_int_equal(out[size], '#');
	}
}

static void unescape(const char *in, char *out)
{
	while (*in) {
		if (in[0] != '\\') {
			*out++ = *in++;
		} else if (in[1] == '\\') {
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

static void any_name_comes_back_from_json(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char comm[17] = "", safe[AW_ESCAPED_SIZE(16)], back[AW_ESCAPED_SIZE(16)];
		json_t *string;

		for (int i = 0; i < 16; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			comm[i] = (char)(random >> 33 | (round & 1 ? 0x80 : 0));
			if (!comm[i])
				break;
		}
		string = json_string(aw_escape_json(comm, safe, sizeof(safe)));
		assert_non_null(string);
		unescape(json_string_value(string), back);
		assert_string_equal(back, comm);
		json_decref(string);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte),
		cmocka_unit_test(utf8_and_attacks),
		cmocka_unit_test(every_buffer_size),
		cmocka_unit_test(any_name_comes_back_from_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
