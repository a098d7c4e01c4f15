// SPDX-License-Identifier: GPL-2.0
/* States that the module makes of pages that it holds itself: these cannot be moved. */
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include <linux/string.h>

#include "lab.h"

/* Neither reclaims nor wakes kswapd, so that nothing but the free lists changes. */
#define QUIET __GFP_NOWARN
#define ALWAYS 1000000

static LIST_HEAD(held);

/* Each block remembers its order. */
static void hold(struct page *page, unsigned int order)
{
	set_page_private(page, order);
	list_add(&page->lru, &held);
}

static void give_back(struct page *page)
{
	unsigned int order = page_private(page);

	list_del(&page->lru);
	set_page_private(page, 0);
	__free_pages(page, order);
}

void lab_release_pages(void)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &held, lru)
		give_back(page);
}

long lab_sum_zones(gfp_t mask, int node, long (*count)(struct zone *zone, unsigned long what), unsigned long what)
{
	long sum = 0;
	int nid, index;

	for_each_online_node(nid)
		for (index = 0; index <= gfp_zone(mask); index++) {
			struct zone *zone = &NODE_DATA(nid)->node_zones[index];

			if (zone_managed_pages(zone) && (node < 0 || node == nid))
				sum += count(zone, what);
		}
	return sum;
}

/* What the watermark check takes off for the HighAtomic reserve: all of it, from 6.12 on what is free of it. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#define closed_highatomic nr_free_highatomic
#else
#define closed_highatomic nr_reserved_highatomic
#endif

static long zone_free(struct zone *zone, unsigned long mask)
{
	long pages = zone_page_state_snapshot(zone, NR_FREE_PAGES) - zone->closed_highatomic;

#ifdef CONFIG_CMA
	if (!(mask & __GFP_MOVABLE))
		pages -= zone_page_state_snapshot(zone, NR_FREE_CMA_PAGES);
#endif
	return pages;
}

static long zone_min(struct zone *zone, unsigned long mask)
{
	return zone->_watermark[WMARK_MIN] + zone->lowmem_reserve[gfp_zone((gfp_t)mask)];
}

long lab_free_pages(gfp_t mask, int node)
{
	return lab_sum_zones(mask, node, zone_free, (__force unsigned long)mask);
}

long lab_min_pages(gfp_t mask, int node)
{
	return lab_sum_zones(mask, node, zone_min, (__force unsigned long)mask);
}

/* Not inline: this name shows in the stack of its own failures, which the test leaves out. */
static noinline struct page *take(gfp_t mask, unsigned int order, int node)
{
	if (node < 0)
		return alloc_pages(mask, order);
	return alloc_pages_node(node, mask | __GFP_THISNODE, order);
}

static long take_all(gfp_t mask, unsigned int order, int node, gfp_t counted, long leave, long most)
{
	long taken = 0;

	while (taken < most && lab_free_pages(counted, node) > leave) {
		struct page *page = take(mask, order, node);

		if (!page)
			break;
		hold(page, order);
		taken++;
	}
	return taken;
}

static int mask_of(const struct lab_args *args, gfp_t *mask)
{
	int err = lab_mask(lab_text(args, "mask", ""), mask);

	*mask |= QUIET;
	if (lab_number(args, "deep", 0))
		*mask |= __GFP_MEMALLOC;
	return err;
}

/*
 * With burst=1 as many pages as there are, the first time; then, until the next case, as many again, whatever is kept
 * free for them now.
 */
static long burst;

/*
 * order=, count= blocks at most; leave= pages and leave_min= percent of the min watermarks stay free, else nothing.
 * With cma=1 free pages of CMA are counted, though this does not get them: the load that is left if CMA were smaller.
 */
int lab_fill(const struct lab_args *args)
{
	int node = lab_number(args, "node", -1);
	long leave = lab_number(args, "leave", 0), percent = lab_number(args, "leave_min", 0), taken;
	gfp_t mask, counted;
	int err = mask_of(args, &mask);

	if (err)
		return err;
	counted = lab_number(args, "cma", 0) ? mask | __GFP_MOVABLE : mask;
	if (!lab_number(args, "burst", 0))
		burst = 0;
	leave = leave || percent ? leave + lab_min_pages(mask, node) * percent / 100 : LONG_MIN;
	taken = take_all(mask, lab_number(args, "order", 0), node, counted, leave,
			 burst ?: lab_number(args, "count", ALWAYS));
	if (lab_number(args, "burst", 0))
		burst = taken;
	return 0;
}

