/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A snapshot of a memory zone.
 */
#ifndef AW_MM_ZONE_H
#define AW_MM_ZONE_H

#include <stdint.h>

#include "mm/gfp.h"
#include "mm/migratetype.h"

#define AW_COMM_LEN 16
#define AW_MAX_ORDERS 16
#define AW_MAX_RESERVES 6

enum aw_zone_type {
	AW_ZONE_TYPE_DMA,
	AW_ZONE_TYPE_DMA32,
	AW_ZONE_TYPE_NORMAL,
	AW_ZONE_TYPE_HIGHMEM,
	AW_ZONE_TYPE_MOVABLE,
	AW_ZONE_TYPE_DEVICE,
	AW_ZONE_TYPE_UNKNOWN,
	AW_ZONE_TYPE_COUNT
};

/* A zone at one point in time. */
struct aw_zone {
	int node;
	int index;			/* zone_idx(); -1: not known */
	enum aw_zone_type type;
	char name[AW_COMM_LEN + 1];
	uint32_t known;			/* AW_ZONE_KNOWS_* */
	uint64_t managed;
	uint64_t free;
	uint64_t free_cma;
	uint64_t cma;			/* pages of CMA areas; 0: none, or the kernel does not say (before 5.12) */
	uint64_t reserved_highatomic;
	uint64_t free_highatomic;
	/* 4.4 to about 5.6 do not print the reserve, which is between these two; 0 0: it is known. */
	uint64_t hidden_highatomic_min, hidden_highatomic_max;
	uint64_t min, low, high;	/* watermarks without boost */
	uint64_t boost;
	/* Of the lists of cpus: most pages on the longest, and those that it keeps when it shrinks (0: not printed). */
	uint64_t list_high, list_high_min;
	uint64_t lru_anon, lru_file, unevictable;	/* pages that compaction can move */
	uint64_t write_pending;			/* of lru_file: dirty, or under writeback */
	uint64_t node_huge;			/* pages of the transparent huge pages of its node, which are on LRU lists, too */
	unsigned int nr_reserves;
	int64_t lowmem_reserve[AW_MAX_RESERVES];	/* by zone index of the request */
	unsigned int nr_orders;				/* 0: free lists not known */
	uint64_t nr_free[AW_MAX_ORDERS];		/* blocks, all migratetypes */
	uint16_t types[AW_MAX_ORDERS];			/* bit n: migratetype n has a block */
};
#define AW_ZONE_KNOWS_CMA		0x1u
#define AW_ZONE_KNOWS_HIGHATOMIC	0x2u
#define AW_ZONE_KNOWS_FREE_HIGHATOMIC	0x4u
#define AW_ZONE_KNOWS_BOOST		0x8u
#define AW_ZONE_KNOWS_TYPES		0x10u
#define AW_ZONE_KNOWS_WATERMARKS	0x20u
#define AW_ZONE_KNOWS_MANAGED		0x40u
#define AW_ZONE_KNOWS_LRU		0x80u
#define AW_ZONE_NAMED			0x200u	/* an event of the request's slow path named it */
#define AW_ZONE_KNOWS_PENDING		0x400u
#define AW_ZONE_KNOWS_HUGE		0x800u
#define AW_ZONE_BOOST_COMPUTED		0x100u	/* min and boost are computed from low - min, because the log does not print boost */

const char *aw_zone_type_name(enum aw_zone_type type);		/* "DMA32" */
/* gfp_zone() of linux/gfp.h: the highest zone that a request with this mask may use. */
enum aw_zone_type aw_gfp_highest_zone(const struct aw_gfp *gfp);
enum aw_zone_type aw_zone_type_from_name(const char *name);	/* or AW_ZONE_TYPE_UNKNOWN */

#endif
