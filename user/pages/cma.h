/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CMA areas of a zone: what is free there, what would move away for a
 * driver, and what would not.
 */
#ifndef AW_PAGES_CMA_H
#define AW_PAGES_CMA_H

#include <stdint.h>

#include "pages/holders.h"
#include "pages/zone.h"

#define AW_CMA_AREAS 16
#define AW_CMA_NAME 64

/* In pages.  Areas that touch each other are one here. */
struct aw_cma_area {
	char name[AW_CMA_NAME];		/* "": not known */
	uint64_t start, pages;
	uint64_t free;			/* on the lists of cpus, too */
	uint64_t movable;		/* migrate_pages() can take them elsewhere */
	uint64_t taken;			/* without a mark: cma_alloc() gave them to drivers */
	uint64_t stuck;			/* pinned, or else not to be moved, and nobody asked cma_alloc() for them */
	uint64_t largest;		/* run without taken and stuck pages: the largest request that can succeed */
	uint64_t largest_untaken;	/* run without taken pages: the largest that is tried */
};

struct aw_cma_areas {
	unsigned int count;
	struct aw_cma_area areas[AW_CMA_AREAS];
};

/* Adds the areas of `zone`, and to holders->list[].cma_pages the stuck pages of each.  `holders` may be NULL. */
void aw_cma_find(const struct aw_zone_pages *zone, struct aw_holders *holders, struct aw_cma_areas *out);

#endif
