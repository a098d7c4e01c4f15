/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The event model: what every source delivers and everything above reads.
 *
 * An event holds meaning, not the numbers of a particular kernel (gfp.raw is kept
 * for display).  The strings, stacks and zones that an event points to belong to
 * the source and are valid during the callback; code that keeps an event copies
 * them (summary/ interns them).  Sizes are in pages of the kernel that the event
 * comes from unless the name says otherwise.  Times are CLOCK_MONOTONIC of that
 * machine, in ns; 0: not known.
 */
#ifndef AW_EVENT_EVENT_H
#define AW_EVENT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/cause.h"
#include "event/held.h"
#include "event/origin.h"
#include "event/scan.h"
#include "mm/class.h"
#include "mm/compaction.h"
#include "mm/gfp.h"
#include "mm/migratetype.h"
#include "mm/stack.h"
#include "mm/zone.h"

#define AW_MAX_ZONES 16
#define AW_MAX_ATTEMPTS 8
#define AW_CONTAINER_LEN 31
#define AW_POD_LEN 39

enum aw_event_type {
	AW_EVENT_FAILURE,	/* a request got no pages */
	AW_EVENT_STALL,		/* a request got its pages, but only after reclaim or compaction */
	AW_EVENT_EXTFRAG,	/* a block was taken from another migratetype */
	AW_EVENT_WARNING,	/* something else than the page allocator has none: vmalloc, a pool */
	AW_EVENT_OOM_KILL,
	AW_EVENT_CMA_FAILURE,
	AW_EVENT_ALLOCATIONS,	/* successes, counted by order */
	AW_EVENT_SCAN,		/* a page scan, made because a request failed */
	AW_EVENT_HELD,		/* --holders: a row of who holds what stays */
	AW_EVENT_TYPES
};

enum aw_context {
	AW_IN_UNKNOWN,
	AW_IN_TASK,
	AW_IN_INTERRUPT,	/* softirq or hardirq: a log that names neither, but the stack of interrupts */
	AW_IN_SOFTIRQ,		/* pid and comm are those of the interrupted task, or of ksoftirqd */
	AW_IN_HARDIRQ,
	AW_IN_NMI,
	AW_CONTEXTS
};

/* What the kernel log has of a failure. */
enum aw_log {
	AW_LOG_UNKNOWN,
	AW_LOG_PRINTED,
	AW_LOG_SUPPRESSED,	/* rate-limited, or the mask is never reported */
	AW_LOG_NOWARN,		/* __GFP_NOWARN */
	AW_LOG_NONE,		/* warn_alloc was not called: memcg, trylock */
	AW_LOGS
};

struct aw_task {
	uint32_t pid;			/* process; 0: idle or not known */
	uint32_t tid;
	char comm[AW_COMM_LEN + 1];	/* NUL-terminated, any other byte possible */
	uint64_t cgroup_id;		/* 0: not known */
	const char *cgroup;		/* path or ""; never NULL; aw_task_set_cgroup() also sets the next three */
	char container[AW_CONTAINER_LEN + 1];	/* the first 12 digits of its id, or its name; "" none */
	char pod[AW_POD_LEN + 1];	/* its uid; "" none */
	const struct aw_pod *names;	/* of the pod, if the user asked for names and they are known; NULL */
	enum aw_context context;
	uint32_t known;			/* AW_TASK_KNOWS_* */
	bool memalloc;			/* PF_MEMALLOC: may use all reserves */
	bool memalloc_noio, memalloc_nofs;
	bool memalloc_pin;		/* PF_MEMALLOC_NOCMA, PF_MEMALLOC_PIN from 5.13 on: no movable pages */
	bool exiting, dumping_core, kswapd;
	bool oom_victim;
	bool realtime;			/* SCHED_FIFO, SCHED_RR or SCHED_DEADLINE */
	uint64_t mems_allowed;		/* nodes 0..63 */
};
#define AW_TASK_KNOWS_FLAGS	0x1u
#define AW_TASK_KNOWS_VICTIM	0x2u
#define AW_TASK_KNOWS_POLICY	0x4u
#define AW_TASK_KNOWS_MEMS	0x8u
#define AW_TASK_KNOWS_CGROUP	0x10u
#define AW_TASK_KNOWS_MEMALLOC	0x20u	/* memalloc alone, from the name or the trace in a log */

