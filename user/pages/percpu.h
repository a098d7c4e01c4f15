/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages on the lists of cpus (struct per_cpu_pages).
 *
 * They have no mark; nor have the later pages of blocks that are not compound,
 * and in new kernels frozen ones.  But a page on a list is linked: its list
 * ends in the head, which lies in an array of heads, one for each order and
 * migratetype, and its place there says how many pages the block has.
 */
#ifndef AW_PAGES_PERCPU_H
#define AW_PAGES_PERCPU_H

#include <stdint.h>

#include "pages/lists.h"

/*
 * Pages of `unmarked` that are on no list get the class KERNEL, in place of PCP.
 * 0 or -ENOMEM.
 */
int aw_percpu_check(const struct aw_free_lists *lists, const struct aw_free_blocks *unmarked, struct aw_zone_pages *zone);

#endif
