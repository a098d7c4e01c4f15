// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map page: a letter and a colour for each cell, a legend, and what
 * the cell under the cursor holds.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/units.h"
#include "base/wrap.h"
#include "screen/cell.h"
#include "screen/draw.h"
#include "screen/panel.h"
#include "screen/table.h"

#define LOW 14			/* lower pages have less of a legend */
#define CELL_LINES 2
#define ANSWER_LINES 2

static const enum aw_style styles[] = {
	[AW_CELL_NONE] = AW_STYLE_PLAIN,
	[AW_CELL_FREE] = AW_STYLE_MAP_FREE,
	[AW_CELL_MOVABLE] = AW_STYLE_MAP_MOVABLE,
	[AW_CELL_PART] = AW_STYLE_MAP_PART,
	[AW_CELL_BLOCKED] = AW_STYLE_MAP_BLOCKED,
	[AW_CELL_CMA] = AW_STYLE_MAP_CMA,
	[AW_CELL_RESERVE] = AW_STYLE_MAP_RESERVE,
};
_Static_assert(sizeof(styles) / sizeof(styles[0]) == AW_CELL_TYPES, "a type of cell has no style");

/* ---- text above and below ---- */

/* "order 4, unmovable, 12s ago: 497 free now; compaction can make about 1993 more" */
static void write_answer(FILE *out, const struct aw_scene *scene)
{
	const struct aw_map *map = scene->map;
	const struct aw_blockers *found = map->found;
	char sentence[300], bytes[AW_UNITS_TEXT], age[AW_CELL_NUMBER];
	struct aw_wrap wrap = { .out = out, .width = scene->width, .cut = true };

	aw_blockers_sentence(found, sentence, sizeof(sentence));
	fputs(AW_MARK_STRONG, out);
	if (map->next)
		aw_wrap_text(&wrap, "looking again ... ");
	aw_wrap_text(&wrap, aw_format_bytes(aw_order_bytes(found->kernel, found->request.order), bytes));
	aw_wrap_text(&wrap, found->request.movable ? " movable, " : " unmovable, ");
	aw_wrap_text(&wrap, aw_cell_age(scene->now_ns > map->at_ns ? scene->now_ns - map->at_ns : 0, age));
	aw_wrap_text(&wrap, " ago: ");
	aw_wrap_text(&wrap, sentence);
	aw_wrap_end(&wrap);
}

/* What to say while there is no map. */
static void write_none(FILE *out, const struct aw_scene *scene)
{
	const struct aw_map *map = scene->map;
	char text[sizeof(map->error.text) + 160];
	struct aw_wrap wrap = { .out = out, .width = scene->width, .cut = true };

	if (map->next)
		snprintf(text, sizeof(text), "Looking at every page ... (zone %u)", map->next->nr_zones + 1);
	else if (map->error.text[0])
		snprintf(text, sizeof(text), "No memory map: %s.", map->error.text);
	else
		snprintf(text, sizeof(text), "No memory map: no page can be looked at, only free blocks counted (%s).",
			 aw_page_source_limits(AW_PAGES_COUNTS));
	aw_wrap_text(&wrap, text);
	aw_wrap_end(&wrap);
}

/* Draws text with marks on at most `most` lines, and returns on how many. */
static int draw_text(const struct aw_scene *scene, void (*write)(FILE *, const struct aw_scene *), int y, int most)
{
	AW_FREE char *text = NULL;
	size_t size = 0;
	FILE *out = aw_memory_open(&text, &size);
	char *line, *rest;
	int lines = 0;

	if (!out)
		return 0;
	write(out, scene);
	if (aw_memory_close(out))
		return 0;
	for (line = strtok_r(text, "\n", &rest); line && lines < most; line = strtok_r(NULL, "\n", &rest)) {
		struct aw_pen pen = aw_pen_at(y + lines++, (int)scene->width);

		aw_pen_marked(&pen, line);
	}
	return lines;
}

static void draw_word(struct aw_pen *pen, enum aw_cell_type type, char letter, const char *word)
{
	const char text[] = { letter, '\0' };

	aw_pen_put(pen, styles[type], text);
	aw_pen_printf(pen, AW_STYLE_PLAIN, " %s  ", word);
}

