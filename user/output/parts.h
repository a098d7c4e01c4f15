/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What several formats take from a report.
 */
#ifndef AW_OUTPUT_PARTS_H
#define AW_OUTPUT_PARTS_H

#include "output/report.h"

/* -ENOMEM with its sentence. */
int aw_report_no_memory(struct aw_error *error);

/*
 * The failure with the newest picture of the zones among the groups' samples,
 * in `room`; NULL: there is none.
 */
const struct aw_event *aw_report_newest_zones(const struct aw_report *report, struct aw_sample_room *room);

/* How many buckets of the timeline there are up to the last that is not empty. */
unsigned int aw_timeline_length(const struct aw_timeline *timeline);

#endif
