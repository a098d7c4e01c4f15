// SPDX-License-Identifier: GPL-2.0
/*
 * Queries of a report that several formats need.
 */
#include "output/report.h"

#include <errno.h>

#include "base/cleanup.h"

bool aw_report_damaged(const struct aw_report *report)
{
	return report->damage && report->damage[0];
}

bool aw_report_cut(const struct aw_report *report)
{
	return aw_report_damaged(report) && report->cut;
}

int aw_report_no_memory(struct aw_error *error)
{
	return aw_error_set(error, -ENOMEM, "out of memory");
}

const struct aw_event *aw_report_newest_zones(const struct aw_report *report, struct aw_sample_room *room)
{
	const struct aw_groups *groups = aw_summary_groups(report->summary);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, "last");
	const struct aw_group *newest = NULL;

	/* A group's sample may be older than its last failure, so the first group is not always the newest. */
	for (unsigned int i = 0; sorted && i < aw_groups_count(groups); i++)
		if (sorted[i]->sample.nr_zones && (!newest || sorted[i]->sample_ns > newest->sample_ns))
			newest = sorted[i];
	return newest ? aw_group_sample(newest, room) : NULL;
}

unsigned int aw_timeline_length(const struct aw_timeline *timeline)
{
	unsigned int length = AW_TIME_BUCKETS;

	while (length && !timeline->failures[length - 1])
		length--;
	return length;
}
