/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What user space sets before the BPF programs are loaded (rodata, so that the
 * verifier drops unused code), and what the programs keep in maps.  Both sides
 * are built together, so unlike wire.h this needs no version.
 */
#ifndef AW_BPF_CONFIG_H
#define AW_BPF_CONFIG_H

#include "effort.h"
#include "wire.h"

/* The prototypes that warn_alloc has had: where its arguments are. */
enum aw_warn_abi {
	AW_WARN_FAILED = 0,	/* up to 4.8: warn_alloc_failed(gfp, order, fmt, ...) */
	AW_WARN_PLAIN = 1,	/* 4.9, 4.10: warn_alloc(gfp, fmt, order) */
	AW_WARN_NODEMASK = 2	/* 4.11 on: warn_alloc(gfp, nodemask, fmt, order) */
};

struct aw_bpf_config {
	__u32 warn_abi;		/* enum aw_warn_abi */
	__u32 tracepoint;	/* mm_page_alloc will be attached; it ends a request */
	__u32 order_min;	/* inclusive */
	__u32 order_max;	/* inclusive */
	__u32 pid;		/* process; 0: all */
	__u32 comm_len;		/* bytes of comm[] that must match; 0: all */
	__u32 comm_whole;	/* comm[] is the whole name, not its beginning */
	__u32 samples_per_second;	/* failures of one call site and order that become records; the rest is only counted */
	char comm[AW_WIRE_COMM];
	__u64 ring_bytes;
	__u64 stall_ns;		/* successes that took this long are events (stalls); ~0: never */
	__u32 zones_per_second;	/* failures that carry zone snapshots; 0: none */
	__u32 zones_per_site;	/* ... of one call site and order */
	/* The position of arguments that moved between kernels. */
	__u32 reclaim_order_arg;	/* mm_vmscan_direct_reclaim_begin: 0, or 1 from 7.1 on */
	__u32 compaction_end_args;	/* mm_compaction_end has 5 arguments (5.19 on) or 6 */
	__u32 cma_errno_arg;	/* cma_alloc_finish: 5, or AW_NOT_THERE */
	__u32 count_allocations;	/* count successes as well */
	__u32 direct_reclaim;	/* mask bits of which a request must have one to reclaim or compact; 0: not known */
	__u32 several_rounds;	/* mask bits with which a costly order tries more often than once, or less; 0: not known */
};

/* What could be attached; written after attaching, which may fail although loading succeeded. */
struct aw_bpf_watch {
	__u32 warn;		/* the kprobe on warn_alloc */
	__u32 printed;		/* a kprobe on what warn_alloc prints with */
	__u32 effort;		/* AW_EFFORT_*: the parts of the slow path that are watched */
	__u32 pad0;
};

/* The addresses of struct zone, found at start. */
struct aw_bpf_zones {
	__u64 count;
	__u64 zone[AW_WIRE_ZONES];
	__u64 empty[AW_WIRE_ZONES];	/* the second in which it was last seen without pages: not looked at again in that one; 0: never */
	struct aw_bpf_zone_name {	/* what does not change */
		__s32 node;
		__s32 index;
		char name[AW_WIRE_COMM];
	} name[AW_WIRE_ZONES];
};

/* How much of something was used in the current second. */
struct aw_bpf_budget {
	__u64 second;
	__u64 used;
};

/*
 * A call site, for the purpose of budgets: the innermost frames, including
 * those of tracing and of the allocator.  Whole stacks would not do, because an
 * interrupt adds arbitrary outer frames to the same call site.
 */
#define AW_CALL_SITE_FRAMES 12
#define AW_CALL_SITES 1024		/* a power of two */
#define AW_CALL_SITE_PLACES 4		/* where one may be */

/* What a call site has used of its budgets in the current second. */
struct aw_call_site {
	__u64 key;		/* hash of the call site ^ order */
	struct aw_bpf_budget zones, samples;
};

