// SPDX-License-Identifier: GPL-2.0
/*
 * Log lines in JSON and in the literals of programming languages.
 *
 * What is read is often a part of a document, from its middle on, so nothing
 * is checked: strings, names before a ':', numbers and brackets are all that
 * counts.
 */
#include "lines/json.h"

#include "base/array.h"
#include "lines/escapes.h"

#define MAX_DEPTH 64

void aw_log_json_clear(struct aw_log_json *json)
{
	json->depth = 0;
	json->lists = 0;
	json->key_len = 0;
	json->inside = false;
	aw_log_entry_clear(&json->entry);
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Past the string at the cursor, whatever is in it; false: it does not end. */
static bool skip_string(struct aw_text *t)
{
	char quote = *t->p++;

	for (; t->p < t->end && *t->p != quote; t->p++)
		if (*t->p == '\\' && t->p + 1 < t->end)
			t->p++;
	return aw_text_skip_char(t, quote);
}

/* "\"MESSAGE\" :", "'log':" */
static bool is_name(struct aw_text t)
{
	struct aw_text s = t;

	if (!is_quote(aw_text_at(&t, 0)) || !skip_string(&s) || s.p - t.p > 64)
		return false;
	aw_text_spaces(&s);
	return aw_text_at(&s, 0) == ':';
}

/* "\"...\",", "b'...' 'and' '...'", "(\"...\\n\"": nothing but strings */
static bool only_strings(struct aw_text t)
{
	unsigned int count = 0;

	while (t.p < t.end) {
		if (strchr("bBuUrRfF", *t.p) && is_quote(aw_text_at(&t, 1)))
			t.p++;
		if (is_quote(*t.p)) {
			if (!skip_string(&t))
				return false;
			count++;
		} else if (strchr(" \t\r,;+()[]\\", *t.p) && *t.p) {
			t.p++;
		} else {
			return false;
		}
	}
	return count > 0;
}

/* "{\"", "[{", "[\"", "{ \"key\"" */
static bool opens(struct aw_text t)
{
	char first = aw_text_at(&t, 0);

	if (first != '{' && first != '[')
		return false;
	t.p++;
	aw_text_spaces(&t);
	if (first == '{')
		return is_name(t);
	return opens(t) || (is_quote(aw_text_at(&t, 0)) && only_strings(t));
}

/* "{", "},", "],{" on lines of their own; within an entry "1234,", too */
static bool only_signs(struct aw_text t, bool numbers)
{
	for (; t.p < t.end; t.p++)
		if (!strchr("{}[],: \t\r", *t.p) && !(numbers && aw_is_digit(*t.p)))
			return false;
	return true;
}

bool aw_log_json_begins(const struct aw_log_json *json, struct aw_text *t)
{
	struct aw_text s = *t;
	const char *brace;

	aw_text_spaces(&s);
	if (s.p == s.end)
		return false;
	if (opens(s) || is_name(s) || only_strings(s) || only_signs(s, json->inside))
		return true;
	brace = aw_text_find(&s, "{\"");
	while (brace && !opens((struct aw_text){ brace, s.end })) {
		s.p = brace + 1;
		brace = aw_text_find(&s, "{\"");
	}
	if (!brace)
		return false;
	t->p = brace;
	return true;
}

static void push(struct aw_log_json *json, bool list)
{
	json->depth += json->depth < MAX_DEPTH;
	json->lists = json->lists << 1 | list;
}

/* An object that is an element of a list, or of nothing, is an entry. */
static void pop(struct aw_log_json *json, aw_log_entry_fn fn, void *ctx)
{
	bool object = !(json->lists & 1);

	json->depth -= json->depth > 0;
	json->lists >>= 1;
	if (object && (!json->depth || json->lists & 1))
		aw_log_entry_end(&json->entry, fn, ctx);
}

static bool in_list(const struct aw_log_json *json)
{
	return json->lists & 1 || !json->depth;
}

/* A text on its own: a list of lines, or pairs of time and line. */
static void lone_string(struct aw_log_json *json, aw_log_entry_fn fn, void *ctx)
{
	struct aw_text t = aw_text_of(json->string, json->len);
	uint64_t time;

	if (aw_text_u64(&t, &time) && t.p == t.end && json->len > 9) {
		aw_log_entry_number(&json->entry, "time", 4, json->string, json->len);
		return;
	}
	if (!memchr(json->string, ' ', json->len) && !memchr(json->string, ':', json->len) &&
	    !memchr(json->string, '+', json->len))
		return;
	aw_log_entry_text(&json->entry, "message", 7, json->string, json->len);
	aw_log_entry_end(&json->entry, fn, ctx);
}

static void take_value(struct aw_log_json *json, aw_log_entry_fn fn, void *ctx)
{
	if (!json->key_len || (json->lists & 1)) {
		if (in_list(json))
			lone_string(json, fn, ctx);
		return;
	}
	aw_log_entry_text(&json->entry, json->key, json->key_len, json->string, json->len);
	json->key_len = 0;
}

static void take_string(struct aw_log_json *json, struct aw_text *t, aw_log_entry_fn fn, void *ctx)
{
	struct aw_log_out out = { json->string, 0, sizeof(json->string) };
	struct aw_text s;

	aw_log_escapes_string(t, &out);
	json->len = out.len;
	s = *t;
	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, ':')) {
		take_value(json, fn, ctx);
		return;
	}
	json->key_len = out.len < sizeof(json->key) ? out.len : 0;
	memcpy(json->key, json->string, json->key_len);
	t->p = s.p;
}

