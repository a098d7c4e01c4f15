// SPDX-License-Identifier: GPL-2.0
/*
 * The help page: every key and every column, from their tables.
 */
#include "base/escape.h"
#include "screen/columns.h"
#include "screen/keys.h"
#include "screen/panel.h"

/* The header names missing features; the reasons are listed here. */
static void write_missing(FILE *out, const struct aw_scene *scene)
{
	const struct aw_report *report = &scene->report;

	if (!report->nr_missing)
		return;
	fprintf(out, "\n" AW_MARK_HEAD "Missing on this machine" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		const struct aw_missing *missing = &report->missing[i];
		char raw[sizeof(missing->why) + 512], safe[AW_ESCAPED_SIZE(sizeof(raw))], text[sizeof(safe) + 16];

		fputs("  " AW_MARK_LABEL, out);
		aw_put_terminal(out, missing->what);
		fputs(AW_MARK_PLAIN "\n", out);
		snprintf(raw, sizeof(raw), "%s; %s", missing->why, missing->cost);
		snprintf(text, sizeof(text), "%14s%s\n", "", aw_escape_terminal(raw, safe, sizeof(safe)));
		aw_panel_copy(out, text, scene->width);
	}
}

void aw_panel_help(FILE *out, const struct aw_scene *scene)
{
	fprintf(out, AW_MARK_HEAD "Keys" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < aw_key_rows_count; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_key_rows[i].name, aw_key_rows[i].help);
	fprintf(out, "\n" AW_MARK_HEAD "Columns (a narrow window shows fewer)" AW_MARK_PLAIN "\n");
	for (unsigned int i = 0; i < aw_columns_count; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_columns[i].title, aw_columns[i].help);
	fprintf(out, "\n" AW_MARK_HEAD "Memory" AW_MARK_PLAIN "\n"
		"  Free blocks of each order. " AW_MARK_DIM "c" AW_MARK_PLAIN ": all of them are CMA or reserved, and closed to\n"
		"  the request that failed last; " AW_MARK_DIM "+" AW_MARK_PLAIN ": some of them are. FRAG is the kernel's\n"
		"  fragmentation index for the order of that request, over the blocks open to it:\n"
		"  near 1 memory is fragmented, near 0 it is short. fits: there is a block. kept:\n"
		"  there is one, but reserves protect it. -: the request may not use this zone.\n");
	fprintf(out, "\n" AW_MARK_HEAD "Filter" AW_MARK_PLAIN "\n  Terms KEY OP VALUE, separated by commas. The keys are\n");
	for (unsigned int i = 0; i < AW_KEYS; i++)
		fprintf(out, "  " AW_MARK_LABEL "%-11s" AW_MARK_PLAIN " %s\n", aw_keys[i].name, aw_keys[i].help);
	write_missing(out, scene);
}
