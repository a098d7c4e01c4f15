/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures that agree in chosen keys, counted together.
 */
#ifndef AW_SUMMARY_GROUP_H
#define AW_SUMMARY_GROUP_H

#include <stdint.h>

#include "event/event.h"
#include "summary/key.h"
#include "summary/sample.h"

#define AW_MAX_GROUPS 65536	/* later ones are counted in `other` */

struct aw_group {
	uint64_t count;
	uint64_t sampled;			/* of them, those that were seen whole: the others were only counted */
	uint64_t by_class[AW_CLASSES];
	uint64_t by_log[AW_LOGS];
	uint64_t first_ns, last_ns;
	uint64_t has;				/* bit k: values[k] is there */
	struct aw_value values[AW_MAX_KEYS];	/* texts are interned by the groups; 0 where there is none */
	uint64_t sample_ns;			/* when the sample was taken */
	uint64_t sample_unsampled;		/* failures only counted that it stands for; 0: one that was seen */
	struct aw_sample sample;
};

/*
 * The last failure of the group that was seen whole (none was: of those only counted the kind with the most), or the last one with zones, with copies of
 * all that it points to, in `room`; its texts live as long as the groups.
 */
const struct aw_event *aw_group_sample(const struct aw_group *group, struct aw_sample_room *room);

struct aw_groups;

/* `keys` are copied. NULL: no memory. */
struct aw_groups *aw_groups_new(const struct aw_key *const *keys, unsigned int nr_keys);
void aw_groups_free(struct aw_groups *groups);	/* NULL allowed */

void aw_groups_add(struct aw_groups *groups, const struct aw_event *event);

unsigned int aw_groups_count(const struct aw_groups *groups);
uint64_t aw_groups_other(const struct aw_groups *groups);	/* failures beyond AW_MAX_GROUPS groups */
const struct aw_key *const *aw_groups_keys(const struct aw_groups *groups, unsigned int *nr_keys);

/*
 * All groups by `sort`: "count" (largest first, the default), "last" (newest
 * first), or a key (ascending text, descending number).  The array belongs to
 * the caller, the groups to `groups`.  NULL: none, or no memory.
 */
const struct aw_group **aw_groups_sorted(const struct aw_groups *groups, const char *sort);

#endif
