/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The event model: what every source delivers and everything above reads.
 *
 * An event holds meaning only, no number of some kernel (gfp.raw is kept to
 * be shown).  Strings, stacks and zones that an event points to belong to the
 * source and are valid during the callback; who keeps an event copies them
 * (summary/ interns them).  All sizes are pages of the kernel that the event
 * comes from unless the name says otherwise; times are CLOCK_MONOTONIC
 * nanoseconds of that machine, 0: not known.
 */
#ifndef AW_EVENT_EVENT_H
#define AW_EVENT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/class.h"
#include "kernel/compaction.h"
#include "kernel/gfp.h"
#include "kernel/migratetype.h"
#include "kernel/stack.h"
#include "kernel/zone.h"

#define AW_MAX_ZONES 16
#define AW_MAX_ATTEMPTS 8

enum aw_event_type {
	AW_EVENT_FAILURE,	/* a request got no memory */
	AW_EVENT_STALL,		/* it got memory, but only after reclaim or compaction */
	AW_EVENT_EXTFRAG,	/* a block was taken from another migratetype */
	AW_EVENT_WARNING,	/* warn_alloc called for something else: vmalloc */
	AW_EVENT_OOM_KILL,
	AW_EVENT_CMA_FAILURE,
	AW_EVENT_ALLOCATIONS,	/* requests that were served, counted by order */
	AW_EVENT_TYPES
};

enum aw_context {
	AW_IN_UNKNOWN,
	AW_IN_TASK,
	AW_IN_SOFTIRQ,		/* pid and comm are only the interrupted task's */
	AW_IN_HARDIRQ,
	AW_IN_NMI,
	AW_CONTEXTS
};

/* What the kernel log got of a failure. */
enum aw_log {
	AW_LOG_UNKNOWN,
	AW_LOG_PRINTED,
	AW_LOG_SUPPRESSED,	/* the rate limit (or a mask that is never printed) swallowed it */
	AW_LOG_NOWARN,		/* the caller asked for silence */
	AW_LOG_NONE,		/* warn_alloc was not called: memcg, trylock */
	AW_LOGS
};

struct aw_task {
	uint32_t pid;			/* process; 0: idle or not known */
	uint32_t tid;
	char comm[AW_COMM_LEN + 1];	/* NUL-terminated, any other byte possible */
	uint64_t cgroup_id;		/* 0: not known */
	const char *cgroup;		/* path or ""; never NULL */
	enum aw_context context;
	uint32_t known;			/* AW_TASK_KNOWS_* */
	bool memalloc;			/* PF_MEMALLOC: may use all reserves */
	bool memalloc_noio, memalloc_nofs, memalloc_pin;
	bool exiting, dumping_core, kernel_thread, kswapd;
	bool oom_victim;
	bool realtime;			/* SCHED_FIFO, SCHED_RR or SCHED_DEADLINE */
	uint64_t mems_allowed;		/* nodes 0..63 */
};
#define AW_TASK_KNOWS_FLAGS	0x1u
#define AW_TASK_KNOWS_VICTIM	0x2u
#define AW_TASK_KNOWS_POLICY	0x4u
#define AW_TASK_KNOWS_MEMS	0x8u
#define AW_TASK_KNOWS_CGROUP	0x10u

struct aw_attempt {
	enum aw_compact_prio prio;
	enum aw_compact_result result;
	uint32_t us;
	unsigned int zones;		/* zones it really ran on; 0: none */
	bool deferred;
};

struct aw_effort {
	bool known;			/* anything below was watched */
	bool knows_reclaim, knows_compaction, knows_retry;
	bool lower_bound;		/* another request was nested inside */
	uint64_t total_ns;		/* in the slow path; 0: not known */
	uint64_t reclaim_ns, compact_ns;
	uint64_t reclaim_pages;		/* really freed, sentinels taken out */
	unsigned int reclaim_calls;
	unsigned int reclaim_declined;	/* "compaction was ready": nothing was reclaimed */
	unsigned int compact_calls;
	unsigned int nr_attempts;	/* of attempts[], the first ones */
	struct aw_attempt attempts[AW_MAX_ATTEMPTS];
	unsigned int reclaim_retries;	/* should_reclaim_retry() asked */
	int retry_no_progress;
	bool retry_wmark_ok;
	uint64_t retry_available, retry_min_wmark, retry_reclaimable;
	unsigned int compact_retries;	/* should_compact_retry() asked */
	int compact_retry_loops, compact_retry_max;
	bool compact_retry_again;
	enum aw_compact_result compact_retry_result;
};

