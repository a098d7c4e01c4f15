/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures by call site, summed over the groups.
 */
#ifndef AW_OUTPUT_SITES_H
#define AW_OUTPUT_SITES_H

#include <stdint.h>

#include "summary/group.h"

struct aw_site_count {
	const char *name, *module;	/* name "": not known */
	uint64_t count, hard;
	unsigned int nr_groups;
	uint64_t largest_count;
	const struct aw_group *largest;	/* the group with the most failures */
};

/*
 * Sorted by count, largest first.  A group counts for the site of its sample, so
 * the result is exact if the groups are by stack or by site.  The caller frees
 * the array; what its rows point to belongs to `groups`.  0, with a NULL array
 * if there are no groups, or -ENOMEM.
 */
int aw_sites_of(const struct aw_groups *groups, struct aw_site_count **sites, unsigned int *count);

#endif
