/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The records that the kernel side emits: shared by bpf/, kmod/ and user/.
 *
 * Rules of this file: fixed-width integers, explicit padding, little-endian
 * as the machine writes them, enum values explicit and append-only, every
 * record starts with struct aw_wire_head.  It compiles as C89 with gnu
 * extensions, because the 3.18 module includes it.  Numbers in here are those
 * of the running kernel (gfp bits, migratetypes, compaction results): user/
 * turns them into meaning before anybody else sees them.
 *
 * A reader checks `size` before it looks, accepts records that are longer
 * than it knows (newer writer) and counts those that are too short.
 */
#ifndef AW_WIRE_H
#define AW_WIRE_H

#ifndef AW_WIRE_HAVE_TYPES /* vmlinux.h brings __u8..__u64 of its own */
#include <linux/types.h>
#endif

#define AW_WIRE_VERSION 1

#define AW_WIRE_COMM 16
#define AW_WIRE_STACK 48	/* frames kept of a stack, innermost first */
#define AW_WIRE_ATTEMPTS 8	/* compaction attempts kept one by one */
#define AW_WIRE_ZONES 16	/* zones known to the kernel side at most */
#define AW_WIRE_ORDERS 16	/* free lists of a zone at most (64K pages have 14) */
#define AW_WIRE_RESERVES 6	/* lowmem_reserve[] entries at most */
#define AW_WIRE_TEXT 64

enum aw_wire_type {
	AW_WIRE_FAILURE = 1,	/* struct aw_wire_failure */
	AW_WIRE_EXTFRAG = 2,	/* struct aw_wire_extfrag */
	AW_WIRE_ZONE = 3,	/* struct aw_wire_zone: part of the failure or stall with the same id, sent before it */
	AW_WIRE_STALL = 4,	/* struct aw_wire_failure: memory came, but late */
	AW_WIRE_WARNING = 5,	/* struct aw_wire_warning: warn_alloc called by somebody else (vmalloc) */
	AW_WIRE_OOM_KILL = 6,	/* struct aw_wire_oom */
	AW_WIRE_CMA_FAILURE = 7	/* struct aw_wire_cma */
};

struct aw_wire_head {
	__u32 size;		/* bytes of the whole record, this head included */
	__u16 version;		/* AW_WIRE_VERSION of the writer */
	__u16 type;		/* enum aw_wire_type */
	__u64 time_ns;		/* CLOCK_MONOTONIC; for a failure: when the pictures were taken */
	__u64 id;		/* joins a failure and its zones; 0: none */
	__u32 cpu;
	__u32 flags;		/* AW_HEAD_*, by type */
};

enum aw_wire_context {
	AW_CONTEXT_UNKNOWN = 0,
	AW_CONTEXT_TASK = 1,
	AW_CONTEXT_SOFTIRQ = 2,	/* serving one; pid and comm are the interrupted task's */
	AW_CONTEXT_HARDIRQ = 3,
	AW_CONTEXT_NMI = 4
};

/* Who was running.  pid is the process (tgid), tid the thread. */
struct aw_wire_task {
	__u32 pid;
	__u32 tid;
	char comm[AW_WIRE_COMM];	/* NUL-padded, may hold any byte */
	__u64 cgroup_id;		/* cgroup v2 inode; 0: unknown */
	__u32 task_flags;		/* task_struct::flags, PF_* of that kernel */
	__u32 known;			/* AW_TASK_* bits: which of the fields below are filled */
	__u8 context;			/* enum aw_wire_context */
	__u8 oom_victim;
	__u8 policy;			/* SCHED_* */
	__u8 pad0;
	__u32 pad1;
	__u64 mems_allowed;		/* nodes 0..63 that the task may use */
};
#define AW_TASK_FLAGS		0x1u
#define AW_TASK_OOM_VICTIM	0x2u
#define AW_TASK_POLICY		0x4u
#define AW_TASK_MEMS_ALLOWED	0x8u
#define AW_TASK_CGROUP		0x10u

