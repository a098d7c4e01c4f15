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

/* For all places together, and for what finds no place of its own. */
struct {
	struct aw_bpf_budget zones, samples;
} budget SEC(".data.budget");

/*
 * How many requests are being followed: the one counter that the success path
 * of mm_page_alloc looks at.  On a cache line of its own, in a map of its own.
 */
struct {
	__u64 requests;
	__u64 pad[15];
} following SEC(".data.following");

const struct aw_request no_request = { .order = -1 };
const struct aw_place no_place;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 2 << 20);	/* set by user space */
} events SEC(".maps");

/* Preallocated (no BPF_F_NO_PREALLOC): nothing is allocated while memory is gone. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);		/* aw_request_key() */
	__type(value, struct aw_request);
} requests SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct aw_count_key);
	__type(value, struct aw_count);
} counts SEC(".maps");

/* The same by place, for kinds that find no room there. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct aw_count_key);
	__type(value, struct aw_count);
} place_counts SEC(".maps");

/* A storm at one place leaves those of others their budgets. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);		/* aw_place_key() */
	__type(value, struct aw_place);
} places SEC(".maps");

/* --count-allocations: requests that were served, by order; larger ones in the last. */
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
