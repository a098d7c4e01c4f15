// SPDX-License-Identifier: GPL-2.0
/*
 * Tests patterns: what they match, what they do not, and that none takes long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/glob.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static void matches(void **state)
{
	static const struct { const char *pattern, *text; } cases[] = {
		{ "", "" }, { "*", "" }, { "**", "" }, { "*", "anything" }, { "a", "a" }, { "?", "a" },
		{ "cam*", "cam" }, { "cam*", "camera" }, { "*kmalloc*", "__kmalloc_node" },
		{ "*kmalloc*", "kmalloc" }, { "a*b*c", "aXbYc" }, { "a*b*c", "abbbc" }, { "a*bc", "abbc" },
		{ "*aab", "aaaaab" }, { "a?c", "abc" }, { "*?", "a" }, { "?*?", "ab" }, { "**a**", "a" },
		{ "*.ko", "a.b.ko" }, { "\xff?", "\xff\x80" }, { "*", "\x1b[2J\n" }, { "a*", "a*" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (!aw_glob_match(cases[i].pattern, cases[i].text))
			print_error("%s %s\n", cases[i].pattern, cases[i].text);
		assert_true(aw_glob_match(cases[i].pattern, cases[i].text));
	}
}

static void refuses(void **state)
{
	static const struct { const char *pattern, *text; } cases[] = {
		{ "", "a" }, { "a", "" }, { "?", "" }, { "?", "ab" }, { "a", "A" }, { "cam*", "xcam" },
		{ "cam", "camera" }, { "*cam", "camera" }, { "a*b*c", "aXbY" }, { "a?c", "ac" },
		{ "?*?", "a" }, { "[a]", "a" }, { "a\\*", "a*" }, { "*a?", "bca" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (aw_glob_match(cases[i].pattern, cases[i].text))
			print_error("%s %s\n", cases[i].pattern, cases[i].text);
		assert_false(aw_glob_match(cases[i].pattern, cases[i].text));
	}
}

/* With exponential backtracking, this would not end. */
static void many_stars_end(void **state)
{
	static char text[4096];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	assert_false(aw_glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
	assert_true(aw_glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*", text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches),
		cmocka_unit_test(refuses),
		cmocka_unit_test(many_stars_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
