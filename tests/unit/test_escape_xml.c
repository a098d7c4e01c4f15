// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that any byte in a name remains text in XML and HTML.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape_xml.h"

static void assert_escaped(const char *text, const char *expected)
{
	char out[256];

	assert_string_equal(aw_escape_xml(text, out, sizeof(out)), expected);
}

static void each_byte_alone(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		char text[2] = { (char)byte, 0 }, expected[8], out[16];

		if (strchr("&<>\"'", byte))
			continue;
		snprintf(expected, sizeof(expected), byte >= 0x20 && byte < 0x7f ? "%c" : "\\x%02x", byte);
		assert_string_equal(aw_escape_xml(text, out, sizeof(out)), expected);
	}
	assert_escaped("", "");
}

static void special_characters(void **state)
{
	(void)state;
	assert_escaped("&<>\"'", "&amp;&lt;&gt;&quot;&#39;");
	assert_escaped("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
	assert_escaped("]]>", "]]&gt;");
	assert_escaped("\"},{", "&quot;},{");
	assert_escaped("\x1b[2J", "\\x1b[2J");
	assert_escaped("a\\b", "a\\b");
}

static void utf8(void **state)
{
	(void)state;
	assert_escaped("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
	assert_escaped("\xc0\xbc", "\\xc0\\xbc");		/* an overlong '<' */
	assert_escaped("\xed\xa0\x80", "\\xed\\xa0\\x80");	/* a surrogate */
	assert_escaped("\xef\xbf\xbe", "\\xef\\xbf\\xbe");	/* U+FFFE is not an XML character */
	assert_escaped("\xe2\x80\xae", "\\xe2\\x80\\xae");	/* right-to-left override */
	assert_escaped("\xe2\x82<", "\\xe2\\x82&lt;");		/* a truncated one does not swallow what follows */
}

/* For every pair of bytes, the result has no '<', bare '&', quote or control byte. */
static void every_pair_of_bytes(void **state)
{
	(void)state;
	for (int pair = 0; pair < 65536; pair++) {
		char text[4] = { (char)(pair >> 8), (char)pair, '<', 0 }, out[64];

		aw_escape_xml(text, out, sizeof(out));
		for (const char *c = out; *c; c++) {
			assert_null(strchr("<>\"'", *c));
			assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
			if (*c == '&')
				assert_non_null(strchr(c, ';'));
		}
	}
}

static void never_half_an_escape(void **state)
{
	char out[16];

	(void)state;
	assert_string_equal(aw_escape_xml("ab<", out, 6), "ab");
	assert_string_equal(aw_escape_xml("ab<", out, 7), "ab&lt;");
	assert_string_equal(aw_escape_xml("\xe2\x82\xac", out, 3), "");
	out[0] = 'x';
	aw_escape_xml("a", out, 0);
	assert_int_equal(out[0], 'x');
}

static void to_a_file(void **state)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	assert_non_null(out);
	aw_put_xml(out, "a<\x01\xc3\xa9");
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "a&lt;\\x01\xc3\xa9");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_alone),
		cmocka_unit_test(special_characters),
		cmocka_unit_test(utf8),
		cmocka_unit_test(every_pair_of_bytes),
		cmocka_unit_test(never_half_an_escape),
		cmocka_unit_test(to_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
