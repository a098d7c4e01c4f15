/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory map: a cell for each pageblock, or for several in a large zone,
 * with a letter for what fills it.
 */
#ifndef AW_PAGES_CELLS_H
#define AW_PAGES_CELLS_H

#include <stdint.h>

#include "pages/zone.h"

#define AW_CELLS_MAX 4096	/* of a zone, in a map by itself */

enum aw_cell_type {
	AW_CELL_NONE,		/* no page */
	AW_CELL_FREE,		/* wholly free */
	AW_CELL_MOVABLE,	/* nothing in it blocks */
	AW_CELL_PART,		/* blocked, a quarter or more of it is free: fragmented */
	AW_CELL_BLOCKED,	/* blocked, and full or nearly so */
	AW_CELL_CMA,		/* wholly free or movable, of a CMA area */
	AW_CELL_RESERVE,	/* of the HighAtomic reserve */
	AW_CELL_TYPES
};

struct aw_cell {
	enum aw_cell_type type;
	enum aw_page_class blocker;	/* PART, BLOCKED: the class that blocks most of it */
	uint64_t first;			/* page frame number */
	uint64_t pages, free, movable, blocked;
	uint32_t by_class[AW_PAGE_CLASSES];	/* pages; a cell is at most 2^32 of them */
};

struct aw_cells {
	uint64_t count;
	uint64_t blocks;		/* pageblocks in a cell */
	struct aw_cell *cells;		/* owned */
};

char aw_cell_letter(const struct aw_cell *cell);
char aw_cell_type_letter(enum aw_cell_type type);	/* PART, BLOCKED: '\0', the class has it */
const char *aw_cell_type_name(enum aw_cell_type type);	/* stable key: "part" */
const char *aw_cell_type_text(enum aw_cell_type type);

/* At most `max` cells.  0 or -ENOMEM. */
int aw_cells_make(const struct aw_zone_pages *zone, bool moves_folios, unsigned int max, struct aw_cells *out);
void aw_cells_clear(struct aw_cells *cells);

#endif
