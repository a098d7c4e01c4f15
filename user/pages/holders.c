// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds pages that compaction cannot move, and which windows each alone blocks.
 */
#include "pages/holders.h"

#include <stdlib.h>

#include "base/array.h"

const char *aw_holder_type_name(enum aw_holder_type type)
{
	static const char *const names[] = {
		[AW_HOLDER_CACHE] = "slab-cache", [AW_HOLDER_PROCESS] = "process",
		[AW_HOLDER_FILE] = "file", [AW_HOLDER_CGROUP] = "cgroup", [AW_HOLDER_SITE] = "site", [AW_HOLDER_OWNER] = "page-owner",
		[AW_HOLDER_ANON] = "anon",
	};
	_Static_assert(ARRAY_SIZE(names) == AW_HOLDER_TYPES, "a type has no name");

	return names[type];
}

static int add(struct aw_holders *holders, enum aw_holder_type type, enum aw_page_class class, uint64_t key)
{
	if (holders->count == holders->room) {
		unsigned int room = holders->room ? 2 * holders->room : 64;
		struct aw_holder *more;

		if (holders->count == AW_HOLDERS_MAX)
			return -1;
		more = reallocarray(holders->list, room, sizeof(*more));
		if (!more)
			return -1;
		holders->list = more;
		holders->room = room;
	}
	holders->list[holders->count++] = (struct aw_holder){ .type = type, .class = class, .key = key };
	return 0;
}

static bool is_it(const struct aw_holder *holder, enum aw_holder_type type, enum aw_page_class class, uint64_t key)
{
	return holder->key == key && holder->class == class && holder->type == type;
}

uint16_t aw_holder_of(struct aw_holders *holders, enum aw_holder_type type, enum aw_page_class class, uint64_t key)
{
	unsigned int i = holders->last;

	if (i >= holders->count || !is_it(&holders->list[i], type, class, key)) {
		for (i = 0; i < holders->count && !is_it(&holders->list[i], type, class, key); i++)
			;
		if (i == holders->count && add(holders, type, class, key))
			return 0;
	}
	holders->last = i;
	return (uint16_t)(i + 1);
}

/* ---- by window ---- */

struct counting {
	struct aw_holders *holders;
	const struct aw_zone_pages *zone;
	bool blocks[AW_PAGE_CLASSES];
	uint64_t number;	/* of this window, over all zones */
};

static void count_once(struct aw_holder *holder, uint64_t number)
{
	if (holder->counted == number)
		return;
	holder->counted = number;
	holder->windows++;
}

/* Who alone blocks the window that begins with page `first`; NULL: nobody, several, or not known. */
static struct aw_holder *count_window(struct counting *counting, uint64_t first, uint64_t pages)
{
	const struct aw_zone_pages *zone = counting->zone;
	struct aw_holder *only = NULL;
	bool others = false;

	counting->number++;
	for (uint64_t i = first; i < first + pages; i++) {
		struct aw_holder *holder;

		if (!counting->blocks[zone->class[i]])
			continue;
		if (!zone->holder[i]) {
			others = true;
			continue;
		}
		holder = &counting->holders->list[zone->holder[i] - 1];
		holder->pages++;
		count_once(holder, counting->number);
		others |= only && only != holder;
		only = holder;
	}
	return others ? NULL : only;
}

static bool has_hole(const struct aw_zone_pages *zone, uint64_t first, uint64_t pages)
{
	for (uint64_t i = first; i < first + pages; i++)
		if (zone->class[i] == AW_PAGE_NONE)
			return true;
	return false;
}

static uint64_t last_number(const struct aw_holders *holders)
{
	uint64_t number = 0;

	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].counted > number)
			number = holders->list[i].counted;
	return number;
}

void aw_holders_count(struct aw_holders *holders, const struct aw_zone_pages *zone,
		      const struct aw_window_request *request)
{
	struct counting counting = { .holders = holders, .zone = zone, .number = last_number(holders) };
	uint64_t pages = 1ull << request->order;
	uint64_t first = (pages - zone->start % pages) % pages;

	if (!zone->holder)
		return;
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++)
		counting.blocks[c] = aw_page_blocks(c, request->moves_folios);
	for (uint64_t i = first; i + pages <= zone->count; i += pages) {
		struct aw_holder *only;

		if (has_hole(zone, i, pages))
			continue;
		only = count_window(&counting, i, pages);
		if (only)
			only->alone++;
	}
}

static int opens_more(const void *first, const void *second)
{
	const struct aw_holder *a = first, *b = second;

	if (a->alone != b->alone)
		return a->alone < b->alone ? 1 : -1;
	return a->windows < b->windows ? 1 : a->windows > b->windows ? -1 : 0;
}

void aw_holders_rank(struct aw_holders *holders)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].pages || holders->list[i].cma_pages)
			holders->list[kept++] = holders->list[i];
	holders->count = kept;
	if (holders->count)
		qsort(holders->list, holders->count, sizeof(*holders->list), opens_more);
}

void aw_holders_clear(struct aw_holders *holders)
{
	free(holders->list);
	*holders = (struct aw_holders){ .count = 0 };
}
