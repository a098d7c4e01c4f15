/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory map as SVG: what the picture and the page share.
 */
#ifndef AW_BLOCKERS_SVG_H
#define AW_BLOCKERS_SVG_H

#include <stdint.h>
#include <stdio.h>

#include "blockers/answer.h"

#define AW_MAP_IN_ROW 64
#define AW_MAP_SIDE 14		/* of a cell, px */
#define AW_MAP_LEFT 96		/* columns of addresses, px */
#define AW_MAP_WIDTH (AW_MAP_LEFT + AW_MAP_IN_ROW * AW_MAP_SIDE)

/* CSS: the colours of the types of cells, by their names, as fill and as background. */
extern const char aw_map_css[];

/* Rows that have memory; the others are left out, as in the other forms of the map. */
uint64_t aw_map_rows(const struct aw_cells *cells);

/* The rows from (0, 0) on: an address, and cells with their letters and a <title> that says what they hold. */
void aw_map_put_cells(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone);

/* The letter of a type in a legend: of PART and BLOCKED, that of kernel pages. */
char aw_map_legend_letter(enum aw_cell_type type);

#endif
