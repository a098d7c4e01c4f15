/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The records that the kernel side sends: shared by bpf/, kmod/ and user/.
 *
 * A record is a sequence of parts: struct aw_wire_head, then the parts of its
 * type.  Each part begins with its size, so a field can be added at the end of a
 * part, and a part at the end of a record, without a new version.  A reader uses
 * what it knows of each part and skips the rest; what an older writer did not
 * send is read as zero.  In a field that is added later, zero therefore has to
 * mean "not known".
 *
 * The structures below are the parts of this build, one after the other.  Only
 * writers use them directly; user space reads records with aw_wire_read(), which
 * checks every size first.
 *
 * Fixed-width integers, explicit padding, the byte order of the machine, enum
 * values explicit and append-only.  This file compiles as C89 with gnu
 * extensions, because the module includes it on 3.18.  Numbers in here are
 * those of the running kernel (gfp bits, migratetypes, compaction results):
 * user/ turns them into meaning before anything else sees them.
 */
#ifndef AW_WIRE_H
#define AW_WIRE_H

#ifndef AW_WIRE_HAVE_TYPES /* vmlinux.h brings __u8..__u64 of its own */
#include <linux/types.h>
#endif

#define AW_WIRE_VERSION 2	/* 2: parts carry their size */

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
	AW_WIRE_ZONE = 3,	/* struct aw_wire_zone: belongs to the failure or stall with the same id, sent before it */
	AW_WIRE_STALL = 4,	/* struct aw_wire_failure: the request got pages, but late */
	AW_WIRE_WARNING = 5,	/* struct aw_wire_warning: warn_alloc called by something else (vmalloc) */
	AW_WIRE_OOM_KILL = 6,	/* struct aw_wire_oom */
	AW_WIRE_CMA_FAILURE = 7	/* struct aw_wire_cma */
};

/* ---- parts ---- */

struct aw_wire_head {
	__u32 size;		/* bytes of the whole record, this part included */
	__u16 version;		/* AW_WIRE_VERSION of the writer */
	__u16 type;		/* enum aw_wire_type */
	__u64 time_ns;		/* CLOCK_MONOTONIC; of a failure: when its zone snapshots were taken */
	__u64 id;		/* correlates a failure with its zones; 0: none */
	__u32 cpu;
	__u32 head_size;	/* bytes of this part */
};

enum aw_wire_context {
	AW_CONTEXT_UNKNOWN = 0,
	AW_CONTEXT_TASK = 1,
	AW_CONTEXT_SOFTIRQ = 2,	/* serving one; pid and comm are the interrupted task's */
	AW_CONTEXT_HARDIRQ = 3,
	AW_CONTEXT_NMI = 4
};

/* Which task was running. */
struct aw_wire_task {
	__u32 size;
	__u32 known;			/* AW_TASK_*: which of the fields below are filled */
	__u32 pid;			/* process (tgid) */
	__u32 tid;			/* thread */
	char comm[AW_WIRE_COMM];	/* NUL-padded, may hold any byte */
	__u64 cgroup_id;		/* cgroup v2 inode; 0: unknown */
	__u64 mems_allowed;		/* nodes 0..63 that the task may use */
	__u32 task_flags;		/* task_struct::flags, PF_* of that kernel */
	__u8 context;			/* enum aw_wire_context */
	__u8 oom_victim;
	__u8 policy;			/* SCHED_* */
	__u8 pad0;
};
#define AW_TASK_FLAGS		0x1u
#define AW_TASK_OOM_VICTIM	0x2u
#define AW_TASK_POLICY		0x4u
#define AW_TASK_MEMS_ALLOWED	0x8u
#define AW_TASK_CGROUP		0x10u

struct aw_wire_stack {
	__u32 size;
	__u32 nr_frames;
	__u64 frames[AW_WIRE_STACK];	/* addresses, innermost first */
};

