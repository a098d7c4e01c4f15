// SPDX-License-Identifier: GPL-2.0
/*
 * Messages in the entries of structured logs: JSON, journal fields, tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "lines/csv.h"
#include "lines/fields.h"
#include "lines/json.h"

static char messages[4096];

/* "message|message|"; a time is written behind its message: "message@12300000|" */
static void note(void *ctx, const char *text, size_t len, const struct aw_log_times *times)
{
	size_t used = strlen(messages);
	char *to = messages + used;
	size_t left = sizeof(messages) - used;

	(void)ctx;
	if (times->mono_us >= 0)
		snprintf(to, left, "%.*s@%lld|", (int)len, text, (long long)times->mono_us);
	else if (times->wall_us >= 0)
		snprintf(to, left, "%.*s@@%lld|", (int)len, text, (long long)times->wall_us);
	else
		snprintf(to, left, "%.*s|", (int)len, text);
}

static void feed_json(struct aw_log_json *json, const char *line)
{
	size_t len = strlen(line);
	char *copy = malloc(len ? len : 1);
	struct aw_text t = aw_text_of(copy, len);

	memcpy(copy, line, len);
	if (aw_log_json_begins(json, &t))
		aw_log_json_line(json, t, note, NULL);
	else
		strcat(messages, "-|");
	free(copy);
}

static const struct {
	const char *lines[16], *expected;
} documents[] = {
	/* docker */
	{ { "{\"log\":\"[    1.2] x\\n\",\"stream\":\"stderr\",\"time\":\"1970-01-01T00:00:01.5Z\"}" }, "[    1.2] x\n@@1500000|" },
	/* journalctl -o json, and pretty */
	{ { "{\"_HOSTNAME\":\"a b\",\"MESSAGE\":\"one\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"123\",\"__MONOTONIC_TIMESTAMP\":\"150\"}" },
	  "one@123|" },
	{ { "{", "\t\"MESSAGE\" : \"Mem-Info:\",", "\t\"PRIORITY\" : \"4\",", "\t\"_SOURCE_MONOTONIC_TIMESTAMP\" : \"77\"", "}", "{",
	    "\t\"MESSAGE\" : \"b\"", "}" }, "Mem-Info:@77|b|" },
	{ { "{\"MESSAGE\":[114,101,112],\"PRIORITY\":\"4\"}" }, "rep|" },
	/* dmesg --json */
	{ { "{", "   \"dmesg\": [", "      {", "         \"pri\": 4,", "         \"time\":   12.300000,",
	    "         \"msg\": \"one\"", "      },{", "         \"msg\": \"two\"", "      }", "   ]", "}" }, "one@12300000|two|" },
	/* Google, Loki, Elasticsearch, a list of lines */
	{ { "{\"insertId\":\"x y\",\"jsonPayload\":{\"message\":\"one\"},\"timestamp\":\"1970-01-01T00:00:02Z\"}" }, "one@@2000000|" },
	{ { "{\"data\":{\"result\":[{\"stream\":{\"job\":\"a b\"},\"values\":[[\"2000000000000000000\",\"one: x\"],[\"2000000000000001000\",\"two: x\"]]}]}}" },
	  "one: x@@2000000000000000|two: x@@2000000000000001|" },
	{ { "{\"hits\":{\"hits\":[{\"_source\":{\"message\":\"one\",\"event\":{\"original\":\"longer than it\"}}},{\"_source\":{\"message\":\"two\"}}]}}" },
	  "one|two|" },
	{ { "['[    1.2] one', \"it's two\"]" }, "[    1.2] one|it's two|" },
	/* no known name: the longest sentence */
	{ { "{\"a\":\"short one\",\"b\":\"a longer sentence\",\"c\":\"nothing\"}" }, "a longer sentence|" },
	/* literals of programs */
	{ { "\t\"[    1.2] one\\n\"", "b'two words\\n'," }, "[    1.2] one\n|two words\n|" },
	/* a logger's prefix */
	{ { "web_1 | {\"msg\":\"one\"}" }, "one|" },
	/* no JSON */
	{ { "[    1.2] insmod: x" }, "-|" },
	{ { "[<ffffff80>] f+0x1/0x2" }, "-|" },
	{ { "task {\"name: x" }, "-|" },
	{ { "a 'b' c" }, "-|" },
	{ { "123," }, "-|" },
};

