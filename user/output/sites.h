/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The groups of failures counted by the function that asked.
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
 * Largest first.  By the site of each group's sample, so exact when groups
 * differ by stack or site.  The array belongs to the caller, all that it
 * points to to `groups`.  0, with NULL when there are no groups; -ENOMEM.
 */
int aw_sites_of(const struct aw_groups *groups, struct aw_site_count **sites, unsigned int *count);

#endif
