// SPDX-License-Identifier: GPL-2.0
/*
 * Small graphs made of characters.
 */
#include "screen/spark.h"

#include <stdio.h>
#include <string.h>

#define LEVELS 8

static const char *const utf8_levels[LEVELS + 1] = {
	"\u00b7", "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588",
};
static const char *const ascii_levels[LEVELS + 1] = { ".", "_", "-", ":", "=", "+", "*", "#", "@" };

/* Blocks of 0 to 8 eighths of a column, from the left. */
static const char *const utf8_eighths[LEVELS + 1] = {
	"", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589", "\u2588",
};

static unsigned int level(uint64_t value, uint64_t largest, unsigned int steps)
{
	unsigned int of = largest ? (unsigned int)((double)value * steps / (double)largest + 0.5) : 0;

	return value && !of ? 1 : of;
}

static bool append(char *out, size_t size, size_t *used, const char *piece)
{
	size_t length = strlen(piece);

	if (*used + length >= size)
		return false;
	memcpy(out + *used, piece, length + 1);
	*used += length;
	return true;
}

const char *aw_spark(const uint64_t *values, unsigned int count, bool utf8, char *out, size_t size)
{
	uint64_t largest = 0;
	size_t used = 0;

	out[0] = '\0';
	for (unsigned int i = 0; i < count; i++)
		if (values[i] > largest)
			largest = values[i];
	for (unsigned int i = 0; i < count; i++)
		if (!append(out, size, &used, (utf8 ? utf8_levels : ascii_levels)[level(values[i], largest, LEVELS)]))
			break;
	return out;
}

const char *aw_spark_bar(uint64_t value, uint64_t largest, unsigned int columns, bool utf8, char *out, size_t size)
{
	unsigned int length = level(value, largest, utf8 ? columns * LEVELS : columns);
	unsigned int whole = utf8 ? length / LEVELS : length;
	size_t used = 0;

	out[0] = '\0';
	for (unsigned int i = 0; i < whole; i++)
		append(out, size, &used, utf8 ? utf8_eighths[LEVELS] : "#");
	if (utf8)
		append(out, size, &used, utf8_eighths[length % LEVELS]);
	return out;
}
