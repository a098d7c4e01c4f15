// SPDX-License-Identifier: GPL-2.0
/*
 * The answer and the memory map as a page: one file, without scripts.  A cell has
 * its letter as well as its colour, and says on hovering what it holds.
 */
#include <inttypes.h>

#include "base/array.h"
#include "base/escape_xml.h"
#include "base/units.h"
#include "blockers/svg.h"

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>allocwatch blockers</title>\n<style>\n"
	":root{color-scheme:light dark}\n"
	"body{font:15px/1.5 system-ui,sans-serif;max-width:1040px;margin:0 auto;padding:0 24px 48px}\n"
	"h1{font-size:24px}\nh2{font-size:18px;margin-top:32px}\n"
	"table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
	"td,th{padding:2px 12px 2px 0;text-align:right;font-weight:400;vertical-align:top}\n"
	"th[scope=col]{font-weight:600}\ntd.text,th[scope=row],tr>th:first-child,th.text{text-align:left}\n.wide{overflow-x:auto}\n"
	"svg.map{max-width:100%;height:auto;font:10px ui-monospace,monospace}\nsvg.map text{text-anchor:middle;fill:#111}\n"
	"svg.map .address{text-anchor:start;fill:currentColor}\n"
	".legend{display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;list-style:none}\n"
	".legend b{display:inline-block;width:1.5em;text-align:center;color:#111;font-family:monospace}\n"
	"@media print{body{max-width:none;padding:0;font-size:11px}svg.map,.legend b{print-color-adjust:exact;"
	"-webkit-print-color-adjust:exact}h2{break-after:avoid}svg.map{break-inside:avoid}}\n";

static const char *const columns[] = {
	"zone", "windows", "free", "closed", "movable", "blocked", "part free", "makeable", "at most",
};

/* A picture to those who see it, a sentence to those who hear it. */
static void put_map(FILE *out, const struct aw_blockers *blockers, const struct aw_blockers_zone *zone)
{
	uint64_t height = aw_map_rows(&zone->cells) * AW_MAP_SIDE;
	char summary[AW_MAP_SUMMARY];

	if (!zone->cells.count)
		return;
	aw_blockers_zone_summary(blockers, zone, summary, sizeof(summary));
	fputs("<h2>Zone ", out);
	aw_put_xml(out, zone->span.name);
	fprintf(out, ", node %d</h2>\n<p>By physical address from 0x%" PRIx64 "; %s.</p>\n", zone->span.node,
		zone->cells.cells[0].first * blockers->kernel->page_size, summary);
	fprintf(out, "<svg class=\"map\" width=\"%d\" height=\"%" PRIu64 "\" viewBox=\"0 0 %d %" PRIu64
		"\" role=\"img\" aria-label=\"memory map: %s\">\n", AW_MAP_WIDTH, height, AW_MAP_WIDTH, height, summary);
	aw_map_put_cells(out, blockers, zone);
	fputs("</svg>\n", out);
}

static void put_number(FILE *out, bool known, uint64_t number)
{
	if (known)
		fprintf(out, "<td>%" PRIu64 "</td>", number);
	else
		fputs("<td>?</td>", out);
}

static void put_zones(FILE *out, const struct aw_blockers *blockers)
{
	bool known = blockers->source != AW_PAGES_COUNTS;

	fputs("<h2>Windows by zone</h2>\n<div class=\"wide\"><table>\n<tr>", out);
	for (unsigned int i = 0; i < ARRAY_SIZE(columns); i++)
		fprintf(out, "<th scope=\"col\">%s</th>", columns[i]);
	fputs("</tr>\n", out);
	for (unsigned int i = 0; i < blockers->nr_zones; i++) {
		const struct aw_blockers_zone *zone = &blockers->zones[i];
		const struct aw_windows *w = &zone->windows;
		const uint64_t after[] = { w->movable, w->blocked, w->blocked_roomy, zone->makeable, zone->makeable_most };

		fputs("<tr><th scope=\"row\">", out);
		aw_put_xml(out, zone->span.name);
		fprintf(out, ", node %d</th>", zone->span.node);
		put_number(out, known, w->total);
		put_number(out, true, w->free);
		put_number(out, true, w->closed);
		for (unsigned int k = 0; k < ARRAY_SIZE(after); k++)
			put_number(out, known, after[k]);
		fputs("</tr>\n", out);
	}
	fputs("</table></div>\n", out);
}

static void put_legend(FILE *out)
{
	fputs("<ul class=\"legend\">\n", out);
	for (enum aw_cell_type type = AW_CELL_FREE; type < AW_CELL_TYPES; type++)
		fprintf(out, "<li><b class=\"%s\">%c</b> %s</li>\n", aw_cell_type_name(type),
			aw_map_legend_letter(type),
			aw_cell_type_text(type));
	fputs("</ul>\n<p>The letter of a blocked cell says by what, in lower case where a quarter or more is free:</p>\n"
	      "<ul class=\"legend\">\n", out);
	for (enum aw_page_class class = 0; class < AW_PAGE_CLASSES; class++)
		if (aw_page_class_letter(class))
			fprintf(out, "<li><b class=\"blocked\">%c</b> %s</li>\n", aw_page_class_letter(class),
				aw_page_class_text(class));
	fputs("</ul>\n", out);
}

static void put_ranking(FILE *out, const struct aw_blockers *blockers)
{
	if (!blockers->nr_ranked)
		return;
	fputs("<h2>What blocks</h2>\n<div class=\"wide\"><table>\n<tr><th scope=\"col\">class</th><th scope=\"col\">windows</th>"
	      "<th scope=\"col\">alone</th><th scope=\"col\">pages</th><th scope=\"col\" class=\"text\">what would help</th></tr>\n",
	      out);
	for (unsigned int i = 0; i < blockers->nr_ranked; i++) {
		enum aw_page_class class = blockers->ranked[i];
		const struct aw_window_class *row = &blockers->sum.class[class];

		fprintf(out, "<tr><th scope=\"row\">%s</th><td>%" PRIu64 "</td><td>%" PRIu64 "</td><td>%" PRIu64
			"</td><td class=\"text\">", aw_page_class_text(class), row->windows, row->alone, row->pages);
		aw_put_xml(out, aw_page_class_remedy(class));
		fputs("</td></tr>\n", out);
	}
	fputs("</table></div>\n", out);
}

void aw_blockers_print_html(FILE *out, const struct aw_blockers *blockers)
{
	char sentence[300], bytes[AW_UNITS_TEXT];

	aw_blockers_sentence(blockers, sentence, sizeof(sentence));
	fprintf(out, "%s%s</style>\n</head>\n<body>\n<main>\n", head, aw_map_css);
	fprintf(out, "<h1>Blocks of %s (order %u) for %s request: ",
		aw_format_bytes(aw_order_bytes(blockers->kernel, blockers->request.order), bytes), blockers->request.order,
		blockers->request.movable ? "a movable" : "an unmovable");
	aw_put_xml(out, sentence);
	fputs("</h1>\n<p>Kernel ", out);
	aw_put_xml(out, blockers->kernel->release);
	fputs(", scanned by ", out);
	fputs(aw_page_source_name(blockers->source), out);
	fprintf(out, ". %s</p>\n", aw_page_source_limits(blockers->source));
	put_zones(out, blockers);
	put_ranking(out, blockers);
	for (unsigned int i = 0; i < blockers->nr_zones; i++)
		put_map(out, blockers, &blockers->zones[i]);
	put_legend(out);
	fputs("</main>\n</body>\n</html>\n", out);
}
