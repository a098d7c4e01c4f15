/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a request tried, noted from its trace records: bpf/effort.bpf.c for
 * records that are read later.
 */
#ifndef AW_SOURCE_TRACEFS_EFFORT_H
#define AW_SOURCE_TRACEFS_EFFORT_H

#include "../bpf/wire.h"
#include "source/tracefs_record.h"

struct aw_trace_effort {
	struct aw_wire_effort wire;
	int64_t order;		/* -1: not known */
	uint64_t last_ns;	/* the last sign of it */
	uint64_t reclaim_ns;	/* when the reclaim that runs began; 0: none does */
	uint64_t attempt_ns;	/* the same of a compaction */
	bool compacting;	/* inside a zone */
	bool asked;		/* the kernel asked itself whether to retry, since the last reclaim */
	bool reclaimed;		/* reclaim came since the last compaction */
};

/* Numbers of this kernel. */
struct aw_trace_rules {
	uint32_t watched;	/* AW_EFFORT_*: what is traced */
	uint32_t direct_reclaim;	/* mask bits of which one must be set for a slow path; 0: not known */
	uint32_t noretry;	/* mask bit; 0: not known */
	int continues, deferred;	/* compaction results; -1: not known */
};

/* Nothing was noted yet. */
void aw_trace_effort_clear(struct aw_trace_effort *effort);

/* One record of the slow path. */
void aw_trace_effort_add(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			 const struct aw_trace_record *record);

/* The request is over: closes what is open. */
void aw_trace_effort_end(struct aw_trace_effort *effort, uint64_t now);

/* Is a failure of this order its end?  Not inside its own reclaim, nor for another order. */
bool aw_trace_effort_ends(const struct aw_trace_effort *effort, unsigned int order, uint64_t now);

#endif
