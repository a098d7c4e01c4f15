// SPDX-License-Identifier: GPL-2.0
/*
 * Counts the windows of a zone by what stands in their way.
 */
#include "pages/windows.h"

bool aw_window_open(const struct aw_zone_pages *zone, uint64_t pfn, const struct aw_window_request *request)
{
	enum aw_migratetype type = zone->type[(pfn - zone->start) >> zone->pageblock_order];

	if (type == AW_MT_CMA)
		return request->movable;
	return type != AW_MT_ISOLATE && type != AW_MT_HIGHATOMIC;
}

/* The pages of one window by class.  A window is at most a few MiB: an order above 16 bits is refused by the options. */
struct content {
	uint32_t pages[AW_PAGE_CLASSES];
	uint32_t blocking;		/* bit per class */
};

static struct content look(const uint8_t *class, uint64_t pages, bool moves_folios)
{
	struct content content = { .blocking = 0 };

	for (uint64_t i = 0; i < pages; i++)
		content.pages[class[i]]++;
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++)
		if (content.pages[c] && aw_page_blocks(c, moves_folios))
			content.blocking |= 1u << c;
	return content;
}

static void count_blocked(const struct content *content, struct aw_windows *out)
{
	out->blocked++;
	out->blocked_roomy += content->pages[AW_PAGE_FREE] != 0;
	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++) {
		if (!(content->blocking >> c & 1))
			continue;
		out->class[c].windows++;
		out->class[c].alone += content->blocking == 1u << c;
	}
}

static void count_window(const struct content *content, uint64_t pages, bool open, struct aw_windows *out)
{
	out->total++;
	if (content->blocking)
		count_blocked(content, out);
	else if (content->pages[AW_PAGE_FREE] != pages)
		out->movable++;
	else if (open)
		out->free++;
	else
		out->closed++;
}

void aw_windows_count(const struct aw_zone_pages *zone, const struct aw_window_request *request,
		      struct aw_windows *out)
{
	uint64_t pages = 1ull << request->order;
	uint64_t first = (pages - zone->start % pages) % pages;

	for (uint64_t i = 0; i < zone->count; i++)
		out->class[zone->class[i]].pages++;
	for (uint64_t i = first; i + pages <= zone->count; i += pages) {
		struct content content = look(&zone->class[i], pages, request->moves_folios);

		if (!content.pages[AW_PAGE_NONE])
			count_window(&content, pages, aw_window_open(zone, zone->start + i, request), out);
	}
}