/* Did this task itself ask?  ksoftirqd runs softirqs: it is not interrupted by them. */
bool aw_task_is_own(const struct aw_task *task);

struct aw_attempt {
	enum aw_compact_prio prio;
	enum aw_compact_result result;
	uint32_t us;
	unsigned int zones;		/* zones it really ran on; 0: none */
	bool deferred;
};

struct aw_effort {
	bool known;			/* some of the following was watched */
	bool knows_reclaim, knows_compaction, knows_retry;
	bool knows_pages;		/* those that compaction scanned and moved */
	bool knows_zones;		/* AW_ZONE_NAMED of a zone was watched */
	bool lower_bound;		/* nested in another request, and maybe only the rest of it */
	uint64_t total_ns;		/* in the slow path; 0: not known, or none */
	uint64_t reclaim_ns, compact_ns;
	uint64_t reclaim_pages;		/* freed; without the sentinels of declined calls */
	unsigned int reclaim_calls;
	unsigned int reclaim_declined;	/* calls that left it to compaction: nothing was reclaimed */
	unsigned int compact_calls;
	unsigned int nr_attempts;	/* of attempts[], which has the first ones */
	struct aw_attempt attempts[AW_MAX_ATTEMPTS];
	unsigned int reclaim_retries;	/* decisions of should_reclaim_retry() */
	int retry_no_progress;
	bool retry_wmark_ok;
	uint64_t retry_available, retry_min_wmark, retry_reclaimable;
	unsigned int compact_retries;	/* decisions of should_compact_retry() */
	int compact_retry_loops, compact_retry_max;
	bool compact_retry_again;
	enum aw_compact_result compact_retry_result;
	/* Pages, over all runs of compaction: knows_pages. */
	uint64_t scanned, taken;	/* looked at, and isolated, to be moved */
	uint64_t moved, failed;		/* of the taken ones; failed: they stayed where they were */
	uint64_t free_scanned, free_taken;	/* looked at, and isolated, to move others there; without the fast search */
};

/* When the zone snapshots were taken. */
enum aw_zones_when {
	AW_ZONES_NONE,
	AW_ZONES_AT_FAILURE,	/* when warn_alloc was entered, or at the tracepoint if nothing was printed */
	AW_ZONES_AFTER_PRINT,	/* at the tracepoint, after the report was printed */
	AW_ZONES_READ_LATER,	/* by user space from /proc, zones_late_ns after the failure */
	AW_ZONES_FROM_LOG	/* Mem-Info of the same report */
};

/* How the request was seen. */
#define AW_SAW_TRACEPOINT	0x1u
#define AW_SAW_WARN		0x2u
#define AW_SAW_LOG		0x4u	/* a line of a kernel log */

struct aw_failure {
	/*
	 * 0: one failure with all its details.  Else this many failures that the
	 * kernel side only counted: their order, gfp, migratetype, log, stack,
	 * site and class are known, and the time is when the count was read.
	 */
	uint64_t unsampled;
	unsigned int order;
	uint64_t bytes;			/* PAGE_SIZE << order */
	struct aw_gfp gfp;		/* effective mask */
	enum aw_migratetype migratetype;
	enum aw_log log;
	enum aw_cause cause;		/* UNKNOWN: not judged, or not known */
	enum aw_rule rule;		/* the same */
	enum aw_class class;
	const char *class_why;		/* one sentence for people; never NULL */
	uint32_t saw;			/* AW_SAW_* */
	bool warn_watched;		/* warn_alloc could be seen: no AW_SAW_WARN means it was not called */
	bool before_start;		/* it was in the kernel log when this run started */
	struct aw_effort effort;
	/*
	 * The nodes that the request was bound to: argument 2 of warn_alloc()
	 * from 4.11 on, nodemask= in a log.  0 with knows_nodemask: to none.
	 */
	bool knows_nodemask;
	uint64_t nodemask;		/* nodes 0..63 */
	bool above_limit;		/* the kernel warned that the order is above the largest */
	bool loops;			/* a file system asks again and again and never fails; its size may be unknown: 0 bytes */
	bool slab_line;			/* only the line of SLUB or SLAB is known: the mask is the object's */
	bool to_oom_killer;		/* its last try was the one before the OOM killer */
	bool no_header;			/* a log lacks the line with order and mask: neither is known */
	bool suspended;			/* the machine was on its way into suspend or out of it */
	bool nommu;			/* a kernel without an MMU: no compaction, no swap, no vmalloc() of single pages, no CMA */
	bool kdump;			/* a kernel that was booted to save a crash, in the memory kept for it */
	uint64_t log_suppressed;	/* failures around this one that the log does not show */
	enum aw_zones_when zones_when;
	uint64_t zones_late_ns;
	bool zones_over_budget;
	bool zones_partial;		/* zones that exist are missing: the log is cut */
	bool zones_front_cut;		/* nothing that is printed before the first zone is left: zones may be missing, too */
	bool zones_hidden;		/* the kernel printed only zones that the request may use, and there are others */
	unsigned int nr_zones;
	const struct aw_zone *zones;
};

