// SPDX-License-Identifier: GPL-2.0
/*
 * Text as programming languages and loggers write it inside a line.
 */
#include "lines/escapes.h"

#include "base/array.h"

static const struct {
	char letter, byte;
} letters[] = {
	{ 'n', '\n' }, { 'r', '\r' }, { 't', '\t' }, { 'b', '\b' }, { 'f', '\f' }, { 'v', '\v' }, { 'a', '\a' },
	{ 'e', '\033' }, { '0', '\0' }, { '"', '"' }, { '\'', '\'' }, { '\\', '\\' }, { '/', '/' },
};

static bool simple(char letter, char *byte)
{
	for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
		if (letters[i].letter == letter) {
			*byte = letters[i].byte;
			return true;
		}
	return false;
}

static bool hex(struct aw_text *t, int digits, uint32_t *value)
{
	struct aw_text s = *t;
	uint32_t v = 0;

	for (int i = 0; i < digits; i++, s.p++) {
		int digit = aw_hex_digit(aw_text_at(&s, 0));

		if (digit < 0)
			return false;
		v = v << 4 | (uint32_t)digit;
	}
	*value = v;
	*t = s;
	return true;
}

/* Behind "\u": a character, or the first half of one whose second half follows. */
static bool unicode(struct aw_text *t, uint32_t *code)
{
	struct aw_text s;
	uint32_t low;

	if (!hex(t, 4, code))
		return false;
	s = *t;
	if (*code >= 0xd800 && *code < 0xdc00 && aw_text_skip(&s, "\\u") && hex(&s, 4, &low) &&
	    low >= 0xdc00 && low < 0xe000) {
		*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
		*t = s;
	}
	return true;
}

void aw_log_escapes_one(struct aw_text *t, struct aw_log_out *out)
{
	struct aw_text s = { t->p + 1, t->end };
	uint32_t code;
	char byte;

	if (aw_text_skip_char(&s, 'u') && unicode(&s, &code)) {
		aw_log_out_code(out, code);
		t->p = s.p;
		return;
	}
	s.p = t->p + 1;
	if (aw_text_skip_char(&s, 'x') && hex(&s, 2, &code)) {
		aw_log_out_byte(out, (char)code);
		t->p = s.p;
		return;
	}
	if (aw_text_left(t) >= 2 && simple(t->p[1], &byte)) {
		aw_log_out_byte(out, byte);
		t->p += 2;
		return;
	}
	aw_log_out_byte(out, *t->p++);
}

bool aw_log_escapes_string(struct aw_text *t, struct aw_log_out *out)
{
	char quote = *t->p++;

	while (t->p < t->end && *t->p != quote) {
		if (*t->p == '\\')
			aw_log_escapes_one(t, out);
		else
			aw_log_out_byte(out, *t->p++);
	}
	return aw_text_skip_char(t, quote);
}

/* rsyslog writes control characters as three octal digits. */
static bool rsyslog(struct aw_text *t, char *byte)
{
	static const struct { const char *text; char byte; } codes[] = {
		{ "#012", '\n' }, { "#015", '\r' }, { "#011", '\t' },
	};

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (aw_text_skip(t, codes[i].text)) {
			*byte = codes[i].byte;
			return true;
		}
	return false;
}

/* "...\n", perhaps with a closing quote and a comma behind it */
static bool ends_in_escape(struct aw_text t)
{
	while (t.end > t.p && strchr("\"',;)+ \\", t.end[-1]) && t.end[-1])
		t.end--;
	return aw_text_left(&t) >= 2 && t.end[-1] == 'n' && t.end[-2] == '\\';
}

bool aw_log_escapes_fold(const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);
	int count = 0;

	if (!memchr(text, '\\', len))
		return aw_text_find(&t, "#012");
	while (aw_text_skip_past(&t, "\\n"))
		count++;
	t = aw_text_of(text, len);
	return count >= 2 || aw_text_find(&t, "#012") || ends_in_escape(t);
}

void aw_log_escapes_undo(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);
	char byte;

	while (t.p < t.end) {
		if (*t.p == '\\')
			aw_log_escapes_one(&t, out);
		else if (*t.p == '#' && rsyslog(&t, &byte))
			aw_log_out_byte(out, byte);
		else
			aw_log_out_byte(out, *t.p++);
	}
}

static bool is_marked_up(struct aw_text t)
{
	static const char *const signs[] = { "\\_", "\\[", "\\*", "\\|", "\\<" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (aw_text_find(&t, signs[i]))
			return true;
	return false;
}

bool aw_log_escapes_markdown(const char *text, size_t len, struct aw_log_out *out)
{
	struct aw_text t = aw_text_of(text, len);
	bool row;

	aw_text_trim(&t);
	row = aw_text_left(&t) > 4 && *t.p == '|' && t.end[-1] == '|' && aw_is_space(t.end[-2]);
	if (!row && !is_marked_up(t))
		return false;
	if (row) {
		t.p++;
		t.end--;
		aw_text_trim(&t);
	}
	for (; t.p < t.end; t.p++) {
		if (*t.p == '\\' && t.p + 1 < t.end && strchr("_[]*|<>#+-.()`!{}", t.p[1]) && t.p[1])
			t.p++;
		aw_log_out_byte(out, *t.p);
	}
	return true;
}
