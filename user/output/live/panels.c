// SPDX-License-Identifier: GPL-2.0
/*
 * The pages of the screen, in the order of enum aw_page.
 */
#include "output/live/panel.h"

const struct aw_panel aw_panels[AW_PAGES] = {
	[AW_PAGE_FAILURES] = { "failures", NULL },
	[AW_PAGE_HISTOGRAMS] = { "histograms", aw_panel_histograms },
	[AW_PAGE_EXTFRAG] = { "steals", aw_panel_extfrag },
	[AW_PAGE_VERDICT] = { "verdict", aw_panel_verdict },
	[AW_PAGE_HELP] = { "help", aw_panel_help },
};
_Static_assert(sizeof(aw_panels) / sizeof(aw_panels[0]) == AW_PAGES, "a panel for every page");
