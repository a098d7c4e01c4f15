// SPDX-License-Identifier: GPL-2.0
/*
 * The state of the view, and how keys change it.
 */
#include "screen/view.h"

#include <string.h>

void aw_view_init(struct aw_view *view, const char *sort)
{
	memset(view, 0, sizeof(*view));
	view->hard_first = !sort || !strcmp(sort, "worst");
	view->sort = aw_column_find(view->hard_first ? "count" : sort);
	view->rebuild = true;
	view->redraw = true;
}

static unsigned int clamp(long value, unsigned int limit)
{
	if (value < 0)
		return 0;
	return value > (long)limit ? limit : (unsigned int)value;
}

/* Scrolls so that the cursor stays visible. */
static void scroll_to_cursor(struct aw_view *view)
{
	unsigned int height = view->height ? view->height : 1;

	if (view->cursor < view->top)
		view->top = view->cursor;
	if (view->cursor >= view->top + height)
		view->top = view->cursor - height + 1;
	if (view->top + height > view->nr_rows)
		view->top = view->nr_rows > height ? view->nr_rows - height : 0;
}

void aw_view_set_height(struct aw_view *view, unsigned int height)
{
	view->height = height;
	scroll_to_cursor(view);
}

static unsigned int last_line(const struct aw_view *view)
{
	return view->nr_lines > view->text_height ? view->nr_lines - view->text_height : 0;
}

static bool is_map(const struct aw_view *view)
{
	return view->page == AW_PAGE_MAP && !view->map_asked;
}

void aw_view_move_cells(struct aw_view *view, int cells)
{
	view->redraw = true;
	aw_map_move_cells(&view->map, cells);
}

void aw_view_move(struct aw_view *view, int rows)
{
	view->redraw = true;
	if (is_map(view)) {
		aw_map_move_lines(&view->map, rows);
		return;
	}
	if (view->page != AW_PAGE_FAILURES) {
		view->line = clamp((long)view->line + rows, last_line(view));
		return;
	}
	view->cursor = clamp((long)view->cursor + rows, view->nr_rows ? view->nr_rows - 1 : 0);
	scroll_to_cursor(view);
}

void aw_view_move_page(struct aw_view *view, int pages)
{
	unsigned int height = view->page == AW_PAGE_FAILURES ? view->height : is_map(view) ? view->map.height :
			      view->text_height;

	aw_view_move(view, pages * (height > 1 ? (int)height - 1 : 1));
}

void aw_view_move_end(struct aw_view *view, bool last)
{
	aw_view_move(view, last ? 1 << 30 : -(1 << 30));
}

/* A cursor that was never moved stays on the first row instead of following its group. */
void aw_view_rows_changed(struct aw_view *view, unsigned int nr_rows, int at)
{
	view->nr_rows = nr_rows;
	if (view->cursor && at >= 0)
		view->cursor = (unsigned int)at;
	view->cursor = clamp(view->cursor, nr_rows ? nr_rows - 1 : 0);
	scroll_to_cursor(view);
	view->redraw = true;
}

void aw_view_text_changed(struct aw_view *view, unsigned int nr_lines, unsigned int height)
{
	view->nr_lines = nr_lines;
	view->text_height = height;
	view->line = clamp(view->line, last_line(view));
}

void aw_view_show(struct aw_view *view, enum aw_page page)
{
	if (page == view->page)
		return;
	if (page == AW_PAGE_VERDICT || view->page < AW_PAGES_IN_TURN)
		view->back = page == AW_PAGE_VERDICT ? AW_PAGE_FAILURES : view->page;
	else if (view->page == AW_PAGE_VERDICT)
		view->back = AW_PAGE_VERDICT;
	view->page = page;
	view->line = 0;
	view->map_asked = false;
	view->look |= page == AW_PAGE_MAP;
	view->redraw = true;
}

/* From a cell back to the map, from help to the page before, from other pages to the failures. */
void aw_view_leave(struct aw_view *view)
{
	enum aw_page back;

	view->line = 0;
	view->redraw = true;
	if (view->page == AW_PAGE_MAP && view->map_asked) {
		view->map_asked = false;
		return;
	}
	back = view->page == AW_PAGE_HELP ? view->back : AW_PAGE_FAILURES;
	view->page = back == AW_PAGE_VERDICT && !view->open ? AW_PAGE_FAILURES : back;
}

void aw_view_sort_next(struct aw_view *view, int step)
{
	const struct aw_layout *layout = &view->layout;
	unsigned int at = 0;

	if (!layout->count)
		return;
	while (at < layout->count && layout->columns[at] != view->sort)
		at++;
	if (at == layout->count)
		at = 0;
	else
		at = (at + layout->count + (unsigned int)step) % layout->count;
	view->sort = layout->columns[at];
	view->reverse = false;
	view->rebuild = true;
}

/* The input applies as soon as it is a valid filter; until then the last valid one does. */
static void apply(struct aw_view *view)
{
	struct aw_filter filter = { 0 };

	view->error.text[0] = '\0';
	view->redraw = true;
	if (view->input[0] && aw_filter_parse(view->input, &filter, &view->error))
		return;
	view->error.text[0] = '\0';
	view->filter = filter;
	view->rebuild = true;
}

void aw_view_type(struct aw_view *view, char byte)
{
	size_t length = strlen(view->input);

	if (length + 1 >= sizeof(view->input))
		return;
	view->input[length] = byte;
	view->input[length + 1] = '\0';
	apply(view);
}

/* Deletes a whole character with its continuation bytes. */
void aw_view_type_back(struct aw_view *view)
{
	size_t length = strlen(view->input);

	while (length && (view->input[length - 1] & 0xc0) == 0x80)
		length--;
	if (length)
		length--;
	view->input[length] = '\0';
	apply(view);
}

void aw_view_type_clear(struct aw_view *view)
{
	view->input[0] = '\0';
	apply(view);
}
