// SPDX-License-Identifier: GPL-2.0
/*
 * The bottom line: the keys of the page, or the filter as it is typed.
 */
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "screen/draw.h"
#include "screen/header.h"
#include "screen/keys.h"

/* Of "bad --filter term 'x': why", only the reason is shown, next to the filter. */
static const char *reason(const char *text)
{
	const char *why = strstr(text, "': ");

	return why ? why + strlen("': ") : text;
}

static void draw_input(const struct aw_scene *scene, struct aw_pen *pen)
{
	const struct aw_view *view = scene->view;
	char safe[4 * AW_TERM_TEXT];

	aw_pen_put(pen, AW_STYLE_KEY_NAME, "Filter:");
	aw_pen_printf(pen, AW_STYLE_PLAIN, " %s_  ", aw_escape_terminal(view->input, safe, sizeof(safe)));
	if (view->error.text[0])
		aw_pen_put(pen, AW_STYLE_WARM, aw_escape_terminal(reason(view->error.text), safe, sizeof(safe)));
	else
		aw_pen_put(pen, AW_STYLE_DIM, "Enter keeps it, Esc drops it");
}

/* Shows only the first name of a key: "h", not "h ? F1". */
static void draw_button(struct aw_pen *pen, const struct aw_key_row *row)
{
	char name[16];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(row->name, " "), row->name);
	if (pen->x + (int)strlen(name) + (int)strlen(row->button) + 1 > pen->end)
		return;
	aw_pen_put(pen, AW_STYLE_KEY, name);
	aw_pen_put(pen, AW_STYLE_KEY_NAME, row->button);
	aw_pen_put(pen, AW_STYLE_PLAIN, " ");
}

static void draw_state(const struct aw_view *view, struct aw_pen *pen)
{
	char safe[4 * AW_TERM_TEXT];

	if (view->hard_only)
		aw_pen_put(pen, AW_STYLE_HOT, "hard only ");
	if (view->input[0])
		aw_pen_printf(pen, AW_STYLE_WARM, "filter %s ", aw_escape_terminal(view->input, safe, sizeof(safe)));
}

void aw_footer_draw(const struct aw_scene *scene, int y)
{
	const struct aw_view *view = scene->view;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	if (view->typing) {
		draw_input(scene, &pen);
		return;
	}
	if (view->page == AW_PAGE_FAILURES)
		draw_state(view, &pen);
	for (unsigned int i = 0; i < aw_key_rows_count; i++)
		if (aw_key_rows[i].button && aw_key_rows[i].pages >> view->page & 1)
			draw_button(&pen, &aw_key_rows[i]);
}
