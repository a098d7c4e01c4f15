// SPDX-License-Identifier: GPL-2.0
/*
 * What memory looked like: the newest zone snapshot, and the steals between
 * migratetypes.
 */
#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/units.h"
#include "output/html/internal.h"
#include "output/report.h"
#include "output/text/text.h"

#define STEALS_SHOWN 25

static void put_steal(FILE *out, const struct aw_steal *steal)
{
	const struct aw_frame frame = { .name = steal->site, .module = steal->module };
	char site[AW_SITE_TEXT];

	fprintf(out, "<tr><td class=\"number\">%" PRIu64 "</td><td>%s &#8592; %s</td><td class=\"number\">%d</td>",
		steal->count, aw_migratetype_name(steal->to), aw_migratetype_name(steal->from), steal->order);
	if (steal->owner_unknown)
		fputs("<td class=\"number\">?</td>", out);
	else
		fprintf(out, "<td class=\"number\">%" PRIu64 "</td>", steal->owned);
	fputs("<td>", out);
	aw_put_xml(out, aw_format_site(&frame, site));
	fputs("<span class=\"note\">, last ", out);
	aw_put_xml(out, steal->comm);
	fputs("</span></td></tr>\n", out);
}

void aw_page_extfrag(const struct aw_page *page)
{
	unsigned int count;
	AW_FREE struct aw_steal *rows = aw_summary_steals(page->report->summary, &count);

	if (!count) {
		fputs("<p class=\"note\">No block was taken from another migratetype.</p>\n", page->out);
		aw_page_held(page);
		return;
	}
	fputs("<div class=\"card\">\n<table>\n<thead><tr><th class=\"number\">steals</th><th>to &#8592; from</th>"
	      "<th class=\"number\">order</th><th class=\"number\">pageblocks</th><th>by</th></tr></thead>\n<tbody>\n",
	      page->out);
	for (unsigned int i = 0; i < count && i < STEALS_SHOWN; i++)
		put_steal(page->out, &rows[i]);
	fputs("</tbody>\n</table>\n", page->out);
	if (count > STEALS_SHOWN)
		fprintf(page->out, "<p class=\"note\">and %u less frequent rows</p>\n", count - STEALS_SHOWN);
	fputs("<p class=\"note\">External fragmentation: a request of one migratetype took a block of another. "
	      "Pageblocks: steals that changed the owner of a whole pageblock.</p>\n", page->out);
	aw_page_card_end(page->out);
	aw_page_held(page);
}

static void put_pages(const struct aw_page *page, const char *name, uint64_t pages)
{
	char text[AW_UNITS_TEXT];

	fprintf(page->out, "<div><dt>%s</dt><dd>%s</dd></div>\n", name,
		aw_format_bytes(pages * page->report->kernel->page_size, text));
}

static void put_zone_facts(const struct aw_page *page, const struct aw_zone *zone)
{
	fputs("<dl class=\"facts\">\n", page->out);
	put_pages(page, "free", zone->free);
	if (zone->known & AW_ZONE_KNOWS_WATERMARKS) {
		put_pages(page, "min", zone->min);
		put_pages(page, "low", zone->low);
		put_pages(page, "high", zone->high);
	}
	if (zone->known & AW_ZONE_KNOWS_BOOST && zone->boost)
		put_pages(page, "boost", zone->boost);
	if (zone->known & AW_ZONE_KNOWS_HIGHATOMIC)
		put_pages(page, "reserved HighAtomic", zone->reserved_highatomic);
	if (zone->known & AW_ZONE_KNOWS_CMA)
		put_pages(page, "free CMA", zone->free_cma);
	if (zone->known & AW_ZONE_KNOWS_MANAGED)
		put_pages(page, "managed", zone->managed);
	fputs("</dl>\n", page->out);
}

/* "U, M, E": the migratetypes whose free list has a block. */
static void name_types(uint16_t types, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (int type = 0; type < AW_MT_COUNT && used < size; type++)
		if (types >> type & 1)
			used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "",
						 aw_migratetype_name(type));
}

/* One row per order; the bar shows the memory in its blocks. */
static void put_order(const struct aw_page *page, const struct aw_zone *zone, unsigned int order,
		      unsigned int wanted, uint64_t largest)
{
	uint64_t pages = zone->nr_free[order] << order;
	char block[AW_UNITS_TEXT], bytes[AW_UNITS_TEXT], label[32], note[160], types[120];

	aw_format_bytes(aw_order_bytes(page->report->kernel, order), block);
	aw_format_bytes(pages * page->report->kernel->page_size, bytes);
	snprintf(label, sizeof(label), "%" PRIu64 " \xc3\x97 %s", zone->nr_free[order], block);
	name_types(zone->types[order], types, sizeof(types));
	snprintf(note, sizeof(note), "%s", zone->nr_free[order] ? types : "none");
	aw_page_bar(page->out, &(struct aw_bar){
		.label = label, .note = note, .class = order < wanted ? "small" : "usual",
		.count = pages, .largest = largest, .count_text = bytes });
}

static void put_zone(const struct aw_page *page, const struct aw_zone *zone, unsigned int wanted)
{
	uint64_t largest = 0;

	fputs("<div class=\"card\">\n<h3>", page->out);
	fprintf(page->out, "node %d ", zone->node);
	aw_put_xml(page->out, zone->name);
	fputs("</h3>\n", page->out);
	put_zone_facts(page, zone);
	for (unsigned int order = 0; order < zone->nr_orders; order++)
		if (zone->nr_free[order] << order > largest)
			largest = zone->nr_free[order] << order;
	if (zone->nr_orders) {
		fputs("<ol class=\"bars\">\n", page->out);
		for (unsigned int order = 0; order < zone->nr_orders; order++)
			put_order(page, zone, order, wanted, largest);
		fputs("</ol>\n", page->out);
	}
	aw_page_card_end(page->out);
}

void aw_page_zones(const struct aw_page *page)
{
	struct aw_sample_room room;
	const struct aw_event *newest = aw_report_newest_zones(page->report, &room);
	const struct aw_failure *failure;
	char time[AW_PAGE_TIME], late[AW_UNITS_TEXT];

	if (!newest) {
		fputs("<p class=\"note\">No failure has a zone snapshot.</p>\n", page->out);
		return;
	}
	failure = &newest->failure;
	fprintf(page->out, "<p class=\"note\">%s, a request of order %u; zones %s%s%s. "
		"Free blocks by size, "
		"<span class=\"key small\"></span> too small for this request, <span class=\"key usual\"></span> large enough, if open to it.</p>\n",
		aw_page_time_text(page->report->kernel, newest->time_ns, time), failure->order,
		aw_zones_when_name(failure->zones_when), failure->zones_when == AW_ZONES_READ_LATER ? ", after " : "",
		failure->zones_when == AW_ZONES_READ_LATER ? aw_format_duration(failure->zones_late_ns, late) : "");
	fputs("<div class=\"cards wide\">\n", page->out);
	for (unsigned int i = 0; i < failure->nr_zones; i++)
		put_zone(page, &failure->zones[i], failure->order);
	fputs("</div>\n", page->out);
}
