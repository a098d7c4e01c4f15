/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What changed between two sets of groups: failures per hour by group.
 */
#ifndef AW_SUMMARY_COMPARE_H
#define AW_SUMMARY_COMPARE_H

#include <stdint.h>

#include "summary/group.h"

/* Sorted by importance for the reader. */
enum aw_change_type {
	AW_CHANGE_NEW,		/* only in the second recording */
	AW_CHANGE_WORSE,
	AW_CHANGE_SAME,		/* the difference may be chance */
	AW_CHANGE_BETTER,
	AW_CHANGE_GONE,		/* only in the first recording */
	AW_CHANGES
};

/* The groups of one recording and its duration; less than a second counts as one second. */
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
	enum aw_change_type type;
	struct aw_side_count before, after;
};

const char *aw_change_name(enum aw_change_type type);	/* "new" */

/*
 * Compares groups that were made with the same keys.  Groups are the same when
 * their keys have the same text.  Stacks are compared by function, because
 * addresses and offsets differ between boots and builds.  The rates of a group
 * differ when they lie more than two standard deviations of counted events
 * apart (Poisson): else it is AW_CHANGE_SAME.  `*out`, sorted by type and then
 * by how much, belongs to the caller.  0 or -ENOMEM.
 */
int aw_compare(const struct aw_side *before, const struct aw_side *after, struct aw_change **out,
	       unsigned int *count);

#endif
