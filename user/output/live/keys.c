// SPDX-License-Identifier: GPL-2.0
/*
 * The keys: as in htop, top and less.
 */
#include "output/live/keys.h"

#include <curses.h>

#define KEY_ESCAPE 27
#define CONTROL(letter) ((letter) & 0x1f)

#define ON(page) (1u << (page))
#define EVERYWHERE (ON(AW_PAGES) - 1)
#define TABLE ON(AW_PAGE_FAILURES)
#define VERDICT ON(AW_PAGE_VERDICT)

static void up(struct aw_view *view)
{
	aw_view_move(view, -1);
}

static void down(struct aw_view *view)
{
	aw_view_move(view, 1);
}

static void page_up(struct aw_view *view)
{
	aw_view_move_page(view, -1);
}

static void page_down(struct aw_view *view)
{
	aw_view_move_page(view, 1);
}

static void first(struct aw_view *view)
{
	aw_view_move_end(view, false);
}

static void last(struct aw_view *view)
{
	aw_view_move_end(view, true);
}

static void open_verdict(struct aw_view *view)
{
	if (!view->selected)
		return;
	view->open = view->selected;
	view->sample = 0;
	aw_view_show(view, AW_PAGE_VERDICT);
}

static void newer(struct aw_view *view)
{
	if (view->sample)
		view->sample--;
}

static void older(struct aw_view *view)
{
	if (view->sample + 1 < view->nr_samples)
		view->sample++;
}

static void sort_left(struct aw_view *view)
{
	aw_view_sort_next(view, -1);
}

static void sort_right(struct aw_view *view)
{
	aw_view_sort_next(view, 1);
}

static void reverse(struct aw_view *view)
{
	view->reverse = !view->reverse;
	view->rebuild = true;
}

static void type_filter(struct aw_view *view)
{
	view->typing = true;
}

static void hard_only(struct aw_view *view)
{
	view->hard_only = !view->hard_only;
	view->rebuild = true;
}

static void pause_or_go_on(struct aw_view *view)
{
	view->paused = !view->paused;
	view->rebuild = !view->paused;
}

static void reset(struct aw_view *view)
{
	view->reset = true;
}

static void next_page(struct aw_view *view)
{
	aw_view_show(view, view->page < AW_PAGES_IN_TURN ? (view->page + 1) % AW_PAGES_IN_TURN : AW_PAGE_FAILURES);
}

static void previous_page(struct aw_view *view)
{
	aw_view_show(view, view->page < AW_PAGES_IN_TURN ?
		     (view->page + AW_PAGES_IN_TURN - 1) % AW_PAGES_IN_TURN : AW_PAGE_FAILURES);
}

static void failures(struct aw_view *view)
{
	aw_view_show(view, AW_PAGE_FAILURES);
}

static void histograms(struct aw_view *view)
{
	aw_view_show(view, AW_PAGE_HISTOGRAMS);
}

static void extfrag(struct aw_view *view)
{
	aw_view_show(view, AW_PAGE_EXTFRAG);
}

static void help(struct aw_view *view)
{
	aw_view_show(view, AW_PAGE_HELP);
}

static void draw_again(struct aw_view *view)
{
	view->whole = true;
}

static void quit(struct aw_view *view)
{
	view->quit = true;
}

