/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures counted by kind: exact in a storm, while the ring carries samples.
 *
 * Every failure either leaves a record in the ring or counts in `unsampled` of
 * its kind; kinds that find no room in the maps count in counters.other.
 */
#ifndef AW_COUNTS_BPF_H
#define AW_COUNTS_BPF_H

const struct aw_count no_count;

/* Racing cpus may go over a budget by a few: it bounds cost, not meaning. */
static __always_inline int aw_within(struct aw_bpf_budget *budget, __u64 now, __u64 per_second)
{
	__u64 second = now / 1000000000;

	if (budget->second != second) {
		budget->second = second;
		budget->used = 0;
	}
	return budget->used++ < per_second;
}

/* The stack that runs, into the notes: nobody else uses those of this context. */
static __always_inline void aw_take_stack(void *ctx, struct aw_request *request)
{
	__u64 hash = 0, place = 0;

	request->nr_frames = aw_fill_stack(ctx, request->frames);
	for (int i = 0; i < AW_WIRE_STACK; i++) {
		if (i >= request->nr_frames)
			break;
		hash = (hash ^ request->frames[i]) * 0x9e3779b97f4a7c15ull;
		hash ^= hash >> 32;
		if (i < AW_PLACE_FRAMES)
			place = hash;
	}
	request->stack = hash;
	request->place = place;
}

/* What this place may still have, by order; NULL: it has no budgets of its own. */
static __always_inline struct aw_place *aw_place_of(const struct aw_request *request, __u32 order)
{
	__u64 key = request->place ^ order;
	struct aw_place *place = bpf_map_lookup_elem(&places, &key);

	if (place)
		return place;
	bpf_map_update_elem(&places, &key, &no_place, BPF_NOEXIST);
	return bpf_map_lookup_elem(&places, &key);
}

/* The kind's entry in this map, a new one if there is none.  NULL: no room. */
static __always_inline struct aw_count *aw_count_in(void *map, const struct aw_count_key *key,
						    const struct aw_request *request, __s64 most_frames)
{
	struct aw_count *count = bpf_map_lookup_elem(map, key);
	__s64 frames = request->nr_frames < most_frames ? request->nr_frames : most_frames;

	if (count)
		return count;
	bpf_map_update_elem(map, key, &no_count, BPF_NOEXIST);
	count = bpf_map_lookup_elem(map, key);
	if (!count)
		return 0;
	__builtin_memcpy(count->stack, request->frames, sizeof(count->stack));
	count->nr_frames = frames < 0 ? 0 : frames;
	count->caller = request->warn_caller;
	return count;
}

/* By the whole stack, else by place; NULL: no room in either. */
static __always_inline struct aw_count *aw_count_of(struct aw_count_key *key, const struct aw_request *request)
{
	struct aw_count *count = aw_count_in(&counts, key, request, AW_WIRE_STACK);

	if (count)
		return count;
	key->stack = request->place;
	return aw_count_in(&place_counts, key, request, AW_PLACE_FRAMES);
}

static __always_inline void aw_unsampled(struct aw_count *count, __u32 order)
{
	__sync_fetch_and_add(&counters.unsampled, 1);
	if (count)
		__sync_fetch_and_add(&count->unsampled, 1);
	else
		__sync_fetch_and_add(&counters.other[order < AW_WIRE_ORDERS ? order : AW_WIRE_ORDERS - 1], 1);
}

#endif
