/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The maps, the configuration and the counters that all programs share.
 */
#ifndef AW_MAPS_BPF_H
#define AW_MAPS_BPF_H

#include "config.h"

const volatile struct aw_bpf_config aw_config SEC(".rodata.config");
struct aw_bpf_watch watch SEC(".data.watch");
struct aw_bpf_counters counters SEC(".data.counters");
struct aw_bpf_zones known_zones SEC(".data.zones");

/* Of all call sites together, and of call sites that find no room of their own. */
struct {
	struct aw_bpf_budget zones, samples;
	__u64 format;		/* the address of the page allocator's format of warn_alloc; 0: not seen yet */
} budget SEC(".data.budget");

/* When the reader was woken last. */
struct {
	__u64 failure, other;
} woken SEC(".data.woken");

struct aw_bpf_following following SEC(".data.following");	/* in a map of its own */

const struct aw_request no_request = { .tried = AW_EFFORT_STATE_NONE };

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 2 << 20);	/* set by user space */
} events SEC(".maps");

/* Preallocated (no BPF_F_NO_PREALLOC), so that nothing is allocated when memory is short. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);		/* aw_request_key() */
	__type(value, struct aw_request);
} requests SEC(".maps");

/* The same by task, where a lookup costs a few instructions: aw_direct_take(). */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, AW_DIRECT);
	__type(key, __u32);
	__type(value, struct aw_request);
} direct SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct aw_count_key);
	__type(value, struct aw_count);
} counts SEC(".maps");

/* The same by call site, for signatures that find no room there. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct aw_count_key);
	__type(value, struct aw_count);
} site_counts SEC(".maps");

/*
 * A budget for each call site, so that one noisy site cannot use up that of the others.  An array, whose lookup costs a
 * few instructions: aw_call_site_of().
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, AW_CALL_SITES);
	__type(key, __u32);
	__type(value, struct aw_call_site);
} call_sites SEC(".maps");

/* --count-allocations: successes by order; the last also has larger orders. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, AW_WIRE_ORDERS);
	__type(key, __u32);
	__type(value, __u64);
} allocations SEC(".maps");

static __always_inline void aw_lost(enum aw_wire_lost why)
{
	__sync_fetch_and_add(&counters.lost[why], 1);
}

#endif
