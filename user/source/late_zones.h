/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pictures of the zones from /proc, where no kernel side could take them.
 */
#ifndef AW_SOURCE_LATE_ZONES_H
#define AW_SOURCE_LATE_ZONES_H

#include "event/event.h"

struct aw_late_zones {
	struct aw_zone zones[AW_MAX_ZONES];
	unsigned int count;
	uint64_t taken_ns;	/* 0: never */
	uint64_t cost_ns;	/* of the last picture */
};

/*
 * Gives a failure of `time_ns` a picture that is younger than it, and says how
 * much: the last one, or a new one.  Reading /proc takes milliseconds: where
 * the last picture was not long ago, the failure goes without and is marked
 * so.  The zones stay valid until the next call.
 */
void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns);

/* How long to wait until another picture may be taken; 0: no longer. */
uint64_t aw_late_zones_wait(const struct aw_late_zones *late, uint64_t now_ns);

#endif
