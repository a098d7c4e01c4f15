// SPDX-License-Identifier: GPL-2.0
/* Building the sentences of a verdict: bounded appending. */
#include "verdict/sentence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS "..."

void aw_sentence_start(struct aw_sentence *sentence, char *text, size_t size)
{
	sentence->text = text;
	sentence->size = size;
	sentence->len = 0;
	text[0] = '\0';
}

static void add_va(struct aw_sentence *sentence, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void add_va(struct aw_sentence *sentence, const char *format, va_list args)
{
	size_t room = sentence->size - sentence->len;
	int need;

	if (room <= 1)
		return;
	need = vsnprintf(sentence->text + sentence->len, room, format, args);
	if (need < 0) {
		sentence->text[sentence->len] = '\0';
		return;
	}
	if ((size_t)need < room) {
		sentence->len += (size_t)need;
		return;
	}
	sentence->len = sentence->size - 1;
	memcpy(sentence->text + sentence->len - strlen(ELLIPSIS), ELLIPSIS, sizeof(ELLIPSIS));
}

void aw_sentence_add(struct aw_sentence *sentence, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_va(sentence, format, args);
	va_end(args);
}

void aw_sentence_item(struct aw_sentence *sentence, const char *format, ...)
{
	va_list args;

	if (sentence->len)
		aw_sentence_add(sentence, ", ");
	va_start(args, format);
	add_va(sentence, format, args);
	va_end(args);
}

struct aw_words aw_words_bytes(uint64_t bytes)
{
	struct aw_words words;

	aw_format_bytes(bytes, words.s);
	return words;
}

struct aw_words aw_words_block(uint64_t bytes)
{
	struct aw_words words;

	aw_format_bytes_short(bytes, words.s);
	return words;
}

struct aw_words aw_words_time(uint64_t ns)
{
	struct aw_words words;

	aw_format_duration(ns, words.s);
	return words;
}
