/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What changed between two recordings, as text and as JSON.
 */
#ifndef AW_OUTPUT_DIFF_DIFF_H
#define AW_OUTPUT_DIFF_DIFF_H

#include "output/report.h"
#include "summary/compare.h"

struct aw_diff_side {
	const char *file;			/* as named on the command line */
	const struct aw_report *report;
};

/* All pointers are borrowed. */
struct aw_diff {
	struct aw_diff_side before, after;
	unsigned int count;
	const struct aw_change *changes;	/* sorted by aw_compare() */
	unsigned int top;			/* number of changes shown */
};

struct aw_diff_counts {
	unsigned int of[AW_CHANGES];
	unsigned int new_hard;			/* new groups with hard failures */
};

struct aw_diff_counts aw_diff_count(const struct aw_diff *diff);

void aw_diff_text(FILE *out, const struct aw_diff *diff);

/* Schema "allocwatch-diff/1", docs/schema/allocwatch-diff-1.json. 0 or -errno with the reason. */
int aw_diff_json(FILE *out, const struct aw_diff *diff, struct aw_error *error);

#endif
