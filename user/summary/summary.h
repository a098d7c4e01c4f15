/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a report is made of: totals, histograms, groups, steals.
 */
#ifndef AW_SUMMARY_SUMMARY_H
#define AW_SUMMARY_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "summary/group.h"
#include "summary/held.h"
#include "summary/kept_stacks.h"
#include "summary/series.h"
#include "verdict/verdict.h"

/* One row of a histogram by text. */
struct aw_count {
	const char *text;
	uint64_t count;
	const char *module;		/* of a site: "" the kernel itself; else "" */
};

/* Steals between the same migratetypes, of the same order, by one function. */
struct aw_steal {
	enum aw_migratetype from, to;
	int order;			/* of the request */
	int fallback_order;		/* of the block taken, the largest seen */
	uint64_t count;
	uint64_t owned;			/* of them, pageblocks that changed hands */
	uint64_t owner_unknown;
	const char *site, *module;	/* "" not known */
	const char *comm;		/* of the last one; "softirq" when an interrupt did it */
	const struct aw_kept_stack *stack;	/* of the first one */
};

#define AW_LATENCY_BUCKETS 28	/* up to 2^27 us, two minutes */

struct aw_totals {
	uint64_t failures;
	uint64_t unsampled;			/* of them, those that the kernel side only counted */
	uint64_t by_class[AW_CLASSES];
	uint64_t by_log[AW_LOGS];
	uint64_t by_context[AW_CONTEXTS];
	uint64_t by_order[AW_MAX_ORDERS];	/* failures; larger orders count in the last */
	uint64_t by_migratetype[AW_MT_COUNT];
	uint64_t by_cause[AW_CAUSES], by_rule[AW_RULES];
	uint64_t stall_us[AW_LATENCY_BUCKETS];	/* stalls of less than 2^i us; the last: all longer ones */
	uint64_t stall_ns;			/* all stalls together */
	uint64_t extfrag, stalls, warnings, oom_kills, cma_failures, scans;
	bool counts_allocations;		/* the next two were counted */
	uint64_t allocations;			/* requests that succeeded */
	uint64_t served_by_order[AW_MAX_ORDERS];	/* of them; larger orders count in the last */
};

#define AW_TIME_BUCKETS 120

/* Failures over time: buckets of equal width, which doubles when they do not suffice. */
struct aw_timeline {
	uint64_t start_ns;		/* of the first bucket, CLOCK_MONOTONIC; 0: no failure yet */
	uint64_t bucket_ns;		/* width; 1 s at first */
	uint64_t failures[AW_TIME_BUCKETS];
	uint64_t hard[AW_TIME_BUCKETS];	/* of them */
};

struct aw_summary;

/* NULL: no memory. */
struct aw_summary *aw_summary_new(const struct aw_key *const *keys, unsigned int nr_keys);
void aw_summary_free(struct aw_summary *summary);	/* NULL allowed */

/* Did memory run out?  Totals are still exact, but groups, texts or samples are missing. */
bool aw_summary_incomplete(const struct aw_summary *summary);

void aw_summary_add(struct aw_summary *summary, const struct aw_event *event);

const struct aw_totals *aw_summary_totals(const struct aw_summary *summary);
const struct aw_timeline *aw_summary_timeline(const struct aw_summary *summary);
const struct aw_series *aw_summary_series(const struct aw_summary *summary);
const struct aw_groups *aw_summary_groups(const struct aw_summary *summary);
/* Stalls by order, gfp and site. */
const struct aw_groups *aw_summary_stalls(const struct aw_summary *summary);

/* Largest first; the arrays belong to the caller, texts to the summary. NULL: none. */
struct aw_count *aw_summary_gfps(const struct aw_summary *summary, unsigned int *count);
struct aw_count *aw_summary_sites(const struct aw_summary *summary, unsigned int *count);	/* "" not known */
struct aw_steal *aw_summary_steals(const struct aw_summary *summary, unsigned int *count);

const struct aw_held_table *aw_summary_held(const struct aw_summary *summary);

#endif
