// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the small languages: filters, keys, masks, numbers with units,
 * releases, addresses to listen on, dates, patterns, symbols, escapes.  The first
 * byte selects the reader.
 */
#include "fuzz.h"

#include "base/array.h"
#include "base/demangle.h"
#include "base/escape.h"
#include "base/glob.h"
#include "base/units.h"
#include "base/utf8.h"
#include "event/stacks.h"
#include "klog/symbol.h"
#include "lines/date.h"
#include "mm/function.h"
#include "mm/gfp.h"
#include "mm/kernel.h"
#include "serve/accept.h"
#include "serve/listen.h"
#include "summary/filter.h"

static void filter(const char *text)
{
	static const struct aw_stack none;
	struct aw_event event = { .type = AW_EVENT_FAILURE, .stack = &none, .failure = { .gfp = { .names = "" } } };
	struct aw_filter parsed = { 0 };
	struct aw_capture capture = { 0 };
	struct aw_error error;

	event.task.cgroup = "";
	if (aw_filter_parse(text, &parsed, &error))
		return;
	FUZZ_HOLDS(parsed.count <= AW_MAX_TERMS);
	aw_filter_match(&parsed, &event);
	aw_filter_to_capture(&parsed, &capture);
}

static void keys(const char *text)
{
	const struct aw_key *found[AW_MAX_KEYS];
	char bad[64];

	FUZZ_HOLDS(aw_keys_parse(text, found, bad, sizeof(bad)) <= AW_MAX_KEYS);
}

static void mask(const char *text)
{
	struct aw_gfp_table *table;
	uint64_t flags;

	aw_gfp_parse_names(NULL, text, strlen(text), &flags);
	if (aw_gfp_table_for_release("6.1.0", false, &table))
		abort();
	aw_gfp_parse_names(table, text, strlen(text), &flags);
	aw_gfp_table_free(table);
}

static void units(const char *text)
{
	char out[AW_UNITS_TEXT];
	uint64_t value;

	if (!aw_parse_duration(text, &value))
		aw_format_duration(value, out);
	if (!aw_parse_size(text, &value))
		aw_format_bytes(value, out);
	aw_parse_number(text, &value);
}

static void release(const char *text)
{
	struct aw_kernel kernel = { 0 };
	bool exact;

	aw_version_parse(text);
	aw_version_upstream(text, text, &exact);
	if (!aw_kernel_for_release(text, 4096, &kernel))
		aw_kernel_clear(&kernel);
}

static void listen_at(const char *text)
{
	struct aw_listen_name name;
	struct aw_error error;

	if (!aw_listen_parse(text, &name, &error))
		FUZZ_HOLDS(strlen(name.host) < sizeof(name.host) && strlen(name.port) < sizeof(name.port));
}

static void accept_of(const char *text)
{
	aw_accept_choose(text);
}

static void date(const char *text)
{
	struct aw_text cursor = aw_text_of(text, strlen(text));
	int64_t us;
	bool has_year;

	aw_log_date(&cursor, &us, &has_year);
	FUZZ_HOLDS(cursor.p >= text && cursor.p <= cursor.end);
	aw_log_clock(&cursor);
	FUZZ_HOLDS(cursor.p <= cursor.end);
}

static void glob(const char *text)
{
	const char *space = strchr(text, ' ');

	aw_glob_match(text, space ? space + 1 : "abc");
}

static void symbol(const char *text)
{
	struct aw_text cursor = aw_text_of(text, strlen(text));
	struct aw_klog_frame frame = { 0 };
	char out[256];

	aw_demangle_rust(text, strlen(text), out, sizeof(out));
	aw_function_name(text);
	aw_function_group(text, "");
	aw_klog_symbol(&cursor, &frame, false);
	FUZZ_HOLDS(cursor.p >= text && cursor.p <= cursor.end);
}

static void escape(const char *text)
{
	char *out = malloc(AW_ESCAPED_SIZE(strlen(text) + 1));
	uint32_t code;

	aw_escape_terminal(text, out, AW_ESCAPED_SIZE(strlen(text) + 1));
	for (const char *c = out; *c; c++)
		FUZZ_HOLDS((unsigned char)*c >= 0x20 && *c != 0x7f);
	aw_utf8_decode(text, &code);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(const char *text) = {
		filter, keys, mask, units, release, listen_at, accept_of, date, glob, symbol, escape,
	};
	char *text;

	if (!size || size > 4096)
		return 0;
	text = fuzz_text(data + 1, size - 1);
	readers[data[0] % ARRAY_SIZE(readers)](text);
	free(text);
	return 0;
}
