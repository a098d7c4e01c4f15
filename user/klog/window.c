// SPDX-License-Identifier: GPL-2.0
/*
 * The next lines of a log, looked at together.
 */
#include "klog/window.h"

#include <string.h>

#include "base/array.h"
#include "klog/goes_on.h"
#include "klog/meminfo.h"
#include "klog/task.h"
#include "klog/trace.h"
#include "klog/wrap.h"

#define LEAST_CUT 60		/* bytes; nobody cuts lines at less */
#define LOOK_FOR_BODY 12	/* lines behind a header where its body must show */

/* Widths of terminals and pages: fewer lines need to end there. */
static const size_t usual_widths[] = { 79, 80, 100, 119, 120, 127, 128, 131, 132, 159, 160 };

void aw_klog_window_init(struct aw_klog_window *window, const struct aw_log_words *words,
			 const struct aw_log_words *begins)
{
	window->words = words;
	window->begins = begins;
	for (unsigned int i = 0; i < AW_KLOG_AHEAD; i++)
		window->line[i] = &window->slots[i];
	aw_klog_window_clear(window);
}

void aw_klog_window_clear(struct aw_klog_window *window)
{
	window->count = window->columns = 0;
	window->alone.any = window->blank = false;
	window->prefix.shape.count = 0;
	window->width.most = window->width_before.most = 0;
	memset(&window->wrapped, 0, sizeof(window->wrapped));
}

static struct aw_klog_ids ids_of(const struct aw_klog_line *line)
{
	return (struct aw_klog_ids){
		.any = true, .mono_us = line->mono_us, .wall_us = line->wall_us, .tid = line->tid, .cpu = line->cpu,
		.wall_has_year = line->wall_has_year, .logcat = line->logcat,
	};
}

/* A wrap left nothing but the prefix on the line before. */
static void take_ids(struct aw_klog_line *line, const struct aw_klog_ids *ids)
{
	line->mono_us = ids->mono_us;
	line->wall_us = ids->wall_us;
	line->wall_has_year = ids->wall_has_year;
	line->tid = ids->tid;
	line->cpu = ids->cpu;
	line->logcat = ids->logcat;
	line->prefixed = true;
}

static void parse(struct aw_klog_window *window, struct aw_klog_slot *slot)
{
	struct aw_klog_line *line = &slot->line;

	aw_klog_prefix_parse(&window->prefix, slot->text, slot->len, line);
	if (line->mono_us < 0)
		line->mono_us = slot->times.mono_us;
	if (line->wall_us < 0) {
		line->wall_us = slot->times.wall_us;
		line->wall_has_year = slot->times.wall_has_year;
	}
	if (slot->times.mono_us >= 0 || slot->times.wall_us >= 0)
		line->prefixed = true;
	if (slot->ids.any && !line->prefixed)
		take_ids(line, &slot->ids);
	line->has_word = aw_log_words_find(window->words, line->text.p, line->text.end);
	line->may_begin = aw_log_words_find(window->begins, line->text.p, line->text.end);
}

void aw_klog_window_parse_again(struct aw_klog_window *window, struct aw_klog_slot *slot)
{
	size_t len = slot->len;

	slot->len = (size_t)(slot->line.raw.end - slot->text);
	parse(window, slot);
	slot->len = len;
}

bool aw_klog_window_open_bracket(struct aw_klog_window *window, struct aw_klog_slot *slot)
{
	size_t at = (size_t)(slot->line.text.p - slot->text);

	if (slot->len == sizeof(slot->text))
		return false;
	memmove(slot->text + at + 1, slot->text + at, slot->len - at);
	slot->text[at] = '[';
	slot->len++;
	parse(window, slot);
	return true;
}

/* Blanks up to the column: nothing of the line is missing. */
static bool is_padded(const struct aw_klog_slot *slot)
{
	return slot->len > 2 && slot->text[slot->len - 1] == ' ' && slot->text[slot->len - 2] == ' ';
}