/* One call of try_to_compact_pages. */
struct aw_wire_attempt {
	__u32 us;		/* how long it took */
	__s8 prio;		/* enum compact_priority of that kernel; -1: unknown */
	__s8 result;		/* enum compact_result of that kernel; -1: not seen */
	__u8 zones;		/* zones that compaction really ran on */
	__u8 flags;		/* AW_ATTEMPT_* */
};
#define AW_ATTEMPT_DEFERRED	0x1u	/* mm_compaction_deferred said so */
#define AW_ATTEMPT_SUITABLE	0x2u	/* mm_compaction_suitable was seen */

/* What the allocator tried for one request, between entry and end. */
struct aw_wire_effort {
	__u64 begin_ns;			/* first sign of the slow path; 0: none was seen */
	__u64 reclaim_ns;		/* sum over direct reclaim calls */
	__u64 compact_ns;		/* sum over compaction attempts */
	__u64 reclaim_pages;		/* pages freed, the sentinel 1 included */
	__u32 reclaim_calls;
	__u32 reclaim_declined;		/* calls that ended with nr_reclaimed 1 at once: compaction_ready() */
	__u32 compact_calls;
	__u32 known;			/* AW_EFFORT_*: which programs watched */
	struct aw_wire_attempt attempts[AW_WIRE_ATTEMPTS];
	/* oom:reclaim_retry_zone, the last one seen */
	__u64 retry_reclaimable;	/* pages */
	__u64 retry_available;		/* pages */
	__u64 retry_min_wmark;		/* pages */
	__u32 reclaim_retries;		/* how often it was asked */
	__s32 retry_no_progress;	/* no_progress_loops */
	/* oom:compact_retry, the last one seen */
	__u32 compact_retries;		/* how often it was asked */
	__s32 compact_retry_result;	/* enum compact_result of that kernel */
	__s32 compact_retry_prio;
	__s32 compact_retry_loops;
	__s32 compact_retry_max;
	__u8 retry_wmark_ok;		/* reclaim_retry_zone: the watermark check it made */
	__u8 compact_retry_ret;		/* compact_retry: 1 it will be tried again */
	__u8 pad0[2];
};
#define AW_EFFORT_RECLAIM	0x1u	/* direct reclaim was watched */
#define AW_EFFORT_COMPACTION	0x2u	/* compaction was watched */
#define AW_EFFORT_RETRY		0x4u	/* oom:*_retry were watched */
#define AW_EFFORT_NESTED	0x8u	/* another request of this context began inside: figures are a lower bound */

/* One request for pages that failed (AW_WIRE_FAILURE) or came late (AW_WIRE_STALL). */
struct aw_wire_failure {
	struct aw_wire_head head;
	struct aw_wire_task task;
	__u64 end_ns;			/* when the attempt ended */
	__u64 gfp;			/* effective mask, bits of that kernel */
	__u32 order;
	__s32 migratetype;		/* number of that kernel; -1: not known (seen by the kprobe only) */
	__u32 seen;			/* AW_SEEN_* */
	__u32 nr_zones;			/* zones that have memory: as many AW_WIRE_ZONE records with its id belong to it */
	__u64 caller;			/* kprobe: return address, which the unwinder may miss; else 0 */
	struct aw_wire_effort effort;
	__u32 nr_frames;		/* of stack[] */
	__u32 stack_error;		/* errno why there is no stack; 0 */
	__u64 stack[AW_WIRE_STACK];
	/*
	 * 0: one request, seen whole.  Else so many failures of one kind that
	 * were only counted since the last such record: gfp (~0: of several
	 * kinds, counted by order only), order, migratetype, AW_SEEN_OF_KIND
	 * of seen, caller and stack are theirs, all else is zero.
	 */
	__u64 unsampled;
};
#define AW_SEEN_TRACEPOINT	0x1u	/* mm_page_alloc fired with no page */
#define AW_SEEN_WARN		0x2u	/* warn_alloc was entered for it */
#define AW_SEEN_PRINTED		0x4u	/* ... and went on to print */
#define AW_SEEN_WARN_WATCHED	0x8u	/* warn_alloc can be seen: its absence means something */
#define AW_SEEN_PRINT_WATCHED	0x10u	/* printing can be seen: its absence means something */
#define AW_SEEN_ZONES_LATE	0x20u	/* pictures were taken after the report was printed */
#define AW_SEEN_ZONES_BUDGET	0x40u	/* no zones: the budget of this second was used up */
#define AW_SEEN_OF_KIND		0x1fu	/* of them, those that tell kinds of failures apart */


