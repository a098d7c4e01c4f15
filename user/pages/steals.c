// SPDX-License-Identifier: GPL-2.0
/*
 * Steals that were seen, and what lies there now.
 */
#include "pages/steals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t site_of(struct aw_steals *steals, const char *name)
{
	char text[AW_HOLDER_NAME];
	unsigned int i;

	snprintf(text, sizeof(text), "%s", name);
	for (i = 0; i < steals->nr_sites; i++)
		if (!strcmp(steals->sites[i], text))
			return i;
	if (i == AW_STEAL_SITES)
		return i - 1;
	snprintf(steals->sites[i], sizeof(steals->sites[i]), "%s", i == AW_STEAL_SITES - 1 ? "others" : text);
	return steals->nr_sites++;
}

int aw_steals_add(struct aw_steals *steals, const char *site, uint64_t pfn, unsigned int order, bool pageblock)
{
	if (steals->count == steals->room) {
		uint64_t room = steals->room ? 2 * steals->room : 256;
		struct aw_stolen *more = reallocarray(steals->list, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		steals->list = more;
		steals->room = room;
	}
	steals->list[steals->count++] = (struct aw_stolen){ .pfn = pfn, .site = site_of(steals, site),
							   .order = (uint8_t)order, .pageblock = pageblock };
	return 0;
}

static void mark(const struct aw_steals *steals, const struct aw_stolen *steal, struct aw_zone_pages *zone,
		 struct aw_holders *holders)
{
	uint64_t pages = 1ull << steal->order, block = 1ull << zone->pageblock_order;
	uint64_t first = steal->pfn, end;

	if (!aw_zone_has(zone, steal->pfn) || steal->order >= 32)
		return;
	first -= zone->start;
	end = first + pages;
	if (steal->pageblock) {
		first = first / block * block;
		end = (end + block - 1) / block * block;
	}
	for (uint64_t i = first; i < end && i < zone->count; i++) {
		if (zone->holder[i] || (zone->class[i] != AW_PAGE_KERNEL && zone->class[i] != AW_PAGE_TABLE))
			continue;
		zone->holder[i] = aw_holder_of(holders, AW_HOLDER_SITE, zone->class[i], steal->site);
		if (zone->holder[i])
			memcpy(holders->list[zone->holder[i] - 1].name, steals->sites[steal->site], AW_HOLDER_NAME);
	}
}

void aw_steals_mark(const struct aw_steals *steals, struct aw_zone_pages *zone, struct aw_holders *holders)
{
	/* Backwards: the last one wins. */
	for (uint64_t i = steals->count; zone->holder && i-- > 0; )
		mark(steals, &steals->list[i], zone, holders);
}

void aw_steals_clear(struct aw_steals *steals)
{
	free(steals->list);
	*steals = (struct aw_steals){ .count = 0 };
}
