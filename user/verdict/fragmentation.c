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
	struct contig contig = { 0, 0, 0 };
	unsigned int i;

	for (i = 0; i < zone->nr_orders && i < AW_MAX_ORDERS; i++) {
		contig.pages += zone->nr_free[i] << i;
		contig.blocks += zone->nr_free[i];
		if (i >= order)
			contig.suitable += zone->nr_free[i] << (i - order);
	}
	return contig;
}

int aw_fragmentation_index(const struct aw_zone *zone, unsigned int order)
{
	struct contig contig = count(zone, order);

	if (!contig.blocks)
		return 0;
	if (contig.suitable)
		return AW_FRAGMENTATION_FITS;
	return (int)(1000 - (int64_t)((1000 + (contig.pages * 1000 >> order)) / contig.blocks));
}

int aw_unusable_free_index(const struct aw_zone *zone, unsigned int order)
{
	struct contig contig = count(zone, order);

	if (!contig.pages)
		return 1000;
	return (int)((contig.pages - (contig.suitable << order)) * 1000 / contig.pages);
}
