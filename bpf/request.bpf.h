/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state of requests that are in their slow path, or have failed and are not
 * over.
 */
#ifndef AW_REQUEST_BPF_H
#define AW_REQUEST_BPF_H

/* task_struct is aligned to cache lines. */
static __always_inline __u32 aw_following_slot(void)
{
	return (__u32)(bpf_get_current_task() >> 6) % AW_FOLLOWING_SLOTS;
}

static __always_inline void aw_following_add(__u32 slot, int count)
{
	__sync_fetch_and_add(&following.slots[slot % AW_FOLLOWING_SLOTS], count);
	__sync_fetch_and_add(&following.requests, count);
}

/* May a request be followed in this context?  Cheaper than its key, which needs the preempt count. */
static __always_inline int aw_may_be_followed(void)
{
	return following.requests && following.slots[aw_following_slot()];
}

/* A new state; this key has none.  NULL: no room, which is counted. */
static __always_inline struct aw_request *aw_request_new(__u64 key)
{
	struct aw_request *request;

	if (bpf_map_update_elem(&requests, &key, &no_request, BPF_NOEXIST)) {
		aw_lost(AW_LOST_INFLIGHT_FULL);
		return 0;
	}
	request = bpf_map_lookup_elem(&requests, &key);
	if (request) {
		request->slot = aw_following_slot();
		aw_following_add(request->slot, 1);
	}
	return request;
}

/* The state of this key, a new one if there is none.  NULL: no room. */
static __always_inline struct aw_request *aw_request_begin(__u64 key)
{
	struct aw_request *request = bpf_map_lookup_elem(&requests, &key);

	return request ? request : aw_request_new(key);
}

/* The state of the request that runs here; NULL: none is followed. */
static __always_inline struct aw_request *aw_request_current(void)
{
	__u64 key;

	if (!following.requests)
		return 0;
	key = aw_request_key();
	return bpf_map_lookup_elem(&requests, &key);
}

/* The request is over.  If it began inside another one, that one is followed again. */
static __always_inline void aw_request_end(__u64 key, struct aw_request *request)
{
	if (aw_effort_resume_outer(&request->tried)) {
		request->warn_ns = 0;
		request->warn_caller = 0;
		request->printed = 0;
		request->zones_id = 0;
		request->zones_flags = 0;
		request->nr_zones = 0;
		request->looked = 0;
		request->nr_frames = 0;
		request->stack = 0;
		request->site = 0;
	} else {
		__u32 slot = request->slot;

		if (!bpf_map_delete_elem(&requests, &key))
			aw_following_add(slot, -1);
	}
}

/* A mask that allows direct reclaim allows direct compaction, too. */
static __always_inline int aw_may_reclaim(__u64 gfp)
{
	return !aw_config.direct_reclaim || gfp & aw_config.direct_reclaim;
}

#endif
