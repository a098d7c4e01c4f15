// SPDX-License-Identifier: GPL-2.0
/*
 * Effort: what a request tried in its slow path, from the tracepoints that
 * fire there.
 *
 * Only direct_reclaim_begin and try_to_compact_pages begin notes: kswapd,
 * kcompactd and /proc/sys/vm/compact_memory fire the other events as well.
 * All are raw_tp programs: scalar arguments need no BTF.  Arguments are read
 * before a branch on their place: the verifier refuses a context offset chosen
 * at run time.
 */

/* The notes of the request that runs here, begun if need be. */
static __always_inline struct aw_request *aw_slow_path(int order)
{
	struct aw_request *request;

	if (!aw_task_wanted() || (order >= 0 && !aw_order_wanted(order)))
		return 0;
	request = aw_request_begin(aw_request_key());
	if (!request)
		return 0;
	/* Notes left by a request whose end was missed. */
	if (request->warn_ns || (request->order >= 0 && order >= 0 && request->order != order)) {
		aw_lost(AW_LOST_EXPIRED);
		__builtin_memcpy(request, &no_request, sizeof(no_request));
	}
	if (!request->effort.begin_ns)
		request->effort.begin_ns = bpf_ktime_get_ns();
	request->order = order;
	return request;
}

SEC("?raw_tp/mm_vmscan_direct_reclaim_begin")
int reclaim_begin(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 first = ctx->args[0], second = ctx->args[1];
	struct aw_request *request;
	__u64 now;

	barrier_var(first);
	barrier_var(second);
	request = aw_slow_path(aw_config.reclaim_order_arg ? second : first);
	if (!request)
		return 0;
	now = bpf_ktime_get_ns();
	aw_attempt_end(request, now);
	request->reclaim_ns = now;
	return 0;
}

/*
 * do_try_to_free_pages() returns 1 without having freed anything when
 * compaction_ready() says that costly orders had better be compacted: a
 * sentinel, not a page.
 */
SEC("?raw_tp/mm_vmscan_direct_reclaim_end")
int reclaim_end(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();
	__u64 pages = ctx->args[0];

	if (!request || !request->reclaim_ns)
		return 0;
	request->effort.reclaim_calls++;
	request->effort.reclaim_ns += bpf_ktime_get_ns() - request->reclaim_ns;
	request->effort.reclaim_pages += pages;
	if (pages == 1 && request->order > 3)
		request->effort.reclaim_declined++;
	request->reclaim_ns = 0;
	return 0;
}

SEC("?raw_tp/mm_compaction_try_to_compact_pages")
int compaction_try(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_slow_path(ctx->args[0]);
	__u64 now;
	__u32 index;

	if (!request)
		return 0;
	now = bpf_ktime_get_ns();
	aw_attempt_end(request, now);
	request->attempt_ns = now;
	index = request->effort.compact_calls++;
	if (index < AW_WIRE_ATTEMPTS) {
		request->effort.attempts[index].prio = ctx->args[2];
		request->effort.attempts[index].result = -1;
	}
	return 0;
}

/* The attempt that runs here now; NULL: none, or more than are kept one by one. */
static __always_inline struct aw_wire_attempt *aw_attempt(struct aw_request *request)
{
	__u32 index;

	if (!request || !request->attempt_ns || request->reclaim_ns)
		return 0;
	index = request->effort.compact_calls - 1;
	return index < AW_WIRE_ATTEMPTS ? &request->effort.attempts[index] : 0;
}

/* try_to_compact_pages() returns the largest result of its zones. */
static __always_inline void aw_attempt_result(struct aw_wire_attempt *attempt, int result)
{
	if (result > attempt->result)
		attempt->result = result;
}

SEC("?raw_tp/mm_compaction_suitable")
int compaction_suitable(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_wire_attempt *attempt = aw_attempt(aw_request_current());
	int result = ctx->args[2];

	if (!attempt)
		return 0;
	attempt->flags |= AW_ATTEMPT_SUITABLE;
	if (result != AW_COMPACT_CONTINUE)	/* "go on" is no result yet */
		aw_attempt_result(attempt, result);
	return 0;
}

SEC("?raw_tp/mm_compaction_deferred")
int compaction_deferred(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_wire_attempt *attempt = aw_attempt(aw_request_current());

	if (!attempt)
		return 0;
	attempt->flags |= AW_ATTEMPT_DEFERRED;
	aw_attempt_result(attempt, AW_COMPACT_DEFERRED);
	return 0;
}

SEC("?raw_tp/mm_compaction_begin")
int compaction_begin(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request && request->attempt_ns)
		request->compacting = 1;
	return 0;
}

static __always_inline void aw_zone_compacted(int result)
{
	struct aw_request *request = aw_request_current();
	struct aw_wire_attempt *attempt = aw_attempt(request);

	if (request)
		request->compacting = 0;
	if (!attempt)
		return;
	attempt->zones++;
	aw_attempt_result(attempt, result);
}

/*
 * The status is the last argument, of five since 5.19 ("mm: compaction: use
 * compact_control in trace events"), of six before; reading one that is not
 * there keeps a program from being attached.
 */
SEC("?raw_tp/mm_compaction_end")
int compaction_end(struct bpf_raw_tracepoint_args *ctx)
{
	aw_zone_compacted(ctx->args[4]);
	return 0;
}

SEC("?raw_tp/mm_compaction_end")
int compaction_end_of_six(struct bpf_raw_tracepoint_args *ctx)
{
	aw_zone_compacted(ctx->args[5]);
	return 0;
}

SEC("?raw_tp/reclaim_retry_zone")
int reclaim_retry(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (!request)
		return 0;
	aw_attempt_end(request, bpf_ktime_get_ns());
	request->effort.reclaim_retries++;
	request->effort.retry_reclaimable = ctx->args[2];
	request->effort.retry_available = ctx->args[3];
	request->effort.retry_min_wmark = ctx->args[4];
	request->effort.retry_no_progress = ctx->args[5];
	request->effort.retry_wmark_ok = ctx->args[6] & 1;
	return 0;
}

SEC("?raw_tp/compact_retry")
int compact_retry(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (!request)
		return 0;
	aw_attempt_end(request, bpf_ktime_get_ns());
	request->effort.compact_retries++;
	request->effort.compact_retry_prio = ctx->args[1];
	request->effort.compact_retry_result = ctx->args[2];
	request->effort.compact_retry_loops = ctx->args[3];
	request->effort.compact_retry_max = ctx->args[4];
	request->effort.compact_retry_ret = ctx->args[5] & 1;
	return 0;
}
