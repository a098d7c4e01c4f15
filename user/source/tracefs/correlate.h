/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Correlates the trace records of each request, into the record that the BPF
 * programs would have sent.
 */
#ifndef AW_SOURCE_TRACEFS_CORRELATE_H
#define AW_SOURCE_TRACEFS_CORRELATE_H

#include <stddef.h>

#include "../bpf/wire.h"
#include "source/tracefs/effort.h"
#include "source/tracefs/record.h"

struct aw_trace_correlator;

struct aw_trace_correlator_config {
	struct aw_trace_rules rules;
	bool softirq_is_disabled;	/* up to 4.9 the softirq flag is also set if softirqs are disabled */
	bool pages_are_pointers;	/* up to 4.0 records have a struct page pointer instead of the pfn */
	bool knows_ownership;		/* extfrag records have change_ownership */
};

/* The callee fills in pid and comm of the task. */
typedef void (*aw_trace_correlator_fn)(void *arg, struct aw_wire_head *record);

/* NULL: no memory. */
struct aw_trace_correlator *aw_trace_correlate_new(const struct aw_trace_correlator_config *config, aw_trace_correlator_fn fn, void *arg);
void aw_trace_correlate_free(struct aw_trace_correlator *correlator);	/* NULL allowed */

/* Adds a record; to be called in the order of their time. */
void aw_trace_correlate_add(struct aw_trace_correlator *correlator, const struct aw_trace_record *record);

/*
 * The thread of `record` did something that is not of the failure before it, as a
 * success: no stack that follows is that failure's.
 */
void aw_trace_correlate_settle(struct aw_trace_correlator *correlator, const struct aw_trace_record *record);

/* From now on this is watched, too (AW_EFFORT_*). */
void aw_trace_correlate_watches(struct aw_trace_correlator *correlator, uint32_t watched);

/* Delivers what has waited for its stack since before `before_ns`, and drops requests that never ended. */
void aw_trace_correlate_flush(struct aw_trace_correlator *correlator, uint64_t before_ns);

/* Requests that were not followed because there were too many at once. */
uint64_t aw_trace_correlate_full(const struct aw_trace_correlator *correlator);

#endif
