// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds what stays, below the steals; only with --holders.
 */
#include <inttypes.h>

#include "base/units.h"
#include "output/text/text.h"
#include "screen/cell.h"
#include "screen/panel.h"

static void write_row(FILE *out, const struct aw_held_table *table, const struct aw_held_row *row)
{
	char text[AW_SITE_TEXT], cell[AW_SITE_TEXT], pages[AW_CELL_NUMBER], error[AW_CELL_NUMBER];
	char oldest[AW_UNITS_TEXT], order[12] = "";
	struct aw_stack stack;
	const struct aw_frame *site = aw_held_row_site(row, &stack);
	const char *name = row->held.rest ? "others" : site ? aw_format_site(site, text) : "?";

	aw_cell_fit(name, 40, cell, sizeof(cell));
	if (!row->held.rest)
		snprintf(order, sizeof(order), "%u", row->held.order);
	fprintf(out, "%7s %6s  %3s  %8s  " AW_MARK_STRONG "%s" AW_MARK_PLAIN "\n", aw_cell_number(aw_held_pages(&row->held), pages),
		aw_cell_number(aw_held_error(&row->held), error), order,
		aw_format_duration(table->time_ns - row->held.oldest_ns, oldest), cell);
}

void aw_panel_held(FILE *out, const struct aw_scene *scene)
{
	const struct aw_held_table *table = aw_summary_held(scene->report.summary);

	if (!table->known)
		return;
	fprintf(out, "\n" AW_MARK_HEAD "%7s %6s  %3s  %8s  %s" AW_MARK_PLAIN "\n", "PAGES", "+-", "ORD", "OLDEST",
		"WHO HOLDS WHAT STAYS, BY A SAMPLE");
	for (unsigned int i = 0; i < table->count; i++)
		write_row(out, table, &table->rows[i]);
	if (!table->count)
		fprintf(out, AW_MARK_DIM "Nothing of the sample was taken since the start." AW_MARK_PLAIN "\n");
}
