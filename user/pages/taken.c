// SPDX-License-Identifier: GPL-2.0
/*
 * Who took the pages that are in the way, by a sample.
 */
#include "pages/taken.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

static bool is_named(const struct aw_taken_site *site, const char *name)
{
	return !strncmp(site->name, name, sizeof(site->name) - 1);
}

static uint16_t site_of(struct aw_taken *taken, const char *name)
{
	unsigned int i = taken->last_site;

	if (i >= taken->nr_sites || !is_named(&taken->sites[i], name))
		for (i = 0; i < taken->nr_sites && !is_named(&taken->sites[i], name); i++)
			;
	if (i == AW_TAKEN_SITES)
		i--;
	if (i == taken->nr_sites) {
		taken->nr_sites++;
		snprintf(taken->sites[i].name, sizeof(taken->sites[i].name), "%s", i == AW_TAKEN_SITES - 1 ? "others" : name);
	}
	taken->last_site = i;
	return (uint16_t)i;
}

int aw_taken_add(struct aw_taken *taken, const char *site, uint64_t page, unsigned int order)
{
	if (taken->count == taken->room) {
		uint32_t room = taken->room ? 2 * taken->room : 1024;
		struct aw_taken_block *more = reallocarray(taken->list, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		taken->list = more;
		taken->room = room;
	}
	taken->list[taken->count++] = (struct aw_taken_block){ .page = page, .site = site_of(taken, site),
							       .order = (uint8_t)order };
	return 0;
}

/* ---- windows ---- */

/* A window, and a site that has a page of the sample there. */
struct hit {
	uint64_t window;
	uint16_t site;
};

struct hits {
	struct hit *list;
	uint64_t count, room;
};

static int add_hit(struct hits *hits, uint64_t window, uint16_t site)
{
	/* Blocks of a site that follow each other are often in the same one. */
	if (hits->count && hits->list[hits->count - 1].window == window && hits->list[hits->count - 1].site == site)
		return 0;
	if (hits->count == hits->room) {
		uint64_t room = hits->room ? 2 * hits->room : 1024;
		struct hit *more = reallocarray(hits->list, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		hits->list = more;
		hits->room = room;
	}
	hits->list[hits->count++] = (struct hit){ window, site };
	return 0;
}

/* A window is one if all of it is there. */
static bool is_window(const struct aw_zone_pages *zone, uint64_t first, uint64_t pages)
{
	if (first < zone->start || first + pages > zone->start + zone->count)
		return false;
	return !memchr(&zone->class[first - zone->start], AW_PAGE_NONE, pages);
}

/* The windows in which pages of this block block. */
static int add_block(struct hits *hits, const struct aw_zone_pages *zone, const struct aw_window_request *request,
		     const struct aw_taken_block *block, uint64_t pfn)
{
	uint64_t pages = UINT64_C(1) << request->order, end = pfn + (UINT64_C(1) << block->order), window;
	int err = 0;

	for (uint64_t page = pfn; !err && page < end && page < zone->start + zone->count; page = window + pages) {
		uint64_t until;
		bool blocks = false;

		window = page & ~(pages - 1);
		until = window + pages < end ? window + pages : end;
		for (uint64_t i = page; i < until && i < zone->start + zone->count && !blocks; i++)
			blocks = aw_page_blocks(zone->class[i - zone->start], request->moves_folios);
		if (blocks && is_window(zone, window, pages))
			err = add_hit(hits, window, block->site);
	}
	return err;
}

static int compare_hits(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;

	if (a->window != b->window)
		return a->window < b->window ? -1 : 1;
	return (int)a->site - (int)b->site;
}

static void add_up(struct aw_taken *taken, struct hits *hits)
{
	if (hits->count)
		qsort(hits->list, hits->count, sizeof(*hits->list), compare_hits);
	for (uint64_t i = 0; i < hits->count; i++) {
		bool new_window = !i || hits->list[i].window != hits->list[i - 1].window;

		taken->windows += new_window;
		taken->sites[hits->list[i].site].windows += new_window || hits->list[i].site != hits->list[i - 1].site;
	}
}

int aw_taken_count(struct aw_taken *taken, const struct aw_taken_map *map, const struct aw_zone_pages *zone,
		   const struct aw_window_request *request)
{
	AW_FREE struct hit *list = NULL;
	struct hits hits = { .count = 0 };
	int err = 0;

	for (uint32_t i = 0; !err && i < taken->count; i++) {
		const struct aw_taken_block *block = &taken->list[i];
		uint64_t pfn = (block->page - map->vmemmap) / map->size;

		if (block->page >= map->vmemmap && aw_zone_has(zone, pfn) && block->order < 32)
			err = add_block(&hits, zone, request, block, pfn);
	}
	list = hits.list;
	if (!err)
		add_up(taken, &hits);
	return err;
}

static void insert(struct aw_taken_by *out, const struct aw_taken_site *site)
{
	unsigned int at = out->count < AW_TAKEN_SHOWN ? out->count++ : AW_TAKEN_SHOWN - 1;

	for (; at && out->sites[at - 1].windows < site->windows; at--)
		out->sites[at] = out->sites[at - 1];
	out->sites[at] = *site;
}

void aw_taken_answer(const struct aw_taken *taken, struct aw_taken_by *out)
{
	*out = (struct aw_taken_by){ .windows = taken->windows };
	for (unsigned int i = 0; i < taken->nr_sites; i++)
		if (taken->sites[i].windows && (out->count < AW_TAKEN_SHOWN ||
						taken->sites[i].windows > out->sites[AW_TAKEN_SHOWN - 1].windows))
			insert(out, &taken->sites[i]);
}

void aw_taken_clear(struct aw_taken *taken)
{
	free(taken->list);
	taken->list = NULL;
	taken->count = taken->room = 0;
	taken->windows = 0;
	taken->nr_sites = taken->last_site = 0;
	memset(taken->sites, 0, sizeof(taken->sites));
}
