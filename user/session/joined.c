// SPDX-License-Identifier: GPL-2.0
/*
 * The last page scans of a run.
 */
#include "session/joined.h"

static bool is_alike(const struct aw_scan *scan, const struct aw_scan *other)
{
	return scan->found.request.order == other->found.request.order &&
	       scan->found.request.movable == other->found.request.movable;
}

/* The one that it replaces: alike, or else the oldest. */
static unsigned int place_of(struct aw_joined *joined, const struct aw_scan *scan)
{
	unsigned int oldest = 0;

	for (unsigned int i = 0; i < joined->count; i++) {
		if (is_alike(joined->scans[i], scan))
			return i;
		if (joined->scans[i]->time_ns < joined->scans[oldest]->time_ns)
			oldest = i;
	}
	return joined->count < AW_JOINED ? joined->count++ : oldest;
}

void aw_joined_add(struct aw_joined *joined, struct aw_scan *scan)
{
	unsigned int at = place_of(joined, scan);
	struct aw_scan *held = joined->scans[at];

	joined->scans[at] = aw_scan_hold(scan);
	aw_scan_drop(held);
}

void aw_joined_clear(struct aw_joined *joined)
{
	for (unsigned int i = 0; i < joined->count; i++)
		aw_scan_drop(joined->scans[i]);
	*joined = (struct aw_joined){ .count = 0 };
}

void aw_joined_to(const struct aw_joined *joined, struct aw_event *failure)
{
	for (unsigned int i = 0; i < joined->count; i++)
		if (aw_scan_tells_of(joined->scans[i], failure))
			failure->scan = joined->scans[i];
}
