// SPDX-License-Identifier: GPL-2.0
/*
 * Failures over time, in bounded memory.
 */
#include "summary/timeline.h"

#include <string.h>

#define SECOND 1000000000ull

/* Two buckets become one. */
static void halve(uint64_t counts[AW_TIME_BUCKETS])
{
	for (unsigned int i = 0; i < AW_TIME_BUCKETS / 2; i++)
		counts[i] = counts[2 * i] + counts[2 * i + 1];
	memset(counts + AW_TIME_BUCKETS / 2, 0, AW_TIME_BUCKETS / 2 * sizeof(counts[0]));
}

void aw_timeline_add(struct aw_timeline *timeline, uint64_t time_ns, bool hard, uint64_t count)
{
	uint64_t bucket;

	if (!timeline->bucket_ns) {
		timeline->bucket_ns = SECOND;
		timeline->start_ns = time_ns - time_ns % SECOND;
	}
	while (time_ns >= timeline->start_ns &&
	       (time_ns - timeline->start_ns) / timeline->bucket_ns >= AW_TIME_BUCKETS) {
		halve(timeline->failures);
		halve(timeline->hard);
		timeline->bucket_ns *= 2;
	}
	bucket = time_ns < timeline->start_ns ? 0 : (time_ns - timeline->start_ns) / timeline->bucket_ns;
	timeline->failures[bucket] += count;
	timeline->hard[bucket] += hard ? count : 0;
}
