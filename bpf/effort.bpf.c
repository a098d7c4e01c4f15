// SPDX-License-Identifier: GPL-2.0
/*
 * The tracepoints of the slow path; they feed the state machine of effort.h.
 *
 * All are raw_tp programs, because scalar arguments need no BTF.  Arguments are
 * read before a branch on their position: the verifier refuses a context offset
 * that is chosen at run time.
 */

/* The zone at this address is one that the request tries. */
static __always_inline void aw_name_zone(struct aw_request *request, __u64 zone)
{
	for (int i = 0; i < AW_WIRE_ZONES && known_zones.zone[i]; i++) {
		if (known_zones.zone[i] != zone)
			continue;
		aw_effort_named(&request->tried, i);
		return;
	}
}

/*
 * The state of the current request, a new one if there is none.  `first`: a request begins with this.  NULL: filtered
 * out, or no room.
 */
static __always_inline struct aw_request *aw_slow_path(int order, int first)
{
	struct aw_request *request;
	__u64 key;

	if (!aw_task_wanted() || (order >= 0 && !aw_order_wanted(order)))
		return 0;
	key = aw_task_key();
	request = aw_request_of_task(key);
	if (request && request->warn_ns)
		aw_unpaired(key, request);
	if (!request)
		request = aw_request_new(key);
	if (!request)
		return 0;
	request->tries = 1;
	if (!aw_config.tracepoint)
		aw_effort_begins_anew(&request->tried, order, first);
	if (aw_effort_forgets(&request->tried, order))
		aw_lost(AW_LOST_EXPIRED);
	return request;
}

SEC("?raw_tp/mm_vmscan_direct_reclaim_begin")
int reclaim_begin(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 first = ctx->args[0], second = ctx->args[1];
	struct aw_request *request;
	int order;

	barrier_var(first);
	barrier_var(second);
	order = aw_config.reclaim_order_arg ? second : first;
	request = aw_slow_path(order, 0);
	if (!request)
		return 0;
	aw_effort_begin_reclaim(&request->tried, order, bpf_ktime_get_ns());
	if (aw_config.reclaim_order_arg)
		aw_effort_note_mask(&request->tried, first);
	return 0;
}

SEC("?raw_tp/mm_vmscan_direct_reclaim_end")
int reclaim_end(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_end_reclaim(&request->tried, ctx->args[0], bpf_ktime_get_ns());
	return 0;
}

SEC("?raw_tp/mm_compaction_try_to_compact_pages")
int compaction_try(struct bpf_raw_tracepoint_args *ctx)
{
	int order = ctx->args[0];
	struct aw_request *request = aw_slow_path(order, (int)ctx->args[2] == AW_COMPACT_PRIO_ASYNC);

	if (!request)
		return 0;
	aw_effort_begin_attempt(&request->tried, order, ctx->args[2], bpf_ktime_get_ns());
	aw_effort_note_mask(&request->tried, ctx->args[1]);
	return 0;
}

SEC("?raw_tp/mm_compaction_suitable")
int compaction_suitable(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (!request)
		return 0;
	aw_effort_suitable(&request->tried, ctx->args[2], AW_COMPACT_CONTINUE);
	aw_name_zone(request, ctx->args[0]);
	return 0;
}

SEC("?raw_tp/mm_compaction_deferred")
int compaction_deferred(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (!request)
		return 0;
	aw_effort_deferred(&request->tried, AW_COMPACT_DEFERRED);
	aw_name_zone(request, ctx->args[0]);
	return 0;
}

SEC("?raw_tp/mm_compaction_begin")
int compaction_begin(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_begin_zone(&request->tried);
	return 0;
}

static __always_inline void aw_zone_compacted(int status)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_end_zone(&request->tried, status);
}

/*
 * The status is the last argument: of five since 5.19 ("mm: compaction: use
 * compact_control in trace events"), of six before.  A program that reads an
 * argument which does not exist cannot be attached.
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

/* The scanners of compaction: an event for each pageblock or part of one. */
SEC("?raw_tp/mm_compaction_isolate_migratepages")
int compaction_scanned(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_scanned(&request->tried, ctx->args[2], ctx->args[3]);
	return 0;
}

SEC("?raw_tp/mm_compaction_isolate_freepages")
int compaction_free_scanned(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_free_scanned(&request->tried, ctx->args[2], ctx->args[3]);
	return 0;
}

/*
 * A classic tracepoint: the arguments of 5.10, 6.1 and 6.12 differ, the record does not.  It fires once for up to 32 pages
 * (COMPACT_CLUSTER_MAX).
 */
struct aw_migratepages {
	__u64 common;
	unsigned long moved;
	unsigned long failed;
};

SEC("?tracepoint/compaction/mm_compaction_migratepages")
int compaction_moved(struct aw_migratepages *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_moved(&request->tried, ctx->moved, ctx->failed);
	return 0;
}

SEC("?raw_tp/reclaim_retry_zone")
int reclaim_retry(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();
	__u64 zone = 0;

	if (!request)
		return 0;
	aw_effort_reclaim_retry(&request->tried, ctx->args[2], ctx->args[3], ctx->args[4], ctx->args[5], ctx->args[6],
				bpf_ktime_get_ns());
	/* struct zoneref begins with the address of its zone */
	if (!bpf_probe_read_kernel(&zone, sizeof(zone), (void *)ctx->args[0]))
		aw_name_zone(request, zone);
	return 0;
}

SEC("?raw_tp/compact_retry")
int compact_retry(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request)
		aw_effort_compact_retry(&request->tried, ctx->args[2], ctx->args[3], ctx->args[4], ctx->args[5],
					bpf_ktime_get_ns());
	return 0;
}
