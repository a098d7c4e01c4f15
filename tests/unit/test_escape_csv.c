// SPDX-License-Identifier: GPL-2.0
/*
 * Tests escaping for cells of CSV: every byte at the start and later, quotes,
 * formulas, every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/escape.h"
#include "memfile.h"
#include "output/csv/row.h"

static void check(const char *text, const char *expected)
{
	char out[256];

	assert_ptr_equal(aw_escape_csv(text, out, sizeof(out)), out);
	assert_string_equal(out, expected);
}

static void every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		char text[4] = { 'a', (char)byte, 'z', 0 }, expected[16];

		if (byte == '\\')
			snprintf(expected, sizeof(expected), "a\\\\z");
		else if (byte == '"')
			snprintf(expected, sizeof(expected), "\"a\"\"z\"");
		else if (byte == ',')
			snprintf(expected, sizeof(expected), "\"a,z\"");
		else if (byte >= 0x20 && byte < 0x7f)
			snprintf(expected, sizeof(expected), "a%cz", byte);
		else
			snprintf(expected, sizeof(expected), "a\\x%02xz", byte);
		check(text, expected);
	}
}

/* Formulas. */
static void every_first_byte(void **state)
{
	(void)state;
	for (int byte = 0x20; byte < 0x7f; byte++) {
		char text[3] = { (char)byte, '1', 0 }, expected[16];

		if (byte == '"' || byte == ',' || byte == '\\')
			continue;
		if (strchr("=+-@", byte))
			snprintf(expected, sizeof(expected), "\\x%02x1", byte);
		else
			snprintf(expected, sizeof(expected), "%c1", byte);
		check(text, expected);
	}
	check("=1,\"2\"", "\"\\x3d1,\"\"2\"\"\"");
	check("\t=1", "\\x09=1");
}

static void known_attacks(void **state)
{
	(void)state;
	check("", "");
	check("a\r\nb", "a\\x0d\\x0ab");
	check("\x1b[2J", "\\x1b[2J");
	check("\"},{<script>", "\"\"\"},{<script>\"");
	check("\xc3\xa9\xc3", "\xc3\xa9\\xc3");
	check("\xc2\x9b" "31m\xe2\x80\xae", "\\xc2\\x9b31m\\xe2\\x80\\xae");
	check("\xf3\xa0\x81\x81", "\\xf3\\xa0\\x81\\x81");
}

/* Truncated text is still a valid cell. */
static void every_buffer_size(void **state)
{
	static const char text[] = "a,\"\xff" "b";

	(void)state;
	for (size_t size = 0; size <= 14; size++) {
		char out[24];
		unsigned int quotes = 0;

		memset(out, '#', sizeof(out));
		aw_escape_csv(text, out, size);
		assert_int_equal(out[size], '#');
		if (!size)
			continue;
		assert_true(strlen(out) < size);
		for (const char *c = out; *c; c++)
			quotes += *c == '"';
		assert_int_equal(quotes % 2, 0);
		assert_true(!out[0] || out[strlen(out) - 1] == '"');
	}
	check(text, "\"a,\"\"\\xffb\"");
}

static void rows(void **state)
{
	struct memfile mem;
	struct aw_csv_row row = { .out = memfile_open(&mem) };

	(void)state;
	aw_csv_text(&row, "a,b");
	aw_csv_number(&row, UINT64_MAX);
	aw_csv_known(&row, false, 7);
	aw_csv_text(&row, NULL);
	aw_csv_signed(&row, -5);
	aw_csv_seconds(&row, 1500000000);
	aw_csv_end(&row);
	aw_csv_text(&row, "");
	aw_csv_number(&row, 0);
	aw_csv_end(&row);
	assert_string_equal(memfile_text(&mem), "\"a,b\",18446744073709551615,,,-5,1.5\r\n,0\r\n");
	memfile_close(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte),
		cmocka_unit_test(every_first_byte),
		cmocka_unit_test(known_attacks),
		cmocka_unit_test(every_buffer_size),
		cmocka_unit_test(rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
