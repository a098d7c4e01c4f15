/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many blocks of each order there are and could be made, before a request
 * needs one.
 */
#ifndef AW_BLOCKERS_HEADROOM_H
#define AW_BLOCKERS_HEADROOM_H

#include <stdint.h>

#include "base/error.h"
#include "pages/scan.h"

/* Windows of this order are told apart by what blocks them: the first that the kernel does not retry for. */
#define AW_HEADROOM_BLOCKED_ORDER 4

enum aw_mobility { AW_FOR_UNMOVABLE, AW_FOR_MOVABLE, AW_MOBILITIES };

struct aw_headroom_blocks {
	uint64_t usable;	/* free windows of the order, open to the request */
	uint64_t makeable;	/* that a full compaction gains, net, at least: the lists of cpus keep their pages */
};

struct aw_headroom_zone {
	int node;
	char name[AW_COMM_LEN + 1];
	struct aw_headroom_blocks blocks[AW_MOBILITIES][AW_MAX_ORDERS];
	uint64_t blocked[AW_PAGE_CLASSES];	/* windows of AW_HEADROOM_BLOCKED_ORDER that hold such a page */
};

struct aw_headroom {
	uint64_t time_ns;	/* when the scan began, CLOCK_MONOTONIC; 0: there was none yet */
	enum aw_page_source source;
	struct aw_scan_cost cost;
	uint64_t took_ns;	/* with the counting */
	unsigned int max_order;
	unsigned int nr_zones;
	struct aw_headroom_zone zones[AW_SCAN_ZONES];
};

/* Scans all zones but device memory, with any source but COUNTS.  0, or -errno with the reason. */
int aw_headroom_find(struct aw_page_scan *scan, struct aw_headroom *out, struct aw_error *error);

/*
 * Free windows of each order that are open to such a request; `free` gets orders 0 to
 * max_order.  0 or -ENOMEM.
 */
int aw_headroom_count_free(const struct aw_zone_pages *zone, enum aw_mobility mobility, unsigned int max_order,
			   uint64_t free[AW_MAX_ORDERS]);

#endif
