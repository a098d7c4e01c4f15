/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Groups of failures, stalls and steals as JSON, one object per line.
 * Objects are flushed to `out` one by one, because a report may have 16384 groups.
 */
#ifndef AW_OUTPUT_JSON_GROUPS_H
#define AW_OUTPUT_JSON_GROUPS_H

#include "base/json_writer.h"
#include "output/report.h"

/* Each function writes an array, after the key that the caller wrote.  0 or -errno. */
int aw_json_put_failures(struct aw_json *json, FILE *out, const struct aw_report *report);
int aw_json_put_stalls(struct aw_json *json, FILE *out, const struct aw_report *report);
int aw_json_put_steals(struct aw_json *json, FILE *out, const struct aw_report *report);
int aw_json_put_held_rows(struct aw_json *json, FILE *out, const struct aw_report *report);

/* The members of a row of who holds what stays, of a table of this time. */
void aw_json_put_held(struct aw_json *json, const struct aw_held *held, uint64_t time_ns);

#endif
