/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a mask, and the task that asks with it, may do by the rules of an era:
 * gfp_to_alloc_flags(), __gfp_pfmemalloc_flags(), gfp_zone() and
 * try_to_compact_pages() of mm/page_alloc.c, linux/gfp.h and mm/compaction.c.
 */
#ifndef AW_VERDICT_ALLOWS_H
#define AW_VERDICT_ALLOWS_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/era.h"

struct aw_allows {
	/* what it may try */
	bool direct_reclaim;
	bool kswapd;			/* wakes kswapd */
	bool io, fs;
	bool compaction;		/* order > 0, direct reclaim, IO (and FS up to 4.9) */
	bool retry;			/* __GFP_REPEAT or __GFP_RETRY_MAYFAIL */
	bool noretry, nofail, nowarn;
	/* how deep it may go: ALLOC_* of the last attempt */
	bool high;			/* ALLOC_HIGH, ALLOC_MIN_RESERVE: half of min */
	bool harder;			/* ALLOC_HARDER (up to 6.2): a quarter less */
	bool atomic;			/* __GFP_ATOMIC (4.4 to 6.2) */
	bool non_block;			/* ALLOC_NON_BLOCK (6.3 on): with `high`, a quarter less */
	bool victim;			/* ALLOC_OOM (4.14 on): half less */
	bool no_watermarks;		/* ALLOC_NO_WATERMARKS: no mark at all */
	bool high_mark;			/* ALLOC_WMARK_HIGH: aw_allows_before_oom() */
	/* what it may use */
	bool highatomic_blocks;		/* blocks of the HighAtomic reserve, for order > 0 */
	bool highatomic_counts;		/* the reserve is not taken off the free pages */
	bool cma;			/* ALLOC_CMA */
	enum aw_migratetype migratetype;
	enum aw_zone_type highest_zone;	/* gfp_zone() */
	bool thisnode;
	uint64_t nodes;			/* with thisnode: those that its slow path tried, nodes 0..63; 0: not known */
	bool cpuset;			/* the task's mems_allowed is a wall: ALLOC_CPUSET with __GFP_HARDWALL */
	/*
	 * ALLOC_NOFRAGMENT to the end (vm.defrag_mode=1): of other migratetypes only
	 * whole pageblocks, blocks of pageblock_order and above.  0: that is not known.
	 */
	bool own_type_only;
	unsigned int pageblock_order;
	bool nolock;			/* looks like alloc_pages_nolock() */
	unsigned int order_shift;	/* up to 4.3: marks shrink by so many bits an order (vm.min_free_order_shift) */
	bool thisnode_quick;		/* up to 4.3: GFP_THISNODE, which gives up at once */
};

/* Fills all of `out` for the failure in `event` (AW_EVENT_FAILURE or STALL). */
void aw_allows_of(const struct aw_event *event, const struct aw_kernel *kernel,
		  const struct aw_era *era, struct aw_allows *out);

/* The try before that, of a task that may use the reserves: with the rights of the mask alone. */
void aw_allows_first_try(const struct aw_event *event, const struct aw_kernel *kernel,
			 const struct aw_era *era, struct aw_allows *out);

/* The last try before the OOM killer (__alloc_pages_may_oom()): at the high watermark, without any reserve. */
struct aw_allows aw_allows_before_oom(const struct aw_allows *allows);

enum aw_bar {
	AW_BAR_NONE,	/* the request may use this zone */
	AW_BAR_ZONE,	/* above gfp_zone(), or device memory */
	AW_BAR_NODE,	/* its node is not in the task's mems_allowed */
	AW_BAR_POLICY,	/* its node is not in the request's nodemask: a mempolicy, or a cpuset */
	AW_BAR_THISNODE,	/* __GFP_THISNODE, and its slow path tried another node */
	AW_BAR_EMPTY,	/* the allocator manages no page there */
	AW_BARS
};

/* May the request use pages of this zone at all? */
enum aw_bar aw_allows_zone(const struct aw_allows *allows, const struct aw_event *event,
			   const struct aw_zone *zone);

/* May the request take a block of `order` from the free list of this migratetype? */
bool aw_allows_type(const struct aw_allows *allows, enum aw_migratetype type, unsigned int order);

/* Is it closed to the request for vm.defrag_mode alone? */
bool aw_allows_but_for_mode(const struct aw_allows *allows, enum aw_migratetype type, unsigned int order);

#endif
