/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pictures of the zones from /proc, where no kernel side could take them.
 */
#ifndef AW_SOURCE_LATE_ZONES_H
#define AW_SOURCE_LATE_ZONES_H

#include "event/event.h"

struct aw_late_zones {
	struct aw_zone zones[AW_MAX_ZONES];
	uint64_t second;	/* in which `count` pictures were taken */
	unsigned int count;
};

/*
 * Reads /proc for a failure of `time_ns`, some times a second at most, and
 * says how much later that was.  The zones stay valid until the next call.
 */
void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns);

#endif
