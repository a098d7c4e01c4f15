// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map of a zone.
 */
#include "pages/cells.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"

static const struct {
	const char *name, *text;
	char letter;
} types[] = {
	[AW_CELL_NONE] = { "none", "no memory", ' ' },
	[AW_CELL_FREE] = { "free", "free", '.' },
	[AW_CELL_MOVABLE] = { "movable", "can all be moved", 'm' },
	[AW_CELL_PART] = { "part", "blocked, a quarter or more of it free", '\0' },
	[AW_CELL_BLOCKED] = { "blocked", "blocked", '\0' },
	[AW_CELL_CMA] = { "cma", "CMA", 'C' },
	[AW_CELL_RESERVE] = { "reserve", "HighAtomic reserve", 'R' },
};
_Static_assert(ARRAY_SIZE(types) == AW_CELL_TYPES, "a type has no row");

const char *aw_cell_type_name(enum aw_cell_type type)
{
	return types[type].name;
}

const char *aw_cell_type_text(enum aw_cell_type type)
{
	return types[type].text;
}

char aw_cell_type_letter(enum aw_cell_type type)
{
	return types[type].letter;
}

/* Of what blocks: in lower case where a quarter or more is free. */
char aw_cell_letter(const struct aw_cell *cell)
{
	char letter = types[cell->type].letter;

	if (letter)
		return letter;
	letter = aw_page_class_letter(cell->blocker);
	return cell->type == AW_CELL_PART ? (char)(letter - 'A' + 'a') : letter;
}

/* What its pageblocks hold. */
struct sums {
	uint64_t pages[AW_PAGE_CLASSES];
	uint64_t of_type[AW_MT_COUNT];	/* pageblocks */
};

static enum aw_cell_type type_of(const struct aw_cell *cell, const struct sums *sums, uint64_t blocks)
{
	if (!cell->pages)
		return AW_CELL_NONE;
	if (sums->of_type[AW_MT_HIGHATOMIC] * 2 > blocks)
		return AW_CELL_RESERVE;
	if (sums->of_type[AW_MT_CMA] * 2 > blocks && cell->blocked * 2 < cell->pages)
		return AW_CELL_CMA;
	if (cell->blocked)
		return cell->free * 4 >= cell->pages ? AW_CELL_PART : AW_CELL_BLOCKED;
	return cell->free == cell->pages ? AW_CELL_FREE : AW_CELL_MOVABLE;
}

static void sum_up(const struct sums *sums, bool moves_folios, struct aw_cell *cell)
{
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		if (aw_page_class_kind(c) == AW_KIND_NONE)
			continue;
		cell->pages += sums->pages[c];
		cell->by_class[c] = (uint32_t)sums->pages[c];
		if (c == AW_PAGE_FREE) {
			cell->free += sums->pages[c];
		} else if (aw_page_blocks(c, moves_folios)) {
			cell->blocked += sums->pages[c];
			if (!sums->pages[cell->blocker] || sums->pages[c] > sums->pages[cell->blocker] ||
			    !aw_page_blocks(cell->blocker, moves_folios))
				cell->blocker = c;
		} else {
			cell->movable += sums->pages[c];
		}
	}
}

static void make_cell(const struct aw_zone_pages *zone, uint64_t first, uint64_t blocks, bool moves_folios,
		      struct aw_cell *cell)
{
	struct sums sums = { .pages = { 0 } };
	uint64_t until = first + blocks < zone->nr_blocks ? first + blocks : zone->nr_blocks;

	for (uint64_t block = first; block < until; block++)
		sums.of_type[zone->type[block]]++;
	for (uint64_t i = first << zone->pageblock_order; i < until << zone->pageblock_order; i++)
		sums.pages[zone->class[i]]++;
	*cell = (struct aw_cell){ .first = zone->start + (first << zone->pageblock_order) };
	sum_up(&sums, moves_folios, cell);
	cell->type = type_of(cell, &sums, until - first);
}

int aw_cells_make(const struct aw_zone_pages *zone, bool moves_folios, unsigned int max, struct aw_cells *out)
{
	out->blocks = zone->nr_blocks / max + 1;
	out->count = (zone->nr_blocks + out->blocks - 1) / out->blocks;
	out->cells = calloc(out->count, sizeof(*out->cells));
	if (!out->cells)
		return -ENOMEM;
	for (uint64_t i = 0; i < out->count; i++)
		make_cell(zone, i * out->blocks, out->blocks, moves_folios, &out->cells[i]);
	return 0;
}

void aw_cells_clear(struct aw_cells *cells)
{
	free(cells->cells);
	*cells = (struct aw_cells){ 0, 0, NULL };
}
