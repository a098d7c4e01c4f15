// SPDX-License-Identifier: GPL-2.0
/*
 * Wraps text into lines of a given width.
 */
#include "base/wrap.h"

#include <string.h>

static void new_line(struct aw_wrap *wrap)
{
	fprintf(wrap->out, "\n%s%*s", wrap->mark ? wrap->mark : "", (int)wrap->indent, "");
	wrap->column = wrap->indent;
	wrap->blanks = 0;
	wrap->written = false;
}

/* The number of columns left for the word; 0: none, or no room for the blank before it. */
static size_t room(const struct aw_wrap *wrap)
{
	unsigned int taken = wrap->column + wrap->blanks;

	return wrap->width > taken ? wrap->width - taken : 0;
}

static void put(struct aw_wrap *wrap, const char *text, size_t length)
{
	fprintf(wrap->out, "%*s%.*s", (int)wrap->blanks, "", (int)length, text);
	wrap->column += wrap->blanks + (unsigned int)length;
	wrap->blanks = 0;
	wrap->written = true;
}

/* Writes the pending word, on a new line if it does not fit. */
static void put_word(struct aw_wrap *wrap)
{
	const char *word = wrap->word;
	size_t length = wrap->length;

	wrap->length = 0;
	if (!length)
		return;
	if (wrap->width && length > room(wrap) && wrap->written)
		new_line(wrap);
	while (wrap->cut && wrap->width > wrap->indent && length > room(wrap)) {
		size_t part = room(wrap);

		put(wrap, word, part);
		new_line(wrap);
		word += part;
		length -= part;
	}
	put(wrap, word, length);
}

static void add(struct aw_wrap *wrap, char byte)
{
	if (wrap->length == sizeof(wrap->word))
		put_word(wrap);
	wrap->word[wrap->length++] = byte;
}

void aw_wrap_bytes(struct aw_wrap *wrap, const char *text, size_t length)
{
	for (const char *p = text, *end = text + length; p < end; p++) {
		if (*p == ' ') {
			put_word(wrap);
			wrap->blanks++;
			continue;
		}
		add(wrap, *p);
		if (*p == '|')
			put_word(wrap);
	}
}

void aw_wrap_text(struct aw_wrap *wrap, const char *text)
{
	aw_wrap_bytes(wrap, text, strlen(text));
}

void aw_wrap_whole(struct aw_wrap *wrap, const char *text)
{
	for (; *text; text++)
		add(wrap, *text);
}

void aw_wrap_label(struct aw_wrap *wrap, const char *label)
{
	fprintf(wrap->out, "%*s%-*s", AW_LABEL_INDENT, "", AW_LABEL_COLUMN - AW_LABEL_INDENT, label);
	wrap->column = wrap->indent = AW_LABEL_COLUMN;
	wrap->blanks = 0;
	wrap->written = false;
}

void aw_wrap_end(struct aw_wrap *wrap)
{
	put_word(wrap);
	fputc('\n', wrap->out);
	wrap->column = wrap->blanks = 0;
	wrap->written = false;
}

void aw_wrap_row(FILE *out, const char *label, const char *text, unsigned int width)
{
	struct aw_wrap wrap = { .out = out, .width = width };

	aw_wrap_label(&wrap, label);
	aw_wrap_text(&wrap, text);
	aw_wrap_end(&wrap);
}
