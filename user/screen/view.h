/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state of the view: page, cursor, sort order, filter.  Keys change it and
 * drawing reads it; it depends on neither the terminal nor events.
 */
#ifndef AW_SCREEN_VIEW_H
#define AW_SCREEN_VIEW_H

#include <stdbool.h>

#include "screen/columns.h"
#include "screen/map_lines.h"
#include "summary/filter.h"

enum aw_page {
	AW_PAGE_FAILURES,
	AW_PAGE_HISTOGRAMS,
	AW_PAGE_EXTFRAG,
	AW_PAGE_MAP,
	AW_PAGE_VERDICT,
	AW_PAGE_HELP,
	AW_PAGES
};
#define AW_PAGES_IN_TURN 4	/* Tab cycles through these */

struct aw_view {
	enum aw_page page, back;	/* back: the page that Escape returns to */
	/* the table */
	unsigned int cursor, top;	/* rows: under the cursor, and the first visible one */
	unsigned int nr_rows, height;	/* rows that exist, and that fit */
	const struct aw_group *selected;	/* under the cursor; NULL: none */
	const struct aw_column *sort;
	bool hard_first;	/* by count, hard failures come before opportunistic ones */
	bool reverse;
	bool hard_only;
	bool paused;
	/* the other pages, which are texts */
	unsigned int line, nr_lines, text_height;
	/* the memory map */
	struct aw_map_lines map;
	unsigned int map_width;		/* of the screen, for which the lines were made */
	bool map_asked;			/* the page shows what the cell under the cursor holds */
	/* the verdict */
	const struct aw_group *open;
	unsigned int sample, nr_samples;	/* 0: the newest */
	/* the filter */
	bool typing;
	char input[AW_TERM_TEXT];
	struct aw_filter filter;	/* the last valid one */
	struct aw_error error;		/* why `input` is not a valid filter; "": it is */
	struct aw_layout layout;	/* as last drawn */
	/* what the screen has to do */
	bool quit, reset, redraw, rebuild;
	bool look;		/* at all pages, for the memory map */
	bool whole;		/* redraw everything, whatever the terminal shows */
};

/* `sort`: "worst" or NULL: by count, with the hard ones first; else the key of a column. */
void aw_view_init(struct aw_view *view, const char *sort);

/* Moves the cursor or the text by this many rows, within its limits. */
void aw_view_move(struct aw_view *view, int rows);
void aw_view_move_page(struct aw_view *view, int pages);
void aw_view_move_end(struct aw_view *view, bool last);

/* On the memory map: moves the cursor by cells. */
void aw_view_move_cells(struct aw_view *view, int cells);

/* Tells the view how many rows of the table fit. */
void aw_view_set_height(struct aw_view *view, unsigned int height);

/* Tells the view about new rows.  The selected group is at row `at` (-1: it has no row). */
void aw_view_rows_changed(struct aw_view *view, unsigned int nr_rows, int at);

/* Tells the view how many lines a page has, and how many fit. */
void aw_view_text_changed(struct aw_view *view, unsigned int nr_lines, unsigned int height);

void aw_view_show(struct aw_view *view, enum aw_page page);
void aw_view_leave(struct aw_view *view);

/* Sorts by the visible column next to the current sort column: +1 right, -1 left. */
void aw_view_sort_next(struct aw_view *view, int step);

/* Editing of the filter. */
void aw_view_type(struct aw_view *view, char byte);
void aw_view_type_back(struct aw_view *view);
void aw_view_type_clear(struct aw_view *view);

#endif
