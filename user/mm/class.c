// SPDX-License-Identifier: GPL-2.0
/*
 * Which failures have no consequence, because the caller falls back: a table
 * over mask, order and callers.
 *
 * The first row that fits decides; a request that fits none is hard.
 * __GFP_NOWARN alone is no sign of a fallback: pipe_resize_ring() asks
 * silently and returns ENOMEM to its user.  A caller counts only when it is the
 * site or stands between the allocator and the site: farther out, it asked for
 * something else.
 */
#include "mm/class.h"

#include "base/array.h"
#include "mm/function.h"
#include "mm/site.h"

#define FLAG(name) (UINT64_C(1) << AW_GFP_##name)
#define MAY_RECLAIM (FLAG(DIRECT_RECLAIM) | FLAG(WAIT))	/* of today, up to 4.3 */
#define ANY_ORDER 255

struct row {
	uint64_t callers;	/* one of these groups of functions; 0: any caller */
	uint64_t with;		/* and one of these; 0: no more */
	uint64_t without;	/* but none of these */
	uint64_t all;		/* flags that must be set */
	uint64_t none;		/* flags that must not */
	unsigned int min_order, max_order;
	struct aw_class_row is;
};

/* A slab may be of several pages: its order says nothing about what the function around it asked for. */
#define OBJECTS (AW_FN(SLAB) | AW_FN(SLAB_BULK) | AW_FN(SHEAF) | AW_FN(SHEAF_MAIN))

