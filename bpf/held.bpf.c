// SPDX-License-Identifier: GPL-2.0
/*
 * --holders: a sample of the blocks that are in use, with the stack that took them.
 *
 * A block is in the sample by a hash of the address of its first struct page, so
 * that its end is found without a look at others.  mm_page_free is the event of
 * every page that goes back, those of mm_page_free_batched too: both are in
 * free_pages_prepare()'s way.
 *
 * An object of its own: who does not ask for it pays nothing.  It reads no
 * structure of the kernel, so it needs no BTF.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#include "held.h"

const volatile struct aw_held_config held_config;
struct aw_held_counters held_counters;

/* Both are preallocated: nothing is allocated while somebody allocates. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, AW_HELD_BLOCKS);
	__type(key, __u64);
	__type(value, struct aw_held_block);
} blocks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, AW_HELD_STACKS);
	__type(key, __u64);
	__type(value, struct aw_held_frames);
} stacks SEC(".maps");

static __always_inline int is_sampled(__u64 page)
{
	__u64 hash = page * 0x9e3779b97f4a7c15ull;

	hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93ull;
	return hash <= held_config.limit;
}

/* The key of the current stack, which is kept if it is new. */
static __always_inline __u64 take_stack(void *ctx)
{
	struct aw_held_frames stack;
	long bytes = bpf_get_stack(ctx, stack.frames, sizeof(stack.frames), 0);
	__u64 hash = 0;

	stack.count = bytes < 0 ? 0 : (__u64)bytes / sizeof(__u64);
	for (int i = 0; i < AW_HELD_FRAMES; i++) {
		if (i >= stack.count)
			break;
		hash = (hash ^ stack.frames[i]) * 0x9e3779b97f4a7c15ull;
		hash ^= hash >> 32;
	}
	if (!bpf_map_lookup_elem(&stacks, &hash) && bpf_map_update_elem(&stacks, &hash, &stack, BPF_NOEXIST) &&
	    !bpf_map_lookup_elem(&stacks, &hash))
		__sync_fetch_and_add(&held_counters.stackless, 1);
	return hash;
}

SEC("raw_tp/mm_page_alloc")
int held_alloc(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 page = ctx->args[0];
	struct aw_held_block block = {};

	if (!page || !is_sampled(page))
		return 0;
	block.order = ctx->args[1];
	block.migratetype = ctx->args[3];
	if (!block.order && (__u32)ctx->args[3] == held_config.movable) {
		bpf_map_delete_elem(&blocks, &page);	/* if its end was missed */
		return 0;
	}
	block.stack = take_stack(ctx);
	block.time_ns = bpf_ktime_get_ns();
	if (bpf_map_update_elem(&blocks, &page, &block, BPF_ANY))
		__sync_fetch_and_add(&held_counters.full, 1);
	return 0;
}

SEC("raw_tp/mm_page_free")
int held_free(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 page = ctx->args[0];
	struct aw_held_block *block;

	if (!is_sampled(page))
		return 0;
	block = bpf_map_lookup_elem(&blocks, &page);
	/* cma_release() gives its pages back one by one: give_cma() is for these */
	if (block && !block->cma_pages)
		bpf_map_delete_elem(&blocks, &page);
	return 0;
}

#define RELEASE_NS 1000000000	/* from the end of a release to its event at most: the task may be preempted there */

/*
 * What drivers take from CMA areas, which mm_page_alloc does not see.  It is rare and large: all of it is followed, and not
 * only what is in the sample.
 */
static __always_inline int take_cma(void *ctx, __u64 page, __u64 pages)
{
	struct aw_held_block block = { .migratetype = -1, .cma_pages = pages }, *before;

	if (!page)
		return 0;
	before = bpf_map_lookup_elem(&blocks, &page);
	if (before && before->cma_pages)
		block.releases = 1;
	block.stack = take_stack(ctx);
	block.time_ns = bpf_ktime_get_ns();
	if (bpf_map_update_elem(&blocks, &page, &block, BPF_ANY))
		__sync_fetch_and_add(&held_counters.full, 1);
	return 0;
}

/*
 * cma_release() frees the range before its event: another cpu may take the range at once, and its event then comes
 * first.  So what is taken while it seems not to be given back is followed, and a release soon after is that of the one
 * before.  A later one is its own: the event of the one before was missed.
 */
static __always_inline int give_cma(__u64 page)
{
	struct aw_held_block *block = bpf_map_lookup_elem(&blocks, &page);

	if (block && block->releases && bpf_ktime_get_ns() - block->time_ns < RELEASE_NS)
		block->releases--;
	else
		bpf_map_delete_elem(&blocks, &page);
	return 0;
}

/* 5.13 on: (name, pfn, page, count, ...), and cma_release likewise. */
SEC("raw_tp/cma_alloc_finish")
int held_cma_finish(struct bpf_raw_tracepoint_args *ctx)
{
	return take_cma(ctx, ctx->args[2], ctx->args[3]);
}

SEC("raw_tp/cma_release")
int held_cma_release(struct bpf_raw_tracepoint_args *ctx)
{
	return give_cma(ctx->args[2]);
}

/* Before: (pfn, page, count, ...). */
SEC("raw_tp/cma_alloc")
int held_cma_alloc(struct bpf_raw_tracepoint_args *ctx)
{
	return take_cma(ctx, ctx->args[1], ctx->args[2]);
}

SEC("raw_tp/cma_release")
int held_cma_release_old(struct bpf_raw_tracepoint_args *ctx)
{
	return give_cma(ctx->args[1]);
}

char LICENSE[] SEC("license") = "GPL";