const struct aw_key_row aw_key_rows[] = {
	{ { 'h', '?', KEY_F(1) }, "h ? F1", "this page", "Help", EVERYWHERE, help },
	{ { '\n', '\r', KEY_ENTER }, "Enter", "the whole verdict of the group under the cursor", "Verdict", TABLE,
	  open_verdict },
	{ { KEY_LEFT }, "Left", "verdict: a newer failure of the same group", "Newer", VERDICT, newer },
	{ { KEY_RIGHT }, "Right", "verdict: an older one", "Older", VERDICT, older },
	{ { KEY_UP, 'k' }, "Up k", "a row up", NULL, EVERYWHERE, up },
	{ { KEY_DOWN, 'j' }, "Down j", "a row down", NULL, EVERYWHERE, down },
	{ { KEY_PPAGE, 'b', CONTROL('b') }, "PgUp b", "a page up", NULL, EVERYWHERE, page_up },
	{ { KEY_NPAGE, 'f', CONTROL('f') }, "PgDn f", "a page down", NULL, EVERYWHERE, page_down },
	{ { KEY_HOME, 'g' }, "Home g", "the first row", NULL, EVERYWHERE, first },
	{ { KEY_END, 'G' }, "End G", "the last row", NULL, EVERYWHERE, last },
	{ { '/', '\\', KEY_F(4) }, "/ F4", "filter as you type: order>=4,class=hard,comm=cam*", "Filter", TABLE,
	  type_filter },
	{ { '<', ',', KEY_LEFT }, "< Left", "sort by the column to the left", NULL, TABLE, sort_left },
	{ { '>', '.', KEY_RIGHT, KEY_F(6) }, "> Right F6", "sort by the column to the right", "Sort", TABLE,
	  sort_right },
	{ { 'r', 'R', 'I' }, "r R I", "reverse the order", "Reverse", TABLE, reverse },
	{ { 'H' }, "H", "hard failures only", "Hard only", TABLE, hard_only },
	{ { ' ', 'p', 'Z' }, "Space p", "pause: the screen stands still, counting goes on", "Pause", EVERYWHERE,
	  pause_or_go_on },
	{ { 'z' }, "z", "reset: forget all that was counted", NULL, EVERYWHERE, reset },
	{ { '\t' }, "Tab", "the next page: failures, histograms, steals", "Page", EVERYWHERE, next_page },
	{ { KEY_BTAB }, "Shift-Tab", "the page before", NULL, EVERYWHERE, previous_page },
	{ { '1', KEY_F(2) }, "1 F2", "failures", NULL, EVERYWHERE, failures },
	{ { '2', KEY_F(3) }, "2 F3", "histograms", NULL, EVERYWHERE, histograms },
	{ { '3', KEY_F(5) }, "3 F5", "extfrag: who takes blocks from which migratetype", NULL, EVERYWHERE, extfrag },
	{ { CONTROL('l') }, "Ctrl-L", "draw the screen again", NULL, EVERYWHERE, draw_again },
	{ { KEY_ESCAPE, 'q' }, "Esc q", "back: to the failures, from help to where it was asked for", "Back",
	  EVERYWHERE & ~TABLE, aw_view_leave },
	{ { KEY_ESCAPE }, "Esc", "failures: without the filter again", NULL, TABLE, aw_view_type_clear },
	{ { 'q' }, "q", "failures: end, with a report", "Quit", TABLE, quit },
	{ { 'Q', KEY_F(10) }, "Q F10", "end, with a report (Ctrl-C too)", NULL, EVERYWHERE, quit },
};
const unsigned int aw_key_rows_count = sizeof(aw_key_rows) / sizeof(aw_key_rows[0]);

static bool has_code(const struct aw_key_row *row, int code)
{
	for (unsigned int i = 0; i < AW_KEY_CODES && row->codes[i]; i++)
		if (row->codes[i] == code)
			return true;
	return false;
}

/* The line of the filter takes all keys but those that end or leave it. */
static void press_typing(struct aw_view *view, int code)
{
	view->redraw = true;
	switch (code) {
	case '\n':
	case '\r':
	case KEY_ENTER:
		view->typing = false;
		return;
	case KEY_ESCAPE:
		view->typing = false;
		aw_view_type_clear(view);
		return;
	case KEY_BACKSPACE:
	case 127:
	case '\b':
		aw_view_type_back(view);
		return;
	case CONTROL('u'):
		aw_view_type_clear(view);
		return;
	case KEY_UP:
		up(view);
		return;
	case KEY_DOWN:
		down(view);
		return;
	}
	if (code >= ' ' && code < 256)
		aw_view_type(view, (char)code);
}

void aw_key_press(struct aw_view *view, int code)
{
	if (view->typing) {
		press_typing(view, code);
		return;
	}
	for (unsigned int i = 0; i < aw_key_rows_count; i++) {
		const struct aw_key_row *row = &aw_key_rows[i];

		if (!(row->pages & ON(view->page)) || !has_code(row, code))
			continue;
		view->redraw = true;
		row->act(view);
		return;
	}
}