/* When the zones were looked at. */
enum aw_zones_when {
	AW_ZONES_NONE,
	AW_ZONES_AT_FAILURE,	/* at warn_alloc's entry, or at the tracepoint when nothing was printed */
	AW_ZONES_AFTER_PRINT,	/* at the tracepoint, after the report was printed */
	AW_ZONES_READ_LATER,	/* by user space from /proc, zones_late_ns after */
	AW_ZONES_FROM_LOG	/* Mem-Info of the same report */
};

/* How the request was seen. */
#define AW_SAW_TRACEPOINT	0x1u
#define AW_SAW_WARN		0x2u
#define AW_SAW_LOG		0x4u	/* a line of a kernel log */

struct aw_failure {
	/*
	 * 0: one failure, seen whole.  Else so many that the kernel side only
	 * counted: of them order, gfp, migratetype, log, stack, site and class
	 * are known, the time is when they were read.
	 */
	uint64_t unsampled;
	unsigned int order;
	uint64_t bytes;			/* PAGE_SIZE << order */
	struct aw_gfp gfp;		/* effective mask */
	enum aw_migratetype migratetype;
	enum aw_log log;
	int cause, rule;		/* enum aw_cause, enum aw_rule of verdict/; 0: not judged, or unknown */
	enum aw_class class;
	const char *class_why;		/* one sentence for people; never NULL */
	uint32_t saw;			/* AW_SAW_* */
	bool warn_watched;		/* warn_alloc could be seen: no AW_SAW_WARN means it was not called */
	bool before_start;		/* from the kernel log, older than this run */
	struct aw_effort effort;
	enum aw_zones_when zones_when;
	uint64_t zones_late_ns;
	bool zones_over_budget;
	uint64_t end_ns;		/* when the request was over; 0: not known */
	unsigned int nr_zones;
	const struct aw_zone *zones;
};

struct aw_extfrag {
	int alloc_order, fallback_order;
	enum aw_migratetype from;	/* who lost the block */
	enum aw_migratetype to;		/* who took it */
	int change_ownership;		/* the pageblock changed hands: 1, 0; -1 not known */
	uint64_t pfn;			/* UINT64_MAX: not known */
};

struct aw_warning {
	struct aw_gfp gfp;
	const char *format;
};

struct aw_oom_kill {
	uint32_t victim_pid;
	char victim_comm[AW_COMM_LEN + 1];
	int order;			/* -1: not known */
};

struct aw_cma_failure {
	uint64_t count;
	unsigned int align;
	int error;			/* -errno; 0: not known */
	const char *name;		/* "" not known */
};

/* --count-allocations: so many of this order since the last event of this kind. */
struct aw_allocations {
	unsigned int order;		/* AW_MAX_ORDERS - 1: that or larger */
	uint64_t count;
};

struct aw_event {
	enum aw_event_type type;
	uint64_t time_ns;
	uint32_t cpu;
	struct aw_task task;
	const struct aw_stack *stack;	/* never NULL; count 0: none */
	const struct aw_frame *site;	/* into stack: the code that asked; NULL: not known */
	union {
		struct aw_failure failure;	/* FAILURE, STALL */
		struct aw_extfrag extfrag;
		struct aw_warning warning;
		struct aw_oom_kill oom;
		struct aw_cma_failure cma;
		struct aw_allocations allocations;
	};
};

/* How many failures an AW_EVENT_FAILURE stands for. */
static inline uint64_t aw_failure_count(const struct aw_failure *failure)
{
	return failure->unsampled ? failure->unsampled : 1;
}

/* Only counted, and with requests of other kinds: nothing but the order is known. */
bool aw_failure_is_mixed(const struct aw_failure *failure);

const char *aw_event_type_name(enum aw_event_type type);	/* "failure" */
const char *aw_context_name(enum aw_context context);		/* "task" */
const char *aw_log_name(enum aw_log log);			/* "printed" */
const char *aw_class_name(enum aw_class class);			/* "hard" */
const char *aw_compact_result_name(enum aw_compact_result result);	/* "deferred" */
const char *aw_compact_prio_name(enum aw_compact_prio prio);	/* "async" */
const char *aw_zones_when_name(enum aw_zones_when when);

#endif
