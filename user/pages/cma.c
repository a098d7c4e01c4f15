// SPDX-License-Identifier: GPL-2.0
/*
 * The CMA areas of a zone, from the types of its pageblocks.
 */
#include "pages/cma.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"

enum use { FREE, MOVES, TAKEN, STUCK };

/* alloc_contig_range() moves compound pages of any size, too. */
static enum use use_of(enum aw_page_class class)
{
	switch (class) {
	case AW_PAGE_HUGE:
	case AW_PAGE_HUGETLB:
	case AW_PAGE_FOLIO:
		return MOVES;
	case AW_PAGE_KERNEL:
		return TAKEN;
	default:
		break;
	}
	switch (aw_page_class_kind(class)) {
	case AW_KIND_FREE:
	case AW_KIND_DRAINS:
		return class == AW_PAGE_OWN ? MOVES : FREE;
	case AW_KIND_MOVES:
		return MOVES;
	default:
		return STUCK;
	}
}

static void longer(uint64_t run, uint64_t *longest)
{
	if (run > *longest)
		*longest = run;
}

static void count_holder(const struct aw_zone_pages *zone, struct aw_holders *holders, uint64_t i)
{
	if (holders && zone->holder && zone->holder[i])
		holders->list[zone->holder[i] - 1].cma_pages++;
}

/* Pages `first` to `end` of the zone. */
static void look_at(const struct aw_zone_pages *zone, struct aw_holders *holders, uint64_t first, uint64_t end,
		    struct aw_cma_area *area)
{
	uint64_t run = 0, untaken = 0;

	for (uint64_t i = first; i < end; i++) {
		enum use use = use_of(zone->class[i]);

		area->free += use == FREE;
		area->movable += use == MOVES;
		area->taken += use == TAKEN;
		area->stuck += use == STUCK;
		if (use == STUCK)
			count_holder(zone, holders, i);
		run = use == FREE || use == MOVES ? run + 1 : 0;
		untaken = use == TAKEN ? 0 : untaken + 1;
		longer(run, &area->largest);
		longer(untaken, &area->largest_untaken);
	}
}

/* One number of /sys/kernel/debug/cma/NAME/FILE (CONFIG_CMA_DEBUGFS). */
static uint64_t read_number(const char *name, const char *file)
{
	AW_FREE char *text = NULL;
	char path[256];

	snprintf(path, sizeof(path), "/sys/kernel/debug/cma/%.100s/%s", name, file);
	return aw_file_read(path, &text, NULL) ? 0 : strtoull(text, NULL, 0);
}

/* The name of the area that begins in this one. */
static void name_area(struct aw_cma_area *area)
{
	DIR *dir = opendir("/sys/kernel/debug/cma");
	const struct dirent *entry;

	while (dir && !area->name[0] && (entry = readdir(dir))) {
		uint64_t base = entry->d_name[0] == '.' ? 0 : read_number(entry->d_name, "base_pfn");

		if (base && base >= area->start && base - area->start < area->pages)
			snprintf(area->name, sizeof(area->name), "%.60s", entry->d_name);
	}
	if (dir)
		closedir(dir);
}

void aw_cma_find(const struct aw_zone_pages *zone, struct aw_holders *holders, struct aw_cma_areas *out)
{
	for (uint64_t i = 0; i < zone->nr_blocks && out->count < AW_CMA_AREAS; i++) {
		uint64_t first = i;
		struct aw_cma_area *area = &out->areas[out->count];

		if (zone->type[i] != AW_MT_CMA)
			continue;
		while (i < zone->nr_blocks && zone->type[i] == AW_MT_CMA)
			i++;
		*area = (struct aw_cma_area){ .start = zone->start + (first << zone->pageblock_order),
					      .pages = (i - first) << zone->pageblock_order };
		look_at(zone, holders, first << zone->pageblock_order, i << zone->pageblock_order, area);
		name_area(area);
		out->count++;
	}
}
