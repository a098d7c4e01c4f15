// SPDX-License-Identifier: GPL-2.0
/*
 * The pages of this process, by /proc/self/pagemap.
 */
#include "pages/own.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "pages/pagemap.h"

#define BATCH 512

static void mark(struct aw_zone_pages *zone, uint64_t entry)
{
	uint64_t pfn = entry & AW_PAGEMAP_FRAME;

	if (!(entry & AW_PAGEMAP_PRESENT) || entry & AW_PAGEMAP_FILE_OR_SHARED || !aw_zone_has(zone, pfn))
		return;
	if (zone->class[pfn - zone->start] == AW_PAGE_ANON)
		zone->class[pfn - zone->start] = AW_PAGE_OWN;
}

static void mark_range(struct aw_zone_pages *zone, int pagemap, uint64_t first, uint64_t pages)
{
	uint64_t entries[BATCH];

	while (pages) {
		size_t count = pages < BATCH ? pages : BATCH;
		ssize_t got = pread(pagemap, entries, count * sizeof(entries[0]), (off_t)(first * sizeof(entries[0])));

		if (got <= 0)
			return;
		for (size_t i = 0; i < (size_t)got / sizeof(entries[0]); i++)
			mark(zone, entries[i]);
		first += count;
		pages -= count;
	}
}

/* 7f1c8000-7f1d9000 rw-p 00000000 00:00 0   [heap] */
void aw_zone_mark_own(struct aw_zone_pages *zone, int pagemap)
{
	AW_FCLOSE FILE *maps = fopen("/proc/self/maps", "re");
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), start, end;
	char line[512];

	while (maps && pagemap >= 0 && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%" SCNx64 "-%" SCNx64, &start, &end) == 2)
			mark_range(zone, pagemap, start / page, (end - start) / page);
}