/* A request for pages. */
struct aw_wire_request {
	__u32 size;
	__u32 seen;			/* AW_SEEN_* */
	__u64 gfp;			/* effective mask, bits of that kernel */
	__u32 order;
	__s32 migratetype;		/* number of that kernel; -1: not known (seen by the kprobe only) */
	__u64 caller;			/* kprobe: return address, which the unwinder may miss; else 0 */
	/*
	 * 0: one request, seen whole.  Else this many failures with one
	 * signature that were only counted since the last such record: gfp
	 * (~0: several signatures, counted by order alone), order, migratetype,
	 * AW_SEEN_SIGNATURE of seen, caller and stack are theirs, and
	 * everything else is zero.
	 */
	__u64 unsampled;
	__u32 nr_zones;			/* zones that have memory: this many AW_WIRE_ZONE records have its id */
	__u32 pad0;
	__u64 nodemask;			/* AW_SEEN_NODEMASK: nodes 0..63 that it is bound to; 0: bound to none */
};
#define AW_SEEN_TRACEPOINT	0x1u	/* mm_page_alloc fired with no page */
#define AW_SEEN_WARN		0x2u	/* warn_alloc was entered for it */
#define AW_SEEN_PRINTED		0x4u	/* ... and went on to print */
#define AW_SEEN_WARN_WATCHED	0x8u	/* warn_alloc can be seen: its absence means something */
#define AW_SEEN_PRINT_WATCHED	0x10u	/* printing can be seen: its absence means something */
#define AW_SEEN_ZONES_BUDGET	0x40u	/* no zone snapshots: the budget of this second was used up */
#define AW_SEEN_NODEMASK	0x80u	/* nodemask is filled: argument 2 of warn_alloc, 4.11 on */
#define AW_SEEN_SIGNATURE	0x1fu	/* those that are part of a failure's signature */

/* What the allocator tried for one request, between entry and end. */
struct aw_wire_effort {
	__u32 size;
	__u32 known;			/* AW_EFFORT_*: which programs watched */
	__u64 begin_ns;			/* first sign of the slow path; 0: none was seen */
	__u64 reclaim_ns;		/* sum over direct reclaim calls */
	__u64 compact_ns;		/* sum over compaction attempts */
	__u64 reclaim_pages;		/* pages freed, the sentinel 1 included */
	__u32 reclaim_calls;
	__u32 reclaim_declined;		/* calls that ended with nr_reclaimed 1 at once: compaction_ready() */
	__u32 compact_calls;
	/* oom:reclaim_retry_zone, the last one seen */
	__u32 reclaim_retries;		/* how often it was asked */
	__u64 retry_reclaimable;	/* pages */
	__u64 retry_available;		/* pages */
	__u64 retry_min_wmark;		/* pages */
	__s32 retry_no_progress;	/* no_progress_loops */
	/* oom:compact_retry, the last one seen */
	__u32 compact_retries;		/* how often it was asked */
	__s32 compact_retry_result;	/* enum compact_result of that kernel; -1: not known */
	__s32 compact_retry_loops;
	__s32 compact_retry_max;
	__u8 retry_wmark_ok;		/* reclaim_retry_zone: the watermark check it made */
	__u8 compact_retry_ret;		/* compact_retry: 1 it will be tried again */
	__u16 zones;			/* AW_EFFORT_ZONES: bit n, an event named the zone with number n + 1 */
	/* AW_EFFORT_PAGES: the scanners of compaction, over all its runs, pages */
	__u64 compact_scanned;		/* looked at by that which looks for pages to move */
	__u64 compact_taken;		/* isolated for that */
	__u64 compact_moved;
	__u64 compact_failed;		/* that were taken and could not be moved */
	__u64 compact_free_scanned;	/* looked at by that which looks for places, block by block */
	__u64 compact_free_taken;
};
#define AW_EFFORT_RECLAIM	0x1u	/* direct reclaim was watched */
#define AW_EFFORT_COMPACTION	0x2u	/* compaction was watched */
#define AW_EFFORT_RETRY		0x4u	/* oom:*_retry were watched */
#define AW_EFFORT_PAGES		0x10u	/* pages that compaction scanned and moved were watched */
#define AW_EFFORT_ZONES		0x20u	/* names of zones in events were watched */
#define AW_EFFORT_NESTED	0x8u	/* nested in another request, and maybe only the rest of it: figures are a lower bound */

/* One call of try_to_compact_pages. */
struct aw_wire_attempt {
	__u32 us;		/* how long it took */
	__s8 prio;		/* enum compact_priority of that kernel; -1: unknown */
	__s8 result;		/* enum compact_result of that kernel; -1: not seen */
	__u8 zones;		/* zones that compaction really ran on */
	__u8 flags;		/* AW_ATTEMPT_* */
};
#define AW_ATTEMPT_DEFERRED	0x1u	/* mm_compaction_deferred said so */

