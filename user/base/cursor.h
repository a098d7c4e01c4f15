/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A cursor over text that is not NUL-terminated: every step checks the end.
 */
#ifndef AW_BASE_CURSOR_H
#define AW_BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct aw_text {
	const char *p;
	const char *end;
};

static inline struct aw_text aw_text_of(const char *p, size_t len)
{
	return (struct aw_text){ p, p + len };
}

static inline size_t aw_text_left(const struct aw_text *t)
{
	return (size_t)(t->end - t->p);
}

/* The byte `ahead` of the cursor, '\0' past the end. */
static inline char aw_text_at(const struct aw_text *t, size_t ahead)
{
	return ahead < aw_text_left(t) ? t->p[ahead] : '\0';
}

static inline bool aw_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool aw_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline int aw_hex_digit(char c)
{
	if (aw_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* As the kernel prints addresses and masks. */
static inline bool aw_is_lower_hex(char c)
{
	return aw_is_digit(c) || (c >= 'a' && c <= 'f');
}

static inline bool aw_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static inline bool aw_is_word(char c)
{
	return aw_is_alpha(c) || aw_is_digit(c) || c == '_';
}

static inline bool aw_text_starts(const struct aw_text *t, const char *literal)
{
	size_t n;

	if (t->p == t->end || *t->p != *literal)
		return !*literal;	/* most often no */
	n = strlen(literal);
	return aw_text_left(t) >= n && !memcmp(t->p, literal, n);
}

/* Steps over `literal`; false and no step when something else stands there. */
static inline bool aw_text_skip(struct aw_text *t, const char *literal)
{
	if (!aw_text_starts(t, literal))
		return false;
	t->p += strlen(literal);
	return true;
}

static inline bool aw_text_skip_char(struct aw_text *t, char c)
{
	if (t->p >= t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

static inline size_t aw_text_spaces(struct aw_text *t)
{
	const char *start = t->p;

	while (t->p < t->end && aw_is_space(*t->p))
		t->p++;
	return (size_t)(t->p - start);
}

/* Decimal; saturates.  False: no digit here. */
static inline bool aw_text_u64(struct aw_text *t, uint64_t *value)
{
	uint64_t v = 0;

	if (!aw_is_digit(aw_text_at(t, 0)))
		return false;
	for (; t->p < t->end && aw_is_digit(*t->p); t->p++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(*t->p - '0'), &v))
			v = UINT64_MAX;
	*value = v;
	return true;
}

/* Hexadecimal with or without 0x; saturates.  False: no digit here. */
static inline bool aw_text_hex(struct aw_text *t, uint64_t *value)
{
	struct aw_text s = *t;
	uint64_t v = 0;

	if (!aw_text_skip(&s, "0x"))
		aw_text_skip(&s, "0X");
	if (aw_hex_digit(aw_text_at(&s, 0)) < 0)
		return false;
	for (; s.p < s.end && aw_hex_digit(*s.p) >= 0; s.p++)
		v = v >> 60 ? UINT64_MAX : v << 4 | (uint64_t)aw_hex_digit(*s.p);
	*value = v;
	*t = s;
	return true;
}

/* Where `needle` begins at or after the cursor; NULL. */
static inline const char *aw_text_find(const struct aw_text *t, const char *needle)
{
	return memmem(t->p, aw_text_left(t), needle, strlen(needle));
}

/* Steps behind the next `needle`; false and no step when there is none. */
static inline bool aw_text_skip_past(struct aw_text *t, const char *needle)
{
	const char *found = aw_text_find(t, needle);

	if (!found)
		return false;
	t->p = found + strlen(needle);
	return true;
}

static inline void aw_text_trim(struct aw_text *t)
{
	aw_text_spaces(t);
	while (t->end > t->p && (aw_is_space(t->end[-1]) || t->end[-1] == '\0'))
		t->end--;
}

/* Copies with an end: at most size - 1 bytes and a NUL. */
static inline void aw_text_copy(char *to, size_t size, const char *from, size_t len)
{
	if (len >= size)
		len = size - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

#endif
