/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The JSON values that the document and the lines share (docs/schema/).
 *
 * Each function writes one value, named `key` (NULL: in an array), or members of
 * the object that is open.  Text from outside goes through aw_json_text().
 */
#ifndef AW_OUTPUT_JSON_INTERNAL_H
#define AW_OUTPUT_JSON_INTERNAL_H

#include "base/json_writer.h"
#include "output/report.h"

/* RFC 3339 or null */
void aw_json_time(struct aw_json *json, const char *key, const struct aw_kernel *kernel, uint64_t time_ns);

/* ---- the run ---- */

void aw_json_host(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_kernel(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_source(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_window(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_totals(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_lost(struct aw_json *json, const char *key, const struct aw_report *report);
void aw_json_histograms(struct aw_json *json, const char *key, const struct aw_report *report);

/* ---- one event ---- */

/* What a request may lack in a log, where a recording has it: written as null. */
struct aw_json_unknown {
	bool order, gfp, pid, cpu;
	bool has_bytes;		/* `bytes` (0: not known) replaces the event's */
	uint64_t bytes;
};

void aw_json_site(struct aw_json *json, const char *key, const struct aw_frame *site);	/* null if not known */
void aw_json_stack(struct aw_json *json, const char *key, const struct aw_report *report, const struct aw_stack *stack);
/* Members: comm, pid, ...  `unknown` NULL: nothing. */
void aw_json_who(struct aw_json *json, const struct aw_event *event, const struct aw_json_unknown *unknown);
void aw_json_zones(struct aw_json *json, const char *key, const struct aw_failure *failure);
/* Members: order, bytes, gfp, ... of the request.  `unknown` NULL: nothing. */
void aw_json_asked(struct aw_json *json, const struct aw_report *report, const struct aw_event *event,
		   const struct aw_json_unknown *unknown);
/* Members: verdict, advice, log, ... of a failure. */
void aw_json_judged(struct aw_json *json, const struct aw_event *event, const struct aw_verdict *verdict);
/* The members of aw_json_asked(), and of a failure those of aw_json_judged(). */
void aw_json_request(struct aw_json *json, const struct aw_report *report, const struct aw_event *event);
/* Members: count, hard, first_seen, keys, ... of a group. */
void aw_json_group(struct aw_json *json, const struct aw_report *report, const struct aw_groups *groups,
		   const struct aw_group *group);
/* The values of --by of a group, as people read them. */
void aw_json_keys(struct aw_json *json, const char *key, const struct aw_groups *groups, const struct aw_group *group);
void aw_json_verdict(struct aw_json *json, const char *key, const struct aw_verdict *verdict);
void aw_json_scan(struct aw_json *json, const char *key, const struct aw_kernel *kernel, const struct aw_scan *scan);
void aw_json_advice(struct aw_json *json, const char *key, const struct aw_verdict *verdict);

#endif
