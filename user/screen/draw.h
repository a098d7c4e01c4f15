/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Styled text at positions on the screen.
 */
#ifndef AW_SCREEN_DRAW_H
#define AW_SCREEN_DRAW_H

#include <stdbool.h>

#include "screen/style.h"

/* Sets up the styles for the terminal; without `colours` (NO_COLOR), they have none. */
void aw_draw_init(bool colours);

/* A position on the screen where text is drawn. */
struct aw_pen {
	int y, x;
	int end;		/* drawing stops before this column */
	enum aw_style over;	/* replaces the style of each text, for the selected row; AW_STYLE_PLAIN: does not */
};

/* Clears line `y` and returns a pen at its start. */
struct aw_pen aw_pen_at(int y, int width);

/* Draws the text that fits before the pen's end, and advances the pen. */
void aw_pen_put(struct aw_pen *pen, enum aw_style style, const char *text);
void aw_pen_printf(struct aw_pen *pen, enum aw_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Draws text in a field of `columns`, cut or padded. */
void aw_pen_field(struct aw_pen *pen, enum aw_style style, unsigned int columns, bool right, const char *text);

/* Draws text with marks (style.h), and clears the rest of the line. */
void aw_pen_marked(struct aw_pen *pen, const char *text);

/* Draws blanks up to the pen's end, or up to a column. */
void aw_pen_fill(struct aw_pen *pen, enum aw_style style, int until);

#endif
