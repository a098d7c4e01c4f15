// SPDX-License-Identifier: GPL-2.0
/*
 * Pictures of the zones from /proc, late, and said to be.
 */
#include "source/late_zones.h"

#include <time.h>

#include "kernel/zoneinfo.h"

/* Between two pictures: at most a fifth of one processor goes there. */
#define PAUSE_NS 5000000ull
#define PAUSE_COSTS 4

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

uint64_t aw_late_zones_wait(const struct aw_late_zones *late, uint64_t now)
{
	uint64_t pause = late->cost_ns * PAUSE_COSTS > PAUSE_NS ? late->cost_ns * PAUSE_COSTS : PAUSE_NS;

	if (!late->taken_ns || now >= late->taken_ns + pause)
		return 0;
	return late->taken_ns + pause - now;
}

static void take(struct aw_late_zones *late, uint64_t now)
{
	late->count = aw_zones_read(late->zones, AW_MAX_ZONES);
	late->taken_ns = now_ns();
	late->cost_ns = late->taken_ns - now;
}

void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns)
{
	uint64_t now = now_ns();

	if (late->taken_ns <= time_ns) {
		if (aw_late_zones_wait(late, now)) {
			failure->zones_over_budget = true;
			return;
		}
		take(late, now);
	}
	if (!late->count)
		return;
	failure->nr_zones = late->count;
	failure->zones = late->zones;
	failure->zones_when = AW_ZONES_READ_LATER;
	failure->zones_late_ns = late->taken_ns > time_ns ? late->taken_ns - time_ns : 0;
}
