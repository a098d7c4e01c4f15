/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The windows of a zone: aligned runs of 2^order pages.  Each is free, could be
 * freed by moving pages, or is blocked by pages that compaction cannot move.
 */
#ifndef AW_PAGES_WINDOWS_H
#define AW_PAGES_WINDOWS_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/zone.h"

/* The request that a window is to serve. */
struct aw_window_request {
	unsigned int order;
	bool movable;		/* may use CMA */
	bool moves_folios;	/* this kernel's compaction moves compound pages */
	bool cma;		/* of a CMA area: other zones do not matter */
};

struct aw_window_class {
	uint64_t windows;	/* blocked windows that hold such a page */
	uint64_t alone;		/* those that hold no other blocking class: it alone blocks them */
	uint64_t pages;		/* in all windows */
};

struct aw_windows {
	uint64_t total;		/* windows that have all their pages */
	uint64_t free;		/* wholly free, and open to the request */
	uint64_t closed;	/* wholly free, but CMA or reserve that it may not use */
	uint64_t movable;	/* in use or mixed, but nothing in it blocks */
	uint64_t blocked;
	uint64_t blocked_roomy;	/* blocked, with free pages in it */
	struct aw_window_class class[AW_PAGE_CLASSES];
};

/* May the request use the pageblock with this pfn?  Pageblocks whose type is not known are taken for open. */
bool aw_window_open(const struct aw_zone_pages *zone, uint64_t pfn, const struct aw_window_request *request);

/* `order` may exceed a pageblock's.  Adds to `*out`, so that zones can be summed. */
void aw_windows_count(const struct aw_zone_pages *zone, const struct aw_window_request *request,
		      struct aw_windows *out);

#endif
