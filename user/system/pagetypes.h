/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tables of /proc/pagetypeinfo: free blocks and pageblocks by migratetype.
 */
#ifndef AW_SYSTEM_PAGETYPES_H
#define AW_SYSTEM_PAGETYPES_H

#include <stddef.h>
#include <stdint.h>

#include "mm/zone.h"

#define AW_PAGETYPES_ZONES 16

struct aw_zone_pagetypes {
	int node;
	char name[AW_COMM_LEN + 1];
	uint64_t free[AW_MT_COUNT][AW_MAX_ORDERS];	/* blocks; a lower bound where the kernel stopped counting (5.5 on) */
	uint64_t pageblocks[AW_MT_COUNT];
};

struct aw_pagetypes {
	unsigned int pageblock_order;		/* 0: not known */
	unsigned int nr_zones;
	struct aw_zone_pagetypes zones[AW_PAGETYPES_ZONES];
};

/* Fills all of `out` with what is there. */
void aw_pagetypes_parse(const char *text, size_t len, struct aw_pagetypes *out);

/* Of the running kernel.  0, or -errno, and `out` is empty: only root may read it from 5.3 on. */
int aw_pagetypes_read(struct aw_pagetypes *out);

/* NULL: it is not listed. */
const struct aw_zone_pagetypes *aw_pagetypes_of(const struct aw_pagetypes *types, int node, const char *name);

/* Free blocks of `order` that the larger blocks of this migratetype can give, too. */
uint64_t aw_pagetypes_blocks(const struct aw_zone_pagetypes *zone, enum aw_migratetype type, unsigned int order);

#endif
