// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds what stays, below the steals; only with --holders.
 */
#include <inttypes.h>

#include "base/escape_xml.h"
#include "base/units.h"
#include "output/html/internal.h"
#include "output/text/text.h"

#define ROWS_SHOWN 25

static void put_row(FILE *out, const struct aw_held_table *table, const struct aw_held_row *row)
{
	char age[AW_UNITS_TEXT], text[AW_SITE_TEXT];
	struct aw_stack stack;
	const struct aw_frame *site = aw_held_row_site(row, &stack);

	fprintf(out, "<tr><td class=\"number\">%" PRIu64 "</td><td class=\"number\">%" PRIu64 "</td>", aw_held_pages(&row->held),
		aw_held_error(&row->held));
	if (row->held.rest)
		fputs("<td></td><td></td>", out);
	else
		fprintf(out, "<td class=\"number\">%u</td><td>%s</td>", row->held.order, aw_migratetype_name(row->held.migratetype));
	fprintf(out, "<td class=\"number\">%s</td><td>", aw_format_duration(table->time_ns - row->held.oldest_ns, age));
	aw_put_xml(out, row->held.rest ? "others" : site ? aw_format_site(site, text) : "not known");
	fputs("</td></tr>\n", out);
}

void aw_page_held(const struct aw_page *page)
{
	const struct aw_held_table *table = aw_summary_held(page->report->summary);

	if (!table->known)
		return;
	fputs("<h3>Who holds what stays</h3>\n", page->out);
	if (!table->count) {
		fputs("<p class=\"note\">Nothing of the sample was taken since the start.</p>\n", page->out);
		return;
	}
	fputs("<div class=\"card\">\n<table>\n<thead><tr><th class=\"number\">pages</th>"
	      "<th class=\"number\">&#177;</th><th class=\"number\">order</th><th>migratetype</th><th class=\"number\">oldest</th>"
	      "<th>taken by</th></tr></thead>\n<tbody>\n", page->out);
	for (unsigned int i = 0; i < table->count && i < ROWS_SHOWN; i++)
		put_row(page->out, table, &table->rows[i]);
	fputs("</tbody>\n</table>\n", page->out);
	if (table->count > ROWS_SHOWN)
		fprintf(page->out, "<p class=\"note\">and %u smaller rows</p>\n", table->count - ROWS_SHOWN);
	fprintf(page->out, "<p class=\"note\">Of what was taken since the start, by a sample of 1 block in %u.</p>\n",
		aw_held_sample(table));
	aw_page_card_end(page->out);
}