static void take_number(struct aw_log_json *json, struct aw_text *t)
{
	const char *start = t->p;

	while (t->p < t->end && (aw_is_digit(*t->p) || strchr(".eE+-", *t->p)) && *t->p)
		t->p++;
	if (json->key_len && !(json->lists & 1)) {
		aw_log_entry_number(&json->entry, json->key, json->key_len, start, (size_t)(t->p - start));
		json->key_len = 0;
	}
}

/* journalctl writes a message that is no UTF-8, or has colours, as a list of bytes: "MESSAGE" : [ 27, 91, 51 ] */
static bool take_bytes(struct aw_log_json *json, struct aw_text *t)
{
	struct aw_log_out out = { json->string, 0, sizeof(json->string) };
	struct aw_text s = { t->p + 1, t->end };
	uint64_t byte;

	if (!json->key_len || !aw_log_entry_is_message(json->key, json->key_len))
		return false;
	for (aw_text_spaces(&s); aw_text_u64(&s, &byte) && byte < 256; aw_text_spaces(&s)) {
		aw_log_out_byte(&out, (char)byte);
		aw_text_spaces(&s);
		aw_text_skip_char(&s, ',');
	}
	if (!out.len || !aw_text_skip_char(&s, ']'))
		return false;
	aw_log_entry_text(&json->entry, json->key, json->key_len, out.data, out.len);
	json->key_len = 0;
	t->p = s.p;
	return true;
}

void aw_log_json_line(struct aw_log_json *json, struct aw_text t, aw_log_entry_fn fn, void *ctx)
{
	while (t.p < t.end) {
		char c = *t.p;

		if (is_quote(c)) {
			take_string(json, &t, fn, ctx);
			continue;
		}
		if (aw_is_digit(c)) {
			take_number(json, &t);
			continue;
		}
		if (c == '[' && take_bytes(json, &t))
			continue;
		if (c == '{' || c == '[')
			push(json, c == '[');
		if (c == '{')
			json->key_len = 0;
		if (c == '}' || c == ']')
			pop(json, fn, ctx);
		t.p++;
	}
	json->inside = json->depth > 0 || json->entry.len || json->key_len;
}

/* The value of the last of "time=", "ts=" that stands before the message. */
static void logfmt_time(struct aw_log_json *json, struct aw_text t)
{
	static const char *const keys[] = { "time=", "ts=", "timestamp=" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct aw_text s = t;
		const char *start;

		if (!aw_text_skip_past(&s, keys[i]))
			continue;
		aw_text_skip_char(&s, '"');
		for (start = s.p; s.p < s.end && !aw_is_space(*s.p) && *s.p != '"';)
			s.p++;
		aw_log_entry_text(&json->entry, "time", 4, start, (size_t)(s.p - start));
		return;
	}
}

bool aw_log_json_logfmt(struct aw_log_json *json, struct aw_text t, aw_log_entry_fn fn, void *ctx)
{
	static const char *const keys[] = { "msg=\"", "message=\"", "log=\"", "line=\"" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct aw_log_out out = { json->string, 0, sizeof(json->string) };
		struct aw_text s = t, before = t;

		if (!aw_text_skip_past(&s, keys[i]))
			continue;
		before.end = s.p - strlen(keys[i]);
		if (before.end > before.p && !aw_is_space(before.end[-1]))
			continue;
		s.p--;
		if (!aw_log_escapes_string(&s, &out))
			continue;
		aw_log_json_clear(json);
		logfmt_time(json, before);
		aw_log_entry_text(&json->entry, "message", 7, out.data, out.len);
		aw_log_entry_end(&json->entry, fn, ctx);
		return true;
	}
	return false;
}
