// SPDX-License-Identifier: GPL-2.0
/*
 * Text in the columns of a terminal.
 */
#include "screen/cell.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"

/* The next character as sent to the terminal: "?" if the terminal cannot show it. */
struct glyph {
	const char *bytes;
	size_t length;		/* of `bytes` */
	size_t taken;		/* bytes of the text consumed */
	unsigned int columns;
};

static struct glyph next_glyph(const char *text, unsigned int column)
{
	struct glyph unknown = { "?", 1, 1, 1 };
	mbstate_t state = { 0 };
	wchar_t wide;
	size_t length = mbrtowc(&wide, text, MB_LEN_MAX, &state);
	int columns;

	if (length == (size_t)-1 || length == (size_t)-2 || !length)
		return unknown;
	columns = wcwidth(wide);
	/* Bidi controls are of no width, but would reorder the rest of the screen. */
	if ((unsigned char)*text >= 0x80 && !aw_utf8_printable(text))
		columns = -1;
	if (columns < 0 || (!columns && !column)) {
		unknown.taken = length;
		return unknown;
	}
	return (struct glyph){ text, length, length, (unsigned int)columns };
}

unsigned int aw_cell_width(const char *text)
{
	unsigned int width = 0;

	while (*text) {
		struct glyph glyph = next_glyph(text, width);

		width += glyph.columns;
		text += glyph.taken;
	}
	return width;
}

/* Copies as much as fits, without marking what is cut. */
static unsigned int copy(const char *text, unsigned int columns, char *out, size_t size, size_t *used)
{
	unsigned int width = 0;

	*used = 0;
	while (*text) {
		struct glyph glyph = next_glyph(text, width);

		if (width + glyph.columns > columns || *used + glyph.length >= size)
			break;
		memcpy(out + *used, glyph.bytes, glyph.length);
		*used += glyph.length;
		width += glyph.columns;
		text += glyph.taken;
	}
	out[*used] = '\0';
	return width;
}

unsigned int aw_cell_fit(const char *text, unsigned int columns, char *out, size_t size)
{
	size_t used;
	unsigned int width;

	if (aw_cell_width(text) <= columns)
		return copy(text, columns, out, size, &used);
	if (!columns)
		return copy("", 0, out, size, &used);
	width = copy(text, columns - 1, out, size - 1, &used);
	memcpy(out + used, "~", 2);
	return width + 1;
}

/* 1200 divided by 1000 is "1.2", 17664 is "17". */
static const char *scaled(double value, char unit, char text[AW_CELL_NUMBER])
{
	snprintf(text, AW_CELL_NUMBER, value < 9.95 ? "%.1f%c" : "%.0f%c", value, unit);
	return text;
}

const char *aw_cell_number(uint64_t number, char text[AW_CELL_NUMBER])
{
	static const char units[] = "kMGT";
	double value = (double)number;
	unsigned int unit = 0;

	if (number < 10000) {
		snprintf(text, AW_CELL_NUMBER, "%" PRIu64, number);
		return text;
	}
	for (value /= 1000; value >= 999.5 && unit < sizeof(units) - 2; unit++)
		value /= 1000;
	return scaled(value, units[unit], text);
}

const char *aw_cell_grouped(uint64_t number, char text[AW_CELL_GROUPED])
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);
	char *out = text;

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*out++ = ',';
		*out++ = digits[i];
	}
	*out = '\0';
	return text;
}

const char *aw_cell_age(uint64_t ns, char text[AW_CELL_NUMBER])
{
	static const struct { uint64_t seconds; char unit; } units[] = {
		{ 86400 * 2, 'd' }, { 3600 * 2, 'h' }, { 100, 'm' }, { 0, 's' },
	};
	static const uint64_t seconds_of[] = { 86400, 3600, 60, 1 };
	uint64_t seconds = ns / 1000000000;
	unsigned int i = 0;

	while (seconds < units[i].seconds)
		i++;
	snprintf(text, AW_CELL_NUMBER, "%" PRIu64 "%c", seconds / seconds_of[i], units[i].unit);
	return text;
}

const char *aw_cell_rate(double rate, char text[AW_CELL_NUMBER])
{
	if (rate <= 0)
		snprintf(text, AW_CELL_NUMBER, "0");
	else if (rate < 9.95)
		snprintf(text, AW_CELL_NUMBER, "%.1f", rate);
	else
		aw_cell_number((uint64_t)(rate + 0.5), text);
	return text;
}
