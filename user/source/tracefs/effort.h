/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a request tried, from its trace records: bpf/effort.h, with rules for when
 * a request begins, because successes are not recorded.
 */
#ifndef AW_SOURCE_TRACEFS_EFFORT_H
#define AW_SOURCE_TRACEFS_EFFORT_H

#include <stdbool.h>

#include "../bpf/effort.h"
#include "source/tracefs/record.h"

struct aw_trace_effort {
	struct aw_effort_state state;
	uint64_t last_ns;	/* the last event */
	bool asked;		/* the retry rules were applied since the last reclaim */
	bool reclaimed;		/* it reclaimed since the last compaction */
};

/* Numbers of this kernel. */
struct aw_trace_rules {
	uint32_t watched;	/* AW_EFFORT_*: what is traced */
	uint32_t direct_reclaim;	/* mask bits of which a request with a slow path has one; 0: not known */
	uint32_t noretry;	/* mask bit; 0: not known */
	int continues, deferred;	/* compaction results; -1: not known */
	bool promotes;		/* vm.defrag_mode is on: the order of reclaim and compaction may be that of a pageblock */
};

/* Nothing was tried yet. */
void aw_trace_effort_clear(struct aw_trace_effort *effort);

/* Adds a record of the slow path. */
void aw_trace_effort_add(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			 const struct aw_trace_record *record);

/*
 * Stores what the failed request of `record` tried in `failure`.  If the failure
 * does not end the slow path, the slow path goes on.
 */
void aw_trace_effort_take(struct aw_trace_effort *effort, const struct aw_trace_rules *rules,
			  const struct aw_trace_record *record, struct aw_wire_failure *failure);

#endif
