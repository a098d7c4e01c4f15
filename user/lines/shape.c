// SPDX-License-Identifier: GPL-2.0
/*
 * The shape of what stands in front of log lines.
 *
 * "web_1 | [   12.345678] " is a word, punctuation, a bracket; so is it on the
 * next line, whatever the time.  Digits match any digits ("host1", "09T04"),
 * and ':' matches '-', as grep writes one behind lines that match and the
 * other behind their neighbours.
 */
#include "lines/shape.h"

#include <string.h>

#include "base/cursor.h"

#define LONGEST_PREFIX 200
#define LONGEST_BRACKET 100

static bool is_word_byte(char c)
{
	return aw_is_word(c) || (unsigned char)c >= 0x80;
}

static char closing(char open)
{
	switch (open) {
	case '[': return ']';
	case '(': return ')';
	case '<': return '>';
	case '{': return '}';
	default: return '\0';
	}
}

/* Behind the bracket that closes the one at the cursor; NULL: none does. */
static const char *bracket_end(const struct aw_text *t)
{
	char open = *t->p, close = closing(open);

	for (const char *p = t->p + 1; close && p < t->end && p - t->p < LONGEST_BRACKET; p++) {
		if (*p == close)
			return p + 1;
		if (*p == open)
			return NULL;
	}
	return NULL;
}

static void take_word(struct aw_text *t, struct aw_log_shape_part *part)
{
	const char *start = t->p;
	bool digits = true;
	size_t len;

	for (; t->p < t->end && is_word_byte(*t->p); t->p++)
		digits = digits && aw_is_digit(*t->p);
	len = (size_t)(t->p - start);
	part->type = digits ? AW_LOG_SHAPE_NUMBER : AW_LOG_SHAPE_WORD_PART;
	part->any = digits || len > AW_LOG_SHAPE_WORD;
	part->len = (unsigned char)(part->any ? 0 : len);
	memcpy(part->word, start, part->len);
}

static void take_part(struct aw_text *t, struct aw_log_shape_part *part)
{
	const char *end;

	if (is_word_byte(*t->p)) {
		take_word(t, part);
		return;
	}
	part->sign = *t->p;
	end = bracket_end(t);
	part->type = end ? AW_LOG_SHAPE_BRACKET : AW_LOG_SHAPE_PUNCTUATION;
	t->p = end ? end : t->p + 1;
}

bool aw_log_shape_of(const char *text, size_t len, struct aw_log_shape *shape)
{
	struct aw_text t = aw_text_of(text, len);

	shape->count = 0;
	if (len > LONGEST_PREFIX)
		return false;
	for (aw_text_spaces(&t); t.p < t.end;) {
		struct aw_log_shape_part *part = &shape->part[shape->count];

		if (shape->count == AW_LOG_SHAPE_PARTS)
			return false;
		*part = (struct aw_log_shape_part){ 0 };
		take_part(&t, part);
		part->space = aw_text_spaces(&t);
		shape->count++;
	}
	return shape->count > 0;
}

static bool same_sign(char a, char b)
{
	return a == b || (a == ':' && b == '-') || (a == '-' && b == ':');
}

bool aw_log_shape_same(const struct aw_log_shape *a, const struct aw_log_shape *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned int i = 0; i < a->count; i++)
		if (a->part[i].type != b->part[i].type || !same_sign(a->part[i].sign, b->part[i].sign))
			return false;
	return true;
}

/* Equal but for the digits. */
static bool same_word(const struct aw_log_shape_part *part, const char *word, size_t len)
{
	if (part->len != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (part->word[i] != word[i] && !(aw_is_digit(part->word[i]) && aw_is_digit(word[i])))
			return false;
	return true;
}

void aw_log_shape_widen(struct aw_log_shape *shape, const struct aw_log_shape *other)
{
	for (unsigned int i = 0; i < shape->count; i++) {
		struct aw_log_shape_part *part = &shape->part[i];

		part->space = part->space && other->part[i].space;
		if (part->type == AW_LOG_SHAPE_WORD_PART && (other->part[i].any ||
		    !same_word(part, other->part[i].word, other->part[i].len)))
			part->any = true;
	}
}

static bool match_word(const struct aw_log_shape_part *part, struct aw_text *t)
{
	const char *start = t->p;

	while (t->p < t->end && is_word_byte(*t->p) && (part->type != AW_LOG_SHAPE_NUMBER || aw_is_digit(*t->p)))
		t->p++;
	if (t->p == start || (t->p < t->end && is_word_byte(*t->p)))
		return false;
	return part->any || same_word(part, start, (size_t)(t->p - start));
}

static bool match_part(const struct aw_log_shape_part *part, struct aw_text *t)
{
	const char *end;

	if (t->p == t->end)
		return false;
	if (part->type == AW_LOG_SHAPE_NUMBER || part->type == AW_LOG_SHAPE_WORD_PART)
		return match_word(part, t);
	if (!same_sign(*t->p, part->sign))
		return false;
	end = part->type == AW_LOG_SHAPE_BRACKET ? bracket_end(t) : t->p + 1;
	if (!end)
		return false;
	t->p = end;
	return true;
}

size_t aw_log_shape_match(const struct aw_log_shape *shape, const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);

	for (unsigned int i = 0; i < shape->count; i++) {
		aw_text_spaces(&t);
		if (!match_part(&shape->part[i], &t))
			return 0;
	}
	aw_text_spaces(&t);
	return (size_t)(t.p - text);
}

static bool is_constant(const struct aw_log_shape_part *part)
{
	return part->type == AW_LOG_SHAPE_PUNCTUATION || (part->type == AW_LOG_SHAPE_WORD_PART && !part->any);
}

size_t aw_log_shape_match_front(const struct aw_log_shape *shape, const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);
	const char *end = text;

	for (unsigned int i = 0; i < shape->count && is_constant(&shape->part[i]); i++) {
		aw_text_spaces(&t);
		if (!match_part(&shape->part[i], &t) || (shape->part[i].space && t.p < t.end && !aw_is_space(*t.p)))
			break;
		end = t.p;
	}
	return (size_t)(end - text);
}