/* `len`: of the line, of which the slot holds the end. */
static void measure_as(struct aw_klog_width *width, const struct aw_klog_slot *slot, size_t len)
{
	size_t have = slot->len < AW_KLOG_END ? slot->len : AW_KLOG_END;
	char end[AW_KLOG_END] = { 0 };

	if (len < AW_KLOG_END || len < width->most || is_padded(slot))
		return;
	memcpy(end, slot->text + slot->len - have, have);
	if (len > width->most)
		width->nr_ends = 0;
	width->most = len;
	for (unsigned int i = 0; i < width->nr_ends; i++)
		if (!memcmp(width->ends[i], end, AW_KLOG_END))
			return;
	if (width->nr_ends < AW_KLOG_ENDS)
		memcpy(width->ends[width->nr_ends++], end, AW_KLOG_END);
}

static void measure(struct aw_klog_width *width, const struct aw_klog_slot *slot)
{
	measure_as(width, slot, slot->len);
}

/* Nothing but a prefix, and the ':' that ends it. */
static bool is_blank(const struct aw_text *text)
{
	return !aw_text_left(text) || (aw_text_left(text) == 1 && *text->p == ':');
}

void aw_klog_window_push(struct aw_klog_window *window, const struct aw_log_line *line)
{
	struct aw_klog_slot *slot = window->line[window->count++];

	slot->len = line->len < sizeof(slot->text) ? line->len : sizeof(slot->text);
	memcpy(slot->text, line->text, slot->len);
	slot->space = slot->len && aw_is_space(slot->text[slot->len - 1]);
	slot->times = line->times;
	slot->number = line->number;
	slot->ids = window->alone;
	window->alone.any = false;
	parse(window, slot);
	if (is_blank(&slot->line.text)) {
		if (slot->line.prefixed)
			window->alone = ids_of(&slot->line);
		window->blank = true;
		window->count--;
	} else {
		slot->after_blank = window->blank;
		window->blank = false;
		measure(&window->width, slot);
	}
}

void aw_klog_window_drop(struct aw_klog_window *window, unsigned int i)
{
	struct aw_klog_slot *slot = window->line[i];

	window->count--;
	memmove(&window->line[i], &window->line[i + 1], (window->count - i) * sizeof(window->line[0]));
	window->line[window->count] = slot;
}

bool aw_klog_window_hopes(const struct aw_klog_window *window)
{
	for (unsigned int i = 0; i < window->count; i++)
		if (window->line[i]->line.has_word || window->line[i]->line.may_begin)
			return true;
	return false;
}

/* A line of a report that begins as it should. */
static bool is_body(const struct aw_klog_line *line)
{
	struct aw_klog_task task;
	struct aw_klog_trace_line trace;
	struct aw_klog_zone zone;

	if (line->found)
		return false;
	if (aw_klog_task(line, &task) || aw_klog_trace(line, &trace))
		return true;
	switch (aw_klog_mem_line(&line->text, &zone)) {
	case AW_KLOG_MEM_NONE:
	case AW_KLOG_MEM_OTHER:		/* behind a number, it may be anything with " free:" in it */
		return false;
	default:
		return true;
	}
}

static bool shows_body(const struct aw_klog_window *window)
{
	unsigned int found = 0;

	for (unsigned int i = 1; i < window->count && i <= LOOK_FOR_BODY && found < 2; i++)
		found += is_body(&window->line[i]->line);
	return found == 2;
}

static void measure_all(struct aw_klog_window *window)
{
	window->width_before = window->width;
	window->width.most = 0;
	for (unsigned int i = 0; i < window->count; i++)
		measure(&window->width, window->line[i]);
}

/* Other lines with such words do not begin anything; a torn header does, and its mask is on the next line. */
static bool begins(const struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line;

	return line->may_begin || aw_klog_header_rank(line) || (window->count > 1 && window->line[1]->line.has_word);
}

void aw_klog_window_learn(struct aw_klog_window *window)
{
	struct aw_klog_lesson lesson = { 0 };
	struct aw_klog_prefix learned;

	if (!begins(window))
		return;
	measure_all(window);
	aw_klog_wrap_survey(window);
	if (shows_body(window))
		return;
	for (unsigned int i = 0; i < window->count; i++) {
		struct aw_klog_line line;

		aw_klog_line_parse_known(window->line[i]->text, window->line[i]->len, &line);
		aw_klog_lesson_line(&lesson, &line.text);
	}
	if (!aw_klog_lesson_end(&lesson, &window->line[0]->line.text, &learned))
		return;
	window->prefix = learned;
	for (unsigned int i = 0; i < window->count; i++)
		parse(window, window->line[i]);
}

