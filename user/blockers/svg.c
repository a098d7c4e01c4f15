// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map as SVG.  A cell has its letter as well as its colour, and says
 * on hovering what it holds.
 */
#include "blockers/svg.h"

#include <inttypes.h>

#include "base/escape_xml.h"
#include "base/units.h"

#define MARGIN 16
#define LINE 20
#define HEAD 84			/* request, answer and kernel */
#define LEGEND_COLUMNS 3

const char aw_map_css[] =
	".none{fill:none}\n.free{fill:#e8efe8;background:#e8efe8}\n.movable{fill:#9fc7e8;background:#9fc7e8}\n"
	".part{fill:#f2a03d;background:#f2a03d}\n.blocked{fill:#d98a7c;background:#d98a7c}\n"
	".cma{fill:#b9d8a5;background:#b9d8a5}\n.reserve{fill:#d7c3e6;background:#d7c3e6}\n";

static const char style[] =
	"svg{background:#fff}\ntext{font:13px system-ui,sans-serif;fill:#111}\n.answer{font-weight:600;font-size:15px}\n"
	".zone{font-weight:600}\n.map text,.letter{font:10px ui-monospace,monospace;text-anchor:middle}\n"
	".map .address{text-anchor:start;fill:#555}\n";

static bool has_memory(const struct aw_cells *cells, uint64_t first)
{
	for (uint64_t i = first; i < first + AW_MAP_IN_ROW && i < cells->count; i++)
		if (cells->cells[i].type != AW_CELL_NONE)
			return true;
	return false;
}

uint64_t aw_map_rows(const struct aw_cells *cells)
{
	uint64_t rows = 0;

	for (uint64_t first = 0; first < cells->count; first += AW_MAP_IN_ROW)
		rows += has_memory(cells, first);
	return rows;
}

char aw_map_legend_letter(enum aw_cell_type type)
{
	char letter = aw_cell_type_letter(type);

	return letter ? letter : type == AW_CELL_PART ? 'k' : 'K';
}

static void put_cell(FILE *out, const struct aw_cell *cell, unsigned int x, uint64_t y, uint64_t page)
{
	if (cell->type == AW_CELL_NONE)
		return;
	fprintf(out, "<g><title>0x%" PRIx64 ": %s", cell->first * page, aw_cell_type_text(cell->type));
	if (cell->blocked) {
		fputs(", most by ", out);
		aw_put_xml(out, aw_page_class_text(cell->blocker));
	}
	fprintf(out, "; pages: %" PRIu64 " free, %" PRIu64 " movable, %" PRIu64 " blocked</title>", cell->free, cell->movable,
		cell->blocked);
	fprintf(out, "<rect class=\"%s\" x=\"%u\" y=\"%" PRIu64 "\" width=\"%d\" height=\"%d\"/><text x=\"%u\" y=\"%" PRIu64
		"\">%c</text></g>\n", aw_cell_type_name(cell->type), x, y, AW_MAP_SIDE - 1, AW_MAP_SIDE - 1,
		x + AW_MAP_SIDE / 2, y + AW_MAP_SIDE - 4, aw_cell_letter(cell));
}

void aw_map_put_cells(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone)
{
	const struct aw_cells *cells = &zone->cells;
	uint64_t page = blockers->kernel->page_size, y = 0;

	for (uint64_t first = 0; first < cells->count; first += AW_MAP_IN_ROW) {
		if (!has_memory(cells, first))
			continue;
		fprintf(out, "<text class=\"address\" x=\"0\" y=\"%" PRIu64 "\">0x%012" PRIx64 "</text>\n", y + AW_MAP_SIDE - 4,
			cells->cells[first].first * page);
		for (unsigned int i = 0; i < AW_MAP_IN_ROW && first + i < cells->count; i++)
			put_cell(out, &cells->cells[first + i], AW_MAP_LEFT + i * AW_MAP_SIDE, y, page);
		y += AW_MAP_SIDE;
	}
}

static void put_text(FILE *out, const char *class, unsigned int x, uint64_t y, const char *text)
{
	fprintf(out, "<text class=\"%s\" x=\"%u\" y=\"%" PRIu64 "\">", class, x, y);
	aw_put_xml(out, text);
	fputs("</text>\n", out);
}

