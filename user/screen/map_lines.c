// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map as lines of cells, and the cell under the cursor.
 */
#include "screen/map_lines.h"

#include <errno.h>
#include <stdlib.h>

#define ADDRESS_COLUMNS 15	/* "0x00004e000000 " */
#define FEWEST_IN_ROW 8
#define MOST_IN_ROW 128

/* A power of two, so that addresses of lines are round. */
static unsigned int cells_in_row(unsigned int width)
{
	unsigned int cells = FEWEST_IN_ROW;

	while (cells < MOST_IN_ROW && cells * 2 + ADDRESS_COLUMNS <= width)
		cells *= 2;
	return cells;
}

static bool has_memory(const struct aw_cells *cells, uint64_t first, unsigned int count)
{
	for (uint64_t i = first; i < first + count; i++)
		if (cells->cells[i].type != AW_CELL_NONE)
			return true;
	return false;
}

static unsigned int most_lines(const struct aw_blockers *found, unsigned int in_row)
{
	unsigned int most = 0;

	for (unsigned int z = 0; z < found->nr_zones; z++)
		most += 1 + (unsigned int)((found->zones[z].cells.count + in_row - 1) / in_row);
	return most;
}

static void add_zone(struct aw_map_lines *map, const struct aw_blockers *found, unsigned int zone)
{
	const struct aw_cells *cells = &found->zones[zone].cells;

	if (cells->count)
		map->lines[map->count++] = (struct aw_map_line){ .zone = zone };
	for (uint64_t first = 0; first < cells->count; first += map->in_row) {
		uint64_t left = cells->count - first;
		unsigned int count = left < map->in_row ? (unsigned int)left : map->in_row;

		if (has_memory(cells, first, count))
			map->lines[map->count++] = (struct aw_map_line){ .zone = zone, .count = count, .first = first };
	}
}

/* The nearest line with cells, from `line` on, in this direction and then in the other. */
static unsigned int nearest(const struct aw_map_lines *map, unsigned int line, int step)
{
	unsigned int at = line;

	while (at < map->count && !map->lines[at].count)
		at += (unsigned int)step;	/* wraps below 0, and ends the loop */
	if (at < map->count)
		return at;
	for (at = line; at < map->count && !map->lines[at].count;)
		at -= (unsigned int)step;
	return at < map->count ? at : 0;
}

static void clamp_column(struct aw_map_lines *map)
{
	unsigned int count = map->line < map->count ? map->lines[map->line].count : 0;

	if (map->column >= count)
		map->column = count ? count - 1 : 0;
}

/* Puts the cursor on this cell of a zone; without it, on the first cell of all. */
static void find_cell(struct aw_map_lines *map, unsigned int zone, uint64_t index)
{
	for (unsigned int i = 0; i < map->count; i++) {
		const struct aw_map_line *line = &map->lines[i];

		if (line->zone != zone || index < line->first || index - line->first >= line->count)
			continue;
		map->line = i;
		map->column = (unsigned int)(index - line->first);
		return;
	}
	map->line = nearest(map, 0, 1);
	map->column = 0;
}

int aw_map_lines_make(struct aw_map_lines *map, const struct aw_blockers *found, unsigned int width)
{
	struct aw_map_line at = map->line < map->count ? map->lines[map->line] : (struct aw_map_line){ 0 };
	struct aw_map_line *lines;

	map->in_row = cells_in_row(width);
	lines = calloc(most_lines(found, map->in_row) + 1, sizeof(*lines));
	if (!lines)
		return -ENOMEM;
	free(map->lines);
	map->lines = lines;
	map->count = 0;
	for (unsigned int z = 0; z < found->nr_zones; z++)
		add_zone(map, found, z);
	find_cell(map, at.zone, at.first + map->column);
	return 0;
}

void aw_map_lines_clear(struct aw_map_lines *map)
{
	free(map->lines);
	*map = (struct aw_map_lines){ 0 };
}

static void scroll_to_cursor(struct aw_map_lines *map)
{
	unsigned int height = map->height ? map->height : 1;
	/* The head above the first row of a zone is seen with it. */
	unsigned int upper = map->line && height > 1 && !map->lines[map->line - 1].count ? map->line - 1 : map->line;

	if (upper < map->top)
		map->top = upper;
	if (map->line >= map->top + height)
		map->top = map->line - height + 1;
	if (map->top + height > map->count)
		map->top = map->count > height ? map->count - height : 0;
}

void aw_map_move_lines(struct aw_map_lines *map, int lines)
{
	long to = (long)map->line + lines;

	if (!map->count)
		return;
	if (to < 0)
		to = 0;
	if (to >= (long)map->count)
		to = (long)map->count - 1;
	map->line = nearest(map, (unsigned int)to, lines < 0 ? -1 : 1);
	clamp_column(map);
	scroll_to_cursor(map);
}

/* One cell; at the end of a line, the first of the next. */
static void step(struct aw_map_lines *map, int direction)
{
	unsigned int line = map->line;

	if (direction > 0 && map->column + 1 < map->lines[line].count) {
		map->column++;
	} else if (direction < 0 && map->column) {
		map->column--;
	} else {
		aw_map_move_lines(map, direction);
		if (map->line != line)
			map->column = direction > 0 ? 0 : map->lines[map->line].count - 1;
	}
}

void aw_map_move_cells(struct aw_map_lines *map, int cells)
{
	if (!map->count)
		return;
	for (int i = 0; i < abs(cells); i++)
		step(map, cells < 0 ? -1 : 1);
}

void aw_map_set_height(struct aw_map_lines *map, unsigned int height)
{
	map->height = height;
	if (map->count)
		scroll_to_cursor(map);
}

const struct aw_cell *aw_map_cell(const struct aw_map_lines *map, const struct aw_blockers *found)
{
	const struct aw_map_line *line = &map->lines[map->line];

	if (map->line >= map->count || !line->count)
		return NULL;
	return &found->zones[line->zone].cells.cells[line->first + map->column];
}
