/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports of a log with their verdicts, equal ones together.
 */
#ifndef AW_EXPLAIN_GROUPS_H
#define AW_EXPLAIN_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "event/klog_event.h"
#include "kernel/klog.h"
#include "kernel/klog_era.h"
#include "verdict/verdict.h"

/* What the user or the source of the log says about its kernel. */
struct aw_explain_config {
	const char *kernel;		/* --kernel; NULL */
	uint32_t page_size;		/* --page-size; 0 */
	const char *own_release;	/* the log is this kernel's own; NULL: it is not */
	uint32_t own_page_size;
};

/* Equal failures: the first one, and how many. */
struct aw_explain_group {
	uint64_t count;
	uint64_t first_line;
	int64_t first_mono, last_mono;	/* microseconds; -1 none */
	int64_t first_wall, last_wall;
	bool several_tasks;
	bool page_size_taken;		/* nothing in the log told it */
	struct aw_klog_report report;
	struct aw_klog_era era;
	const struct aw_kernel *kernel;
	struct aw_klog_event event;	/* the request */
	struct aw_verdict verdict;
};

struct aw_explain_groups;

struct aw_explain_groups *aw_explain_groups_new(const struct aw_explain_config *config);	/* NULL: no memory */
void aw_explain_groups_free(struct aw_explain_groups *groups);

/* An aw_klog_fn; ctx is the groups. */
void aw_explain_groups_add(void *groups, const struct aw_klog_report *report);

/* Hard failures first, then by count, then as they came. */
void aw_explain_groups_sort(struct aw_explain_groups *groups);
unsigned int aw_explain_groups_count(const struct aw_explain_groups *groups);
const struct aw_explain_group *aw_explain_groups_at(const struct aw_explain_groups *groups,
						    unsigned int i);

/* Reports beyond the number of groups that are kept. */
uint64_t aw_explain_groups_left_out(const struct aw_explain_groups *groups);

#endif
