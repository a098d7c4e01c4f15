/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which memory cgroup is charged for kernel pages that compaction cannot move:
 * pipes, page tables, stacks and sockets of its processes.
 */
#ifndef AW_PAGES_MEMCG_H
#define AW_PAGES_MEMCG_H

#include "pages/holders.h"

/*
 * Sets zone->holder[] of such pages that have none, from /proc/kpagecgroup.  Pages of
 * the root cgroup and those that nobody is charged for stay without.
 */
void aw_memcg_find(struct aw_zone_pages *zone, struct aw_holders *holders);

#endif
