// SPDX-License-Identifier: GPL-2.0
/*
 * The zones of a report's Mem-Info, in pages.
 */
#include "event/klog_zones.h"

#include <stdio.h>
#include <string.h>

static uint64_t pages(uint64_t kb, const struct aw_kernel *kernel)
{
	return kb / (kernel->page_size / 1024);
}

static bool has_zone(const struct aw_klog_report *r, const char *name)
{
	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (!strcmp(r->zones[i].name, name))
			return true;
	return false;
}

/*
 * zone_idx(): the log does not print it, but lowmem_reserve[] has an entry for
 * every zone type that the kernel is configured with, and their order never
 * changes.  (DMA32 exists on 64-bit kernels, HighMem on others.)
 */
static int zone_index(const struct aw_klog_report *r, enum aw_zone_type type, unsigned int types)
{
	bool highmem = has_zone(r, "HighMem");
	bool dma = types >= 4 || has_zone(r, "DMA");
	bool dma32 = !highmem && (types >= 4 || has_zone(r, "DMA32"));
	int index[AW_ZONE_TYPE_COUNT];
	int next = 0;

	index[AW_ZONE_TYPE_DMA] = dma || (types == 3 && !highmem && !dma32) ? next++ : -1;
	index[AW_ZONE_TYPE_DMA32] = dma32 ? next++ : -1;
	index[AW_ZONE_TYPE_NORMAL] = next++;
	index[AW_ZONE_TYPE_HIGHMEM] = highmem ? next++ : -1;
	index[AW_ZONE_TYPE_MOVABLE] = next++;
	index[AW_ZONE_TYPE_DEVICE] = next;
	index[AW_ZONE_TYPE_UNKNOWN] = -1;
	return index[type] < (int)types ? index[type] : -1;
}

static void fill_marks(const struct aw_klog_zone *from, const struct aw_kernel *k, struct aw_zone *to)
{
	uint64_t boost = 0;

	if (from->has & AW_KLOG_ZONE_WATERMARKS)
		to->known |= AW_ZONE_KNOWS_WATERMARKS;
	/* min_wmark_pages() and its kin print the marks with the boost in them */
	if (from->has & AW_KLOG_ZONE_BOOST && from->boost_kb <= from->min_kb) {
		boost = from->boost_kb;
		to->known |= AW_ZONE_KNOWS_BOOST;
	}
	to->boost = pages(boost, k);
	to->min = pages(from->min_kb - boost, k);
	to->low = from->low_kb >= boost ? pages(from->low_kb - boost, k) : 0;
	to->high = from->high_kb >= boost ? pages(from->high_kb - boost, k) : 0;
}

static void fill_counts(const struct aw_klog_zone *from, const struct aw_kernel *k, struct aw_zone *to)
{
	static const struct { uint32_t has, knows; } known[] = {
		{ AW_KLOG_ZONE_CMA, AW_ZONE_KNOWS_CMA },
		{ AW_KLOG_ZONE_HIGHATOMIC, AW_ZONE_KNOWS_HIGHATOMIC },
		{ AW_KLOG_ZONE_FREE_HIGHATOMIC, AW_ZONE_KNOWS_FREE_HIGHATOMIC },
		{ AW_KLOG_ZONE_MANAGED, AW_ZONE_KNOWS_MANAGED },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (from->has & known[i].has)
			to->known |= known[i].knows;
	to->free = pages(from->free_kb, k);
	to->free_cma = pages(from->free_cma_kb, k);
	to->reserved_highatomic = pages(from->highatomic_kb, k);
	to->free_highatomic = pages(from->free_highatomic_kb, k);
	to->managed = pages(from->managed_kb, k);
}

static void fill_types(const char *letters, uint16_t *types)
{
	for (; *letters; letters++) {
		enum aw_migratetype type = aw_migratetype_from_letter(*letters);

		if (type != AW_MT_UNKNOWN)
			*types |= (uint16_t)(1u << type);
	}
}

static void fill_blocks(const struct aw_klog_zone *from, struct aw_zone *to)
{
	uint64_t sum = 0;

	/* a line cut in the middle would make large blocks look gone */
	if (!(from->has & AW_KLOG_ZONE_BLOCKS) || from->has & AW_KLOG_ZONE_CUT)
		return;
	to->nr_orders = from->nr_orders < AW_MAX_ORDERS ? from->nr_orders : AW_MAX_ORDERS;
	for (unsigned int o = 0; o < AW_MAX_ORDERS && o < to->nr_orders; o++) {
		to->nr_free[o] = from->blocks[o];
		fill_types(from->types[o], &to->types[o]);
		sum += from->blocks[o] << o;
	}
	if (from->has & AW_KLOG_ZONE_TYPES || !sum)
		to->known |= AW_ZONE_KNOWS_TYPES;
	if (!(from->has & AW_KLOG_ZONE_FREE))
		to->free = sum;
}

static void fill_zone(const struct aw_klog_report *r, const struct aw_klog_zone *from,
		      const struct aw_kernel *k, struct aw_zone *to)
{
	memset(to, 0, sizeof(*to));
	to->node = from->node;
	snprintf(to->name, sizeof(to->name), "%s", from->name);
	to->type = aw_zone_type_from_name(from->name);
	fill_marks(from, k, to);
	fill_counts(from, k, to);
	fill_blocks(from, to);
	to->nr_reserves = from->nr_reserves < AW_MAX_RESERVES ? from->nr_reserves : AW_MAX_RESERVES;
	for (unsigned int i = 0; i < to->nr_reserves; i++)
		to->lowmem_reserve[i] = from->reserve[i];
	to->index = zone_index(r, to->type, to->nr_reserves);
}

unsigned int aw_klog_zones(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			   struct aw_zone *zones, unsigned int max)
{
	unsigned int n = 0;

	if (kernel->page_size < 1024)
		return 0;
	for (unsigned int i = 0; i < r->nr_zones && n < max; i++)
		if (r->zones[i].has & (AW_KLOG_ZONE_FREE | AW_KLOG_ZONE_BLOCKS))
			fill_zone(r, &r->zones[i], kernel, &zones[n++]);
	return n;
}
