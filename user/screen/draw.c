// SPDX-License-Identifier: GPL-2.0
/*
 * Styled text at positions on the screen, with curses.
 */
#include "screen/draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <curses.h>

#include "base/array.h"
#include "screen/cell.h"

#define NONE (-1)
#define GREY_256 244

struct look {
	attr_t plain;		/* attributes without colours */
	attr_t coloured;	/* attributes with colours */
	short front, back;	/* one of 8 colours; NONE: the terminal's default */
	short front_256;	/* used instead of `front` on terminals with 256 colours; 0: use `front` */
};

static const struct look looks[] = {
	[AW_STYLE_PLAIN] = { A_NORMAL, A_NORMAL, NONE, NONE, 0 },
	[AW_STYLE_DIM] = { A_NORMAL, A_NORMAL, NONE, NONE, GREY_256 },
	[AW_STYLE_STRONG] = { A_BOLD, A_BOLD, NONE, NONE, 0 },
	[AW_STYLE_TITLE] = { A_REVERSE, A_BOLD, COLOR_WHITE, COLOR_BLUE, 0 },
	[AW_STYLE_HEAD] = { A_REVERSE, A_NORMAL, COLOR_BLACK, COLOR_GREEN, 0 },
	[AW_STYLE_HEAD_SORTED] = { A_REVERSE | A_BOLD, A_NORMAL, COLOR_BLACK, COLOR_CYAN, 0 },
	[AW_STYLE_SELECTED] = { A_REVERSE, A_NORMAL, COLOR_BLACK, COLOR_CYAN, 0 },
	[AW_STYLE_LABEL] = { A_BOLD, A_NORMAL, COLOR_CYAN, NONE, 0 },
	[AW_STYLE_HOT] = { A_BOLD, A_BOLD, COLOR_RED, NONE, 0 },
	[AW_STYLE_WARM] = { A_NORMAL, A_NORMAL, COLOR_YELLOW, NONE, 0 },
	[AW_STYLE_GOOD] = { A_NORMAL, A_NORMAL, COLOR_GREEN, NONE, 0 },
	[AW_STYLE_GRAPH] = { A_NORMAL, A_NORMAL, COLOR_CYAN, NONE, 0 },
	[AW_STYLE_KEY] = { A_BOLD, A_BOLD, NONE, NONE, 0 },
	[AW_STYLE_KEY_NAME] = { A_REVERSE, A_NORMAL, COLOR_BLACK, COLOR_CYAN, 0 },
	[AW_STYLE_MAP_FREE] = { A_NORMAL, A_NORMAL, COLOR_GREEN, NONE, 0 },
	[AW_STYLE_MAP_MOVABLE] = { A_NORMAL, A_NORMAL, COLOR_BLACK, COLOR_CYAN, 0 },
	[AW_STYLE_MAP_PART] = { A_NORMAL, A_NORMAL, COLOR_BLACK, COLOR_YELLOW, 0 },
	[AW_STYLE_MAP_BLOCKED] = { A_NORMAL, A_NORMAL, COLOR_WHITE, COLOR_RED, 0 },
	[AW_STYLE_MAP_CMA] = { A_NORMAL, A_NORMAL, COLOR_WHITE, COLOR_BLUE, 0 },
	[AW_STYLE_MAP_RESERVE] = { A_NORMAL, A_NORMAL, COLOR_WHITE, COLOR_MAGENTA, 0 },
	[AW_STYLE_MAP_CURSOR] = { A_REVERSE | A_BOLD, A_REVERSE | A_BOLD, NONE, NONE, 0 },
};
_Static_assert(ARRAY_SIZE(looks) == AW_STYLES, "every style needs a look");

/* The number of a style's colour pair is style + 1. */
void aw_draw_init(bool colours)
{
	if (!colours || !has_colors())
		return;
	start_color();
	use_default_colors();
	for (int style = 0; style < AW_STYLES; style++) {
		short front = COLORS >= 256 && looks[style].front_256 ? looks[style].front_256 : looks[style].front;

		init_pair((short)(style + 1), front, looks[style].back);
	}
}

/* COLOR_PAIRS is 0 until start_color(). */
static attr_t attributes(enum aw_style style)
{
	return COLOR_PAIRS > AW_STYLES ? looks[style].coloured | (attr_t)COLOR_PAIR(style + 1) : looks[style].plain;
}

struct aw_pen aw_pen_at(int y, int width)
{
	struct aw_pen pen = { .y = y, .end = width, .over = AW_STYLE_PLAIN };

	attrset(A_NORMAL);
	move(y, 0);
	clrtoeol();
	return pen;
}

static void put_cut(struct aw_pen *pen, enum aw_style style, const char *text, unsigned int used)
{
	attrset(attributes(pen->over != AW_STYLE_PLAIN ? pen->over : style));
	mvaddstr(pen->y, pen->x, text);
	pen->x += (int)used;
}

void aw_pen_put(struct aw_pen *pen, enum aw_style style, const char *text)
{
	char cut[1024];

	if (pen->x >= pen->end)
		return;
	put_cut(pen, style, cut, aw_cell_fit(text, (unsigned int)(pen->end - pen->x), cut, sizeof(cut)));
}

void aw_pen_printf(struct aw_pen *pen, enum aw_style style, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	aw_pen_put(pen, style, text);
}

void aw_pen_fill(struct aw_pen *pen, enum aw_style style, int until)
{
	attrset(attributes(pen->over != AW_STYLE_PLAIN ? pen->over : style));
	if (until > pen->end)
		until = pen->end;
	for (; pen->x < until; pen->x++)
		mvaddch(pen->y, pen->x, ' ');
}

void aw_pen_field(struct aw_pen *pen, enum aw_style style, unsigned int columns, bool right, const char *text)
{
	char cut[1024];
	unsigned int room = pen->end > pen->x ? (unsigned int)(pen->end - pen->x) : 0;
	unsigned int used;
	int end;

	if (columns > room)
		columns = room;
	used = aw_cell_fit(text, columns, cut, sizeof(cut));
	end = pen->x + (int)columns;
	if (right)
		aw_pen_fill(pen, style, end - (int)used);
	put_cut(pen, style, cut, used);
	aw_pen_fill(pen, style, end);
}

/* The length of text up to the next mark. */
static size_t run_length(const char *text)
{
	size_t length = 0;

	while (text[length] && !((unsigned char)text[length] >= AW_MARK_FIRST && (unsigned char)text[length] < AW_MARK_FIRST + AW_STYLES_MARKED))
		length++;
	return length;
}

void aw_pen_marked(struct aw_pen *pen, const char *text)
{
	enum aw_style style = AW_STYLE_PLAIN;

	while (*text) {
		size_t length = run_length(text);
		char run[1024];

		if (!length) {
			style = (enum aw_style)((unsigned char)*text++ - AW_MARK_FIRST);
			continue;
		}
		snprintf(run, sizeof(run), "%.*s", (int)length, text);
		aw_pen_put(pen, style, run);
		text += length;
	}
	if (style == AW_STYLE_HEAD)
		aw_pen_fill(pen, style, pen->end);
}
