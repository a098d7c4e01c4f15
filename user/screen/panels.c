// SPDX-License-Identifier: GPL-2.0
/*
 * The pages of the screen, in the order of enum aw_page.
 */
#include "screen/panel.h"

#include "base/array.h"
#include "screen/table.h"

const struct aw_panel aw_panels[] = {
	[AW_PAGE_FAILURES] = { "failures", NULL, aw_table_draw },
	[AW_PAGE_HISTOGRAMS] = { "histograms", aw_panel_histograms, NULL },
	[AW_PAGE_EXTFRAG] = { "steals", aw_panel_extfrag, NULL },
	[AW_PAGE_MAP] = { "map", NULL, aw_panel_map },
	[AW_PAGE_VERDICT] = { "verdict", aw_panel_verdict, NULL },
	[AW_PAGE_HELP] = { "help", aw_panel_help, NULL },
};
_Static_assert(ARRAY_SIZE(aw_panels) == AW_PAGES, "a panel for every page");
