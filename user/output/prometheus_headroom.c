// SPDX-License-Identifier: GPL-2.0
/*
 * Metrics of headroom.
 */
#include "output/prometheus_headroom.h"

#include <inttypes.h>

#include "base/escape.h"

#define FIRST_ORDER 1	/* a single page is not a block */

static const char *const mobilities[AW_MOBILITIES] = {
	[AW_FOR_UNMOVABLE] = "Unmovable", [AW_FOR_MOVABLE] = "Movable",
};

static void put_zone(FILE *out, const char *name, const struct aw_headroom_zone *zone)
{
	char escaped[(AW_COMM_LEN + 1) * AW_LABEL_GROWTH];

	fprintf(out, "%s{node=\"%d\",zone=\"%s\"", name, zone->node, aw_escape_label(zone->name, escaped, sizeof(escaped)));
}

typedef uint64_t (*number_fn)(const struct aw_headroom_blocks *blocks);

static uint64_t usable(const struct aw_headroom_blocks *blocks)
{
	return blocks->usable;
}

static uint64_t makeable(const struct aw_headroom_blocks *blocks)
{
	return blocks->makeable;
}

static void put_blocks(FILE *out, const char *name, const struct aw_headroom *headroom, number_fn number)
{
	for (unsigned int i = 0; i < headroom->nr_zones; i++)
		for (unsigned int m = 0; m < AW_MOBILITIES; m++)
			for (unsigned int order = FIRST_ORDER; order <= headroom->max_order; order++) {
				put_zone(out, name, &headroom->zones[i]);
				fprintf(out, ",order=\"%u\",migratetype=\"%s\"} %" PRIu64 "\n", order, mobilities[m],
					number(&headroom->zones[i].blocks[m][order]));
			}
}

void aw_prometheus_usable(FILE *out, const char *name, const struct aw_report *report)
{
	if (report->headroom)
		put_blocks(out, name, report->headroom, usable);
}

void aw_prometheus_makeable(FILE *out, const char *name, const struct aw_report *report)
{
	if (report->headroom)
		put_blocks(out, name, report->headroom, makeable);
}

/* ZONE_MOVABLE is open to movable requests only. */
static uint64_t sum(const struct aw_headroom *headroom, enum aw_mobility mobility, unsigned int order)
{
	uint64_t blocks = 0;

	for (unsigned int i = 0; i < headroom->nr_zones; i++) {
		const struct aw_headroom_zone *zone = &headroom->zones[i];

		if (mobility == AW_FOR_MOVABLE || aw_zone_type_from_name(zone->name) != AW_ZONE_TYPE_MOVABLE)
			blocks += zone->blocks[mobility][order].usable + zone->blocks[mobility][order].makeable;
	}
	return blocks;
}

void aw_prometheus_headroom(FILE *out, const char *name, const struct aw_report *report)
{
	const struct aw_headroom *headroom = report->headroom;

	for (unsigned int m = 0; headroom && m < AW_MOBILITIES; m++)
		for (unsigned int order = FIRST_ORDER; order <= headroom->max_order; order++)
			fprintf(out, "%s{order=\"%u\",migratetype=\"%s\"} %" PRIu64 "\n", name, order, mobilities[m],
				sum(headroom, m, order));
}

void aw_prometheus_blocked(FILE *out, const char *name, const struct aw_report *report)
{
	const struct aw_headroom *headroom = report->headroom;

	for (unsigned int i = 0; headroom && i < headroom->nr_zones; i++)
		for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
			if (aw_page_class_kind(c) != AW_KIND_BLOCKS && aw_page_class_kind(c) != AW_KIND_MOVES_FOLIO)
				continue;
			put_zone(out, name, &headroom->zones[i]);
			fprintf(out, ",order=\"%u\",class=\"%s\"} %" PRIu64 "\n", AW_HEADROOM_BLOCKED_ORDER,
				aw_page_class_name(c), headroom->zones[i].blocked[c]);
		}
}

static void put_seconds(FILE *out, const char *name, uint64_t ns)
{
	fprintf(out, "%s %" PRIu64 ".%09u\n", name, ns / 1000000000, (unsigned int)(ns % 1000000000));
}

void aw_prometheus_headroom_time(FILE *out, const char *name, const struct aw_report *report)
{
	if (report->headroom)
		put_seconds(out, name, report->headroom->time_ns + (uint64_t)report->kernel->wall_offset_ns);
}

void aw_prometheus_headroom_took(FILE *out, const char *name, const struct aw_report *report)
{
	if (report->headroom)
		put_seconds(out, name, report->headroom->took_ns);
}
