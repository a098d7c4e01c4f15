// SPDX-License-Identifier: GPL-2.0
/*
 * The pages on the lists of cpus, told from others without a mark by their links.
 */
#include "pages/percpu.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"

#define HEAD_BYTES 16
#define MOST_LISTS 64
#define COSTLY_ORDER 3		/* PAGE_ALLOC_COSTLY_ORDER: lists of higher orders have huge pages */

struct array {
	const struct aw_free_lists *lists;
	const struct aw_zone_pages *zone;
	uint64_t base;		/* address of per_cpu_pages::lists of the cpu found last; 0: none */
	uint64_t not_one;	/* an address that is in no such array; 0: none */
};

/* An empty list points to itself. */
static bool is_head(const struct array *array, uint64_t address, const uint64_t links[2])
{
	bool empty = links[0] == address && links[1] == address;

	return empty || (aw_list_is_page(array->lists, array->zone, links[0]) &&
			 aw_list_is_page(array->lists, array->zone, links[1]));
}

/* Are there as many heads as per_cpu_pages has, after a count that can be one? */
static bool is_array(const struct array *array, uint64_t base)
{
	const struct aw_kernel_memory *memory = array->lists->memory;
	const struct aw_pcp_layout *pcp = &array->lists->layout->pcp;
	uint64_t heads[MOST_LISTS][2];
	int32_t count;

	if (memory->read(memory->context, base, heads, pcp->nr_lists * HEAD_BYTES) ||
	    memory->read(memory->context, base - pcp->lists + pcp->count, &count, sizeof(count)))
		return false;
	for (unsigned int i = 0; i < pcp->nr_lists; i++)
		if (!is_head(array, base + i * HEAD_BYTES, heads[i]))
			return false;
	return count > 0 && (uint64_t)count <= array->zone->count;
}

/* The place of a head in the array that it is in; -1: in none. */
static int place_of(struct array *array, uint64_t head)
{
	unsigned int nr_lists = array->lists->layout->pcp.nr_lists;

	if (array->base && head >= array->base && head - array->base < nr_lists * HEAD_BYTES)
		return (int)((head - array->base) / HEAD_BYTES);
	if (head == array->not_one)
		return -1;
	for (unsigned int i = 0; i < nr_lists; i++) {
		if (!is_array(array, head - i * HEAD_BYTES))
			continue;
		array->base = head - i * HEAD_BYTES;
		return (int)i;
	}
	array->not_one = head;
	return -1;
}

/* order_to_pindex() of mm/page_alloc.c */
static unsigned int order_of_place(const struct aw_free_lists *lists, const struct aw_zone_pages *zone, unsigned int place)
{
	unsigned int order = place / lists->layout->pcp.types;

	return order <= COSTLY_ORDER ? order : zone->pageblock_order;
}

/* The order of the block that begins with this page; -1: it is on no list. */
static int order_of(struct array *array, const struct aw_free_block *page, uint64_t head)
{
	int place = head > AW_LIST_NOT_KNOWN ? place_of(array, head) : -1;

	if (place >= 0)
		return (int)order_of_place(array->lists, array->zone, (unsigned int)place);
	/* Since boot never the first page of a free block: __init_single_page() made it point to itself. */
	if (page->next == array->lists->vmemmap + page->pfn * array->lists->layout->size + array->lists->layout->lru)
		return -1;
	/* A list that changed while it was read: the next page is not there any more. */
	return head == AW_LIST_NOT_KNOWN && aw_list_is_page(array->lists, array->zone, page->next) ? 0 : -1;
}

int aw_percpu_check(const struct aw_free_lists *lists, const struct aw_free_blocks *unmarked, struct aw_zone_pages *zone)
{
	struct array array = { .lists = lists, .zone = zone };
	AW_FREE uint64_t *head = malloc((unmarked->count + 1) * sizeof(*head));
	uint64_t until = 0;	/* pages below belong to the last block on a list */

	if (!head)
		return -ENOMEM;
	if (!lists->layout->pcp.nr_lists || lists->layout->pcp.nr_lists > MOST_LISTS)
		return 0;
	if (aw_list_heads_find(lists, unmarked, zone, head))
		return -ENOMEM;
	for (uint64_t i = 0; i < unmarked->count; i++) {
		const struct aw_free_block *page = &unmarked->blocks[i];
		int order = order_of(&array, page, head[i]);

		if (order >= 0)
			until = page->pfn + (1ull << order);
		else if (page->pfn >= until)
			zone->class[page->pfn - zone->start] = AW_PAGE_KERNEL;
	}
	return 0;
}
