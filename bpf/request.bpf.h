/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Notes on a request while it is in its slow path.
 */
#ifndef AW_REQUEST_BPF_H
#define AW_REQUEST_BPF_H

static __always_inline void aw_request_end(__u64 key)
{
	if (!bpf_map_delete_elem(&requests, &key))
		__sync_fetch_and_add(&following.requests, -1);
}

/* The notes, new ones if there are none.  NULL: no room, which is counted. */
static __always_inline struct aw_request *aw_request_begin(__u64 key)
{
	struct aw_request *request = bpf_map_lookup_elem(&requests, &key);

	if (request)
		return request;
	if (bpf_map_update_elem(&requests, &key, &no_request, BPF_NOEXIST)) {
		aw_lost(AW_LOST_INFLIGHT_FULL);
		return 0;
	}
	__sync_fetch_and_add(&following.requests, 1);
	return bpf_map_lookup_elem(&requests, &key);
}

/* The notes of the request that runs here; NULL: none is followed. */
static __always_inline struct aw_request *aw_request_current(void)
{
	__u64 key;

	if (!following.requests)
		return 0;
	key = aw_request_key();
	return bpf_map_lookup_elem(&requests, &key);
}

/* Compaction has no event at its end: the next sign of the request is it. */
static __always_inline void aw_attempt_end(struct aw_request *request, __u64 now)
{
	struct aw_wire_effort *effort = &request->effort;
	__u32 index = effort->compact_calls - 1;
	__u64 took;

	if (!request->attempt_ns)
		return;
	took = now - request->attempt_ns;
	effort->compact_ns += took;
	if (index < AW_WIRE_ATTEMPTS)
		effort->attempts[index].us = took / 1000;
	request->attempt_ns = 0;
	request->compacting = 0;
}

/* The slow path is over: what is open is closed. */
static __always_inline void aw_effort_end(struct aw_request *request)
{
	__u64 now = bpf_ktime_get_ns();

	aw_attempt_end(request, now);
	if (request->reclaim_ns)
		request->effort.reclaim_ns += now - request->reclaim_ns;
	request->reclaim_ns = 0;
}

#endif
