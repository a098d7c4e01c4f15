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
	__u32 self;		/* allocwatch's own process, whose requests are not followed; 0: none */
	__u32 comm_len;		/* bytes of comm[] that must match; 0: all */
	__u32 comm_whole;	/* comm[] is the whole name, not its beginning */
	char comm[AW_WIRE_COMM];
	__u64 ring_bytes;
	__u64 stall_ns;		/* slow successes from here on are events; ~0: never */
	__u32 zones_per_second;	/* failures per second that carry zone pictures; 0: none */
	__u32 pad0;
};

/* What could be attached: written after attaching, which may fail where loading did not. */
struct aw_bpf_watch {
	__u32 warn;		/* the kprobe on warn_alloc */
	__u32 printed;		/* a kprobe on what warn_alloc prints with */
};

/* One request in its slow path, or failed and not yet over. */
struct aw_request {
	__u64 warn_ns;			/* warn_alloc was entered; 0: not */
	__u64 warn_gfp;
	__u64 warn_caller;
	__u64 zones_id;			/* pictures were sent under this id; 0: none */
	__u32 warn_order;
	__u32 printed;
	__u32 nr_zones;
	__u32 zones_flags;		/* AW_SEEN_ZONES_* */
	struct aw_wire_effort effort;
};

struct aw_bpf_counters {
	__u64 lost[AW_LOST_MAX];	/* by enum aw_wire_lost */
	__u64 failures;			/* records offered to the ring */
	__u64 extfrag;
};

#endif
