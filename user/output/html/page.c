// SPDX-License-Identifier: GPL-2.0
/*
 * A report as one self-contained HTML page: its head, and the order of its
 * sections.
 *
 * The page is also well-formed XML, so that any XML parser can read it.
 */
#include "output/html/page.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "output/flame/draw.h"
#include "output/html/internal.h"

/* A card is about 2 KB: with the flame graph, the page stays below 2 MB. */
#define TOP 300

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

/* The Content-Security-Policy keeps the browser from loading anything external. */
void aw_page_begin(FILE *out, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n<title>allocwatch: ", out);
	aw_put_xml(out, title);
	fprintf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n", aw_page_css, aw_flame_css);
}

/* On paper everything is open; afterwards, what was closed is closed again. */
static const char print_js[] =
	"(function(){var shut=[];"
	"addEventListener('beforeprint',function(){"
	"shut=Array.prototype.slice.call(document.querySelectorAll('details:not([open])'));"
	"shut.forEach(function(d){d.open=true})});"
	"addEventListener('afterprint',function(){shut.forEach(function(d){d.open=false});shut=[]})})();\n";

/* Groups beyond the first ones lie in templates, which cost a browser little until they are shown. */
static const char groups_js[] =
	"(function(){var button=document.getElementById('more-groups');"
	"if(button)button.addEventListener('click',function(){"
	"var next=document.querySelector('template.more');"
	"next.parentNode.replaceChild(next.content,next);"
	"if(!document.querySelector('template.more'))button.parentNode.remove()})})();\n";

void aw_page_finish(FILE *out, const char *script)
{
	fprintf(out, "<footer>Written by allocwatch %s. This file is self-contained.</footer>\n", AW_VERSION_TEXT);
	if (script[0])
		fprintf(out, "<script>//<![CDATA[\n%s%s%s//]]></script>\n", script, print_js, groups_js);
	fputs("</body>\n</html>\n", out);
}

static void put_navigation(FILE *out)
{
	fputs("<nav aria-label=\"sections\">\n", out);
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
		fprintf(out, "<a href=\"#%s\">%s</a>\n", sections[i].id, sections[i].heading);
	fputs("</nav>\n", out);
}

static void put_sections(const struct aw_page *page)
{
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		fprintf(page->out, "<section id=\"%s\">\n<h2>%s</h2>\n", sections[i].id, sections[i].heading);
		sections[i].write(page);
		fputs("</section>\n", page->out);
	}
}

static void put_page(const struct aw_page *page)
{
	const char *release = page->report->kernel->release;

	aw_page_begin(page->out, release[0] ? release : "report");
	fputs("<header>\n", page->out);
	aw_page_head(page);
	put_navigation(page->out);
	fputs("</header>\n<main>\n", page->out);
	put_sections(page);
	fputs("</main>\n", page->out);
	aw_page_finish(page->out, aw_flame_js);
}

static int write_html(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, report->sort);
	bool no_memory = false;
	struct aw_page page = {
		.out = out, .no_memory = &no_memory, .report = report, .totals = aw_summary_totals(report->summary),
		.groups = groups, .nr_sorted = aw_groups_count(groups), .sorted = sorted,
	};

	if (page.nr_sorted && !sorted)
		return aw_error_set(error, -ENOMEM, "no memory to sort the groups");
	put_page(&page);
	return no_memory ? aw_report_no_memory(error) : 0;
}

const struct aw_exporter aw_export_html = {
	.name = "html",
	.summary = "one self-contained page: totals, verdicts, histograms, stacks, zones",
	.by_stack = true,
	.top = TOP,
	.sort = "worst",
	.write = write_html,
};