/* mm_page_alloc_extfrag: a request took a block from another migratetype's list. */
struct aw_wire_extfrag {
	struct aw_wire_head head;
	struct aw_wire_task task;
	__u64 pfn;			/* ~0: not given */
	__s32 alloc_order;
	__s32 fallback_order;
	__s32 alloc_migratetype;
	__s32 fallback_migratetype;
	__s32 change_ownership;		/* 1: the pageblock changed hands; -1: not known */
	__u32 nr_frames;
	__u64 stack[AW_WIRE_STACK];
};

/* struct zone at one instant; pages unless said otherwise. */
struct aw_wire_zone {
	struct aw_wire_head head;
	__s32 node;
	__s32 index;			/* zone_idx() */
	char name[AW_WIRE_COMM];
	__u64 managed;
	__u64 free;			/* NR_FREE_PAGES */
	__u64 free_cma;
	__u64 reserved_highatomic;
	__u64 free_highatomic;
	__u64 wmark_min;		/* without boost */
	__u64 wmark_low;
	__u64 wmark_high;
	__u64 wmark_boost;
	__s64 lowmem_reserve[AW_WIRE_RESERVES];
	__u32 known;			/* AW_ZONE_* */
	__u32 nr_orders;
	__u64 nr_free[AW_WIRE_ORDERS];	/* blocks */
	__u32 types[AW_WIRE_ORDERS];	/* bit m: a block of migratetype m (that kernel's number) is on the list */
};
#define AW_ZONE_CMA		0x1u	/* free_cma is filled */
#define AW_ZONE_HIGHATOMIC	0x2u	/* reserved_highatomic is filled */
#define AW_ZONE_FREE_HIGHATOMIC	0x4u
#define AW_ZONE_BOOST		0x8u
#define AW_ZONE_TYPES		0x10u	/* types[] is filled */

/* warn_alloc entered with another text than the page allocator's. */
struct aw_wire_warning {
	struct aw_wire_head head;
	struct aw_wire_task task;
	__u64 gfp;
	char format[AW_WIRE_TEXT];	/* the format string, cut, NUL-terminated */
	__u32 nr_frames;
	__u32 pad0;
	__u64 caller;
	__u64 stack[AW_WIRE_STACK];
};

/* oom:mark_victim */
struct aw_wire_oom {
	struct aw_wire_head head;
	struct aw_wire_task task;	/* who asked for memory */
	__u32 victim_pid;
	__s32 order;			/* -1: not known */
	char victim_comm[AW_WIRE_COMM];
};

/* cma:cma_alloc_finish and older names, with an error. */
struct aw_wire_cma {
	struct aw_wire_head head;
	struct aw_wire_task task;
	__u64 count;			/* pages asked for */
	__u32 align;			/* order */
	__s32 error;			/* -errno; 0: not given */
	char name[AW_WIRE_TEXT];	/* area, empty where the kernel does not tell */
	__u32 nr_frames;
	__u32 pad0;
	__u64 stack[AW_WIRE_STACK];
};

/* Why something was not delivered: indexes of the kernel side's counters. */
enum aw_wire_lost {
	AW_LOST_RING_FAILURE = 0,	/* no room in the ring for a failure */
	AW_LOST_RING_EXTFRAG = 1,	/* ... for an extfrag event (they leave half of the ring to failures) */
	AW_LOST_RING_OTHER = 2,		/* ... for anything else */
	AW_LOST_INFLIGHT_FULL = 3,	/* no slot to follow a request's slow path */
	AW_LOST_UNPAIRED = 4,		/* warn_alloc seen, its mm_page_alloc not: sent without it */
	AW_LOST_EXPIRED = 5,		/* requests whose end was never seen */
	AW_LOST_ZONES_BUDGET = 6,	/* zone pictures not taken: budget per second used up */
	AW_LOST_MAX = 16
};

#endif
