/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Groups of failures, slow successes and steals as JSON, one object a line:
 * a report of 65536 groups is never in memory as a whole.
 */
#ifndef AW_OUTPUT_JSON_GROUPS_H
#define AW_OUTPUT_JSON_GROUPS_H

#include "output/report.h"

/* Each writes an array. 0 or -errno. */
int aw_json_put_failures(FILE *out, const struct aw_report *report);
int aw_json_put_stalls(FILE *out, const struct aw_report *report);
int aw_json_put_steals(FILE *out, const struct aw_report *report);

#endif