static void reads_json(void **state)
{
	struct aw_log_json *json = calloc(1, sizeof(*json));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(documents); i++) {
		messages[0] = '\0';
		aw_log_json_clear(json);
		for (size_t k = 0; k < ARRAY_SIZE(documents[i].lines) && documents[i].lines[k]; k++)
			feed_json(json, documents[i].lines[k]);
		aw_log_entry_end(&json->entry, note, NULL);
		assert_string_equal(messages, documents[i].expected);
	}
	free(json);
}

static void reads_logfmt(void **state)
{
	static const char line[] = "ts=1970-01-01T00:00:03Z level=warn msg=\"a \\\"b\\\"\" x=y";
	struct aw_log_json *json = calloc(1, sizeof(*json));

	(void)state;
	messages[0] = '\0';
	assert_true(aw_log_json_logfmt(json, aw_text_of(line, strlen(line)), note, NULL));
	assert_string_equal(messages, "a \"b\"@@3000000|");
	assert_false(aw_log_json_logfmt(json, aw_text_of("xmsg=\"a\"", 8), note, NULL));
	assert_false(aw_log_json_logfmt(json, aw_text_of("msg=\"a", 6), note, NULL));
	free(json);
}

static const struct {
	const char *lines[12], *expected;
} journals[] = {
	{ { "__CURSOR=s=1", "__REALTIME_TIMESTAMP=5", "MESSAGE=one", "PRIORITY=4", "", "__CURSOR=s=2", "MESSAGE=two" },
	  "one@@5|two|" },
	{ { "Thu 1970-01-01 00:00:01.000000 CET [s=2a;i=1f;b=77;m=1;t=5;x=6]", "    _TRANSPORT=kernel", "    MESSAGE=one",
	    "    _SOURCE_MONOTONIC_TIMESTAMP=77" }, "one@77|" },
	{ { "_TRANSPORT=kernel", "MESSAGE", "\x03\x01\x01\x01\x01\x01\x01\x01" "a b" }, "a b|" },
	{ { "GFP_KERNEL=x", "RIP=0" }, "-|-|" },
	{ { "MESSAGE=one", "plain" }, "one|-|" },
};

static void reads_the_journal(void **state)
{
	struct aw_log_fields *fields = calloc(1, sizeof(*fields));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(journals); i++) {
		messages[0] = '\0';
		aw_log_fields_clear(fields);
		for (size_t k = 0; k < ARRAY_SIZE(journals[i].lines) && journals[i].lines[k]; k++)
			if (!aw_log_fields_line(fields, journals[i].lines[k], strlen(journals[i].lines[k]), note, NULL))
				strcat(messages, "-|");
		aw_log_fields_finish(fields, note, NULL);
		assert_string_equal(messages, journals[i].expected);
	}
	free(fields);
}

static const struct {
	const char *learn, *row, *expected;	/* learn NULL: no table is known; expected NULL: no row */
} tables[] = {
	{ "2023,host,\"x: order:4, mode:0x1\"", "2024,h,[  1.2] f", "[  1.2] f" },
	{ "2023,host,\"x: order:4, mode:0x1\"", "2024,h,\"a \"\"b\"\", c\"", "a \"b\", c" },
	{ "2023,host,\"x: order:4, mode:0x1\"", "2024,h", NULL },
	{ "2023;\"x: order:4, mode:0x1\";warn", "1;\"b\";2", "b" },
	{ "2023\thost\tx: order:4, mode:0x1\twarn", "1\t2\tb\t3", "b" },
	{ "x: order:4, mode:0x1", "a, b", NULL },
	{ "[  1.2] comm\"a, x: order:4, mode:0x1", "a, b, c", NULL },
	{ "12\tx: order:4, mode:0x1", "13\tb", NULL },	/* cat -n: a prefix, no table */
};

static void reads_tables(void **state)
{
	struct aw_log_words words = { 0 };

	(void)state;
	assert_int_equal(aw_log_words_add(&words, "mode:0x"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		struct aw_log_csv csv = { 0 };
		char column[256];
		struct aw_log_out out = { column, 0, sizeof(column) - 1 };
		bool row;

		aw_log_csv_learn(&csv, &words, tables[i].learn, strlen(tables[i].learn));
		row = aw_log_csv_line(&csv, tables[i].row, strlen(tables[i].row), &out);
		column[out.len] = '\0';
		assert_int_equal(row, tables[i].expected != NULL);
		if (row)
			assert_string_equal(column, tables[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_json),
		cmocka_unit_test(reads_logfmt),
		cmocka_unit_test(reads_the_journal),
		cmocka_unit_test(reads_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
