// SPDX-License-Identifier: GPL-2.0
/*
 * Tests UTF-8: the limits of each length, and invalid sequences.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static void check(const char *text, size_t length, uint32_t expected)
{
	uint32_t code = 0x5a5a5a5a;

	assert_int_equal(aw_utf8_decode(text, &code), length);
	assert_int_equal(code, length ? expected : 0x5a5a5a5a);
}

static void every_first_byte_alone(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		char text[2] = { (char)byte, 0 };

		check(text, byte < 0x80, (uint32_t)byte);
	}
}

static void limits_of_each_length(void **state)
{
	(void)state;
	check("", 1, 0);
	check("\x7f", 1, 0x7f);
	check("\xc2\x80", 2, 0x80);
	check("\xdf\xbf", 2, 0x7ff);
	check("\xe0\xa0\x80", 3, 0x800);
	check("\xed\x9f\xbf", 3, 0xd7ff);
	check("\xee\x80\x80", 3, 0xe000);
	check("\xef\xbf\xbf", 3, 0xffff);
	check("\xf0\x90\x80\x80", 4, 0x10000);
	check("\xf4\x8f\xbf\xbf", 4, 0x10ffff);
	check("\xc3\xa9z", 2, 0xe9);
}

static void what_is_none(void **state)
{
	static const char *const texts[] = {
		"\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",		/* overlong */
		"\xed\xa0\x80", "\xed\xbf\xbf",				/* surrogates */
		"\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff",	/* too large */
		"\xc3", "\xc3z", "\xe6\x97", "\xe6\x97z", "\xf0\x9f\xa6", "\xf0\x9f\xa6z",	/* cut */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check(texts[i], 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_first_byte_alone),
		cmocka_unit_test(limits_of_each_length),
		cmocka_unit_test(what_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
