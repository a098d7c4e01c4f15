/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures that agree in chosen keys, counted together.
 */
#ifndef AW_SUMMARY_GROUP_H
#define AW_SUMMARY_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "summary/key.h"
#include "summary/sample.h"

#define AW_MAX_GROUPS 16384	/* what does not fit, or had to make room, is counted in `other` */

struct aw_group {
	uint64_t count;
	uint64_t sampled;			/* of them, those with all facts; the others were counted only */
	uint64_t by_class[AW_CLASSES];
	uint64_t by_log[AW_LOGS];
	uint64_t first_ns, last_ns;
	uint64_t has;				/* bit k: values[k] is there */
	struct aw_value values[AW_MAX_KEYS];	/* texts are interned by the groups; 0 where there is none */
	uint64_t sample_ns;			/* when the sample was taken */
	uint64_t sample_unsampled;		/* failures that the sample stands for, counted only; 0: a sampled one */
	struct aw_sample sample;
};

/*
 * The last sampled failure of the group, or the last one with zones; if all were
 * counted only, the one with the largest count.  With copies of all that it
 * points to, in `room`; its texts live as long as the groups.
 */
const struct aw_event *aw_group_sample(const struct aw_group *group, struct aw_sample_room *room);

struct aw_groups;

/* `keys` are copied. NULL: no memory. */
struct aw_groups *aw_groups_new(const struct aw_key *const *keys, unsigned int nr_keys);
void aw_groups_free(struct aw_groups *groups);	/* NULL allowed */

/*
 * At most so many groups (4 or more); when there are more, the rarest make room:
 * their failures are counted in `other`, and pointers to them are no longer
 * valid.  Of N failures, a group with more than N / (3/4 most) is there in the
 * end, whenever it came; its count may lack so many that were in `other` before.
 * To be called before the first failure.
 */
void aw_groups_keep_frequent(struct aw_groups *groups, unsigned int most);

/* The sample of a group is its first failure, not the last one with zones. */
void aw_groups_keep_first(struct aw_groups *groups);

/* The group that it counts in, valid until the next one is added; NULL: none, it is counted in `other`. */
const struct aw_group *aw_groups_add(struct aw_groups *groups, const struct aw_event *event);

/* Joins a page scan to the samples that it speaks of: aw_scan_tells_of(). */
void aw_groups_join(struct aw_groups *groups, struct aw_scan *scan);

unsigned int aw_groups_count(const struct aw_groups *groups);
bool aw_groups_incomplete(const struct aw_groups *groups);	/* memory ran out: something is missing */
uint64_t aw_groups_other(const struct aw_groups *groups);	/* failures in none of the groups: there were too many */
bool aw_groups_by(const struct aw_groups *groups, enum aw_key_id id);	/* are they by this key? */
const struct aw_key *const *aw_groups_keys(const struct aw_groups *groups, unsigned int *nr_keys);

/*
 * All groups by `sort`: "count" (largest first), "last" (newest
 * first), "worst" (hard ones first, then the largest, then as they came), or a
 * key (ascending text, descending number).  The array belongs to the caller,
 * the groups to `groups`.  NULL: none, or no memory.
 */
const struct aw_group **aw_groups_sorted(const struct aw_groups *groups, const char *sort);

#endif
