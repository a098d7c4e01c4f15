/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state of requests that are in their slow path, or have failed and are not
 * over.
 */
#ifndef AW_REQUEST_BPF_H
#define AW_REQUEST_BPF_H

/* task_struct is aligned to cache lines, of 64 bytes or more on arm64 and x86_64: its key, shifted back, is its address. */
static __always_inline __u32 aw_following_slot(void)
{
	return aw_following_slot_of(bpf_get_current_task());
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

/*
 * The state of a request is in a place of its task, which costs a few instructions where the hash table takes 800.  Tasks
 * that share a place add to its counter, and then look: only one of them can find 1 and take it.  NULL: it is taken.
 */
static __always_inline struct aw_request *aw_direct_take(__u64 key)
{
	__u32 slot = aw_following_slot(), place = slot % AW_DIRECT;
	struct aw_request *request = bpf_map_lookup_elem(&direct, &place);
	volatile __u32 *taken = &following.direct[slot % AW_DIRECT];

	if (!request || *taken)
		return 0;
	__sync_fetch_and_add(taken, 1);
	if (*taken != 1) {
		__sync_fetch_and_add(taken, -1);
		return 0;
	}
	aw_following_add(slot, 1);
	if (!request->ready)
		aw_effort_clear(&request->tried);
	request->ready = 1;
	request->slot = slot;
	request->key = key;
	return request;
}

/* The state in the place of the task with this slot, if it is that of this key. */
static __always_inline struct aw_request *aw_direct_of(__u32 slot, __u64 key)
{
	__u32 place = slot % AW_DIRECT;
	struct aw_request *request = bpf_map_lookup_elem(&direct, &place);

	return request && request->key == key ? request : 0;
}

/* The state of this key, which is not that of a nested request; NULL: it has none. */
static __always_inline struct aw_request *aw_request_of(__u64 key)
{
	struct aw_request *request = aw_direct_of(aw_following_slot(), key);

	return request ? request : bpf_map_lookup_elem(&requests, &key);
}

/* The state of this key, whatever it is of; NULL: it has none. */
static __always_inline struct aw_request *aw_request_at(__u64 key)
{
	return key & AW_KEY_NESTED ? bpf_map_lookup_elem(&requests, &key) : aw_request_of(key);
}

/* A new state; this key has none.  NULL: no room, which is counted. */
static __always_inline struct aw_request *aw_request_new(__u64 key)
{
	struct aw_request *request = key & AW_KEY_NESTED ? 0 : aw_direct_take(key);

	if (request)
		return request;
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

/* Nothing is noted of the request but what it tried. */
static __always_inline void aw_request_forget(struct aw_request *request)
{
	request->warn_ns = 0;
	request->warn_caller = 0;
	request->nodemask_known = 0;
	request->printed = 0;
	request->zones_id = 0;
	request->zones_flags = 0;
	request->nr_zones = 0;
	request->looked = 0;
	request->tried_unknown = 0;
	request->nr_frames = 0;
	request->stack = 0;
	request->site = 0;
}

static __always_inline void aw_direct_end(struct aw_request *request)
{
	__u32 slot = request->slot;

	aw_request_forget(request);
	if (request->tries) {
		aw_effort_clear_run(&request->tried.now);
		request->tried.forgot = 0;
		request->tries = 0;
	}
	request->key = 0;
	aw_following_add(slot, -1);
	__sync_fetch_and_add(&following.direct[slot % AW_DIRECT], -1);
}

/* That of a task in its slow path: what sleeps is not in an interrupt, so the key is that of the task. */
static __always_inline struct aw_request *aw_request_of_task(__u64 key)
{
	__u32 slot = aw_following_slot_of(key << 6);
	struct aw_request *request;

	if (!following.slots[slot])
		return 0;
	request = aw_direct_of(slot, key);
	return request ? request : bpf_map_lookup_elem(&requests, &key);
}

/* The state of the request that reclaims or compacts here; NULL: none is followed. */
static __always_inline struct aw_request *aw_request_current(void)
{
	return following.requests ? aw_request_of_task(aw_task_key()) : 0;
}

/* The request is over.  If it began inside another one, that one is followed again. */
static __always_inline void aw_request_end(__u64 key, struct aw_request *request)
{
	if (aw_effort_resume_outer(&request->tried)) {
		aw_request_forget(request);
	} else if (request->key) {
		aw_direct_end(request);
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