static void put_zone(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone, uint64_t *y)
{
	char summary[AW_MAP_SUMMARY], text[AW_MAP_SUMMARY + 100];

	if (!zone->cells.count)
		return;
	aw_blockers_zone_summary(blockers, zone, summary, sizeof(summary));
	snprintf(text, sizeof(text), "Zone %s, node %d, from 0x%" PRIx64 ": %s", zone->span.name, zone->span.node,
		 zone->cells.cells[0].first * blockers->kernel->page_size, summary);
	put_text(out, "zone", MARGIN, *y + LINE, text);
	fprintf(out, "<g class=\"map\" transform=\"translate(%d %" PRIu64 ")\">\n", MARGIN, *y + LINE + 8);
	aw_map_put_cells(out, blockers, zone);
	fputs("</g>\n", out);
	*y += LINE + 8 + aw_map_rows(&zone->cells) * AW_MAP_SIDE + 8;
}

static void put_key(FILE *out, unsigned int at, uint64_t y, const char *class, char letter, const char *text)
{
	unsigned int x = MARGIN + at % LEGEND_COLUMNS * (AW_MAP_WIDTH / LEGEND_COLUMNS);
	const char letters[] = { letter, '\0' };

	y += at / LEGEND_COLUMNS * LINE;
	fprintf(out, "<rect class=\"%s\" x=\"%u\" y=\"%" PRIu64 "\" width=\"%d\" height=\"%d\"/>\n", class, x, y,
		AW_MAP_SIDE, AW_MAP_SIDE);
	put_text(out, "letter", x + AW_MAP_SIDE / 2, y + AW_MAP_SIDE - 4, letters);
	put_text(out, "key", x + AW_MAP_SIDE + 8, y + AW_MAP_SIDE - 3, text);
}

/* Types first, then what the letters of blocked cells mean. */
static void put_legend(FILE *out, uint64_t y)
{
	unsigned int at = 0;

	for (enum aw_cell_type type = AW_CELL_FREE; type < AW_CELL_TYPES; type++)
		put_key(out, at++, y, aw_cell_type_name(type), aw_map_legend_letter(type), aw_cell_type_text(type));
	at = (at + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS * LEGEND_COLUMNS;
	put_text(out, "key", MARGIN, y + at / LEGEND_COLUMNS * LINE + LINE,
		 "The letter of a blocked cell says by what, in lower case where a quarter or more of it is free:");
	at += 2 * LEGEND_COLUMNS;
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (aw_page_class_letter(class))
			put_key(out, at++, y, "blocked", aw_page_class_letter(class), aw_page_class_text(class));
}

static uint64_t height_of(const struct aw_blockers *blockers)
{
	uint64_t height = HEAD + MARGIN;
	unsigned int keys = 0;

	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		if (blockers->zones[i].cells.count)
			height += LINE + 16 + aw_map_rows(&blockers->zones[i].cells) * AW_MAP_SIDE;
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		keys += !!aw_page_class_letter(class);
	return height + (4 + (keys + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS) * LINE + MARGIN;
}

static void put_head(FILE *out, const struct aw_blockers *blockers)
{
	char sentence[300], text[400], bytes[AW_UNITS_TEXT];

	aw_blockers_sentence(blockers, sentence, sizeof(sentence));
	snprintf(text, sizeof(text), "Blocks of %s (order %u) for %s request",
		 aw_format_bytes(aw_order_bytes(blockers->kernel, blockers->request.order), bytes), blockers->request.order,
		 blockers->request.movable ? "a movable" : "an unmovable");
	fputs("<title>", out);
	aw_put_xml(out, text);
	fputs(": ", out);
	aw_put_xml(out, sentence);
	fprintf(out, "</title>\n<style>\n%s%s</style>\n", style, aw_map_css);
	put_text(out, "answer", MARGIN, 28, text);
	put_text(out, "sentence", MARGIN, 48, sentence);
	snprintf(text, sizeof(text), "Kernel %s, by physical address; scanned by %s", blockers->kernel->release,
		 aw_page_source_name(blockers->source));
	put_text(out, "key", MARGIN, 68, text);
}

void aw_blockers_print_svg(FILE *out, const struct aw_blockers *blockers)
{
	uint64_t height = height_of(blockers), y = HEAD;
	unsigned int width = AW_MAP_WIDTH + 2 * MARGIN;

	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%" PRIu64 "\" viewBox=\"0 0 %u %" PRIu64
		"\">\n", width, height, width, height);
	put_head(out, blockers);
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		put_zone(out, blockers, &blockers->zones[i], &y);
	put_legend(out, y + MARGIN);
	fputs("</svg>\n", out);
}
