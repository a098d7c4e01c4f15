// SPDX-License-Identifier: GPL-2.0
/*
 * The zones of a report's Mem-Info, in pages.
 */
#include "klog/zones.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

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

/* A register's frame may have an address that is cut. */
static bool is_32_bit(const struct aw_klog_report *r)
{
	bool any = false;

	for (unsigned int i = 0; i < r->nr_frames; i++) {
		if (r->frames[i].addr > UINT32_MAX)
			return false;
		any = any || (r->frames[i].addr && !r->frames[i].pc);
	}
	return any;
}

/*
 * zone_idx(): the log does not print it, but lowmem_reserve[] has an entry for
 * every zone type that the kernel is configured with, and their order never
 * changes.  (DMA32 exists on 64-bit kernels, HighMem on others.)
 */
static int zone_index(const struct aw_klog_report *r, enum aw_zone_type type, unsigned int types)
{
	bool highmem = has_zone(r, "HighMem") || (r->has_highmem && !has_zone(r, "Movable")) || (types >= 4 && is_32_bit(r));
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

/*
 * Kernels from 5.0 on that do not print the boost print marks with the boost
 * in them.  It follows from low - min: __setup_per_zone_wmarks() makes that
 * min / 4, or more where watermark_scale_factor does, so that the true min is
 * four times that at most.  kB; 0: none, or less than the rounding.
 */
static uint64_t hidden_boost(const struct aw_klog_zone *from, const struct aw_kernel *kernel)
{
	uint64_t most = 4 * (from->low_kb - from->min_kb) + 4 * kernel->page_size / 1024;

	if (kernel->version < AW_VERSION(5, 0, 0) || from->has & AW_KLOG_ZONE_BOOST || from->low_kb <= from->min_kb)
		return 0;
	return from->min_kb > most ? from->min_kb - 4 * (from->low_kb - from->min_kb) : 0;
}

/* How many types of zones the kernel has: the longest lowmem_reserve[], as others may be cut. */
static unsigned int types_of(const struct aw_klog_report *r)
{
	unsigned int types = 0;

	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (r->zones[i].nr_reserves > types)
			types = r->zones[i].nr_reserves;
	return types < AW_MAX_RESERVES ? types : AW_MAX_RESERVES;
}

static void fill_marks(const struct aw_klog_zone *from, const struct aw_kernel *kernel, struct aw_zone *to)
{
	uint64_t boost = hidden_boost(from, kernel);

	if (from->has & AW_KLOG_ZONE_WATERMARKS)
		to->known |= AW_ZONE_KNOWS_WATERMARKS;
	if (boost)
		to->known |= AW_ZONE_KNOWS_BOOST | AW_ZONE_BOOST_COMPUTED;
	/* min_wmark_pages() and its kin print the marks with the boost in them */
	if (from->has & AW_KLOG_ZONE_BOOST && from->boost_kb <= from->min_kb) {
		boost = from->boost_kb;
		to->known |= AW_ZONE_KNOWS_BOOST;
	}
	to->boost = pages(boost, kernel);
	to->min = pages(from->min_kb - boost, kernel);
	to->low = from->low_kb >= boost ? pages(from->low_kb - boost, kernel) : 0;
	to->high = from->high_kb >= boost ? pages(from->high_kb - boost, kernel) : 0;
}

static void fill_counts(const struct aw_klog_zone *from, const struct aw_kernel *kernel, struct aw_zone *to)
{
	static const struct { uint32_t has, knows; } known[] = {
		{ AW_KLOG_ZONE_CMA, AW_ZONE_KNOWS_CMA },
		{ AW_KLOG_ZONE_HIGHATOMIC, AW_ZONE_KNOWS_HIGHATOMIC },
		{ AW_KLOG_ZONE_FREE_HIGHATOMIC, AW_ZONE_KNOWS_FREE_HIGHATOMIC },
		{ AW_KLOG_ZONE_MANAGED, AW_ZONE_KNOWS_MANAGED },
		{ AW_KLOG_ZONE_PRESENT, AW_ZONE_KNOWS_MANAGED },	/* up to 3.8 it is all that is printed */
		{ AW_KLOG_ZONE_LRU, AW_ZONE_KNOWS_LRU },
		{ AW_KLOG_ZONE_PENDING, AW_ZONE_KNOWS_PENDING },
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (from->has & known[i].has)
			to->known |= known[i].knows;
	to->free = pages(from->free_kb, kernel);
	to->free_cma = pages(from->free_cma_kb, kernel);
	to->reserved_highatomic = pages(from->highatomic_kb, kernel);
	to->free_highatomic = pages(from->free_highatomic_kb, kernel);
	to->managed = pages(from->has & AW_KLOG_ZONE_MANAGED ? from->managed_kb : from->present_kb, kernel);
	to->lru_anon = pages(from->active_anon_kb + from->inactive_anon_kb, kernel);
	to->lru_file = pages(from->active_file_kb + from->inactive_file_kb, kernel);
	to->unevictable = pages(from->unevictable_kb, kernel);
	to->write_pending = pages(from->writepending_kb, kernel);
}

static void fill_types(const char *letters, uint16_t *types)
{
	for (; *letters; letters++) {
		enum aw_migratetype type = aw_migratetype_from_letter(*letters);

		if (type != AW_MT_UNKNOWN)
			*types |= (uint16_t)(1u << type);
	}
}

static uint64_t sum_of_blocks(const struct aw_klog_zone *from)
{
	uint64_t sum = 0;

	for (unsigned int o = 0; o < AW_MAX_ORDERS && o < from->nr_orders; o++)
		sum += (from->blocks[o] * from->block_kb) << o;
	return sum;
}

/*
 * A row that is cut in the middle would make large blocks look gone; where
 * what is left of it adds up to all that is free, there were none.
 */
static bool is_whole(const struct aw_klog_zone *from)
{
	uint64_t sum = sum_of_blocks(from);

	if (!(from->has & AW_KLOG_ZONE_BLOCKS))
		return false;
	return !(from->has & AW_KLOG_ZONE_CUT) || (from->has & AW_KLOG_ZONE_FREE && sum >= from->free_kb);
}

static void fill_blocks(const struct aw_klog_zone *from, struct aw_zone *to)
{
	uint64_t sum = 0;

	if (!is_whole(from))
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

/* Pages in free blocks whose row has no letter but C. */
static uint64_t cma_in_blocks(const struct aw_klog_zone *from, const struct aw_zone *to)
{
	uint64_t sum = 0;

	for (unsigned int o = 0; o < to->nr_orders; o++)
		if (!strcmp(from->types[o], "C"))
			sum += to->nr_free[o] << o;
	return sum;
}

/* Where "free_cma:" is cut off, the free rows tell. */
static void fill_cma_of_blocks(const struct aw_klog_zone *from, struct aw_zone *to)
{
	if (to->known & AW_ZONE_KNOWS_CMA || !(to->known & AW_ZONE_KNOWS_TYPES))
		return;
	to->free_cma = cma_in_blocks(from, to);
	if (to->free_cma)
		to->known |= AW_ZONE_KNOWS_CMA;
}

/*
 * Where a zone's line is cut before "free_cma:", Mem-Info's sum of all zones tells it if there is no other zone. The sum
 * may be cut as well: it is not believed where the rows have more.
 */
static void fill_cma_of_totals(const struct aw_klog_report *r, const struct aw_klog_zone *from, struct aw_zone *to)
{
	if (to->known & AW_ZONE_KNOWS_CMA || r->nr_zones != 1 || !(from->has & AW_KLOG_ZONE_FREE) || !(r->totals.has & AW_KLOG_HAS_FREE_CMA) ||
	    r->totals.free_cma > to->free || r->totals.free_cma < cma_in_blocks(from, to))
		return;
	to->free_cma = r->totals.free_cma;
	to->known |= AW_ZONE_KNOWS_CMA;
}

/* Of one node's line; of several nothing is told by node here. */
static void fill_huge(const struct aw_klog_report *r, const struct aw_kernel *kernel, struct aw_zone *to)
{
	if (r->totals.nr_nodes_huge != 1 || !(to->known & AW_ZONE_KNOWS_LRU))
		return;
	for (unsigned int i = 1; i < r->nr_zones; i++)
		if (r->zones[i].node != r->zones[0].node)
			return;
	to->node_huge = pages(r->totals.nodes_huge_kb, kernel);
	to->known |= AW_ZONE_KNOWS_HUGE;
}

/*
 * 4.4 to about 5.6 keep a HighAtomic reserve and do not print it.  An H among
 * the free blocks proves one pageblock of it; reserve_highatomic_pageblock()
 * takes a hundredth of the zone at most, and one block more.
 */
static void fill_hidden_reserve(const struct aw_klog_zone *from, const struct aw_kernel *kernel, struct aw_zone *to)
{
	uint64_t pageblock = UINT64_C(1) << (kernel->pageblock_order ? kernel->pageblock_order : 9);
	bool seen = false;

	if (from->has & (AW_KLOG_ZONE_HIGHATOMIC | AW_KLOG_ZONE_FREE_HIGHATOMIC) ||
	    kernel->version < AW_VERSION(4, 4, 0) || !(to->known & AW_ZONE_KNOWS_MANAGED))
		return;
	for (unsigned int o = 0; o < AW_KLOG_ORDERS; o++)
		seen |= strchr(from->types[o], 'H') != NULL;
	if (!seen)
		return;
	to->hidden_highatomic_min = pageblock;
	to->hidden_highatomic_max = to->managed / 100 + pageblock;
}

/* Is there a zone with this index on the node? */
static bool has_index(const struct aw_zone *zones, unsigned int count, int node, int index)
{
	for (unsigned int i = 0; i < count; i++)
		if (zones[i].node == node && zones[i].index == index)
			return true;
	return false;
}

/*
 * lowmem_reserve[] of a zone grows with each zone above it that has memory
 * (setup_per_zone_lowmem_reserve()): is one of these missing, up to index
 * `last`?
 */
static bool proves_another(const struct aw_zone *zone, const struct aw_zone *zones, unsigned int count, int last)
{
	for (int i = zone->index + 1; zone->index >= 0 && i < (int)zone->nr_reserves && i <= last; i++)
		if (zone->lowmem_reserve[i] > zone->lowmem_reserve[i - 1] && !has_index(zones, count, zone->node, i))
			return true;
	return false;
}

/* Without its first line, or with a zone that has no line of marks while others do, Mem-Info may lack whole zones. */
static bool lost_lines(const struct aw_klog_report *r)
{
	unsigned int with_marks = 0;

	for (unsigned int i = 0; i < r->nr_zones; i++)
		with_marks += (r->zones[i].has & AW_KLOG_ZONE_FREE) != 0;
	return r->nr_zones && ((!r->mem_info && (r->nr_frames || (!r->no_header && !with_marks))) || (with_marks && with_marks < r->nr_zones));
}

bool aw_klog_zones_partial(const struct aw_klog_report *r, const struct aw_kernel *kernel,
			   const struct aw_zone *zones, unsigned int count, enum aw_zone_type highest)
{
	int last = AW_MAX_RESERVES;

	if (kernel->version >= AW_VERSION(3, 0, 0) && lost_lines(r))
		return true;

	/* about 6.1 on, show_mem() leaves out the zones above the request's */
	if (kernel->version >= AW_VERSION(6, 0, 0))
		last = zone_index(r, highest, types_of(r));
	for (unsigned int i = 0; i < count; i++)
		if (proves_another(&zones[i], zones, count, last))
			return true;
	return false;
}

/* show_mem() prints these counters of all nodes before any zone. */
bool aw_klog_zones_front_cut(const struct aw_klog_report *r)
{
	const uint32_t before = AW_KLOG_HAS_FREE | AW_KLOG_HAS_LRU | AW_KLOG_HAS_SLAB | AW_KLOG_HAS_PAGE_TABLES |
				AW_KLOG_HAS_SHMEM | AW_KLOG_HAS_FREE_CMA;

	return (r->no_header || !r->mem_info) && !(r->totals.has & before);
}

bool aw_klog_zones_hidden(const struct aw_klog_report *r, const struct aw_kernel *kernel)
{
	uint64_t present_kb = 0;

	if (!(r->totals.has & AW_KLOG_HAS_RAM) || !kernel->page_size || kernel->version < AW_VERSION(4, 4, 0))
		return false;
	for (unsigned int i = 0; i < r->nr_zones; i++) {
		if (!(r->zones[i].has & AW_KLOG_ZONE_PRESENT))
			return false;
		present_kb += r->zones[i].present_kb;
	}
	return r->nr_zones && r->totals.ram * (kernel->page_size / 1024) > present_kb;
}

static void fill_zone(const struct aw_klog_report *r, const struct aw_klog_zone *from,
		      const struct aw_kernel *kernel, struct aw_zone *to)
{
	memset(to, 0, sizeof(*to));
	to->node = from->node;
	snprintf(to->name, sizeof(to->name), "%s", from->name);
	to->type = aw_zone_type_from_name(from->name);
	fill_marks(from, kernel, to);
	fill_counts(from, kernel, to);
	fill_blocks(from, to);
	fill_cma_of_totals(r, from, to);
	fill_huge(r, kernel, to);
	fill_cma_of_blocks(from, to);
	fill_hidden_reserve(from, kernel, to);
	to->nr_reserves = from->nr_reserves < AW_MAX_RESERVES ? from->nr_reserves : AW_MAX_RESERVES;
	for (unsigned int i = 0; i < to->nr_reserves; i++)
		to->lowmem_reserve[i] = from->reserve[i];
	to->index = zone_index(r, to->type, types_of(r));
}

/*
 * Zones above the request's are not printed from about 6.1 on, so that the last column need not be its own; and
 * from 6.10 on columns of empty zones are 0 (commit "mm/page_alloc.c: don't show protection in zone's
 * ->lowmem_reserve[] for empty zone").  No column behind its own matters.
 */
static void drop_columns(struct aw_zone *zone, int own)
{
	if (own >= 0 && (unsigned int)own + 1 < zone->nr_reserves)
		zone->nr_reserves = (unsigned int)own + 1;
}

unsigned int aw_klog_zones(const struct aw_klog_report *r, const struct aw_kernel *kernel, enum aw_zone_type highest,
			   struct aw_zone *zones, unsigned int max)
{
	int own = kernel->version >= AW_VERSION(6, 0, 0) ? zone_index(r, highest, types_of(r)) : -1;
	unsigned int n = 0;

	if (kernel->page_size < 1024)
		return 0;
	for (unsigned int i = 0; i < r->nr_zones && n < max; i++)
		if (r->zones[i].has & (AW_KLOG_ZONE_FREE | AW_KLOG_ZONE_BLOCKS)) {
			fill_zone(r, &r->zones[i], kernel, &zones[n]);
			drop_columns(&zones[n++], r->has_mode ? own : -1);
		}
	return n;
}
