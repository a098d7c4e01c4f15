// SPDX-License-Identifier: GPL-2.0
/*
 * Putting the pieces of a line together.
 */
#include "klog/join.h"

#include <string.h>

#include "klog/wrap.h"

/* Line `i` was added to the first: its width is that of the last piece. */
static void swallow(struct aw_klog_window *window, unsigned int i)
{
	aw_klog_wrap_note(window, window->line[0], window->line[i]);
	window->line[0]->len = window->line[i]->len;
	window->line[0]->space = window->line[i]->space;
	aw_klog_window_drop(window, i);
}

/* What a line adds to the one before: a '>' at its start is no quote's if that one has none. */
static const struct aw_text *rest_in(const struct aw_klog_slot *slot, const struct aw_klog_line *next)
{
	bool quoted = aw_text_at(&next->raw, 0) == '>' && slot->text[0] != '>' && !next->prefixed;

	return quoted ? &next->raw : &next->text;
}

/* Appends line `i` behind `gap`, after `drop` bytes were taken off. */
static bool append(struct aw_klog_window *window, size_t drop, const char *gap, unsigned int i)
{
	struct aw_klog_slot *slot = window->line[0];
	const struct aw_text *next = rest_in(slot, &window->line[i]->line);

	aw_klog_slot_shorten(slot, drop);
	return aw_klog_slot_append(slot, gap, strlen(gap)) && aw_klog_slot_append(slot, next->p, aw_text_left(next));
}

bool aw_klog_join(struct aw_klog_window *window, size_t drop, const char *gap, unsigned int i)
{
	struct aw_klog_line *line = &window->line[0]->line;
	bool hyphen = drop && line->text.end[-1] == '-';

	if (!append(window, drop, gap, i))
		return false;
	window->wrapped.hyphens = window->wrapped.hyphens || hyphen;
	line->has_word = aw_log_words_find(window->words, line->text.p, line->text.end);
	swallow(window, i);
	return true;
}

/* A character at the end that the wrap put there. */
size_t aw_klog_extra_at_end(const struct aw_text *text)
{
	return text->p < text->end && strchr("-=\\", text->end[-1]) ? 1 : 0;
}

/* The rank that the first line would have with line `i` behind it; nothing is changed. */
static int rank_of(struct aw_klog_window *window, size_t drop, const char *gap, unsigned int i, aw_klog_rank_fn rank)
{
	struct aw_klog_slot *slot = window->line[0];
	const char last = slot->line.text.p < slot->line.text.end ? slot->line.text.end[-1] : '\0';
	size_t len = aw_text_left(&slot->line.text);
	int got = append(window, drop, gap, i) ? rank(&slot->line) : 0;

	aw_klog_slot_shorten(slot, aw_text_left(&slot->line.text) - len + drop);
	if (drop)
		aw_klog_slot_append(slot, &last, 1);
	return got;
}

/* Is the sign at the end rather the wrap's than the log's?  A hyphen is, if others were. */
static bool drop_first(const struct aw_klog_window *window, char last)
{
	return last != '-' || window->wrapped.hyphens;
}

/*
 * Joins line `i` in the way that makes most of both, when that is more than
 * `least`; of ways that make as much, as the log is wrapped elsewhere.
 */
bool aw_klog_join_best(struct aw_klog_window *window, unsigned int i, aw_klog_rank_fn rank, int least)
{
	const struct aw_text *text = &window->line[0]->line.text;
	/* a hyphen stands within a word */
	const char *usual = aw_text_left(text) && text->end[-1] == '-' ? "" : aw_klog_wrap_gap(window);
	const char *const gaps[] = { usual, *usual ? "" : " " };
	size_t extra = aw_klog_extra_at_end(text), drop = 0;
	const char *best = NULL;

	for (size_t way = 0; way < 2 + 2 * extra; way++) {
		size_t off = extra && drop_first(window, text->end[-1]) ? way < 2 : way / 2;
		int got = rank_of(window, off, gaps[way % 2], i, rank);

		if (got <= least)
			continue;
		least = got;
		best = gaps[way % 2];
		drop = off;
	}
	return best && aw_klog_join(window, drop, best, i);
}
