/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The types of reports that a kernel log has, as one const table: what a report
 * of each type consists of, and how it is told.
 */
#ifndef AW_EXPLAIN_TYPES_H
#define AW_EXPLAIN_TYPES_H

#include <stdio.h>

#include "explain/answers.h"

struct aw_report_type {
	const char *name;	/* in the table of answers: "failure" */
	const char *total;	/* in the totals of --json: "failures" */
	bool has_order;		/* it is about a block of the page allocator */
	bool has_trace;		/* the kernel prints a call trace with it */
	bool lacks_zones;	/* and no Mem-Info */
	/* Bytes that were asked for, 0: not known; NULL: those of the request. */
	uint64_t (*bytes)(const struct aw_event *event, const struct aw_kernel *kernel);
	/* What tells such reports apart besides the request: text behind the name; NULL: nothing. */
	void (*identify)(const struct aw_event *event, char *text, size_t size);
	/* What was asked, where no trace says who asked: the name of a CMA area; "" not known; NULL: a trace does. */
	const char *(*area)(const struct aw_event *event);
	/* "2 CMA requests for 7.9 MiB failed", without what follows the colon; NULL: aw_verdict_sentence(). */
	void (*headline)(FILE *out, const struct aw_answer *answer);
};

/* Of an event that aw_klog_event_of() made. */
const struct aw_report_type *aw_report_type_of(const struct aw_event *event);

/* What reports of this type are counted under. */
const char *aw_report_total(enum aw_klog_type type);

/* Bytes that were asked for; 0: not known. */
uint64_t aw_report_bytes(const struct aw_event *event, const struct aw_kernel *kernel);

/* " by ring_open [nic]", " by sk_clone (likely)", or nothing. */
void aw_report_put_site(FILE *out, const struct aw_event *event);

#endif
