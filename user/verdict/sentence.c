// SPDX-License-Identifier: GPL-2.0
/* Building the sentences of a verdict: bounded appending. */
#include "verdict/sentence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS "..."

void aw_sentence_start(struct aw_sentence *s, char *text, size_t size)
{
	s->text = text;
	s->size = size;
	s->len = 0;
	text[0] = '\0';
}

static void add_va(struct aw_sentence *s, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void add_va(struct aw_sentence *s, const char *format, va_list args)
{
	size_t room = s->size - s->len;
	int need;

	if (room <= 1)
		return;
	need = vsnprintf(s->text + s->len, room, format, args);
	if (need < 0) {
		s->text[s->len] = '\0';
		return;
	}
	if ((size_t)need < room) {
		s->len += (size_t)need;
		return;
	}
	s->len = s->size - 1;
	memcpy(s->text + s->len - strlen(ELLIPSIS), ELLIPSIS, sizeof(ELLIPSIS));
}

void aw_sentence_add(struct aw_sentence *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_va(s, format, args);
	va_end(args);
}

void aw_sentence_item(struct aw_sentence *s, const char *format, ...)
{
	va_list args;

	if (s->len)
		aw_sentence_add(s, ", ");
	va_start(args, format);
	add_va(s, format, args);
	va_end(args);
}

struct aw_words aw_words_bytes(uint64_t bytes)
{
	struct aw_words w;

	aw_format_bytes(bytes, w.s);
	return w;
}

struct aw_words aw_words_block(uint64_t bytes)
{
	struct aw_words w;

	aw_format_bytes_short(bytes, w.s);
	return w;
}

struct aw_words aw_words_time(uint64_t ns)
{
	struct aw_words w;

	aw_format_duration(ns, w.s);
	return w;
}