struct aw_wire_attempts {
	__u32 size;
	__u32 attempt_size;	/* bytes of each: an attempt can grow at its end, too */
	struct aw_wire_attempt attempt[AW_WIRE_ATTEMPTS];	/* the first ones */
};

/* A block taken from another migratetype's free list. */
struct aw_wire_steal {
	__u32 size;
	__s32 change_ownership;		/* 1: the pageblock changed hands; -1: not known */
	__u64 pfn;			/* ~0: not given */
	__s32 alloc_order;
	__s32 fallback_order;
	__s32 alloc_migratetype;
	__s32 fallback_migratetype;
};

/* struct zone at one instant; pages unless said otherwise. */
struct aw_wire_snapshot {
	__u32 size;
	__u32 known;			/* AW_ZONE_* */
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
	__u64 nr_free[AW_WIRE_ORDERS];	/* blocks */
	__u32 types[AW_WIRE_ORDERS];	/* bit m: a block of migratetype m (that kernel's number) is on the list */
	__u32 nr_orders;
	__u32 number;			/* its bit in aw_wire_effort.zones, from 1 on; 0: it has none */
	__u64 lru_anon, lru_file, unevictable;	/* AW_ZONE_LRU: pages on the LRU lists (4.8 on: of the zone) */
	__u64 write_pending;			/* AW_ZONE_PENDING: dirty pages, and those under writeback */
	__u64 huge;				/* AW_ZONE_HUGE: transparent huge pages of its node; from 5.12 on their pages */
};
#define AW_ZONE_CMA		0x1u	/* free_cma is filled */
#define AW_ZONE_HIGHATOMIC	0x2u	/* reserved_highatomic is filled */
#define AW_ZONE_FREE_HIGHATOMIC	0x4u
#define AW_ZONE_BOOST		0x8u
#define AW_ZONE_TYPES		0x10u	/* types[] is filled */
#define AW_ZONE_LRU		0x20u	/* lru_anon, lru_file and unevictable are filled */
#define AW_ZONE_PENDING		0x40u	/* write_pending is filled */
#define AW_ZONE_HUGE		0x80u	/* huge is filled */

#define AW_WIRE_AREA_WORDS 224	/* 16 orders of 6 lists, or 11 of 9 */

/*
 * zone::free_area[] as it is in the memory of the kernel, from which user space fills nr_free, types and nr_orders of the snapshot:
 * to look at the 66 lists of 11 orders takes 1485 instructions in the program.
 */
struct aw_wire_area {
	__u32 size;			/* with as many words as are used */
	__u32 stride;			/* bytes of an order; 0: there is nothing here */
	__u32 nr_free_at;		/* offset in an order of the number of free blocks, before which its lists stand */
	__u32 pad0;
	__u64 address;			/* where it is in the kernel: an empty list points to itself */
	__u64 words[AW_WIRE_AREA_WORDS];
};
#define AW_WIRE_AREA_SIZE (sizeof(struct aw_wire_area) - AW_WIRE_AREA_WORDS * sizeof(__u64))	/* without words */

/* A call of warn_alloc with another text than the page allocator's. */
struct aw_wire_warn_call {
	__u32 size;
	__u32 pad0;
	__u64 gfp;
	__u64 caller;
	char format[AW_WIRE_TEXT];	/* the format string, cut, NUL-terminated */
};

struct aw_wire_kill {
	__u32 size;
	__u32 victim_pid;
	__s32 order;			/* of the request that led to it; -1: not known */
	__u32 pad0;
	char victim_comm[AW_WIRE_COMM];
};

/* A request for pages of a CMA area. */
struct aw_wire_cma_request {
	__u32 size;
	__u32 align;			/* order */
	__u64 count;			/* pages asked for */
	__s32 error;			/* -errno; 0: not given */
	__u32 pad0;
	char name[AW_WIRE_TEXT];	/* area, empty where the kernel does not tell */
};

/* ---- records ---- */

/* A request that failed (AW_WIRE_FAILURE) or got its pages late (AW_WIRE_STALL). */
struct aw_wire_failure {
	struct aw_wire_head head;
	struct aw_wire_task task;
	struct aw_wire_request request;
	struct aw_wire_effort effort;
	struct aw_wire_attempts attempts;
	struct aw_wire_stack stack;
};