struct aw_extfrag {
	int alloc_order, fallback_order;
	enum aw_migratetype from;	/* which lost the block */
	enum aw_migratetype to;		/* which took it */
	int change_ownership;		/* 1: the pageblock changed its migratetype; 0: it did not; -1: not known */
	uint64_t pfn;			/* UINT64_MAX: not known */
};

/* Why vmalloc gave up. */
enum aw_vmalloc_failed {
	AW_VMALLOC_UNKNOWN,
	AW_VMALLOC_NO_SPACE,	/* no range of addresses was free */
	AW_VMALLOC_NO_PAGES,	/* the page allocator had none */
	AW_VMALLOC_NOTHING,	/* 0 bytes were asked for */
	AW_VMALLOC_TOO_LARGE,	/* more than all of RAM was asked for */
	AW_VMALLOC_NO_RANGE,	/* NO_SPACE or TOO_LARGE */
};

/* Memory that was set aside for one purpose, or is handed out by somebody else than the page allocator. */
enum aw_pool {
	AW_POOL_NONE,		/* the warning is vmalloc's */
	AW_POOL_SWIOTLB,	/* bounce buffers: kernel/dma/swiotlb.c */
	AW_POOL_DMA,		/* coherent memory for interrupts: kernel/dma/pool.c */
	AW_POOL_HUGETLB,	/* huge pages asked for on the command line: mm/hugetlb.c */
	AW_POOL_RANGE,		/* alloc_contig_range(): pages that must move away */
	AW_POOL_PERCPU,		/* mm/percpu.c */
	AW_POOL_BINDER,		/* the buffer of a process: drivers/android/binder_alloc.c */
	AW_POOL_ZRAM,		/* drivers/block/zram */
	AW_POOL_GPU,		/* kgsl, a vendor's driver */
	AW_POOL_FS,		/* -ENOMEM of a file system, which gives up a transaction: fs/btrfs, fs/ext4 */
	AW_POOLS
};

/* What the kernel's line says of a pool; bytes, but of HUGETLB pages. */
struct aw_pool_state {
	enum aw_pool pool;
	const char *name;		/* device, process, size of a huge page, or reason; "" not known */
	bool knows_total, knows_free, knows_largest;
	uint64_t total, free;
	uint64_t largest;		/* free piece */
	uint64_t asked, got;		/* HUGETLB: pages; GPU: bytes */
	bool never_had;			/* there is no such pool */
	bool coherent;			/* SWIOTLB: an allocation, for which the page allocator was asked before; else a mapping */
};

struct aw_warning {
	struct aw_gfp gfp;
	const char *format;
	uint64_t bytes;			/* that was asked for; 0: not known */
	enum aw_vmalloc_failed failed;
	struct aw_pool_state pool;	/* of a kernel log only */
};

/* Android's, which kill before memory is used up. */
enum aw_low_memory_killer {
	AW_LMK_NONE,
	AW_LMK_DRIVER,		/* of the kernel, up to 4.9 */
	AW_LMK_DAEMON,		/* lmkd */
};

