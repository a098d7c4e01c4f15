/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Steals that were seen: a request took pages of another migratetype, and with
 * them often the pageblock (kmem:mm_page_alloc_extfrag).  What the kernel has
 * there now without a mark, that code likely put there.
 */
#ifndef AW_PAGES_STEALS_H
#define AW_PAGES_STEALS_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/holders.h"
#include "pages/zone.h"

struct aw_stolen {
	uint64_t pfn;		/* the first page that was taken */
	uint32_t site;		/* place in sites[] */
	uint8_t order;		/* of the block that was taken */
	bool pageblock;		/* the pageblock changed its migratetype */
};

#define AW_STEAL_SITES 1024	/* further ones are not told apart */

struct aw_steals {
	struct aw_stolen *list;	/* owned; in the order of time */
	uint64_t count, room;
	unsigned int nr_sites;
	char sites[AW_STEAL_SITES][AW_HOLDER_NAME];
};

/* `site`: the function that asked, any bytes.  0 or -ENOMEM. */
int aw_steals_add(struct aw_steals *steals, const char *site, uint64_t pfn, unsigned int order, bool pageblock);

/*
 * Gives kernel pages and page tables without a holder, where a steal was seen, that
 * site as holder; of several steals, the last.  Needs zone->holder.
 */
void aw_steals_mark(const struct aw_steals *steals, struct aw_zone_pages *zone, struct aw_holders *holders);

void aw_steals_clear(struct aw_steals *steals);

#endif
