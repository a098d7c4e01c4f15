// SPDX-License-Identifier: GPL-2.0
/*
 * How the lines of a log are wrapped: at which column, in words or between
 * them, with which indent.
 */
#include "klog/wrap.h"

#include <string.h>

#define LONGEST_WORD 24		/* a word that did not fit on the line */
#define SURE_JOINS 3		/* pieces, all as wide, that prove a wrap at a column */
#define LONG_WORD 32		/* a word that a line is too short for */

/* Spaces in front of a line's text; one behind a quote's mark is not counted. */
static unsigned int indent_of(const struct aw_klog_slot *slot)
{
	const char *p = slot->line.text.p;
	unsigned int count = 0;

	while (p > slot->text && aw_is_space(p[-1])) {
		p--;
		count++;
	}
	return count && p > slot->text ? count - 1 : count;
}

/* A piece before the last shows the column of the wrap, unless it broke between spaces. */
void aw_klog_wrap_note(struct aw_klog_window *window, const struct aw_klog_slot *slot, const struct aw_klog_slot *next)
{
	unsigned int indent = indent_of(next);

	if (!window->wrapped.any || indent < window->wrapped.indent)
		window->wrapped.indent = indent;
	window->wrapped.any = true;
	if (indent > window->wrapped.indent)
		return;
	if (slot->len > window->wrapped.most)
		window->wrapped.most = slot->len;
	window->wrapped.joins++;
	window->wrapped.full += slot->len + 1 >= window->wrapped.most;
}

/* A line is as wide as those around it, so that the next one, which has no prefix, may be its rest. */
static bool may_be_piece(const struct aw_klog_window *window, unsigned int i)
{
	const struct aw_klog_slot *slot = window->line[i], *next = window->line[i + 1];

	return slot->len >= AW_KLOG_LEAST_WIDTH && !next->line.prefixed && !slot->line.has_word && !next->line.has_word;
}

void aw_klog_wrap_survey(struct aw_klog_window *window)
{
	bool prefixed = window->line[0]->line.prefixed;

	memset(&window->wrapped, 0, sizeof(window->wrapped));
	for (unsigned int i = 0; prefixed && i + 1 < window->count; i++)
		if (may_be_piece(window, i))
			aw_klog_wrap_note(window, window->line[i], window->line[i + 1]);
	/* too few may be anything */
	if (window->wrapped.joins < SURE_JOINS)
		memset(&window->wrapped, 0, sizeof(window->wrapped));
	window->wrapped.any = false;
}

/* The column of the wrap, as far as it is known by now; 0: not at all. */
static size_t column(const struct aw_klog_window *window)
{
	size_t most = window->wrapped.most;

	/* a space at the column is gone */
	return most && window->width.most == most + 1 ? most + 1 : most;
}

size_t aw_klog_last_word(const struct aw_text *text)
{
	const char *space = memrchr(text->p, ' ', aw_text_left(text));

	return (size_t)(text->end - (space ? space + 1 : text->p));
}

/* "8192" and "total pages": only a unit follows a number without a space. */
static bool is_number_and_word(const struct aw_text *text, const struct aw_text *next)
{
	char last = text->p < text->end ? text->end[-1] : '\0', c = aw_text_at(next, 0);

	return aw_is_digit(last) && aw_is_alpha(c) && !strchr("kKB", c);
}

/*
 * What a wrap behind this piece took: nothing where all pieces are as wide as
 * the column, a space where they end with a word.
 */
const char *aw_klog_wrap_gap(const struct aw_klog_window *window)
{
	const struct aw_klog_slot *slot = window->line[0], *next = window->line[1];

	if (slot->space || (window->wrapped.any && indent_of(next) > window->wrapped.indent) || is_number_and_word(&slot->line.text, &next->line.text))
		return " ";
	if (!window->wrapped.joins)
		return slot->len == window->width.most ? "" : " ";
	/* too long a word for a line is broken wherever words are kept */
	if (slot->len >= window->wrapped.most && aw_klog_last_word(&slot->line.text) >= LONG_WORD)
		return "";
	return 4 * window->wrapped.full >= 3 * window->wrapped.joins && slot->len == column(window) ? "" : " ";
}

bool aw_klog_wrap_is_wide(const struct aw_klog_window *window, const struct aw_klog_slot *slot)
{
	return column(window) >= AW_KLOG_LEAST_WIDTH && slot->len + LONGEST_WORD >= column(window) && slot->len <= column(window);
}

/* Is it certain whether the wrap broke a number, or took a space? */
bool aw_klog_wrap_is_sure(const struct aw_klog_window *window, const struct aw_klog_slot *slot)
{
	if (window->wrapped.joins && slot->len + 1 < window->wrapped.most)
		return true;	/* too narrow for a break in a word */
	if (window->wrapped.joins < SURE_JOINS)
		return false;
	/* at a column all pieces are as wide, between words few are */
	return window->wrapped.full == window->wrapped.joins || 4 * window->wrapped.full <= window->wrapped.joins;
}
