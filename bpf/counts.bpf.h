/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures counted by signature: exact in a storm, when the ring buffer carries
 * only samples.
 *
 * Every failure either leaves a record in the ring buffer or counts in
 * `unsampled` of its signature.  Failures whose signature finds no room in the
 * maps count in counters.other.
 */
#ifndef AW_COUNTS_BPF_H
#define AW_COUNTS_BPF_H

const struct aw_count no_count;

/* Cpus that race may exceed a budget by a few.  It limits cost; no result depends on it. */
static __always_inline int aw_within(struct aw_bpf_budget *budget, __u64 now, __u64 per_second)
{
	__u64 second = now / 1000000000;

	if (budget->second != second) {
		budget->second = second;
		budget->used = 0;
	}
	return budget->used++ < per_second;
}

static __always_inline __u64 aw_mix(__u64 hash, __u64 frame, __u64 factor)
{
	hash = (hash ^ frame) * factor;
	return hash ^ hash >> 32;
}

/*
 * Stores the stack of the caller of the function that has just been entered.  That caller is missed by arm64's unwinder, and on
 * x86_64 by the one that goes by frame pointers: its return address takes the place of the function.
 */
static __always_inline __u32 aw_take_frames_of_caller(void *ctx, __u64 *frames, __u64 return_address)
{
	__u32 count;

#ifndef __TARGET_ARCH_arm64
	count = aw_take_frames(ctx, frames, 1);
	if (!return_address || (count && frames[0] == return_address))
		return count;
#endif
	count = aw_take_frames(ctx, frames, 0);
	if (count)
		frames[0] = return_address;
	return count;
}

/*
 * Stores the current stack in the request's state, which no other context uses.  `at_entry`, a constant: warn_alloc has just been
 * entered, and it is to be the stack of its caller; else that of a tracepoint.
 */
static __always_inline void aw_take_stack(void *ctx, struct aw_request *request, int at_entry)
{
	__u64 hash = 0, frames, factor = 0x9e3779b97f4a7c15ull;

	barrier_var(factor);	/* kept in a register: it takes four instructions to load */
	request->nr_frames = at_entry ? aw_take_frames_of_caller(ctx, request->frames, request->warn_caller) :
					aw_take_frames(ctx, request->frames, 0);
	frames = request->nr_frames;
	for (int i = 0; i < AW_CALL_SITE_FRAMES && i < frames; i++)
		hash = aw_mix(hash, request->frames[i], factor);
	request->site = hash;
	for (int i = AW_CALL_SITE_FRAMES; i < AW_WIRE_STACK && i < frames; i++)
		hash = aw_mix(hash, request->frames[i], factor);
	request->stack = hash;
}

/*
 * The budgets of this call site and order; NULL: no room for them.  Those that were not used in this second are as new,
 * so their place is free.
 */
static __always_inline struct aw_call_site *aw_call_site_of(struct aw_request *request, __u32 order)
{
	__u64 key = request->site ^ order, second = request->now_ns / 1000000000;
	struct aw_call_site *none = 0;

	request->budgets = AW_CALL_SITES;
	for (__u32 i = 0; i < AW_CALL_SITE_PLACES; i++) {
		__u32 place = ((__u32)key + i) % AW_CALL_SITES;
		struct aw_call_site *site = bpf_map_lookup_elem(&call_sites, &place);

		if (!site)
			return 0;
		if (site->key == key) {
			request->budgets = place;
			return site;
		}
		if (!none && site->zones.second != second && site->samples.second != second) {
			request->budgets = place;
			none = site;
		}
	}
	if (none)
		none->key = key;
	return none;
}

/* The entry of this signature, a new one if there is none.  NULL: no room. */
static __always_inline struct aw_count *aw_count_in(void *map, const struct aw_count_key *key,
						    const struct aw_request *request, __u64 most_frames)
{
	struct aw_count *count = bpf_map_lookup_elem(map, key);

	if (count)
		return count;
	bpf_map_update_elem(map, key, &no_count, BPF_NOEXIST);
	count = bpf_map_lookup_elem(map, key);
	if (!count)
		return 0;
	__builtin_memcpy(count->stack, request->frames, sizeof(count->stack));
	count->nr_frames = request->nr_frames < most_frames ? request->nr_frames : most_frames;
	count->caller = request->warn_caller;
	return count;
}

/* By the whole stack, else by call site.  NULL: no room in either map. */
static __always_inline struct aw_count *aw_count_of(struct aw_count_key *key, const struct aw_request *request)
{
	struct aw_count *count = aw_count_in(&counts, key, request, AW_WIRE_STACK);

	if (count)
		return count;
	key->stack = request->site;
	return aw_count_in(&site_counts, key, request, AW_CALL_SITE_FRAMES);
}

static __always_inline void aw_unsampled(struct aw_count *count, __u32 order)
{
	__u32 index = order < AW_WIRE_ORDERS ? order : AW_WIRE_ORDERS - 1;

	_Static_assert(!(AW_WIRE_ORDERS & (AW_WIRE_ORDERS - 1)), "a mask is a bound that the verifier sees");
	barrier_var(index);
	__sync_fetch_and_add(&counters.unsampled, 1);
	if (count)
		__sync_fetch_and_add(&count->unsampled, 1);
	else
		__sync_fetch_and_add(&counters.other[index & (AW_WIRE_ORDERS - 1)], 1);
}

#endif