/*
 * The signature of a failure.  Failures are counted by signature, which is exact
 * in a storm even when the ring buffer loses records: by the whole stack while
 * there is room, then by call site.
 */
struct aw_count_key {
	__u64 stack;		/* hash of the frames, or of the call site's frames; 0: no stack */
	__u32 gfp;
	__u16 seen;		/* AW_SEEN_SIGNATURE of them */
	__u8 order;
	__s8 migratetype;
};

struct aw_count {
	__u64 unsampled;	/* failures with this signature that left no record */
	__u64 caller;		/* as in struct aw_wire_failure */
	__u64 nr_frames;
	__u64 stack[AW_WIRE_STACK];
};

/* The state of one request that is in its slow path, or has failed and is not over. */
struct aw_request {
	__u64 key;			/* in a place of the map `direct`; 0: in the map `requests`, or the place is free */
	__u64 warn_ns;			/* warn_alloc was entered, or the zones were read after that; 0: not */
	__u64 warn_gfp;
	__u64 warn_caller;
	__u64 zones_id;			/* zone snapshots were sent under this id; 0: none */
	__u64 nodemask;
	__u64 now_ns;			/* when it was last looked at: its budgets are those of this second */
	__u32 nodemask_known;
	__u32 warn_order;
	__u32 printed;
	__u32 nr_zones;
	__u32 zones_flags;		/* AW_SEEN_ZONES_* */
	__u32 slot;			/* of struct aw_bpf_following */
	__u32 looked;			/* the zones were looked at, or the budget for that was used up */
	__u32 tried_unknown;		/* what was tried may have been for another request */
	__u32 tries;			/* events of its slow path were noted */
	__u16 ready;			/* a place of `direct`: `tried` was cleared once */
	__u16 budgets;			/* its place of the map `call_sites`; AW_CALL_SITES: it has none */
	struct aw_effort_state tried;
	__u64 stack;			/* hash of the frames */
	__u64 site;			/* hash of the innermost AW_CALL_SITE_FRAMES of them */
	__u64 nr_frames;
	__u64 frames[AW_WIRE_STACK];	/* too large for a BPF program's stack */
};

/*
 * How many requests are followed: mm_page_alloc reads this for every success, and
 * looks for its request only on a hit.  A request also counts in the slot of the
 * current task_struct, which does not change while the request runs, in an interrupt
 * too; tasks that share a slot pay for a lookup, and nothing else.
 */
#define AW_FOLLOWING_SLOTS 4096		/* a power of two */
#define AW_DIRECT 256			/* places of the map `direct`; a power of two */
#define AW_KEY_LEFT (~0ull)		/* of no task or interrupt: it is user space that frees the place */

struct aw_bpf_following {
	__u64 requests;			/* in a cache line of its own */
	__u64 pad[15];
	__u32 slots[AW_FOLLOWING_SLOTS];
	__u32 direct[AW_DIRECT];	/* 1: the place is taken */
};

/*
 * The slot of a task_struct.  They lie at equal distances in slabs that begin at multiples of 32 KiB, so their low bits
 * are the same few: 64 tasks would share 3 to 20 slots.  A factor of 16 bits takes one instruction less to load.
 */
AW_WIRE_INLINE __u32 aw_following_slot_of(__u64 task)
{
	return (task * 60493 >> 16) % AW_FOLLOWING_SLOTS;
}

#define AW_WAKE_NS 100000000ull		/* within this time after it was woken, the reader looks for itself */

#define AW_NOT_THERE 0xffu		/* aw_bpf_config: this kernel's event does not have the argument */

struct aw_bpf_counters {
	__u64 lost[AW_LOST_MAX];	/* by enum aw_wire_lost */
	__u64 failures;
	__u64 unsampled;		/* those that left no record: the sum over all signatures and other[] */
	__u64 other[AW_WIRE_ORDERS];	/* unsampled failures whose signature found no room, by order; the last also has larger orders */
	__u64 extfrag;
};

#endif
