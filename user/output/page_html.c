// SPDX-License-Identifier: GPL-2.0
/*
 * A report as one self-contained HTML page: its frame and the order of its
 * sections.
 *
 * The page is well-formed XML too, so that any XML reader can take it apart.
 */
#include "output/page_html.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "output/flame_draw.h"
#include "output/page_html_parts.h"

static const struct section {
	const char *id, *heading;
	void (*write)(const struct aw_page *page);
} sections[] = {
	{ "totals", "Totals", aw_page_totals },
	{ "verdicts", "Verdicts", aw_page_verdicts },
	{ "time", "Over time", aw_page_time },
	{ "histograms", "Histograms", aw_page_histograms },
	{ "sites", "Sites", aw_page_sites },
	{ "stacks", "Flame graph", aw_page_flame },
	{ "extfrag", "Steals", aw_page_extfrag },
	{ "zones", "Zones", aw_page_zones },
	{ "limits", "Lost and missing", aw_page_limits },
};
#define NR_SECTIONS (sizeof(sections) / sizeof(sections[0]))

/* The policy makes a browser refuse whatever would come from elsewhere. */
static void put_head(const struct aw_page *page)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n<title>allocwatch: ", page->out);
	aw_put_xml(page->out, page->report->kernel->release[0] ? page->report->kernel->release : "report");
	fprintf(page->out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n", aw_page_css, aw_flame_css);
}

static void put_navigation(FILE *out)
{
	fputs("<nav aria-label=\"sections\">\n", out);
	for (size_t i = 0; i < NR_SECTIONS; i++)
		fprintf(out, "<a href=\"#%s\">%s</a>\n", sections[i].id, sections[i].heading);
	fputs("</nav>\n", out);
}

static void put_sections(const struct aw_page *page)
{
	for (size_t i = 0; i < NR_SECTIONS; i++) {
		fprintf(page->out, "<section id=\"%s\">\n<h2>%s</h2>\n", sections[i].id, sections[i].heading);
		sections[i].write(page);
		fputs("</section>\n", page->out);
	}
}

static void put_page(const struct aw_page *page)
{
	put_head(page);
	fputs("<header>\n", page->out);
	aw_page_head(page);
	put_navigation(page->out);
	fputs("</header>\n<main>\n", page->out);
	put_sections(page);
	fprintf(page->out, "</main>\n<footer>Written by allocwatch %s. This file needs nothing but itself.</footer>\n"
		"<script>//<![CDATA[\n%s//]]></script>\n</body>\n</html>\n", AW_VERSION_TEXT, aw_flame_js);
}

static int write_html(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);
	struct aw_page page = {
		.out = out, .report = report, .totals = aw_summary_totals(report->summary),
		.groups = groups, .nr_sorted = aw_groups_count(groups), .sorted = sorted,
	};

	if (page.nr_sorted && !sorted)
		return aw_error_set(error, -ENOMEM, "no memory to sort the groups");
	put_page(&page);
	return 0;
}

const struct aw_exporter aw_export_html = {
	.name = "html",
	.summary = "one self-contained page: totals, verdicts, histograms, stacks, zones",
	.write = write_html,
};