/* The letters of blocked cells that the map shows, with the classes that they mean. */
static void draw_blockers(const struct aw_scene *scene, int y)
{
	const struct aw_blockers *found = scene->map->found;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	bool seen[AW_PAGE_CLASSES] = { false };

	for (unsigned int z = 0; z < found->nr_zones; z++)
		for (uint64_t i = 0; i < found->zones[z].cells.count; i++)
			if (!aw_cell_type_letter(found->zones[z].cells.cells[i].type))
				seen[found->zones[z].cells.cells[i].blocker] = true;
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (seen[class])
			draw_word(&pen, AW_CELL_BLOCKED, aw_page_class_letter(class), aw_page_class_name(class));
}

static void draw_legend(const struct aw_scene *scene, int y, int lines)
{
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	draw_word(&pen, AW_CELL_FREE, aw_cell_type_letter(AW_CELL_FREE), "free");
	draw_word(&pen, AW_CELL_MOVABLE, aw_cell_type_letter(AW_CELL_MOVABLE), "movable");
	draw_word(&pen, AW_CELL_CMA, aw_cell_type_letter(AW_CELL_CMA), "CMA");
	draw_word(&pen, AW_CELL_RESERVE, aw_cell_type_letter(AW_CELL_RESERVE), "reserve");
	aw_pen_put(&pen, AW_STYLE_DIM, "else blocked");
	aw_pen_put(&pen, AW_STYLE_DIM, ", small letters: a quarter free");
	if (lines > 1)
		draw_blockers(scene, y + 1);
}

/* ---- the cells ---- */

static uint64_t address(const struct aw_blockers *found, uint64_t pfn)
{
	return pfn * found->kernel->page_size;
}

/* "DMA: a cell is 2 MiB; 12 free, 30 movable, 80 blocked, 16 CMA" */
static void draw_zone(const struct aw_scene *scene, const struct aw_blockers_zone *zone, int y)
{
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	char summary[AW_MAP_SUMMARY];

	aw_blockers_zone_summary(scene->map->found, zone, summary, sizeof(summary));
	aw_pen_printf(&pen, AW_STYLE_LABEL, "%s", zone->span.name);
	if (zone->span.node)
		aw_pen_printf(&pen, AW_STYLE_LABEL, " of node %d", zone->span.node);
	aw_pen_printf(&pen, AW_STYLE_PLAIN, ": %s", summary);
}

static void draw_cells(const struct aw_scene *scene, const struct aw_map_line *line, int y, bool has_cursor)
{
	const struct aw_blockers *found = scene->map->found;
	const struct aw_cell *cells = &found->zones[line->zone].cells.cells[line->first];
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	aw_pen_printf(&pen, AW_STYLE_DIM, "0x%012" PRIx64 " ", address(found, cells->first));
	for (unsigned int i = 0; i < line->count; i++) {
		const char text[] = { aw_cell_letter(&cells[i]), '\0' };

		aw_pen_put(&pen, has_cursor && i == scene->view->map.column ? AW_STYLE_MAP_CURSOR : styles[cells[i].type],
			   text);
	}
}

/* Returns how many lines there are. */
static int draw_lines(const struct aw_scene *scene, int y, int height)
{
	const struct aw_map_lines *map = &scene->view->map;
	int i;

	for (i = 0; i < height && map->top + (unsigned int)i < map->count; i++) {
		unsigned int at = map->top + (unsigned int)i;

		if (!map->lines[at].count)
			draw_zone(scene, &scene->map->found->zones[map->lines[at].zone], y + i);
		else
			draw_cells(scene, &map->lines[at], y + i, at == map->line);
	}
	return i;
}

/* ---- the cell under the cursor ---- */

static void draw_cell(const struct aw_scene *scene, int y)
{
	const struct aw_blockers *found = scene->map->found;
	const struct aw_cell *cell = aw_map_cell(&scene->view->map, found);
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	aw_pen_at(y + 1, (int)scene->width);
	if (!cell)
		return;
	aw_pen_printf(&pen, AW_STYLE_STRONG, "0x%012" PRIx64 " %c  ", address(found, cell->first), aw_cell_letter(cell));
	aw_pen_put(&pen, AW_STYLE_PLAIN, aw_cell_type_text(cell->type));
	pen = aw_pen_at(y + 1, (int)scene->width);
	if (cell->type == AW_CELL_NONE)
		return;
	aw_pen_printf(&pen, AW_STYLE_PLAIN, "pages: %" PRIu64 " free, %" PRIu64 " movable, %" PRIu64 " blocked",
		      cell->free, cell->movable, cell->blocked);
	if (cell->blocked)
		aw_pen_printf(&pen, AW_STYLE_PLAIN, ", most by %s", aw_page_class_text(cell->blocker));
}