/* order= and above, count= of each at most; the watermarks decide when to stop, or with deep=1 nothing. */
int lab_eat(const struct lab_args *args)
{
	int lowest = lab_number(args, "order", 1), order;
	gfp_t mask;
	int err = mask_of(args, &mask);

	if (err)
		return err;
	for (order = LAB_MAX_ORDER; order >= lowest; order--)
		take_all(mask, order, lab_number(args, "node", -1), mask, LONG_MIN, lab_number(args, "count", ALWAYS));
	return 0;
}

/* Every other block of order= that fill took goes, count= at most: nothing larger is free there.  With every=1 all go. */
int lab_punch(const struct lab_args *args)
{
	unsigned int order = lab_number(args, "order", 0);
	long most = lab_number(args, "count", ALWAYS);
	unsigned long odd = lab_number(args, "every", 2) - 1;
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &held, lru) {
		if (page_private(page) != order || (page_to_pfn(page) >> order & odd) != odd)
			continue;
		if (most-- <= 0)
			break;
		give_back(page);
	}
	return 0;
}

/* percent= of the blocks that are held go, the last ones first: less load, or more memory. */
int lab_lessen(const struct lab_args *args)
{
	struct page *page, *next;
	long count = 0;

	list_for_each_entry(page, &held, lru)
		count++;
	count = count * lab_number(args, "percent", 50) / 100;
	list_for_each_entry_safe(page, next, &held, lru) {
		if (count-- <= 0)
			break;
		give_back(page);
	}
	return 0;
}

#define DEFER_SHIFT_MAX 6 /* COMPACT_MAX_DEFER_SHIFT of mm/compaction.c */

/*
 * Forgets what earlier states left: the burst, watermark boosts, that kswapd gave up, and what compaction learned.  As
 * after the longest deferral, compaction_restarting() then starts at the ends of the zone and clears the hints which
 * pageblocks to skip.
 */
void lab_forget(void)
{
	int nid, index;

	burst = 0;
	for_each_online_node(nid) {
		/* an atomic_t from 6.18 on: kswapd gives up where it failed too often */
		memset(&NODE_DATA(nid)->kswapd_failures, 0, sizeof(NODE_DATA(nid)->kswapd_failures));
		for (index = 0; index < MAX_NR_ZONES; index++) {
			struct zone *zone = &NODE_DATA(nid)->node_zones[index];

			zone->watermark_boost = 0;
			zone->compact_defer_shift = DEFER_SHIFT_MAX;
			zone->compact_considered = 1u << DEFER_SHIFT_MAX;
			zone->compact_order_failed = 0;
		}
	}
}

/* percent= of the min watermark, as a stolen pageblock would leave it until kswapd has run. */
int lab_boost(const struct lab_args *args)
{
	long percent = lab_number(args, "percent", 0);
	int nid, index;

	for_each_online_node(nid)
		for (index = 0; index < MAX_NR_ZONES; index++) {
			struct zone *zone = &NODE_DATA(nid)->node_zones[index];

			if (zone_managed_pages(zone))
				zone->watermark_boost = zone->_watermark[WMARK_MIN] * percent / 100;
		}
	return 0;
}

/* GFP_ATOMIC requests of an order above 0 make the kernel reserve their pageblocks (reserve_highatomic_pageblock()). */
int lab_reserve(const struct lab_args *args)
{
	unsigned int order = lab_number(args, "order", 4);
	long blocks = lab_number(args, "count", 64);
	struct page *page, *next;
	LIST_HEAD(pages);

	while (blocks-- > 0 && (page = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, order)))
		list_add(&page->lru, &pages);
	list_for_each_entry_safe(page, next, &pages, lru) {
		list_del(&page->lru);
		__free_pages(page, order);
	}
	return 0;
}
