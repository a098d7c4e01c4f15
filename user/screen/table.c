// SPDX-License-Identifier: GPL-2.0
/*
 * The main part of the screen: the table of failures, or a page of text.
 */
#include "screen/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/memory.h"
#include "screen/draw.h"

static void draw_head(const struct aw_scene *scene, int y)
{
	const struct aw_view *view = scene->view;
	const struct aw_layout *layout = &view->layout;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	for (unsigned int i = 0; i < layout->count; i++) {
		const struct aw_column *column = layout->columns[i];
		enum aw_style style = column == view->sort ? AW_STYLE_HEAD_SORTED : AW_STYLE_HEAD;

		if (i)
			aw_pen_put(&pen, AW_STYLE_HEAD, " ");
		aw_pen_field(&pen, style, layout->widths[i], column->right, column->title);
	}
	aw_pen_fill(&pen, AW_STYLE_HEAD, pen.end);
}

static enum aw_style style_of(const struct aw_column *column, const struct aw_row *row)
{
	if (row->before)
		return AW_STYLE_DIM;
	return column->style ? column->style(row) : AW_STYLE_PLAIN;
}

static void draw_row(const struct aw_scene *scene, const struct aw_row *shown, bool selected, int y)
{
	const struct aw_layout *layout = &scene->view->layout;
	struct aw_sample_room room;
	struct aw_row row = *shown;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	row.sample = aw_group_sample(row.group, &room);
	pen.over = selected ? AW_STYLE_SELECTED : AW_STYLE_PLAIN;
	for (unsigned int i = 0; i < layout->count; i++) {
		const struct aw_column *column = layout->columns[i];
		char text[AW_COLUMN_TEXT];

		if (i)
			aw_pen_put(&pen, AW_STYLE_PLAIN, " ");
		aw_pen_field(&pen, style_of(column, &row), layout->widths[i], column->right,
			     column->text(&row, scene->now_ns, layout->widths[i], text));
	}
	aw_pen_fill(&pen, AW_STYLE_PLAIN, pen.end);
}

/* Says why the table is empty. */
static void draw_empty(const struct aw_scene *scene, int y)
{
	const struct aw_view *view = scene->view;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	if (scene->totals.failures || scene->before_start)
		aw_pen_put(&pen, AW_STYLE_DIM, view->hard_only && !view->filter.count ?
			   "No hard failures so far; H shows all." : "No failure matches the filter; Esc drops it.");
	else
		aw_pen_put(&pen, AW_STYLE_DIM, "No failed page allocations so far.");
}

void aw_table_draw(const struct aw_scene *scene, int y, int height)
{
	struct aw_view *view = scene->view;
	const struct aw_rows *rows = &scene->rows;
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(aw_summary_groups(scene->report.summary), &nr_keys);

	aw_view_set_height(view, height > 1 ? (unsigned int)height - 1 : 0);
	aw_layout_make(scene->width, keys, nr_keys, &view->layout);
	draw_head(scene, y);
	for (unsigned int i = 0; i < view->height; i++) {
		unsigned int at = view->top + i;
		int line = y + 1 + (int)i;

		if (at < rows->count)
			draw_row(scene, &rows->rows[at], at == view->cursor, line);
		else if (!at)
			draw_empty(scene, line);
		else
			aw_pen_at(line, (int)scene->width);
	}
}

static unsigned int count_lines(const char *text)
{
	unsigned int count = 0;

	for (; (text = strchr(text, '\n')); text++)
		count++;
	return count;
}

static const char *next_line(const char *text)
{
	const char *end = strchr(text, '\n');

	return end ? end + 1 : text + strlen(text);
}

static void draw_line(const struct aw_scene *scene, const char *text, int y)
{
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	AW_FREE char *line = strndup(text, strcspn(text, "\n"));

	if (line)
		aw_pen_marked(&pen, line);
}

void aw_page_draw(const struct aw_scene *scene, const struct aw_panel *panel, int y, int height)
{
	AW_FREE char *text = NULL;
	size_t size = 0;
	FILE *out = aw_memory_open(&text, &size);
	const char *at;

	if (!out)
		return;
	panel->write(out, scene);
	if (aw_memory_close(out))
		return;
	aw_view_text_changed(scene->view, count_lines(text), (unsigned int)height);
	at = text;
	for (unsigned int i = 0; i < scene->view->line; i++)
		at = next_line(at);
	for (int i = 0; i < height; i++, at = next_line(at))
		draw_line(scene, at, y + i);
}
