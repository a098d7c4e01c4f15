// SPDX-License-Identifier: GPL-2.0
/*
 * The page of help: every key and every column, from their tables.
 */
#include "output/live/columns.h"
#include "output/live/keys.h"
#include "output/live/panel.h"

/* The header has no room for reasons. */
static void write_missing(FILE *out, const struct aw_scene *scene)
{
	const struct aw_report *report = &scene->report;

	if (!report->nr_missing)
		return;
	fprintf(out, "\n" AW_MARK_HEAD "Not seen on this machine" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		const struct aw_missing *missing = &report->missing[i];
		char text[sizeof(missing->why) + 512];

		fprintf(out, "  " AW_MARK_LABEL "%s" AW_MARK_PLAIN "\n", missing->what);
		snprintf(text, sizeof(text), "%14s%s; %s\n", "", missing->why, missing->cost);
		aw_panel_copy(out, text, scene->width);
	}
}

void aw_panel_help(FILE *out, const struct aw_scene *scene)
{
	fprintf(out, AW_MARK_HEAD "Keys" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < aw_key_rows_count; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_key_rows[i].name, aw_key_rows[i].help);
	fprintf(out, "\n" AW_MARK_HEAD "Columns, as far as the window has room for them" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < aw_columns_count; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_columns[i].title, aw_columns[i].help);
	fprintf(out, "\n" AW_MARK_HEAD "Memory" AW_MARK_PLAIN "\n"
		"  Free blocks of each order; " AW_MARK_DIM "c" AW_MARK_PLAIN " behind a number: all of them are CMA or\n"
		"  reserved, closed to the last request that failed; " AW_MARK_DIM "+" AW_MARK_PLAIN " some of them are.\n"
		"  FRAG is the kernel's fragmentation index for the order that failed last, taken\n"
		"  over what is open to it: towards 1 fragmented, towards 0 short, fits: a block is\n"
		"  there, kept: it is, but reserves keep it, -: the request may not use this zone.\n");
	fprintf(out, "\n" AW_MARK_HEAD "Filter" AW_MARK_PLAIN "\n  KEY OP VALUE, joined by commas; the keys are\n");
	for (unsigned int i = 0; i < aw_keys_count; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_keys[i].name, aw_keys[i].help);
	write_missing(out, scene);
}
