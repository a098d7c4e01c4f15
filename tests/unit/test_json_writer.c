// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the JSON writer: commas and nesting, numbers, every byte in a text, and
 * that jansson reads back what was written.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_writer.h"

static void assert_written(const struct aw_json *json, const char *expected)
{
	assert_false(json->text.failed);
	assert_int_equal(json->text.used, strlen(expected));
	assert_memory_equal(json->text.data, expected, json->text.used);
}

static void commas_are_between_values(void **state)
{
	AW_JSON struct aw_json json = { 0 };

	(void)state;
	aw_json_object(&json, NULL);
	aw_json_array(&json, "none");
	aw_json_array_end(&json);
	aw_json_array(&json, "rows");
	for (int i = 0; i < 2; i++) {
		aw_json_line(&json);
		aw_json_object(&json, NULL);
		aw_json_number(&json, "i", (uint64_t)i);
		aw_json_bool(&json, "odd", i);
		aw_json_object_end(&json);
	}
	aw_json_array_end(&json);
	aw_json_key(&json, "a\"b");
	aw_json_null(&json, NULL);
	aw_json_name(&json, "empty", "");
	aw_json_text(&json, "nothing", "");
	aw_json_object_end(&json);
	assert_written(&json, "{\"none\":[],\"rows\":[\n{\"i\":0,\"odd\":false},\n{\"i\":1,\"odd\":true}],"
		       "\"a\\\"b\":null,\"empty\":\"\",\"nothing\":null}");
}

static void numbers_are_exact(void **state)
{
	AW_JSON struct aw_json json = { 0 };

	(void)state;
	aw_json_array(&json, NULL);
	aw_json_integer(&json, NULL, 0);
	aw_json_integer(&json, NULL, INT64_MIN);
	aw_json_integer(&json, NULL, INT64_MAX);
	aw_json_number(&json, NULL, UINT64_MAX);
	aw_json_known(&json, NULL, false, 7);
	aw_json_known(&json, NULL, true, 1234567890);
	aw_json_real(&json, NULL, 3);
	aw_json_real(&json, NULL, 0.1);
	aw_json_real(&json, NULL, 30.000000001);
	aw_json_real(&json, NULL, 1e300);
	aw_json_array_end(&json);
	assert_written(&json, "[0,-9223372036854775808,9223372036854775807,9223372036854775807,null,1234567890,"
		       "3.0,0.1,30.000000001,1e+300]");
}

/* What jansson reads of `text` as it was written. */
static json_t *read_back(const char *text)
{
	AW_JSON struct aw_json json = { 0 };
	json_t *value;

	aw_json_text(&json, NULL, text);
	for (size_t i = 0; i < json.text.used; i++)
		assert_in_range(json.text.data[i], 0x20, 0x7e);
	value = json_loadb((const char *)json.text.data, json.text.used, JSON_DECODE_ANY, NULL);
	assert_non_null(value);
	return value;
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

static void any_text_is_read_back(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[17] = "", back[4 * sizeof(text)];
		json_t *value;

		for (int i = 0; i < 16; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			text[i] = (char)(random >> 33 | (round & 1 ? 0x80 : 0));
		}
		if (!text[0])
			continue;
		value = read_back(text);
		unescape(json_string_value(value), back);
		assert_string_equal(back, text);
		json_decref(value);
	}
}

static void characters_are_written_as_json_has_them(void **state)
{
	static const struct { const char *text, *written; } rows[] = {
		{ "a\b\f\n\r\t\x01z", "\"a\\b\\f\\n\\r\\t\\u0001z\"" },
		{ "\"\\/", "\"\\\"\\\\\\\\/\"" },
		{ "\x7f\xff", "\"\\\\x7f\\\\xff\"" },
		{ "\xc3\xa9\xe6\x97\xa5\xf0\x9f\xa6\x80", "\"\\u00E9\\u65E5\\uD83E\\uDD80\"" },
		{ "caf\xc3", "\"caf\\\\xc3\"" },
		{ "\xe6\x97" "abc", "\"\\\\xe6\\\\x97abc\"" },
		{ "\xed\xa0\x80", "\"\\\\xed\\\\xa0\\\\x80\"" },
		{ "\xff is not \\xff", "\"\\\\xff is not \\\\\\\\xff\"" },
		{ "\"},{<script>\x1b[2J", "\"\\\"},{<script>\\u001B[2J\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AW_JSON struct aw_json json = { 0 };

		aw_json_text(&json, NULL, rows[i].text);
		assert_written(&json, rows[i].written);
	}
}

static void flush_empties_and_tells_of_no_memory(void **state)
{
	AW_JSON struct aw_json json = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	aw_json_array(&json, NULL);
	assert_int_equal(aw_json_flush(&json, out), 0);
	aw_json_null(&json, NULL);
	aw_json_array_end(&json);
	assert_int_equal(aw_json_flush(&json, out), 0);
	json.text.failed = true;
	aw_json_null(&json, NULL);
	assert_int_equal(aw_json_flush(&json, out), -ENOMEM);
	fclose(out);
	assert_string_equal(text, "[null]");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_are_between_values),
		cmocka_unit_test(numbers_are_exact),
		cmocka_unit_test(any_text_is_read_back),
		cmocka_unit_test(characters_are_written_as_json_has_them),
		cmocka_unit_test(flush_empties_and_tells_of_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
