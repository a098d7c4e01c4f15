/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory map as lines of cells, and the cell under the cursor.
 */
#ifndef AW_SCREEN_MAP_LINES_H
#define AW_SCREEN_MAP_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "blockers/answer.h"

struct aw_map_line {
	unsigned int zone;	/* index of blockers->zones */
	unsigned int count;	/* cells; 0: the head of the zone */
	uint64_t first;		/* index of the first cell */
};

struct aw_map_lines {
	unsigned int in_row;		/* cells of a full line */
	unsigned int count;
	struct aw_map_line *lines;	/* owned */
	unsigned int top, height;	/* the first visible line, and how many fit */
	unsigned int line, column;	/* of the cursor; never on a head */
};

/*
 * Lines for what was found, in a width; rows without memory are left out.  The
 * cursor stays on its cell if that exists.  0 or -ENOMEM.
 */
int aw_map_lines_make(struct aw_map_lines *map, const struct aw_blockers *found, unsigned int width);
void aw_map_lines_clear(struct aw_map_lines *map);

/* Moves the cursor by lines, or by cells, which go on in the next line; within the map. */
void aw_map_move_lines(struct aw_map_lines *map, int lines);
void aw_map_move_cells(struct aw_map_lines *map, int cells);

/* So many lines fit: scrolls so that the cursor, and at the top the head above it, are visible. */
void aw_map_set_height(struct aw_map_lines *map, unsigned int height);

/* NULL: there is no cell. */
const struct aw_cell *aw_map_cell(const struct aw_map_lines *map, const struct aw_blockers *found);

#endif
