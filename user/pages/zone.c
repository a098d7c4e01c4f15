// SPDX-License-Identifier: GPL-2.0
/*
 * Where the zones lie, and the memory for what a scan finds in one.
 */
#include "pages/zone.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What has been read of one zone. */
struct reading {
	struct aw_zone_span span;
	uint64_t managed;
};

static void take_field(const char *line, struct reading *zone)
{
	uint64_t value;

	if (sscanf(line, " spanned %" SCNu64, &value) == 1)
		zone->span.spanned = value;
	else if (sscanf(line, " managed %" SCNu64, &value) == 1)
		zone->managed = value;
	else if (sscanf(line, " start_pfn: %" SCNu64, &value) == 1)
		zone->span.start = value;
}

/*
 * Node 0, zone      DMA
 *   pages free     3840
 *         spanned  4095
 *         managed  3840
 *   start_pfn:           1
 */
unsigned int aw_zone_spans_parse(const char *text, size_t len, struct aw_zone_span *out, unsigned int max)
{
	const char *end = text + len;
	struct reading zone = { .managed = 0 };
	unsigned int count = 0;

	while (text <= end) {
		const char *newline = text < end ? memchr(text, '\n', (size_t)(end - text)) : NULL;
		struct reading next = { .managed = 0 };
		char line[128];

		snprintf(line, sizeof(line), "%.*s", (int)((newline ? newline : end) - text), text);
		if (text == end || sscanf(line, "Node %d, zone %16s", &next.span.node, next.span.name) == 2) {
			if (zone.managed && zone.span.spanned && count < max)
				out[count++] = zone.span;
			zone = next;
		} else {
			take_field(line, &zone);
		}
		text = newline ? newline + 1 : text == end ? end + 1 : end;
	}
	return count;
}

int aw_zone_pages_init(struct aw_zone_pages *zone, const struct aw_zone_span *span, unsigned int pageblock_order)
{
	uint64_t block = 1ull << pageblock_order;
	uint64_t end = (span->start + span->spanned + block - 1) / block * block;

	*zone = (struct aw_zone_pages){ .span = *span, .pageblock_order = pageblock_order };
	zone->start = span->start / block * block;
	zone->count = end - zone->start;
	zone->nr_blocks = zone->count / block;
	zone->class = calloc(zone->count, 1);
	zone->type = malloc(zone->nr_blocks);
	if (!zone->class || !zone->type) {
		aw_zone_pages_clear(zone);
		return -ENOMEM;
	}
	memset(zone->type, AW_MT_UNKNOWN, zone->nr_blocks);
	return 0;
}

int aw_zone_pages_add_holders(struct aw_zone_pages *zone)
{
	zone->holder = calloc(zone->count, sizeof(*zone->holder));
	return zone->holder ? 0 : -ENOMEM;
}

void aw_zone_pages_clear(struct aw_zone_pages *zone)
{
	free(zone->class);
	free(zone->type);
	free(zone->holder);
	zone->class = zone->type = NULL;
	zone->holder = NULL;
}
