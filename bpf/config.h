/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What user space tells the BPF programs before they are loaded (rodata, so
 * that unused code disappears), and what they keep in maps.  Both sides
 * are built together: no version is needed here, unlike in wire.h.
 */
#ifndef AW_BPF_CONFIG_H
#define AW_BPF_CONFIG_H

#include "wire.h"

/* Where warn_alloc's arguments are; kernel-facts: three prototypes. */
enum aw_warn_abi {
	AW_WARN_FAILED = 0,	/* up to 4.8: warn_alloc_failed(gfp, order, fmt, ...) */
	AW_WARN_PLAIN = 1,	/* 4.9, 4.10: warn_alloc(gfp, fmt, order) */
	AW_WARN_NODEMASK = 2	/* 4.11 on: warn_alloc(gfp, nodemask, fmt, order) */
};

struct aw_bpf_config {
	__u32 warn_abi;		/* enum aw_warn_abi */
	__u32 tracepoint;	/* mm_page_alloc will be attached: it ends a request */
	__u32 order_min;	/* inclusive */
	__u32 order_max;	/* inclusive */
	__u32 pid;		/* process; 0: all */
	__u32 comm_len;		/* bytes of comm[] that must match; 0: all */
	__u32 comm_whole;	/* comm[] is the whole name, not its beginning */
	__u32 samples_per_second;	/* failures of one place and order per second that become records; more are counted */
	char comm[AW_WIRE_COMM];
	__u64 ring_bytes;
	__u64 stall_ns;		/* slow successes from here on are events; ~0: never */
	__u32 zones_per_second;	/* failures per second that carry zone pictures; 0: none */
	__u32 zones_per_place;	/* ... of them, from the same place */
	/* Arguments that moved between kernels, by position. */
	__u32 reclaim_order_arg;	/* mm_vmscan_direct_reclaim_begin: 0, or 1 from 7.1 on */
	__u32 compaction_end_args;	/* mm_compaction_end has 5 arguments (5.19 on) or 6 */
	__u32 cma_errno_arg;	/* cma_alloc_finish: 5, or AW_NOT_THERE */
	__u32 count_allocations;	/* what succeeds, too */
	__u32 pad0;
};

/* What could be attached: written after attaching, which may fail where loading did not. */
struct aw_bpf_watch {
	__u32 warn;		/* the kprobe on warn_alloc */
	__u32 printed;		/* a kprobe on what warn_alloc prints with */
	__u32 effort;		/* AW_EFFORT_*: which parts of the slow path */
	__u32 pad0;
};

/* Addresses of struct zone, found at start. */
struct aw_bpf_zones {
	__u64 count;
	__u64 zone[AW_WIRE_ZONES];
};

/* How much of something was used in the current second. */
struct aw_bpf_budget {
	__u64 second;
	__u64 used;
};

/*
 * A place that asks: its innermost frames, tracing and allocator included.  An
 * interrupt comes anywhere: whole stacks of one place are without end.
 */
#define AW_PLACE_FRAMES 12

/* What a place may have in a second. */
struct aw_place {
	struct aw_bpf_budget zones, samples;
};

/*
 * A kind of failures: what is exact in a storm, whatever the ring loses.  By
 * the whole stack while there is room, then by place.
 */
struct aw_count_key {
	__u64 stack;		/* hash of the frames, or of those of the place; 0: no stack */
	__u32 gfp;
	__u16 seen;		/* AW_SEEN_OF_KIND of them */
	__u8 order;
	__s8 migratetype;
};

struct aw_count {
	__u64 unsampled;	/* failures of this kind that left no record */
	__u64 caller;		/* as in struct aw_wire_failure */
	__u64 nr_frames;
	__u64 stack[AW_WIRE_STACK];
};

/* One request in its slow path, or failed and not yet over. */
struct aw_request {
	__u64 warn_ns;			/* warn_alloc was entered; 0: not */
	__u64 warn_gfp;
	__u64 warn_caller;
	__u64 zones_id;			/* pictures were sent under this id; 0: none */
	__u64 reclaim_ns;		/* direct reclaim runs since; 0: it does not */
	__u64 attempt_ns;		/* compaction is tried since; 0: it is not */
	__u32 warn_order;
	__s32 order;			/* of the request; -1: not known */
	__u32 printed;
	__u32 nr_zones;
	__u32 zones_flags;		/* AW_SEEN_ZONES_* */
	__u32 compacting;		/* a zone is being compacted: allocations inside are not this request's */
	struct aw_wire_effort effort;
	__u64 stack;			/* hash of the frames */
	__u64 place;			/* hash of the innermost AW_PLACE_FRAMES of them */
	__s64 nr_frames;		/* negative: -errno */
	__u64 frames[AW_WIRE_STACK];	/* here because a program's own stack has no room for it */
};

#define AW_NOT_THERE 0xffu		/* aw_bpf_config: this kernel's event has no such argument */

struct aw_bpf_counters {
	__u64 lost[AW_LOST_MAX];	/* by enum aw_wire_lost */
	__u64 failures;
	__u64 unsampled;		/* of them, those that left no record: the sum over all kinds and `other` */
	__u64 other[AW_WIRE_ORDERS];	/* unsampled ones of kinds that found no room, by order; larger orders in the last */
	__u64 extfrag;
};

#endif
