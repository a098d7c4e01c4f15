// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that a terminal, a mailer or a logger wrapped, put together again.
 *
 * A line goes on in the next one when it is known what is missing of it and
 * the two make more of it than the first alone.  The wrap may have taken a
 * space, or put a hyphen, a backslash or mail's '=' in: whichever makes most.
 * In a log whose lines all have a prefix, one without is the rest of another.
 */
#include "klog/unwrap.h"

#include <string.h>

#include "base/array.h"
#include "klog/arrows.h"
#include "klog/cut.h"
#include "klog/goes_on.h"
#include "klog/header.h"
#include "klog/join.h"
#include "klog/unwrap_mem.h"
#include "klog/unwrap_table.h"
#include "klog/wrap.h"

#define MAX_PIECES 32
#define SHORT_FRONT 24		/* bytes of the comm that a wrap left on the line before */
#define LONGEST_WORD 24		/* a word that did not fit on the line */
#define MASK_WITHIN 8		/* lines from a header to its mask, when others were printed between */

/* ---- what goes on where ---- */

static bool same_stamp(const struct aw_klog_line *a, const struct aw_klog_line *b)
{
	return a->prefixed == b->prefixed && a->mono_us == b->mono_us && a->wall_us == b->wall_us &&
	       a->tid == b->tid && a->cpu == b->cpu;
}

/* May the second line be the rest of the first, as far as prefixes tell? */
static bool may_follow(const struct aw_klog_line *line, const struct aw_klog_line *next)
{
	return !next->prefixed || (line->prefixed && same_stamp(line, next));
}

/* In the digits or names of the mask there is no space, and no sign that a wrap puts in. */
static bool join_within_mask(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	size_t extra = aw_klog_extra_at_end(&slot->line.text);
	struct aw_klog_line line = slot->line;

	line.text.end -= extra;
	if (!aw_klog_header_goes_on(&line, &window->line[1]->line.text))
		return false;
	return aw_klog_join(window, extra, "", 1);
}

/* A warning's function is torn, or on the next line. */
static bool join_warning(struct aw_klog_window *window)
{
	const struct aw_text *text = &window->line[0]->line.text;
	size_t extra = aw_klog_extra_at_end(text);
	const struct aw_text front = { text->p, text->end - extra };
	const char *gap = aw_klog_warning_goes_on(&front, &window->line[1]->line.text);

	if (!gap)
		return false;
	return aw_klog_join(window, extra, gap, 1);
}

static bool join_header(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	int rank = aw_klog_header_rank(&slot->line);
	const struct aw_klog_line *next = &window->line[1]->line;

	if (!may_follow(&slot->line, next) || (next->has_word && aw_klog_header_rank(next) >= 3))
		return false;
	if (!rank && aw_klog_is_body(&slot->line) && !aw_text_starts(&slot->line.text, "WARNING: "))
		return false;
	return join_warning(window) || join_within_mask(window) || aw_klog_join_best(window, 1, aw_klog_header_rank, rank);
}

/* The header goes on some lines below, behind what another cpu printed: "order:0", ..., ", mode:0x1080020(...)". */
static bool join_mask_below(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];

	if (aw_klog_header_rank(&slot->line) != 2)
		return false;
	for (unsigned int i = 1; i < window->count && i <= MASK_WITHIN; i++) {
		const struct aw_text *text = &window->line[i]->line.text;

		if (aw_text_starts(text, ", mode:0x") || aw_text_starts(text, "mode:0x"))
			return aw_klog_join(window, 0, "", i);
	}
	return false;
}

/* The header's words are torn: neither line is one, both together are. */
static bool join_torn_header(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0], *next = window->line[1];
	int rank;

	if (!may_follow(&slot->line, &next->line) || aw_klog_is_body(&slot->line))
		return false;
	if (!next->line.has_word)	/* the word itself is torn: "Out of memory: K" */
		return slot->line.prefixed && !next->line.prefixed && aw_klog_join_best(window, 1, aw_klog_header_rank, 0);
	rank = aw_klog_header_rank(&next->line);
	if (rank < 3)
		return aw_klog_join_best(window, 1, aw_klog_header_rank, rank);
	/* only the comm is on the line before */
	if (!slot->line.prefixed || next->line.prefixed || slot->line.has_word || slot->len < AW_KLOG_LEAST_WIDTH ||
	    aw_text_left(&slot->line.text) > SHORT_FRONT || slot->len + LONGEST_WORD < window->width.most)
		return false;
	return aw_klog_join(window, 0, slot->len == window->width.most ? "" : " ", 1);
}