static uint32_t next_smaller(const struct aw_cell *cell, uint32_t than)
{
	uint32_t most = 0;

	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (cell->by_class[class] < than && cell->by_class[class] > most)
			most = cell->by_class[class];
	return most;
}

static void write_remedy(FILE *out, const char *remedy, unsigned int width)
{
	struct aw_wrap wrap = { .out = out, .width = width, .indent = 11, .blanks = 11, .cut = true };

	if (!remedy[0])
		return;
	aw_wrap_text(&wrap, remedy);
	aw_wrap_end(&wrap);
}

/* The classes of which the cell has so many pages. */
static void write_classes(FILE *out, const struct aw_cell *cell, uint32_t count, bool moves_folios, unsigned int width)
{
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++) {
		if (cell->by_class[class] != count)
			continue;
		fprintf(out, "%9" PRIu32 "  %s%s\n", count, aw_page_class_text(class),
			aw_page_blocks(class, moves_folios) ? AW_MARK_WARM "  blocks" AW_MARK_PLAIN : "");
		write_remedy(out, aw_page_class_remedy(class), width);
	}
}

/* Everything that a cell holds, the most first, and what would take it away. */
static void write_cell(FILE *out, const struct aw_scene *scene)
{
	const struct aw_blockers *found = scene->map->found;
	const struct aw_cell *cell = aw_map_cell(&scene->view->map, found);
	const struct aw_blockers_zone *zone = &found->zones[scene->view->map.lines[scene->view->map.line].zone];
	uint32_t count = UINT32_MAX;

	fprintf(out, AW_MARK_STRONG "0x%012" PRIx64 ", zone %s, node %d: %s" AW_MARK_PLAIN "\n\n",
		address(found, cell->first), zone->span.name, zone->span.node, aw_cell_type_text(cell->type));
	fprintf(out, AW_MARK_HEAD "%9s  %s" AW_MARK_PLAIN "\n", "PAGES", "HOLD");
	/* A recording keeps less of a cell. */
	if (!next_smaller(cell, count) && cell->pages)
		fprintf(out, "%9" PRIu64 "  free\n%9" PRIu64 "  movable\n%9" PRIu64 "  blocked, most by %s\n", cell->free, cell->movable,
			cell->blocked, cell->blocked ? aw_page_class_text(cell->blocker) : "nothing");
	while ((count = next_smaller(cell, count)))
		write_classes(out, cell, count, found->request.moves_folios, scene->width);
}

/* Without memory for them, the lines stay as they were, or there are none. */
static void make_lines(const struct aw_scene *scene)
{
	struct aw_map *map = scene->map;
	struct aw_view *view = scene->view;

	if (!map->found || (!map->changed && view->map_width == scene->width))
		return;
	if (aw_map_lines_make(&view->map, map->found, scene->width))
		aw_map_lines_clear(&view->map);
	view->map_width = scene->width;
	map->changed = false;
}

static const struct aw_panel asked = { "map", write_cell, NULL };
static const struct aw_panel none = { "map", write_none, NULL };

void aw_panel_map(const struct aw_scene *scene, int y, int height)
{
	struct aw_view *view = scene->view;
	int legend = height >= LOW ? 2 : 1, end = y + height;

	scene->map->announced = true;
	make_lines(scene);
	if (!scene->map->found || !view->map.count) {
		aw_page_draw(scene, &none, y, height);
		return;
	}
	if (view->map_asked && aw_map_cell(&view->map, scene->map->found)) {
		aw_page_draw(scene, &asked, y, height);
		return;
	}
	y += draw_text(scene, write_answer, y, ANSWER_LINES);
	height = end - y - legend - CELL_LINES;
	aw_map_set_height(&view->map, height > 0 ? (unsigned int)height : 0);
	y += draw_lines(scene, y, height);
	draw_legend(scene, y, legend);
	draw_cell(scene, y + legend);
	for (y += legend + CELL_LINES; y < end; y++)
		aw_pen_at(y, (int)scene->width);
}
