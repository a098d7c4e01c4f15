// SPDX-License-Identifier: GPL-2.0
/* Looks whether memory is as a state says, right before the request. */
#include <linux/mmzone.h>

#include "lab.h"

#define ALL_TYPES (-1)

/* Blocks of `order` and above on the list of `type`, or on those that any request may take from: neither CMA nor a reserve. */
static long count_blocks(struct zone *zone, unsigned int order, int type, bool as_pages)
{
	int first = type == ALL_TYPES ? 0 : type, last = type == ALL_TYPES ? MIGRATE_PCPTYPES - 1 : type;
	struct list_head *entry;
	unsigned long flags;
	long count = 0;

	spin_lock_irqsave(&zone->lock, flags);
	for (; order <= LAB_MAX_ORDER; order++)
		for (type = first; type <= last; type++)
			list_for_each(entry, &zone->free_area[order].free_list[type])
				count += as_pages ? 1l << order : 1;
	spin_unlock_irqrestore(&zone->lock, flags);
	return count;
}

static long zone_blocks(struct zone *zone, unsigned long order)
{
	return count_blocks(zone, order, ALL_TYPES, false);
}

static long unmovable_blocks(struct zone *zone, unsigned long order)
{
	return count_blocks(zone, order, MIGRATE_UNMOVABLE, false);
}

static long boost_of(struct zone *zone, unsigned long unused)
{
	return zone->watermark_boost;
}

/* Pages of files that have to be written, and those that reclaim leaves alone. */
static long dirty_of(struct zone *zone, unsigned long unused)
{
	return zone_page_state_snapshot(zone, NR_ZONE_WRITE_PENDING);
}

static long locked_of(struct zone *zone, unsigned long unused)
{
	return zone_page_state_snapshot(zone, NR_ZONE_UNEVICTABLE);
}

/* What is free of the HighAtomic reserve. */
static long reserve_of(struct zone *zone, unsigned long unused)
{
	return count_blocks(zone, 0, MIGRATE_HIGHATOMIC, true);
}

/* `value` is within NAME_least= and NAME_most= of the step. */
static bool is_within(const struct lab_args *args, const char *least, const char *most, long value)
{
	if (value >= lab_number(args, least, value) && value <= lab_number(args, most, value))
		return true;
	lab_tell("is not as meant: %s %ld", most, value);
	return false;
}

/*
 * For requests with mask=, on node= or all: over= and under= are what is free, percent of what min keeps from them;
 * least= and most= are the number of blocks of order= and above, and unmovable= is the most of them that are Unmovable;
 * boost= is its lowest sum, reserve= that of what is free of the HighAtomic reserve, dirty= that of pages that have to be
 * written, locked= that of unevictable ones, and huge= the number of huge pages of shared memory, or of their pages (5.12 on).
 */
int lab_must(const struct lab_args *args)
{
	int node = lab_number(args, "node", -1);
	unsigned int order = lab_number(args, "order", 0);
	long min, percent;
	gfp_t mask;
	int err = lab_mask(lab_text(args, "mask", "GFP_KERNEL"), &mask);

	if (err)
		return err;
	min = lab_min_pages(mask, node);
	percent = min ? lab_free_pages(mask, node) * 100 / min : 0;
	return is_within(args, "over", "under", percent) &&
	       is_within(args, "least", "most", lab_sum_zones(mask, node, zone_blocks, order)) &&
	       is_within(args, "no_unmovable", "unmovable", lab_sum_zones(mask, node, unmovable_blocks, order)) &&
	       is_within(args, "boost", "no_boost", lab_sum_zones(mask, node, boost_of, 0)) &&
	       is_within(args, "reserve", "no_reserve", lab_sum_zones(mask, node, reserve_of, 0)) &&
	       is_within(args, "dirty", "no_dirty", lab_sum_zones(mask, node, dirty_of, 0)) &&
	       is_within(args, "locked", "no_locked", lab_sum_zones(mask, node, locked_of, 0)) &&
	       is_within(args, "huge", "no_huge", global_node_page_state(NR_SHMEM_THPS)) ? 0 : -EAGAIN;
}