/* "Hardware name: Example Board/X1, BIOS", "2.2 05/23/2018": the date comes last. */
static int hardware_rank(const struct aw_klog_line *line)
{
	struct aw_text t = line->text;

	if (!aw_text_skip(&t, "Hardware name: ") || !aw_text_find(&t, "BIOS"))
		return 0;
	return 1 + (aw_text_left(&t) > 10 && t.end[-5] == '/' && t.end[-8] == '/' && aw_is_digit(t.end[-1]));
}

static bool join_hardware(struct aw_klog_window *window)
{
	return hardware_rank(&window->line[0]->line) == 1 && aw_klog_join_best(window, 1, hardware_rank, 1);
}

#define CACHE_WHOLE 6

/* How whole the slab's line ("cache: x, object size: 416, ... min order: 0") is: 0 none. */
static int cache_rank(const struct aw_klog_line *line)
{
	static const char *const keys[] = { ", object size: ", ", buffer size: ", ", default order: " };
	struct aw_text t = line->text, last = t;
	int rank = 1;

	if (!aw_text_skip(&t, "cache: "))
		return 0;
	/* SLAB's has two fields */
	if ((aw_text_skip_past(&last, ", min order: ") || aw_text_skip_past(&last, ", order: ")) && aw_is_digit(aw_text_at(&last, 0)))
		return CACHE_WHOLE;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct aw_text value = t;

		rank += aw_text_skip_past(&value, keys[i]) && aw_is_digit(aw_text_at(&value, 0));
	}
	return rank + (aw_text_find(&t, ", min order: ") != NULL);
}

static bool join_cache(struct aw_klog_window *window)
{
	int rank = cache_rank(&window->line[0]->line);

	return rank && rank < CACHE_WHOLE && aw_klog_join_best(window, 1, cache_rank, rank);
}

static bool join_task(struct aw_klog_window *window)
{
	int rank = aw_klog_task_rank(&window->line[0]->line);

	return rank < AW_KLOG_TASK_WHOLE && aw_klog_join_best(window, 1, aw_klog_task_rank, rank);
}

static size_t first_word(const struct aw_text *text)
{
	const char *space = memchr(text->p, ' ', aw_text_left(text));

	return (size_t)((space ? space : text->end) - text->p);
}

/* "Memory cgroup out of memory: Killed process 4721", "(python3) total-vm:114844kB, anon-rss:98092kB, ..." */
static bool join_kill(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line, *next = &window->line[1]->line;

	if (!line->has_word || next->has_word)
		return false;
	if (aw_klog_is_constraint(line) && !next->prefixed)
		return aw_klog_join(window, line->text.end[-1] == '\\', "", 1);
	if (!aw_text_find(&line->text, "Kill"))
		return false;
	return aw_klog_join_best(window, 1, aw_klog_kill_rank, aw_klog_kill_rank(line));
}

static int frame_rank(const struct aw_klog_line *line)
{
	return aw_klog_frame_part(line);
}

static bool join_frame(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	bool torn = aw_klog_frame_is_torn(&slot->line.text, &window->line[1]->line.text);
	enum aw_klog_frame_part part = slot->line.prefixed || torn ? aw_klog_frame_part(&slot->line) : AW_KLOG_FRAME_NONE;
	const char *gap;

	if (part == AW_KLOG_FRAME_NONE)
		return false;
	if (!aw_klog_frame_goes_on(&slot->line, &window->line[1]->line.text, &gap))
		return false;
	if (part == AW_KLOG_FRAME_WHOLE || *gap)
		return aw_klog_join(window, 0, gap, 1);
	return aw_klog_join_best(window, 1, frame_rank, part);
}

/* "warn_alloc -> __alloc_pages ->", "kmalloc_large -> ring_up" */
static bool join_arrows(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line;
	size_t extra = aw_text_left(&line->text) > 1 && line->text.end[-1] == '-' && aw_is_word(line->text.end[-2]);
	const struct aw_text front = { line->text.p, line->text.end - extra };
	const char *gap;

	if (line->has_word || window->line[1]->line.has_word || aw_klog_is_body(&window->line[1]->line) || !aw_klog_arrows_go_on(&front, &window->line[1]->line.text, &gap))
		return false;
	return aw_klog_join(window, extra, gap, 1);
}

/* As wide as the widest line around, or so wide that the next word did not fit. */
static bool is_full(const struct aw_klog_window *window, const struct aw_klog_slot *slot, const struct aw_text *next)
{
	bool hyphen = aw_text_left(&slot->line.text) && slot->line.text.end[-1] == '-';

	return slot->len >= AW_KLOG_LEAST_WIDTH && (hyphen || slot->len + 1 + first_word(next) > window->width.most);
}

