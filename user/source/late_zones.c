// SPDX-License-Identifier: GPL-2.0
/*
 * Zone snapshots from /proc, which are marked as taken late.
 */
#include "source/late_zones.h"

#include "base/clock.h"
#include "system/zoneinfo.h"

/* Between two snapshots, so that they take at most a fifth of one cpu. */
#define PAUSE_NS 5000000ull
#define PAUSE_COSTS 4

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
	late->taken_ns = aw_now_ns();
	late->cost_ns = late->taken_ns - now;
}

void aw_late_zones_add(struct aw_late_zones *late, struct aw_failure *failure, uint64_t time_ns)
{
	uint64_t now = aw_now_ns();

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
