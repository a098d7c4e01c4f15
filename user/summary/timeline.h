/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures over time, in bounded memory.
 */
#ifndef AW_SUMMARY_TIMELINE_H
#define AW_SUMMARY_TIMELINE_H

#include <stdbool.h>

#include "summary/summary.h"

/* Counts failures of one time; what is before the first bucket counts in the first. */
void aw_timeline_add(struct aw_timeline *timeline, uint64_t time_ns, bool hard, uint64_t count);

#endif
