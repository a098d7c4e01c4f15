/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the user looks at: page, cursor, order, filter.  Knows no terminal and
 * no events; keys change it, drawing reads it.
 */
#ifndef AW_LIVE_VIEW_H
#define AW_LIVE_VIEW_H

#include <stdbool.h>

#include "output/live/columns.h"
#include "summary/filter.h"

enum aw_page {
	AW_PAGE_FAILURES,
	AW_PAGE_HISTOGRAMS,
	AW_PAGE_EXTFRAG,
	AW_PAGE_VERDICT,
	AW_PAGE_HELP,
	AW_PAGES
};
#define AW_PAGES_IN_TURN 3	/* that Tab goes through */

struct aw_view {
	enum aw_page page, back;	/* back: where Escape goes from here */
	/* the table */
	unsigned int cursor, top;	/* rows */
	unsigned int nr_rows, height;	/* rows there are, and fit */
	const struct aw_group *selected;	/* under the cursor; NULL: none */
	const struct aw_column *sort;
	bool reverse;
	bool hard_only;
	bool paused;
	/* the other pages are texts */
	unsigned int line, nr_lines, text_height;
	/* the verdict */
	const struct aw_group *open;
	unsigned int sample, nr_samples;	/* 0: the newest */
	/* the filter, as it is typed */
	bool typing;
	char input[AW_TERM_TEXT];
	struct aw_filter filter;	/* the last valid one */
	struct aw_error error;		/* why `input` is none; "" it is */
	struct aw_layout layout;	/* as last drawn */
	/* what the screen shall do */
	bool quit, reset, redraw, rebuild;
	bool whole;		/* what the terminal shows now is not to be trusted */
};

void aw_view_init(struct aw_view *view, const char *sort);

/* The cursor, or the text, by so many rows; stays inside. */
void aw_view_move(struct aw_view *view, int rows);
void aw_view_move_page(struct aw_view *view, int pages);
void aw_view_move_end(struct aw_view *view, bool last);

/* The table has room for so many rows. */
void aw_view_set_height(struct aw_view *view, unsigned int height);

/* There are new rows, and the selected group is at `at` (-1: nowhere). */
void aw_view_rows_changed(struct aw_view *view, unsigned int nr_rows, int at);

/* A page has so many lines, and the screen room for so many. */
void aw_view_text_changed(struct aw_view *view, unsigned int nr_lines, unsigned int height);

void aw_view_show(struct aw_view *view, enum aw_page page);
void aw_view_leave(struct aw_view *view);

/* The column shown next to the one that it is sorted by: +1 right, -1 left. */
void aw_view_sort_next(struct aw_view *view, int step);

/* The input line of the filter. */
void aw_view_type(struct aw_view *view, char byte);
void aw_view_type_back(struct aw_view *view);
void aw_view_type_clear(struct aw_view *view);

#endif
