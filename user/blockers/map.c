// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map as letters.
 */
#include <inttypes.h>

#include "base/escape.h"
#include "base/units.h"
#include "blockers/answer.h"

#define ADDRESS_COLUMNS 16	/* "  0x00004e000000  " */
#define MOST_IN_ROW 64

/* A zone of one cell is that cell. */
static uint64_t cell_bytes(const struct aw_blockers *blockers, const struct aw_blockers_zone *zone)
{
	const struct aw_cells *cells = &zone->cells;
	uint64_t pages = cells->count > 1 ? cells->cells[1].first - cells->cells[0].first : zone->span.spanned;

	return pages * blockers->kernel->page_size;
}

void aw_blockers_zone_summary(const struct aw_blockers *blockers, const struct aw_blockers_zone *zone, char *text,
			      size_t size)
{
	uint64_t of_type[AW_CELL_TYPES] = { 0 };
	char bytes[AW_UNITS_TEXT], cma[40] = "", reserve[40] = "";

	for (uint64_t i = 0; i < zone->cells.count; i++)
		of_type[zone->cells.cells[i].type]++;
	if (of_type[AW_CELL_CMA])
		snprintf(cma, sizeof(cma), ", %" PRIu64 " CMA", of_type[AW_CELL_CMA]);
	if (of_type[AW_CELL_RESERVE])
		snprintf(reserve, sizeof(reserve), ", %" PRIu64 " reserve", of_type[AW_CELL_RESERVE]);
	snprintf(text, size, "a cell is %s; %" PRIu64 " free, %" PRIu64 " movable, %" PRIu64 " blocked%s%s",
		 aw_format_bytes(cell_bytes(blockers, zone), bytes), of_type[AW_CELL_FREE], of_type[AW_CELL_MOVABLE],
		 of_type[AW_CELL_PART] + of_type[AW_CELL_BLOCKED], cma, reserve);
}

/* The largest power of two that fits. */
static unsigned int cells_in_row(unsigned int width)
{
	unsigned int cells = 1;

	while (cells * 2 <= MOST_IN_ROW && (!width || cells * 2 + ADDRESS_COLUMNS + 2 <= width))
		cells *= 2;
	return cells;
}

/* Rows without memory are left out. */
static bool is_empty(const struct aw_cells *cells, uint64_t first, uint64_t until)
{
	for (uint64_t i = first; i < until && i < cells->count; i++)
		if (cells->cells[i].type != AW_CELL_NONE)
			return false;
	return true;
}

static void print_zone(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone,
		       unsigned int in_row)
{
	uint64_t page = blockers->kernel->page_size;
	const struct aw_cells *cells = &zone->cells;
	char summary[AW_MAP_SUMMARY], name[AW_ESCAPED_SIZE(sizeof(zone->span.name))];

	aw_blockers_zone_summary(blockers, zone, summary, sizeof(summary));
	fprintf(out, "\n  zone %s, node %d, by physical address; %s\n",
		aw_escape_terminal(zone->span.name, name, sizeof(name)), zone->span.node, summary);
	for (uint64_t i = 0; i < cells->count; i += in_row) {
		if (is_empty(cells, i, i + in_row))
			continue;
		fprintf(out, "  0x%012" PRIx64 "  ", cells->cells[i].first * page);
		for (uint64_t k = i; k < i + in_row && k < cells->count; k++)
			putc(aw_cell_letter(&cells->cells[k]), out);
		putc('\n', out);
	}
}

static void print_legend(FILE *out)
{
	fputs("\n", out);
	for (enum aw_cell_type type = AW_CELL_FREE; type < AW_CELL_TYPES; type++)
		if (aw_cell_type_letter(type))
			fprintf(out, "  %c %s", aw_cell_type_letter(type), aw_cell_type_text(type));
	fputs("\n  blocked, mostly by (in lower case: a quarter or more is free):\n", out);
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (aw_page_class_letter(class))
			fprintf(out, "  %c %s\n", aw_page_class_letter(class), aw_page_class_text(class));
}

void aw_blockers_print_map(FILE *out, const struct aw_blockers *blockers, unsigned int width)
{
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		if (blockers->zones[i].cells.count)
			print_zone(out, blockers, &blockers->zones[i], cells_in_row(width));
	print_legend(out);
}