static const struct row rows[] = {
	{ AW_FN(NOLOCK), 0, 0, 0, 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "alloc_pages_nolock() (first called try_alloc_pages()) may fail on a contended lock, and its "
	    "callers expect that", "alloc_pages_nolock" } },

	/* vmalloc: large pages are a try, one small page that is missing ends it, whatever the mask says. */
	{ AW_FN(VMALLOC), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "vmalloc() falls back to smaller pages", "__vmalloc_node_range" } },
	{ AW_FN(VMALLOC), AW_FN(BULK), OBJECTS, 0, 0, 0, 0,
	  { AW_CLASS_OPPORTUNISTIC, "vmalloc() asks again for one page at a time", "vm_area_alloc_pages" } },
	{ AW_FN(VMALLOC), 0, OBJECTS, 0, 0, 0, 0,
	  { AW_CLASS_HARD, "vmalloc() needs every page and fails when one is missing", "__vmalloc_area_node" } },

	{ AW_FN(HUGETLB_NOW), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_HARD, "a huge page is needed at once and the pool of huge pages has none",
	    "alloc_surplus_hugetlb_folio" } },
	{ AW_FN(HUGETLB_POOL), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the pool of huge pages grows by fewer pages than asked for",
	    "set_max_huge_pages" } },

	{ AW_FN(SHEAF_MAIN), 0, 0, 0, 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the per-cpu sheaf stays empty; the object comes from a slab instead",
	    "alloc_from_pcs" } },
	{ AW_FN(SHEAF), 0, AW_FN(SLAB_BULK), FLAG(NOMEMALLOC) | FLAG(NOWARN), 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the sheaf is refilled without the reserves first and with them next",
	    "__prefill_sheaf_pfmemalloc" } },

	{ 0, 0, 0, FLAG(NORETRY) | FLAG(NOWARN), 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "__GFP_NORETRY|__GFP_NOWARN: the caller has a fallback", "" } },

	{ AW_FN(THP), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "no huge page was available; the page fault falls back to small pages",
	    "do_huge_pmd_anonymous_page" } },
	{ AW_FN(THP_ANON), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "a large page was tried first; the kernel falls back to smaller ones",
	    "alloc_anon_folio" } },
	{ AW_FN(SHMEM), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "a large page was tried first; the kernel falls back to smaller ones",
	    "shmem_alloc_and_add_folio" } },
	{ 0, 0, 0, FLAG(COMP) | FLAG(NOMEMALLOC) | FLAG(NOWARN) | FLAG(MOVABLE), 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "no huge page was available; the caller falls back to small pages", "" } },
	{ AW_FN(KHUGEPAGED), 0, 0, 0, 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "khugepaged tries again later", "khugepaged_do_scan" } },

	{ AW_FN(KVMALLOC), 0, 0, FLAG(NOWARN), 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "kvmalloc() falls back to vmalloc()", "__kvmalloc_node" } },
	{ AW_FN(OWN_KVMALLOC) | AW_FN(TRIES_VMALLOC), 0, 0, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the caller falls back to vmalloc()", "kmem_alloc_large" } },

	{ AW_FN(SKB_FRAGS), 0, OBJECTS, FLAG(NOWARN), 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the socket buffer is built from smaller pieces", "alloc_skb_with_frags" } },
	{ AW_FN(FRAG), 0, OBJECTS, FLAG(NOWARN), 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the network stack falls back to a smaller page", "skb_page_frag_refill" } },
	{ AW_FN(READAHEAD), 0, OBJECTS, FLAG(NOWARN), 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "readahead falls back to smaller folios", "page_cache_ra_order" } },
	{ AW_FN(HEAP), 0, OBJECTS | AW_FN(HEAP_WHOLE), 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the heap falls back to smaller pages", "alloc_largest_available" } },
	{ AW_FN(TTM), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "TTM builds the buffer from smaller pages", "ttm_pool_alloc" } },
	{ AW_FN(DMA_POOL_GROWTH), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the pool for atomic DMA grows by a smaller piece", "atomic_pool_expand" } },
	{ AW_FN(SOUND_SMALLER), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the sound driver tries a buffer of half the size", "snd_dma_alloc_pages_fallback" } },
	{ AW_FN(IO_URING), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "io_uring builds the ring from single pages", "io_region_allocate_pages" } },
	{ AW_FN(MLX4), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "mlx4 falls back to smaller orders", "mlx4_alloc_icm" } },
	{ AW_FN(VIDEOBUF), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the video buffer is built from smaller pieces", "vb2_dma_sg_alloc_compacted" } },
	{ AW_FN(SG_BUILD), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the SCSI buffer is built from smaller pieces", "sg_build_indirect" } },
	{ AW_FN(FTRACE), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "ftrace keeps its records in smaller pieces", "ftrace_allocate_records" } },
	{ AW_FN(HASHDIST), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the kernel tries a smaller hash table", "alloc_large_system_hash" } },
	{ AW_FN(RHASHTABLE), 0, 0, FLAG(KSWAPD_RECLAIM), MAY_RECLAIM, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the hash table is built from single pages", "bucket_table_alloc" } },
	{ AW_FN(VMEMMAP), 0, OBJECTS, 0, 0, 1, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the memory map is built from small pages", "vmemmap_populate_hugepages" } },

	{ AW_FN(DOES_WITHOUT), 0, 0, 0, 0, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the caller goes on without the object: it works at once, or keeps less in a cache",
	    "async_schedule_node_domain" } },

	{ AW_FN(RX_AGG), 0, 0, FLAG(KSWAPD_RECLAIM), MAY_RECLAIM, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the driver copies the packets and uses the buffer that it has", "r8152_poll" } },

	{ AW_FN(XARRAY), 0, 0, FLAG(KSWAPD_RECLAIM), MAY_RECLAIM, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the node is allocated again without the lock held", "xas_nomem" } },
	{ AW_FN(MAPLE), 0, 0, FLAG(KSWAPD_RECLAIM), MAY_RECLAIM, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "the nodes are allocated again without the lock held", "mas_nomem" } },
	{ AW_FN(RADIX), 0, 0, FLAG(NOWARN), MAY_RECLAIM, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "a preloaded node is used instead", "radix_tree_node_alloc" } },
	{ AW_FN(MEMPOOL), 0, 0, FLAG(NOWARN), MAY_RECLAIM | FLAG(HIGH), 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "mempool_alloc() takes an element from its reserve", "mempool_alloc" } },

	/*
	 * A mask with __GFP_IO could reclaim, had not somebody taken that away and __GFP_NOWARN added.  5.15 to 6.6 have
	 * alloc_pages_preferred_many() inlined into alloc_pages().  A caller may ask with such a mask itself; whether the request
	 * has a nodemask (also that of MPOL_BIND) tells most of these apart.
	 */
	{ AW_FN(MPOL), 0, 0, FLAG(IO) | FLAG(NOWARN), MAY_RECLAIM, 0, ANY_ORDER,
	  { AW_CLASS_OPPORTUNISTIC, "a first try, without reclaim, on the nodes that the mempolicy prefers; the next may use all nodes",
	    "alloc_pages_preferred_many" } },
};

static const struct aw_class_row hard = {
	AW_CLASS_HARD, "no fallback of this caller is known", "",
};

static bool fits(const struct row *row, const struct aw_gfp *gfp, unsigned int order, uint64_t groups)
{
	if ((gfp->flags & row->all) != row->all || gfp->flags & row->none)
		return false;
	if (order < row->min_order || order > row->max_order)
		return false;
	if ((row->callers && !(groups & row->callers)) || (row->with && !(groups & row->with)))
		return false;
	return !(groups & row->without);
}

const struct aw_class_row *aw_class_find(const struct aw_gfp *gfp, unsigned int order,
					 const struct aw_stack *stack, bool prefers)
{
	uint64_t groups = aw_site_groups(stack);

	if (!prefers)
		groups &= ~AW_FN(MPOL);		/* only the row of the first try asks for them */
	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++)
		if (fits(&rows[i], gfp, order, groups))
			return &rows[i].is;
	return &hard;
}

enum aw_class aw_class_of(const struct aw_gfp *gfp, unsigned int order,
			  const struct aw_stack *stack, bool prefers, const char **why)
{
	const struct aw_class_row *row = aw_class_find(gfp, order, stack, prefers);

	*why = row->why;
	return row->class;
}

enum aw_caller aw_caller_of(const struct aw_stack *stack)
{
	static const struct { uint64_t groups; enum aw_caller caller; } callers[] = {
		{ AW_FN(HUGETLB) | AW_FN(HUGETLB_NOW) | AW_FN(HUGETLB_POOL), AW_CALLER_HUGETLB },
		{ AW_FN(THP) | AW_FN(THP_ANON) | AW_FN(KHUGEPAGED), AW_CALLER_THP },
		{ AW_FN(VMALLOC), AW_CALLER_VMALLOC },
		{ AW_FN(KVMALLOC) | AW_FN(OWN_KVMALLOC) | AW_FN(TRIES_VMALLOC), AW_CALLER_KVMALLOC },
		{ AW_FN(DMA) | AW_FN(DMA_POOL_GROWTH), AW_CALLER_DMA },
		{ OBJECTS, AW_CALLER_SLAB },
	};
	uint64_t groups = aw_site_groups(stack);

	for (size_t i = 0; i < ARRAY_SIZE(callers); i++)
		if (groups & callers[i].groups)
			return callers[i].caller;
	return AW_CALLER_OTHER;
}
