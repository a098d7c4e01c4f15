// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds what stays, as text.
 */
#include <inttypes.h>
#include <string.h>

#include "base/units.h"
#include "output/text/text.h"

#define ROWS_SHOWN 10
#define CALLERS 3

/* "pipe_write <- vfs_write <- ksys_write" */
static void print_callers(FILE *out, const struct aw_held_row *row)
{
	struct aw_stack stack;
	const struct aw_frame *site = aw_held_row_site(row, &stack);
	char text[AW_SITE_TEXT];

	if (row->held.rest) {
		fputs("others\n", out);
		return;
	}
	fputs(site ? aw_format_site(site, text) : stack.count ? "no call site in its stack" : "no stack", out);
	for (unsigned int i = 1; site && i < CALLERS && site + i < stack.frames + stack.count; i++)
		fprintf(out, " <- %s", aw_format_site(site + i, text));
	fputs("\n", out);
}

static void print_row(FILE *out, const struct aw_held_table *table, const struct aw_held_row *row)
{
	const struct aw_held *held = &row->held;
	char oldest[AW_UNITS_TEXT], newest[AW_UNITS_TEXT], order[12] = "";

	if (!held->rest)
		snprintf(order, sizeof(order), "%u", held->order);
	fprintf(out, "%9" PRIu64 " %8" PRIu64 "  %5s  %-11s  %8s  %8s  ", aw_held_pages(held), aw_held_error(held), order,
		held->rest ? "" : aw_migratetype_name(held->migratetype),
		aw_format_duration(table->time_ns - held->oldest_ns, oldest),
		aw_format_duration(table->time_ns - held->newest_ns, newest));
	print_callers(out, row);
}

void aw_held_text(FILE *out, const struct aw_report *report)
{
	const struct aw_held_table *table = aw_summary_held(report->summary);
	char time[AW_ZONED_TEXT];

	if (!table->known)
		return;
	fprintf(out, "\nwho holds what stays, of what was taken since the start, at %s", aw_format_time_zoned(report->kernel,
		table->time_ns, time));
	if (!table->count) {
		fputs(": nothing is in the sample\n", out);
		return;
	}
	fprintf(out, ", from a sample of 1 block in %u\n%9s %8s  %5s  %-11s  %8s  %8s  %s\n", aw_held_sample(table), "pages", "+-", "order", "migratetype", "oldest", "newest", "taken by");
	for (unsigned int i = 0; i < table->count && i < ROWS_SHOWN; i++)
		print_row(out, table, &table->rows[i]);
	if (table->count > ROWS_SHOWN)
		fprintf(out, "          ... %u more rows\n", table->count - ROWS_SHOWN);
}
