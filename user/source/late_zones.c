// SPDX-License-Identifier: GPL-2.0
/*
 * Pictures of the zones from /proc, late, and said to be.
 */
#include "source/late_zones.h"

#include <time.h>

#include "kernel/zoneinfo.h"

/* Some milliseconds each. */
#define PER_SECOND 5

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns)
{
	uint64_t now = now_ns();

	if (late->second != now / 1000000000) {
		late->second = now / 1000000000;
		late->count = 0;
	}
	if (late->count++ >= PER_SECOND) {
		failure->zones_over_budget = true;
		return;
	}
	failure->nr_zones = aw_zones_read(late->zones, AW_MAX_ZONES);
	failure->zones = late->zones;
	if (!failure->nr_zones)
		return;
	now = now_ns();
	failure->zones_when = AW_ZONES_READ_LATER;
	failure->zones_late_ns = now > time_ns ? now - time_ns : 0;
}
