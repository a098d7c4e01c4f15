// SPDX-License-Identifier: GPL-2.0
/*
 * The call sites of the page with their stacks, and the flame graph.
 */
#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "output/flame/draw.h"
#include "output/html/internal.h"
#include "output/sites.h"

static void put_site_note(FILE *out, const struct aw_site_count *site)
{
	fputs(" <span class=\"note\">", out);
	if (site->hard && site->hard != site->count)
		fprintf(out, "%" PRIu64 " hard", site->hard);
	else
		fputs(site->hard ? "hard" : "opportunistic", out);
	if (site->nr_groups > 1)
		fprintf(out, ", %u groups", site->nr_groups);
	fputs("</span>", out);
}

static void put_site(const struct aw_page *page, const struct aw_site_count *site, uint64_t largest)
{
	struct aw_sample_room room;
	const struct aw_event *sample = aw_group_sample(site->largest, &room);
	FILE *out = page->out;

	fputs("<li><details>\n<summary><span class=\"label\">", out);
	aw_put_xml(out, site->name[0] ? site->name : "(site not known)");
	if (site->module[0]) {
		fputs(" [", out);
		aw_put_xml(out, site->module);
		fputs("]", out);
	}
	put_site_note(out, site);
	fprintf(out, "</span><span class=\"count\">%" PRIu64 "</span><span class=\"track\">"
		"<span class=\"bar usual\" style=\"width:", site->count);
	aw_put_percent(out, site->count, largest, 2);
	fputs("%\"></span></span></summary>\n", out);
	aw_page_stack(out, page->report->raw_addresses, sample->stack, sample->site);
	if (site->nr_groups > 1)
		fputs("<p class=\"note\">This is the stack of its largest group.</p>\n", out);
	fputs("</details></li>\n", out);
}

void aw_page_sites(const struct aw_page *page)
{
	AW_FREE struct aw_site_count *sites = NULL;
	unsigned int count = 0, top = page->report->top;

	if (aw_sites_of(page->groups, &sites, &count)) {
		*page->no_memory = true;
		return;
	}
	if (!count) {
		fputs("<p class=\"note\">No failures.</p>\n", page->out);
		return;
	}
	fputs("<div class=\"card\">\n<ol class=\"bars sites\">\n", page->out);
	for (unsigned int i = 0; i < count && i < top; i++)
		put_site(page, &sites[i], sites[0].count);
	fputs("</ol>\n", page->out);
	if (count > top)
		fprintf(page->out, "<p class=\"note\">and %u more sites</p>\n", count - top);
	aw_page_card_end(page->out);
}

static void put_legend(FILE *out, const struct aw_flame_colours *colours)
{
	const char *class, *name;

	fputs("<p class=\"legend note\">", out);
	for (unsigned int i = 0; aw_flame_legend(colours, i, &class, &name); i++) {
		fprintf(out, "<span><svg class=\"f %s swatch\"><rect width=\"100%%\" height=\"100%%\"/></svg> ", class);
		aw_put_xml(out, name);
		fputs("</span>\n", out);
	}
	fputs("</p>\n", out);
}

/* Only the script shows these elements, because without it they do nothing. */
static void put_tools(FILE *out)
{
	fputs("<p class=\"tools\"><input id=\"flame-query\" type=\"search\" placeholder=\"function or module\" "
	      "aria-label=\"search the flame graph\"/> <button id=\"flame-reset\" type=\"button\">reset zoom</button></p>\n"
	      "<p id=\"flame-status\" class=\"note\" aria-live=\"polite\"> </p>\n", out);
}

static void put_flame(const struct aw_page *page, const struct aw_flame *flame)
{
	struct aw_flame_colours colours;

	aw_flame_colours(flame, &colours);
	fputs("<div class=\"card\">\n", page->out);
	put_tools(page->out);
	fprintf(page->out, "<svg id=\"flame\" role=\"group\" aria-label=\"flame graph\" width=\"100%%\" height=\"%u\">\n",
		aw_flame_height(flame));
	aw_flame_put_boxes(page->out, flame, &colours, 0, page->report->raw_addresses);
	fputs("</svg>\n", page->out);
	put_legend(page->out, &colours);
	fputs("<p class=\"note\">The width of a box is the share of failures that passed through it; "
	      "callers are below.", page->out);
	if (!aw_groups_by(page->groups, AW_BY_STACK))
		fputs(" The groups are not by stack: each group counts for the stack of one of its failures.", page->out);
	if (flame->cut)
		fprintf(page->out, " The inner frames of %" PRIu64 " failures are left out.", flame->cut);
	fputs("</p>\n", page->out);
	aw_page_card_end(page->out);
}

void aw_page_flame(const struct aw_page *page)
{
	AW_FREE struct aw_flame *flame = aw_flame_new();

	if (!flame || aw_flame_add_groups(flame, page->groups))
		*page->no_memory = true;
	else if (!flame->frames[0].count)
		fputs("<p class=\"note\">No failures.</p>\n", page->out);
	else
		put_flame(page, flame);
}