/* Do all long lines end at this column, and not because they say the same? */
static bool is_column(const struct aw_klog_width *width, size_t len)
{
	if (len != width->most || width->nr_ends < 2)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(usual_widths); i++)
		if (len == usual_widths[i])
			return true;
	return width->nr_ends == AW_KLOG_ENDS;
}

/* "ret: -12": what cma_alloc() returns has two digits */
static bool has_error(const struct aw_text *text)
{
	struct aw_text t = *text;
	uint64_t error;

	return aw_text_skip_past(&t, "req-size: ") && aw_text_skip_past(&t, " pages, ret: -") && aw_text_left(&t) >= 2 &&
	       aw_text_u64(&t, &error) && t.p == t.end;
}

/* Of arm: "[<c01c9a3c>] (warn_alloc) from [<c01f8044>] (__vmalloc_node_range+0x228/0x234)" */
static bool is_closed_pair(const struct aw_text *text)
{
	struct aw_text t = *text;

	return aw_text_starts(&t, "[<") && aw_text_skip_past(&t, ") from [<") && aw_text_skip_past(&t, "+0x") && t.end[-1] == ')';
}

/* The end of a header, in digits: nothing tells half of them from the whole, so less has to do. */
static bool is_doubtful(const struct aw_klog_slot *slot)
{
	return slot->line.has_word && slot->len >= LEAST_CUT && slot->line.text.end > slot->line.text.p && aw_hex_digit(slot->line.text.end[-1]) >= 0;
}

bool aw_klog_window_is_cut(const struct aw_klog_window *window, const struct aw_klog_slot *slot)
{
	const struct aw_klog_width *width = &window->width, *before = &window->width_before;
	const struct aw_text *text = &slot->line.raw;

	if (aw_text_left(text) >= 3 && !memcmp(text->end - 3, "\xe2\x80\xa6", 3))	/* an ellipsis */
		return true;
	if (is_padded(slot) || has_error(&slot->line.text) || is_closed_pair(&slot->line.text))
		return false;
	if (is_doubtful(slot) && ((slot->len == width->most && width->nr_ends > 1) ||
				  (slot->len == before->most && before->nr_ends > 1)))
		return true;
	return is_column(width, slot->len) || is_column(before, slot->len);
}

/* Did the wrap put a hyphen behind this piece? */
static bool has_hyphen(const struct aw_klog_window *window, const struct aw_klog_slot *slot)
{
	return window->wrapped.hyphens && slot->len && slot->text[slot->len - 1] == '-';
}

/* Lines as long as they were before a wrap that took `gap` bytes at each break, or put a hyphen in. */
static void measure_unwrapped(const struct aw_klog_window *window, size_t gap, struct aw_klog_width *width)
{
	width->most = 0;
	for (unsigned int i = 1; i < window->count; i++) {
		size_t len = window->line[i]->len;

		if (!window->line[i]->line.prefixed)
			continue;
		while (i + 1 < window->count && !window->line[i + 1]->line.prefixed) {
			len = has_hyphen(window, window->line[i]) ? len - 1 : len + gap;
			len += aw_text_left(&window->line[++i]->line.text);
		}
		if (i + 1 < window->count)	/* the rest of the last one may not be here yet */
			measure_as(width, window->line[i], len);
	}
}

bool aw_klog_window_was_cut(const struct aw_klog_window *window, const struct aw_klog_slot *slot)
{
	size_t len = (size_t)(slot->line.raw.end - slot->text);
	struct aw_klog_width width;

	if (!slot->line.has_word || !slot->line.prefixed || aw_hex_digit(slot->line.raw.end[-1]) < 0)
		return false;
	for (size_t gap = 0; gap <= 1; gap++) {
		measure_unwrapped(window, gap, &width);
		if (len == width.most && width.nr_ends > 1)
			return true;
	}
	return false;
}

bool aw_klog_slot_append(struct aw_klog_slot *slot, const char *text, size_t len)
{
	struct aw_klog_line *line = &slot->line;
	size_t used = (size_t)(line->text.end - slot->text);

	if (used + len > sizeof(slot->text))
		return false;
	memcpy(slot->text + used, text, len);
	line->text.end += len;
	line->raw.end = line->text.end;
	return true;
}

void aw_klog_slot_shorten(struct aw_klog_slot *slot, size_t len)
{
	slot->line.text.end -= len;
	slot->line.raw.end = slot->line.text.end;
}
