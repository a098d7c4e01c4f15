/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text in styles at places of the screen.
 */
#ifndef AW_LIVE_DRAW_H
#define AW_LIVE_DRAW_H

#include <stdbool.h>

#include "output/live/style.h"

/* Fills the styles from what the terminal can do; NO_COLOR leaves them without colour. */
void aw_draw_init(bool colours);

/* Style over all that is drawn until aw_draw_over(AW_STYLE_PLAIN): the selected row. */
struct aw_pen {
	int y, x;
	int end;		/* first column that is not to be drawn at */
	enum aw_style over;	/* AW_STYLE_PLAIN: the style of each text */
};

/* A pen at the start of line `y`, which is emptied. */
struct aw_pen aw_pen_at(int y, int width);

/* Text that fits before the pen's end; advances the pen. */
void aw_pen_put(struct aw_pen *pen, enum aw_style style, const char *text);
void aw_pen_printf(struct aw_pen *pen, enum aw_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Text in a field of `columns`, cut or padded. */
void aw_pen_field(struct aw_pen *pen, enum aw_style style, unsigned int columns, bool right, const char *text);

/* Text with marks (style.h); what is left of the line is emptied. */
void aw_pen_marked(struct aw_pen *pen, const char *text);

/* Blanks up to the end, or up to a column. */
void aw_pen_fill(struct aw_pen *pen, enum aw_style style, int until);

#endif
