// SPDX-License-Identifier: GPL-2.0
/*
 * The extfrag page: steals by count, with call site and migratetypes.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "output/text/text.h"
#include "screen/cell.h"
#include "screen/panel.h"

#define OTHERS 51	/* width of everything except site and process */

/* The site comes right after the count, so that it also shows on a narrow screen. */
static unsigned int site_width(const struct aw_scene *scene)
{
	unsigned int left = scene->width > OTHERS ? scene->width - OTHERS : 0;

	return left < 34 ? 18 : left - 16 < 36 ? left - 16 : 36;
}

static void write_steal(FILE *out, const struct aw_scene *scene, const struct aw_steal *steal)
{
	char site[AW_SITE_TEXT], comm[AW_ESCAPED_COMM], cell[AW_SITE_TEXT];
	char count[AW_CELL_NUMBER], owned[AW_CELL_NUMBER] = "?";
	struct aw_frame frame = { .name = steal->site, .module = steal->module };
	unsigned int width = site_width(scene);
	unsigned int used = aw_cell_fit(aw_format_site(&frame, site), width, cell, sizeof(cell));

	if (!steal->owner_unknown)
		aw_cell_number(steal->owned, owned);
	fprintf(out, "%6s  " AW_MARK_STRONG "%s" AW_MARK_PLAIN "%*s  " AW_MARK_WARM "%-11s" AW_MARK_PLAIN
		" <- %-11s  %3d  %6s  %s\n", aw_cell_number(steal->count, count), cell, (int)(width - used), "",
		aw_migratetype_name(steal->to), aw_migratetype_name(steal->from), steal->order, owned,
		aw_escape_terminal(steal->comm, comm, sizeof(comm)));
}

void aw_panel_extfrag(FILE *out, const struct aw_scene *scene)
{
	unsigned int count;
	AW_FREE struct aw_steal *rows = aw_summary_steals(scene->report.summary, &count);

	if (!count) {
		fprintf(out, AW_MARK_DIM "No block was taken from another migratetype yet." AW_MARK_PLAIN "\n");
		aw_panel_held(out, scene);
		return;
	}
	fprintf(out, AW_MARK_HEAD "%6s  %-*s  %-11s    %-11s  %3s  %6s  %s\n", "STEALS", (int)site_width(scene), "BY",
		"TO", "FROM", "ORD", "BLOCKS", "LAST");
	for (unsigned int i = 0; i < count; i++)
		write_steal(out, scene, &rows[i]);
	fprintf(out, AW_MARK_PLAIN "\n" AW_MARK_DIM "BLOCKS: pageblocks that changed their owner; each makes compaction harder."
		AW_MARK_PLAIN "\n");
	aw_panel_held(out, scene);
}
