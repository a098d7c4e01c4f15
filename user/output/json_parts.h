/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The JSON values that the document and the lines share (docs/schema/).
 *
 * Each returns a new value, NULL without memory; a NULL among the parts makes
 * the whole NULL, so that one check at the end suffices.  Text from outside
 * goes through aw_escape_json().
 */
#ifndef AW_OUTPUT_JSON_PARTS_H
#define AW_OUTPUT_JSON_PARTS_H

#include <jansson.h>

#include "output/report.h"

/* ---- values ---- */

json_t *aw_json_text(const char *text);		/* "" and NULL: null */
json_t *aw_json_number(uint64_t number);
json_t *aw_json_known(bool known, uint64_t number);	/* null when not known */
json_t *aw_json_time(const struct aw_kernel *kernel, uint64_t time_ns);	/* RFC 3339 or null */

/* Adds the members of `from`, which is taken over; returns `to`. */
json_t *aw_json_join(json_t *to, json_t *from);
/* Appends `value`, which is taken over; returns `array`. */
json_t *aw_json_append(json_t *array, json_t *value);

/*
 * One value on one line, without the newline; takes `value` over.  0 or
 * -ENOMEM; errors of `out` are checked by who opened it.
 */
int aw_json_put(FILE *out, json_t *value);

/* ---- the run ---- */

json_t *aw_json_host(const struct aw_report *report);
json_t *aw_json_kernel(const struct aw_report *report);
json_t *aw_json_source(const struct aw_report *report);
json_t *aw_json_window(const struct aw_report *report);
json_t *aw_json_totals(const struct aw_report *report);
json_t *aw_json_lost(const struct aw_report *report);
json_t *aw_json_histograms(const struct aw_report *report);

/* ---- one event ---- */

json_t *aw_json_site(const struct aw_frame *site);	/* null when not known */
json_t *aw_json_stack(const struct aw_report *report, const struct aw_stack *stack);
json_t *aw_json_who(const struct aw_event *event);	/* members: comm, pid, ... */
json_t *aw_json_zones(const struct aw_failure *failure);
json_t *aw_json_tried(const struct aw_effort *effort);	/* null when not watched */
/* Members: order, bytes, gfp, ..., and of a failure its verdict, advice, log. */
json_t *aw_json_request(const struct aw_report *report, const struct aw_event *event);
/* The values of --by of a group, as people read them. */
json_t *aw_json_keys(const struct aw_groups *groups, const struct aw_group *group);
json_t *aw_json_verdict(const struct aw_verdict *verdict);
json_t *aw_json_advice(const struct aw_verdict *verdict);

#endif
