/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Zone snapshots from /proc, for failures without snapshots from the kernel side.
 */
#ifndef AW_SOURCE_LATE_ZONES_H
#define AW_SOURCE_LATE_ZONES_H

#include "event/event.h"

struct aw_late_zones {
	struct aw_zone zones[AW_MAX_ZONES];
	unsigned int count;
	uint64_t taken_ns;	/* 0: never */
	uint64_t cost_ns;	/* of the last snapshot */
};

/*
 * Adds the last snapshot to a failure of `time_ns`, if it was taken after the
 * failure, or a new one, and notes how late it is.  Reading /proc takes
 * milliseconds: soon after the last snapshot no other one is taken, and the
 * failure is marked as over budget.  The zones are valid until the next call.
 */
void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns);

/* How long to wait before another snapshot may be taken, in ns; 0: not at all. */
uint64_t aw_late_zones_wait(const struct aw_late_zones *late, uint64_t now_ns);

#endif