/* Whatever it is, where the log is wrapped. */
static bool join_by_width(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	const struct aw_klog_line *next = &window->line[1]->line;
	const char *gap;
	size_t extra;

	if (!slot->line.prefixed || next->prefixed || next->has_word || slot->line.has_word)
		return false;
	/* a new paragraph; "[...]": whoever pasted it left lines out */
	if ((window->line[1]->after_blank && !slot->after_blank) || aw_text_starts(&next->text, "[..."))
		return false;
	if (aw_klog_is_body(&slot->line) || aw_klog_is_body(next))
		return false;
	if (!aw_klog_wrap_is_wide(window, slot) && !is_full(window, slot, &next->text))
		return false;
	gap = aw_klog_wrap_gap(window);
	/* a task's name may be torn; a word behind it is of another line */
	if (*gap && window->columns && aw_klog_is_row(slot->line.text))
		return false;
	extra = aw_text_left(&slot->line.text) && (slot->line.text.end[-1] == '\\' ||
		(slot->line.text.end[-1] == '-' && window->wrapped.hyphens));
	return aw_klog_join(window, extra, extra ? "" : gap, 1);
}

/* "195.149216] vmalloc: ..." */
static bool is_stamps_rest(struct aw_text t)
{
	uint64_t seconds, micros;

	return aw_text_u64(&t, &seconds) && aw_text_skip_char(&t, '.') && aw_text_u64(&t, &micros) && aw_text_skip(&t, "] ");
}

/* A wrap between words parts "[  195.149216]": "Jan  9 04:58:38 myhost kernel: [" and the rest. */
static bool join_stamp(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];
	const struct aw_text *text = &slot->line.text;

	if (!aw_text_left(text) || text->end[-1] != '[' || !is_stamps_rest(window->line[1]->line.text))
		return false;
	if (aw_text_left(text) > 1) {
		/* "... 26 callbacks suppressed [": a mailer put two lines in one */
		if (text->end[-2] == ' ' && aw_klog_window_open_bracket(window, window->line[1]))
			aw_klog_slot_shorten(slot, 2);
		return false;
	}
	if (!aw_klog_join(window, 0, " ", 1))
		return false;
	aw_klog_window_parse_again(window, slot);
	return true;
}

static int kdump_rank(const struct aw_klog_line *line)
{
	return aw_klog_is_kdump(line);
}

/* It is read for one word, which may be torn. */
static bool join_command_line(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line, *next = &window->line[1]->line;
	const char *gap = aw_klog_wrap_gap(window);
	bool extra;

	if (next->prefixed || next->has_word || aw_klog_is_body(next) || aw_klog_is_kdump(line))
		return false;
	extra = line->text.end[-1] == '\\' || (line->text.end[-1] == '-' && window->wrapped.hyphens);
	return aw_klog_join_best(window, 1, kdump_rank, 0) || aw_klog_join(window, extra, extra ? "" : gap, 1);
}

static bool join_next(struct aw_klog_window *window)
{
	const struct aw_klog_line *line = &window->line[0]->line, *next = &window->line[1]->line;

	if (join_stamp(window))
		return true;
	if (line->prefixed && next->prefixed) {
		if (line->has_word)
			return join_mask_below(window) || (same_stamp(line, next) && join_header(window));
		if (next->has_word && same_stamp(line, next))
			return join_torn_header(window);
		if (aw_text_starts(&line->text, "lowmem_reserve[]:"))
			return aw_klog_unwrap_reserve(window);
		if (aw_klog_unwrap_node(window) || aw_klog_unwrap_blocks(window))
			return true;
		return aw_text_find(&next->text, "kB") && same_stamp(line, next) && aw_klog_unwrap_fields(window);
	}
	if (!may_follow(line, next))
		return false;
	if (line->has_word && aw_klog_is_command_line(line))
		return join_command_line(window);
	return (line->has_word ? join_kill(window) || join_header(window) || join_mask_below(window) : join_torn_header(window)) ||
	       join_task(window) || join_cache(window) || join_hardware(window) || aw_klog_unwrap_table(window) ||
	       aw_klog_unwrap_reserve(window) || aw_klog_unwrap_zone(window) || aw_klog_unwrap_counters(window) ||
	       aw_klog_unwrap_fields(window) || join_frame(window) || join_arrows(window) ||
	       join_by_width(window);
}

void aw_klog_unwrap(struct aw_klog_window *window)
{
	for (int pieces = 1; pieces < MAX_PIECES && window->count > 1; pieces++)
		if (!join_next(window))
			break;
	aw_klog_note_columns(window);
	aw_klog_note_cut(window);
}