struct aw_oom_kill {
	enum aw_low_memory_killer lmk;	/* it was not the OOM killer */
	uint64_t lmk_cache, lmk_limit;	/* bytes of file cache, and below which it kills; 0 0: not known */
	bool alone;			/* only the line of the kill is known: not who asked, nor for what */
	bool by_fault;			/* a page fault got no memory, and ended its own process */
	uint32_t victim_pid;		/* 0: not known */
	char victim_comm[AW_COMM_LEN + 1];
	int order;			/* -1: not known, or called by hand (sysrq-f) */
	bool memcg;			/* a memory cgroup is at its limit, not the machine */
	bool no_victim;			/* no task was left that may be killed */
	bool panics;			/* the kernel panicked instead of killing a task */
	bool by_cpuset;			/* the request was bound to the nodes of a cpuset */
	bool by_policy;			/* ... or of a memory policy */
	const char *memcg_name;		/* its path; "" or NULL: not known */
	uint64_t memcg_usage, memcg_limit;	/* bytes; 0: not known */
};

struct aw_cma_failure {
	uint64_t count;
	unsigned int align;
	int error;			/* -errno; 0: not known */
	const char *name;		/* "" not known */
	uint64_t free, total;		/* pages of the area; 0 0: not known */
};

/* --count-allocations: successes of this order since the last event of this type. */
struct aw_allocations {
	unsigned int order;		/* AW_MAX_ORDERS - 1: this order or larger ones */
	uint64_t count;
};

struct aw_event {
	enum aw_event_type type;
	uint64_t time_ns;
	uint32_t cpu;
	/* aw_intern_serial() of the pool that the names of the mask, the frames and the cgroup are in; 0: in none, or not known. */
	uint32_t texts;
	struct aw_task task;
	const struct aw_stack *stack;	/* never NULL; count 0: there is none */
	const struct aw_frame *site;	/* in the stack: the call site; NULL: not known */
	struct aw_origin *origin;	/* NULL: not from a kernel log, or not asked for */
	/* SCAN: what was found.  FAILURE: a scan for such a request, made about then; NULL: there was none. */
	struct aw_scan *scan;
	/*
	 * The request: of FAILURE and STALL always, of OOM_KILL and WARNING see aw_event_has_request().
	 * SCAN: order, mask, migratetype, class and cause of the failure that it was made for, whose are the task and the stack.
	 */
	struct aw_failure failure;
	union {
		struct aw_extfrag extfrag;
		struct aw_warning warning;
		struct aw_oom_kill oom;
		struct aw_cma_failure cma;
		struct aw_allocations allocations;
		struct aw_held held;
	};
};

/* Is the mask of the request known?  Not where a log is cut before it. */
static inline bool aw_event_has_mask(const struct aw_event *event)
{
	return event->failure.gfp.names && event->failure.gfp.names[0];
}

/*
 * Is `failure` filled in?  A kernel log also has the request that led to an OOM
 * kill, and that of vmalloc; other sources do not.
 */
static inline bool aw_event_has_request(const struct aw_event *event)
{
	return event->type == AW_EVENT_FAILURE || event->type == AW_EVENT_STALL ||
	       ((event->type == AW_EVENT_OOM_KILL || event->type == AW_EVENT_WARNING) && aw_event_has_mask(event));
}

/* The number of failures of an AW_EVENT_FAILURE. */
static inline uint64_t aw_failure_count(const struct aw_failure *failure)
{
	return failure->unsampled ? failure->unsampled : 1;
}

/*
 * Does this scan tell of that failure: of the same order and mobility, by
 * fragmentation, made within a minute of it, and nearer to it than what it has?
 */
bool aw_scan_tells_of(const struct aw_scan *scan, const struct aw_event *failure);

/* ns from the failure to its scan; below 0: the scan was made before. */
int64_t aw_scan_after(const struct aw_scan *scan, const struct aw_event *failure);

/* Only counted, with several signatures: nothing but the order is known. */
bool aw_failure_is_mixed(const struct aw_failure *failure);

const char *aw_event_type_name(enum aw_event_type type);	/* "failure" */
const char *aw_context_name(enum aw_context context);		/* "task" */
const char *aw_log_name(enum aw_log log);			/* "printed" */
const char *aw_class_name(enum aw_class class);			/* "hard" */
const char *aw_compact_result_name(enum aw_compact_result result);	/* "deferred" */
const char *aw_compact_prio_name(enum aw_compact_prio prio);	/* "async" */
const char *aw_zones_when_name(enum aw_zones_when when);

#endif
