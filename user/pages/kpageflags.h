/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page scan by /proc/kpageflags (CONFIG_PROC_PAGE_MONITOR), on any kernel.
 *
 * It cannot tell pinned pages from others, nor kernel pages without a mark from
 * the inside of free blocks: of those only the first page is marked, without
 * its order.  The orders are therefore given to the blocks that have room for
 * them, as many as /proc/buddyinfo counts.
 */
#ifndef AW_PAGES_KPAGEFLAGS_H
#define AW_PAGES_KPAGEFLAGS_H

#include <stdint.h>

#include "base/error.h"
#include "mm/zone.h"
#include "pages/pause.h"
#include "pages/zone.h"

/* Does kpageflags of this kernel show pages of that class as what they are?  `version`: AW_VERSION. */
bool aw_kpageflags_shows(enum aw_page_class class, uint32_t version);

/*
 * Classifies `zone` from its flags words, one for each page from zone->start on.
 * `counted` has the free blocks of each order.  0 or -ENOMEM.
 */
int aw_kpageflags_decode(const uint64_t *flags, const struct aw_zone *counted, struct aw_zone_pages *zone);

/* /proc/kpageflags as a file, or -errno with the reason. */
int aw_kpageflags_open(struct aw_error *error);

/* The same as decode(), read from that file.  0, or -errno with the reason. */
int aw_kpageflags_scan(int fd, const struct aw_zone *counted, struct aw_zone_pages *zone, struct aw_pause *pause,
		       struct aw_error *error);

#endif
