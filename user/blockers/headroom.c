// SPDX-License-Identifier: GPL-2.0
/*
 * How many blocks of each order there are and could be made.
 */
#include "blockers/headroom.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/cleanup.h"
#include "pages/simulate.h"
#include "pages/windows.h"

/* A byte for each page: 1 if it is free and its pageblock is open to the request. */
static void mark_free(const struct aw_zone_pages *zone, enum aw_mobility mobility, uint8_t *is_free)
{
	const struct aw_window_request request = { .movable = mobility == AW_FOR_MOVABLE };
	uint64_t block = 1ull << zone->pageblock_order;

	for (uint64_t i = 0; i < zone->count; i += block) {
		bool open = aw_window_open(zone, zone->start + i, &request);

		for (uint64_t k = i; k < i + block; k++)
			is_free[k] = open && zone->class[k] == AW_PAGE_FREE;
	}
}

/*
 * A window is free if its two halves are: each order is half as long as the one
 * before.  `first` is the number of the first window, which must be even to begin one.
 */
static uint64_t halve(uint8_t *is_free, uint64_t *first, uint64_t *count)
{
	uint64_t skip = *first & 1, pairs = *count > skip ? (*count - skip) / 2 : 0, free = 0;

	for (uint64_t i = 0; i < pairs; i++) {
		is_free[i] = is_free[skip + 2 * i] & is_free[skip + 2 * i + 1];
		free += is_free[i];
	}
	*first = (*first + skip) / 2;
	*count = pairs;
	return free;
}

int aw_headroom_count_free(const struct aw_zone_pages *zone, enum aw_mobility mobility, unsigned int max_order,
			   uint64_t free[AW_MAX_ORDERS])
{
	AW_FREE uint8_t *is_free = malloc(zone->count + 1);
	uint64_t first = zone->start, count = zone->count;

	if (!is_free)
		return -ENOMEM;
	mark_free(zone, mobility, is_free);
	free[0] = 0;
	for (uint64_t i = 0; i < count; i++)
		free[0] += is_free[i];
	for (unsigned int order = 1; order <= max_order; order++)
		free[order] = halve(is_free, &first, &count);
	return 0;
}

/* As it is when this program has ended. */
static void set_own_free(struct aw_zone_pages *pages)
{
	for (uint64_t i = 0; i < pages->count; i++)
		if (pages->class[i] == AW_PAGE_OWN)
			pages->class[i] = AW_PAGE_FREE;
}

static void count_blocked(const struct aw_zone_pages *pages, bool moves_folios, struct aw_headroom_zone *out)
{
	const struct aw_window_request request = { .order = AW_HEADROOM_BLOCKED_ORDER, .moves_folios = moves_folios };
	struct aw_windows windows = { .total = 0 };

	aw_windows_count(pages, &request, &windows);
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++)
		out->blocked[c] = windows.class[c].windows;
}

static int count_all(const struct aw_zone_pages *pages, unsigned int max_order,
		     uint64_t free[AW_MOBILITIES][AW_MAX_ORDERS])
{
	int err = aw_headroom_count_free(pages, AW_FOR_UNMOVABLE, max_order, free[AW_FOR_UNMOVABLE]);

	return err ? err : aw_headroom_count_free(pages, AW_FOR_MOVABLE, max_order, free[AW_FOR_MOVABLE]);
}

static int count_zone(struct aw_page_scan *scan, struct aw_zone_pages *pages, unsigned int max_order,
		      struct aw_headroom_zone *out)
{
	uint64_t before[AW_MOBILITIES][AW_MAX_ORDERS], after[AW_MOBILITIES][AW_MAX_ORDERS];
	struct aw_simulated simulated;
	int err;

	set_own_free(pages);
	count_blocked(pages, scan->compaction.moves_folios, out);
	aw_pause(&scan->pause);
	err = count_all(pages, max_order, before);
	aw_pause(&scan->pause);
	if (err)
		return err;
	/* A request's own compaction looks for free pages in the free lists, without strides. */
	aw_compaction_simulate(pages, &(struct aw_compaction){ .moves_folios = scan->compaction.moves_folios,
				.finishes_blocks = scan->compaction.finishes_blocks }, &simulated);
	aw_pause(&scan->pause);
	err = count_all(pages, max_order, after);
	if (err)
		return err;
	for (unsigned int m = 0; m < AW_MOBILITIES; m++)
		for (unsigned int order = 0; order <= max_order; order++)
			out->blocks[m][order] = (struct aw_headroom_blocks){
				before[m][order],
				after[m][order] > before[m][order] ? after[m][order] - before[m][order] : 0,
			};
	return 0;
}

static int find_in_zone(struct aw_page_scan *scan, unsigned int index, unsigned int max_order,
			struct aw_headroom_zone *out, struct aw_error *error)
{
	struct aw_zone_pages pages;
	int err = aw_page_scan_zone(scan, index, &pages, error);

	if (err)
		return err;
	out->node = scan->spans[index].node;
	memcpy(out->name, scan->spans[index].name, sizeof(out->name));
	err = count_zone(scan, &pages, max_order, out);
	aw_zone_pages_clear(&pages);
	return err ? aw_error_set(error, err, "out of memory") : 0;
}

int aw_headroom_find(struct aw_page_scan *scan, struct aw_headroom *out, struct aw_error *error)
{
	unsigned int max_order = scan->kernel->max_order < AW_MAX_ORDERS ? scan->kernel->max_order : AW_MAX_ORDERS - 1;

	*out = (struct aw_headroom){ .time_ns = aw_now_ns(), .source = scan->source, .max_order = max_order };
	for (unsigned int i = 0; i < scan->nr_spans; i++) {
		int err;

		if (aw_zone_type_from_name(scan->spans[i].name) == AW_ZONE_TYPE_DEVICE)
			continue;
		err = find_in_zone(scan, i, max_order, &out->zones[out->nr_zones], error);
		if (err)
			return err;
		out->nr_zones++;
	}
	out->cost = scan->cost;
	out->took_ns = aw_now_ns() - out->time_ns;
	return 0;
}
