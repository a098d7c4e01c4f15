/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which process maps pages that compaction cannot move: pinned ones, and huge ones.
 */
#ifndef AW_PAGES_PROCESSES_H
#define AW_PAGES_PROCESSES_H

#include "pages/holders.h"

/*
 * Sets zone->holder[] of such pages that have none, from /proc/PID/pagemap; of a
 * page that several processes map, one.  Without root nothing changes.  Ends after
 * a second, which holders->cut tells.
 */
void aw_processes_find(struct aw_zone_pages *zone, bool moves_folios, struct aw_holders *holders);

#endif
