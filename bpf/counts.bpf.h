/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Failures counted by kind: exact in a storm, while the ring carries samples.
 *
 * Every failure either leaves a record in the ring or counts in `unsampled` of
 * its kind; kinds that find no room in the map count in counters.other.
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
	__u64 hash = 0;

	request->nr_frames = aw_fill_stack(ctx, request->frames);
	for (int i = 0; i < AW_WIRE_STACK; i++) {
		if (i >= request->nr_frames)
			break;
		hash = (hash ^ request->frames[i]) * 0x9e3779b97f4a7c15ull;
		hash ^= hash >> 32;
	}
	request->stack = hash;
}

/* The kind's entry, a new one if there is none.  NULL: no room. */
static __always_inline struct aw_count *aw_count_of(const struct aw_count_key *key,
						    const struct aw_request *request)
{
	struct aw_count *count = bpf_map_lookup_elem(&counts, key);

	if (count)
		return count;
	bpf_map_update_elem(&counts, key, &no_count, BPF_NOEXIST);
	count = bpf_map_lookup_elem(&counts, key);
	if (!count)
		return 0;
	__builtin_memcpy(count->stack, request->frames, sizeof(count->stack));
	count->nr_frames = request->nr_frames < 0 ? 0 : request->nr_frames;
	count->caller = request->warn_caller;
	return count;
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
