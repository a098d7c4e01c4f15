// SPDX-License-Identifier: GPL-2.0
/*
 * Writes JSON as it is made, without a tree.
 */
#include "base/json_writer.h"

#include <errno.h>
#include <string.h>

#include "base/utf8.h"

void aw_json_free(struct aw_json *json)
{
	aw_bytes_free(&json->text);
}

/* An event has 350 values, and nearly always there is room: aw_bytes_grow() without its call. */
static inline char *reserve(struct aw_json *json, size_t size)
{
	struct aw_bytes *text = &json->text;

	if (text->failed || text->room - text->used < size)
		return (char *)aw_bytes_grow(text, size);
	text->used += size;
	return (char *)text->data + text->used - size;
}

static char *put(char *at, const char *text, size_t size)
{
	memcpy(at, text, size);
	return at + size;
}

/* Reserves `size` bytes for a value, and writes what comes before it. */
static char *begin_value(struct aw_json *json, const char *key, size_t size)
{
	size_t length = key ? strlen(key) : 0;
	char *at = reserve(json, json->comma + (key ? length + 3 : 0) + size);

	if (!at)
		return NULL;
	if (json->comma)
		*at++ = ',';
	json->comma = true;
	if (!key)
		return at;
	*at++ = '"';
	at = put(at, key, length);
	*at++ = '"';
	*at++ = ':';
	return at;
}

static void put_value(struct aw_json *json, const char *key, const char *text, size_t size)
{
	char *at = begin_value(json, key, size);

	if (at)
		memcpy(at, text, size);
}

/* ---- objects and arrays ---- */

static void open_value(struct aw_json *json, const char *key, const char *bracket)
{
	put_value(json, key, bracket, 1);
	json->comma = false;
}

static void close_value(struct aw_json *json, char bracket)
{
	char *at = reserve(json, 1);

	if (at)
		*at = bracket;
	json->comma = true;
}

void aw_json_object(struct aw_json *json, const char *key)
{
	open_value(json, key, "{");
}

void aw_json_object_end(struct aw_json *json)
{
	close_value(json, '}');
}

void aw_json_array(struct aw_json *json, const char *key)
{
	open_value(json, key, "[");
}

void aw_json_array_end(struct aw_json *json)
{
	close_value(json, ']');
}

/* ---- numbers ---- */

void aw_json_null(struct aw_json *json, const char *key)
{
	put_value(json, key, "null", 4);
}

void aw_json_bool(struct aw_json *json, const char *key, bool value)
{
	put_value(json, key, value ? "true" : "false", value ? 4 : 5);
}

void aw_json_integer(struct aw_json *json, const char *key, int64_t value)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char text[24], *end = text + sizeof(text), *at = end;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--at = '-';
	put_value(json, key, at, (size_t)(end - at));
}

void aw_json_number(struct aw_json *json, const char *key, uint64_t value)
{
	aw_json_integer(json, key, value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

void aw_json_known(struct aw_json *json, const char *key, bool known, uint64_t value)
{
	if (known)
		aw_json_number(json, key, value);
	else
		aw_json_null(json, key);
}

void aw_json_real(struct aw_json *json, const char *key, double value)
{
	char text[40];
	size_t length = (size_t)snprintf(text, sizeof(text) - 3, "%.12g", value);

	if (!strpbrk(text, ".e"))
		length = (size_t)(stpcpy(text + length, ".0") - text);
	put_value(json, key, text, length);
}

/* ---- texts ---- */

static void put_plain(struct aw_json *json, const char *key, const char *name, size_t length)
{
	char *at = begin_value(json, key, length + 2);

	if (!at)
		return;
	*at++ = '"';
	at = put(at, name, length);
	*at = '"';
}

void aw_json_name(struct aw_json *json, const char *key, const char *name)
{
	put_plain(json, key, name, strlen(name));
}

/* The number of bytes at the start of `text` that need no escape. */
static size_t plain_length(const char *text)
{
	static const bool plain[256] = {
		[' ' ... '"' - 1] = true, ['"' + 1 ... '\\' - 1] = true, ['\\' + 1 ... '~'] = true,
	};
	const unsigned char *at = (const unsigned char *)text;

	while (plain[at[0]] && plain[at[1]] && plain[at[2]] && plain[at[3]])
		at += 4;
	while (plain[*at])
		at++;
	return (size_t)((const char *)at - text);
}

static void put_unit(struct aw_json *json, unsigned int unit)
{
	char text[8];

	aw_put_bytes(&json->text, text, (size_t)snprintf(text, sizeof(text), "\\u%04X", unit));
}

/* UTF-16, as JSON has it; the control characters that have a letter are written with it. */
static void put_code(struct aw_json *json, uint32_t code)
{
	static const char controls[] = "\b\f\n\r\t", letters[] = "bfnrt";
	const char *control = code && code < 0x20 ? strchr(controls, (int)code) : NULL;
	const char escape[2] = { '\\', control ? letters[control - controls] : '\0' };

	if (control) {
		aw_put_bytes(&json->text, escape, sizeof(escape));
	} else if (code < 0x10000) {
		put_unit(json, code);
	} else {
		put_unit(json, 0xd800 + ((code - 0x10000) >> 10));
		put_unit(json, 0xdc00 + ((code - 0x10000) & 0x3ff));
	}
}

/* Escapes the character or byte at `text`; returns the number of bytes consumed. */
static size_t put_escaped(struct aw_json *json, const char *text)
{
	char piece[8];
	uint32_t code;
	size_t length = aw_utf8_decode(text, &code);

	if (!length || code == 0x7f) {
		aw_put_bytes(&json->text, piece, (size_t)snprintf(piece, sizeof(piece), "\\\\x%02x", (unsigned char)*text));
		return 1;
	}
	if (code == '"')
		aw_put_bytes(&json->text, "\\\"", 2);
	else if (code == '\\')
		aw_put_bytes(&json->text, "\\\\\\\\", 4);
	else
		put_code(json, code);
	return length;
}

static void put_quoted(struct aw_json *json, const char *text)
{
	aw_put_bytes(&json->text, "\"", 1);
	while (*text) {
		size_t plain = plain_length(text);

		aw_put_bytes(&json->text, text, plain);
		text += plain;
		if (*text)
			text += put_escaped(json, text);
	}
	aw_put_bytes(&json->text, "\"", 1);
}

void aw_json_text(struct aw_json *json, const char *key, const char *text)
{
	size_t plain = text ? plain_length(text) : 0;

	if (!text || !text[0]) {
		aw_json_null(json, key);
	} else if (!text[plain]) {
		put_plain(json, key, text, plain);
	} else {
		begin_value(json, key, 0);
		put_quoted(json, text);
	}
}

void aw_json_key(struct aw_json *json, const char *key)
{
	begin_value(json, NULL, 0);
	put_quoted(json, key);
	aw_put_bytes(&json->text, ":", 1);
	json->comma = false;
}

/* ---- out ---- */

void aw_json_line(struct aw_json *json)
{
	begin_value(json, NULL, 0);
	aw_put_bytes(&json->text, "\n", 1);
	json->comma = false;
}

int aw_json_flush(struct aw_json *json, FILE *out)
{
	if (json->text.failed)
		return -ENOMEM;
	fwrite(json->text.data, 1, json->text.used, out);
	json->text.used = 0;
	return 0;
}
