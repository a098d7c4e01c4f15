// SPDX-License-Identifier: GPL-2.0
/* The kernel's two measures of fragmentation. */
#include "verdict/fragmentation.h"

struct contig {
	uint64_t pages;		/* free */
	uint64_t blocks;	/* free, of any order */
	uint64_t suitable;	/* blocks of the order that the larger ones could give */
};

/* fill_contig_page_info() */
static struct contig count(const struct aw_zone *zone, unsigned int order)
{
	struct contig c = { 0, 0, 0 };
	unsigned int o;

	for (o = 0; o < zone->nr_orders && o < AW_MAX_ORDERS; o++) {
		c.pages += zone->nr_free[o] << o;
		c.blocks += zone->nr_free[o];
		if (o >= order)
			c.suitable += zone->nr_free[o] << (o - order);
	}
	return c;
}

int aw_fragmentation_index(const struct aw_zone *zone, unsigned int order)
{
	struct contig c = count(zone, order);

	if (!c.blocks)
		return 0;
	if (c.suitable)
		return AW_FRAGMENTATION_FITS;
	return (int)(1000 - (int64_t)((1000 + (c.pages * 1000 >> order)) / c.blocks));
}

int aw_unusable_free_index(const struct aw_zone *zone, unsigned int order)
{
	struct contig c = count(zone, order);

	if (!c.pages)
		return 1000;
	return (int)((c.pages - (c.suitable << order)) * 1000 / c.pages);
}
