// SPDX-License-Identifier: GPL-2.0
/*
 * The keys, which follow those of htop, top and less.
 */
#include "screen/keys.h"

#include <curses.h>

#include "base/array.h"

#define KEY_ESCAPE 27
#define CONTROL(letter) ((letter) & 0x1f)

#define ON(page) (1u << (page))
#define EVERYWHERE (ON(AW_PAGES) - 1)
#define TABLE ON(AW_PAGE_FAILURES)
#define VERDICT ON(AW_PAGE_VERDICT)
#define MAP ON(AW_PAGE_MAP)

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

static void cell_left(struct aw_view *view)
{
	if (!view->map_asked)
		aw_view_move_cells(view, -1);
}

static void cell_right(struct aw_view *view)
{
	if (!view->map_asked)
		aw_view_move_cells(view, 1);
}

static void ask_cell(struct aw_view *view)
{
	view->map_asked = !view->map_asked;
	view->line = 0;
}

static void look_again(struct aw_view *view)
{
	view->look = true;
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

static void map(struct aw_view *view)
{
	aw_view_show(view, AW_PAGE_MAP);
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
	{
		.codes = { 'h', '?', KEY_F(1) }, .name = "h ? F1", .button = "Help",
		.help = "this page",
		.pages = EVERYWHERE, .act = help,
	},
	{
		.codes = { '\n', '\r', KEY_ENTER }, .name = "Enter", .button = "Verdict",
		.help = "full verdict of the group under the cursor",
		.pages = TABLE, .act = open_verdict,
	},
	{
		.codes = { KEY_LEFT }, .name = "Left", .button = "Newer",
		.help = "verdict: newer failure of the same group",
		.pages = VERDICT, .act = newer,
	},
	{
		.codes = { KEY_RIGHT }, .name = "Right", .button = "Older",
		.help = "verdict: older failure of the same group",
		.pages = VERDICT, .act = older,
	},
	{
		.codes = { '\n', '\r', KEY_ENTER }, .name = "Enter", .button = "Cell",
		.help = "memory map: what the cell under the cursor holds",
		.pages = MAP, .act = ask_cell,
	},
	{
		.codes = { KEY_LEFT, '<' }, .name = "Left <",
		.help = "memory map: the cell before",
		.pages = MAP, .act = cell_left,
	},
	{
		.codes = { KEY_RIGHT, '>' }, .name = "Right >",
		.help = "memory map: the cell after",
		.pages = MAP, .act = cell_right,
	},
	{
		.codes = { 's' }, .name = "s", .button = "Scan",
		.help = "memory map: look at all pages again",
		.pages = MAP, .act = look_again,
	},
	{
		.codes = { KEY_UP, 'k' }, .name = "Up k",
		.help = "one row up",
		.pages = EVERYWHERE, .act = up,
	},
	{
		.codes = { KEY_DOWN, 'j' }, .name = "Down j",
		.help = "one row down",
		.pages = EVERYWHERE, .act = down,
	},
	{
		.codes = { KEY_PPAGE, 'b', CONTROL('b') }, .name = "PgUp b",
		.help = "one page up",
		.pages = EVERYWHERE, .act = page_up,
	},
	{
		.codes = { KEY_NPAGE, 'f', CONTROL('f') }, .name = "PgDn f",
		.help = "one page down",
		.pages = EVERYWHERE, .act = page_down,
	},
	{
		.codes = { KEY_HOME, 'g' }, .name = "Home g",
		.help = "the first row",
		.pages = EVERYWHERE, .act = first,
	},
	{
		.codes = { KEY_END, 'G' }, .name = "End G",
		.help = "the last row",
		.pages = EVERYWHERE, .act = last,
	},
	{
		.codes = { '/', '\\', KEY_F(4) }, .name = "/ F4", .button = "Filter",
		.help = "filter as you type: order>=4,class=hard,comm=cam*",
		.pages = TABLE, .act = type_filter,
	},
	{
		.codes = { '<', ',', KEY_LEFT }, .name = "< Left",
		.help = "sort by the column to the left",
		.pages = TABLE, .act = sort_left,
	},
	{
		.codes = { '>', '.', KEY_RIGHT, KEY_F(6) }, .name = "> Right F6", .button = "Sort",
		.help = "sort by the column to the right",
		.pages = TABLE, .act = sort_right,
	},
	{
		.codes = { 'r', 'R', 'I' }, .name = "r R I", .button = "Reverse",
		.help = "reverse the order",
		.pages = TABLE, .act = reverse,
	},
	{
		.codes = { 'H' }, .name = "H", .button = "Hard only",
		.help = "hard failures only, or all again",
		.pages = TABLE, .act = hard_only,
	},
	{
		.codes = { ' ', 'p', 'Z' }, .name = "Space p", .button = "Pause",
		.help = "pause: the screen freezes, counting continues",
		.pages = EVERYWHERE, .act = pause_or_go_on,
	},
	{
		.codes = { 'z' }, .name = "z",
		.help = "reset all counts",
		.pages = EVERYWHERE, .act = reset,
	},
	{
		.codes = { '\t' }, .name = "Tab", .button = "Page",
		.help = "next page: failures, histograms, extfrag, memory map",
		.pages = EVERYWHERE, .act = next_page,
	},
	{
		.codes = { KEY_BTAB }, .name = "Shift-Tab",
		.help = "previous page",
		.pages = EVERYWHERE, .act = previous_page,
	},
	{
		.codes = { '1', KEY_F(2) }, .name = "1 F2",
		.help = "page: failures",
		.pages = EVERYWHERE, .act = failures,
	},
	{
		.codes = { '2', KEY_F(3) }, .name = "2 F3",
		.help = "page: histograms",
		.pages = EVERYWHERE, .act = histograms,
	},
	{
		.codes = { '3', KEY_F(5) }, .name = "3 F5",
		.help = "page: extfrag, blocks taken from other migratetypes",
		.pages = EVERYWHERE, .act = extfrag,
	},
	{
		.codes = { '4', KEY_F(7) }, .name = "4 F7",
		.help = "page: memory map, what fills each pageblock",
		.pages = EVERYWHERE, .act = map,
	},
	{
		.codes = { CONTROL('l') }, .name = "Ctrl-L",
		.help = "redraw the screen",
		.pages = EVERYWHERE, .act = draw_again,
	},
	{
		.codes = { KEY_ESCAPE, 'q' }, .name = "Esc q", .button = "Back",
		.help = "back to the failures, or from help to the page before",
		.pages = EVERYWHERE & ~TABLE, .act = aw_view_leave,
	},
	{
		.codes = { KEY_ESCAPE }, .name = "Esc",
		.help = "failures: drop the filter",
		.pages = TABLE, .act = aw_view_type_clear,
	},
	{
		.codes = { 'q' }, .name = "q", .button = "Quit",
		.help = "failures: quit, and print the report",
		.pages = TABLE, .act = quit,
	},
	{
		.codes = { 'Q', KEY_F(10) }, .name = "Q F10",
		.help = "quit, and print the report (also Ctrl-C)",
		.pages = EVERYWHERE, .act = quit,
	},
};
const unsigned int aw_key_rows_count = ARRAY_SIZE(aw_key_rows);

static bool has_code(const struct aw_key_row *row, int code)
{
	for (unsigned int i = 0; i < AW_KEY_CODES && row->codes[i]; i++)
		if (row->codes[i] == code)
			return true;
	return false;
}

/* While the filter is typed, only a few keys keep their meaning. */
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