/* mm_page_alloc_extfrag */
struct aw_wire_extfrag {
	struct aw_wire_head head;
	struct aw_wire_task task;
	struct aw_wire_steal steal;
	struct aw_wire_stack stack;
};

struct aw_wire_zone {
	struct aw_wire_head head;
	struct aw_wire_snapshot snapshot;
	struct aw_wire_area area;
};
#define AW_WIRE_ZONE_SIZE (sizeof(struct aw_wire_zone) - AW_WIRE_AREA_WORDS * sizeof(__u64))	/* without words */

struct aw_wire_warning {
	struct aw_wire_head head;
	struct aw_wire_task task;
	struct aw_wire_warn_call call;
	struct aw_wire_stack stack;
};

/* oom:mark_victim */
struct aw_wire_oom {
	struct aw_wire_head head;
	struct aw_wire_task task;	/* who asked for memory */
	struct aw_wire_kill kill;
};

/* cma:cma_alloc_finish and older names, with no pages. */
struct aw_wire_cma {
	struct aw_wire_head head;
	struct aw_wire_task task;
	struct aw_wire_cma_request request;
	struct aw_wire_stack stack;
};

/* Why something was not delivered: indexes of the kernel side's counters. */
enum aw_wire_lost {
	AW_LOST_RING_FAILURE = 0,	/* no room in the ring buffer for a failure */
	AW_LOST_RING_EXTFRAG = 1,	/* ... for an extfrag event (they leave half of the buffer to failures) */
	AW_LOST_RING_OTHER = 2,		/* ... for anything else */
	AW_LOST_INFLIGHT_FULL = 3,	/* no slot to follow a request's slow path */
	AW_LOST_UNPAIRED = 4,		/* warn_alloc seen, its mm_page_alloc not: sent without it */
	AW_LOST_EXPIRED = 5,		/* requests whose end was never seen */
	AW_LOST_ZONES_BUDGET = 6,	/* zone snapshots not taken: the budget of a second is used up */
	AW_LOST_MAX = 16
};

/* ---- writing: into zeroed memory, the head, then the sizes of the parts ---- */

#define AW_WIRE_INLINE static __inline__ __attribute__((__always_inline__, __unused__))

AW_WIRE_INLINE void aw_wire_start(struct aw_wire_head *head, __u32 size, enum aw_wire_type type, __u64 time_ns)
{
	head->size = size;
	head->version = AW_WIRE_VERSION;
	head->type = type;
	head->time_ns = time_ns;
	head->head_size = sizeof(*head);
}

AW_WIRE_INLINE void aw_wire_size_effort(struct aw_wire_effort *effort, struct aw_wire_attempts *attempts)
{
	effort->size = sizeof(*effort);
	attempts->size = sizeof(*attempts);
	attempts->attempt_size = sizeof(attempts->attempt[0]);
}

AW_WIRE_INLINE void aw_wire_size_failure(struct aw_wire_failure *record)
{
	record->task.size = sizeof(record->task);
	record->request.size = sizeof(record->request);
	aw_wire_size_effort(&record->effort, &record->attempts);
	record->stack.size = sizeof(record->stack);
}

AW_WIRE_INLINE void aw_wire_size_extfrag(struct aw_wire_extfrag *record)
{
	record->task.size = sizeof(record->task);
	record->steal.size = sizeof(record->steal);
	record->stack.size = sizeof(record->stack);
}

AW_WIRE_INLINE void aw_wire_size_zone(struct aw_wire_zone *record)
{
	record->snapshot.size = sizeof(record->snapshot);
	record->area.size = AW_WIRE_AREA_SIZE;
}

AW_WIRE_INLINE void aw_wire_size_warning(struct aw_wire_warning *record)
{
	record->task.size = sizeof(record->task);
	record->call.size = sizeof(record->call);
	record->stack.size = sizeof(record->stack);
}

AW_WIRE_INLINE void aw_wire_size_oom(struct aw_wire_oom *record)
{
	record->task.size = sizeof(record->task);
	record->kill.size = sizeof(record->kill);
}

AW_WIRE_INLINE void aw_wire_size_cma(struct aw_wire_cma *record)
{
	record->task.size = sizeof(record->task);
	record->request.size = sizeof(record->request);
	record->stack.size = sizeof(record->stack);
}

#endif
