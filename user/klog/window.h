/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The next lines of a log, looked at together: what is learned from them, and
 * which of them are one line that was wrapped.
 */
#ifndef AW_KLOG_WINDOW_H
#define AW_KLOG_WINDOW_H

#include "klog/line.h"
#include "klog/prefix.h"
#include "lines/lines.h"
#include "lines/words.h"

#define AW_KLOG_AHEAD 64	/* lines looked at before the first one is judged */
#define AW_KLOG_LINE 4096	/* bytes kept of a line */

#define AW_KLOG_ENDS 3
#define AW_KLOG_END 8

/* What a prefix says. */
struct aw_klog_ids {
	bool any;
	int64_t mono_us, wall_us, tid, cpu;
	bool wall_has_year, logcat;
};

struct aw_klog_slot {
	struct aw_klog_line line;	/* points into text */
	struct aw_log_times times;	/* of its container */
	struct aw_klog_ids ids;		/* of the prefix that a wrap left alone on the line before */
	uint64_t number;
	size_t len;		/* as it came; of a line put together, of its last piece */
	bool space;		/* ended in one */
	bool after_blank;	/* a line with nothing in it stood before */
	char text[AW_KLOG_LINE];
};

struct aw_klog_width {
	size_t most;			/* bytes of the longest line */
	unsigned int nr_ends;		/* the different ends of those that are as long */
	char ends[AW_KLOG_ENDS][AW_KLOG_END];
};

struct aw_klog_window {
	const struct aw_log_words *words, *begins;	/* of headers, and of reports without one */
	struct aw_klog_prefix prefix;
	unsigned int count;
	struct aw_klog_slot *line[AW_KLOG_AHEAD];	/* in the log's order; behind `count` unused ones */
	struct aw_klog_width width, width_before;	/* since the last header, and before it */
	struct {			/* of lines put together since the last header */
		bool any;
		size_t most;		/* bytes of the longest piece before the last: the column of the wrap */
		unsigned int joins, full;	/* how many pieces, and how many that wide (or without a space) */
		unsigned int indent;	/* spaces before pieces behind the first, at least */
		bool hyphens;		/* the wrap put some in */
	} wrapped;
	struct aw_klog_ids alone;	/* of the line before, if it is nothing but a prefix */
	bool blank;			/* the line before had nothing in it */
	unsigned int columns;		/* of the OOM killer's table: its header's words; 0: none seen */
	struct aw_klog_slot slots[AW_KLOG_AHEAD];
};

void aw_klog_window_init(struct aw_klog_window *window, const struct aw_log_words *words,
			 const struct aw_log_words *begins);

/* Forgets the lines and what was learned: another text comes. */
void aw_klog_window_clear(struct aw_klog_window *window);

/* Adds a line; there must be room. */
void aw_klog_window_push(struct aw_klog_window *window, const struct aw_log_line *line);

/* Takes line `i` out. */
void aw_klog_window_drop(struct aw_klog_window *window, unsigned int i);

/* Does any line have a word of a header, or of a report without one? */
bool aw_klog_window_hopes(const struct aw_klog_window *window);

/* The first line may begin a report: learns the prefix anew, if the lines behind it need one. */
void aw_klog_window_learn(struct aw_klog_window *window);

/* Does the line end where all long lines end, and is that no end that they have in common? */
bool aw_klog_window_is_cut(const struct aw_klog_window *window, const struct aw_klog_slot *slot);

/* The same of lines that were wrapped between words, or at another column, after they were cut. */
bool aw_klog_window_was_cut(const struct aw_klog_window *window, const struct aw_klog_slot *slot);

/* The text of a line was added to: looks anew for what stands in front of it. */
void aw_klog_window_parse_again(struct aw_klog_window *window, struct aw_klog_slot *slot);

/* Puts a "[" in front of what a line says, which is then its stamp; false: no room. */
bool aw_klog_window_open_bracket(struct aw_klog_window *window, struct aw_klog_slot *slot);

/* Appends `len` bytes to a line's text, or takes bytes off its end (negative); false: no room. */
bool aw_klog_slot_append(struct aw_klog_slot *slot, const char *text, size_t len);
void aw_klog_slot_shorten(struct aw_klog_slot *slot, size_t len);

#endif
