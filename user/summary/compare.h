/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What changed between two sets of groups: failures per hour by group.
 */
#ifndef AW_SUMMARY_COMPARE_H
#define AW_SUMMARY_COMPARE_H

#include <stdint.h>

#include "summary/group.h"

/* In the order in which people want to know. */
enum aw_change_kind {
	AW_CHANGE_NEW,		/* seen after only */
	AW_CHANGE_WORSE,
	AW_CHANGE_SAME,		/* what differs may be chance */
	AW_CHANGE_BETTER,
	AW_CHANGE_GONE,		/* seen before only */
	AW_CHANGES
};

/* The groups of one recording, and how long it watched; less than a second counts as one. */
struct aw_side {
	const struct aw_groups *groups;
	uint64_t window_ns;
};

struct aw_side_count {
	const struct aw_group *group;	/* one of them, to be shown; NULL: none */
	uint64_t failures, hard;
	double per_hour;
};

struct aw_change {
	enum aw_change_kind kind;
	struct aw_side_count before, after;
};

const char *aw_change_name(enum aw_change_kind kind);	/* "new" */

/*
 * Compares groups that were made with the same keys.  Groups are the same when
 * their keys read the same; stacks when their functions do, for addresses and
 * offsets move from boot to boot and build to build.  The rates of a group
 * differ when they lie more than two standard deviations of counted events
 * apart (Poisson): else it is AW_CHANGE_SAME.  `*out`, sorted by kind and then
 * by how much, belongs to the caller.  0 or -ENOMEM.
 */
int aw_compare(const struct aw_side *before, const struct aw_side *after, struct aw_change **out,
	       unsigned int *count);

#endif
