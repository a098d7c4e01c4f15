// SPDX-License-Identifier: GPL-2.0
/*
 * Failed requests: mm_page_alloc with no page, and warn_alloc just before it.
 *
 * Both programs see the same failure.  What warn_alloc's sees is kept under the
 * request's key until mm_page_alloc's sends the record, so that one request is
 * one record.  If only one of them runs, it sends a record by itself.
 *
 * mm_page_alloc is a raw_tp program on every kernel.  For tp_btf, the verifier
 * of 6.5 to 6.12 may consider the struct page pointer trusted, hence never NULL,
 * and remove the branch for failures (cb4158ce8ec8, "bpf: Mark raw_tp arguments
 * with PTR_MAYBE_NULL").  Both types of program run through bpf_trace_run4() at
 * the same cost.
 */

struct aw_failed {
	__u64 gfp;
	__u32 order;
	__s32 migratetype;
	__u32 seen;		/* AW_SEEN_* */
};

static __always_inline __u32 aw_watched(void)
{
	return (watch.warn ? AW_SEEN_WARN_WATCHED : 0) |
	       (watch.printed && aw_config.tracepoint ? AW_SEEN_PRINT_WATCHED : 0);
}

static __always_inline __u32 aw_seen(const struct aw_failed *failed, const struct aw_request *request)
{
	__u32 seen = failed->seen | aw_watched() | request->zones_flags;

	if (request->warn_ns)
		seen |= AW_SEEN_WARN | (request->printed ? AW_SEEN_PRINTED : 0) |
			(request->nodemask_known ? AW_SEEN_NODEMASK : 0);
	return seen;
}

/* What the state of a request adds to its record. */
static __always_inline void aw_add_request(struct aw_wire_failure *record,
					   const struct aw_request *request)
{
	record->effort = request->tried.now.effort;
	if (!request->tried_unknown)
		record->effort.known |= watch.effort;
	record->attempts = request->tried.now.attempts;
	record->head.id = request->zones_id;
	record->request.nr_zones = request->nr_zones;
	if (!request->warn_ns)
		return;
	record->head.time_ns = request->warn_ns;
	record->request.caller = request->warn_caller;
	record->request.nodemask = request->nodemask;
}

static __always_inline void aw_fill_failure(struct aw_wire_failure *record, const struct aw_failed *failed,
					    const struct aw_request *request)
{
	aw_fill_task(&record->task);
	record->request.gfp = failed->gfp;
	record->request.order = failed->order;
	record->request.migratetype = failed->migratetype;
	record->request.seen = aw_seen(failed, request);
	aw_add_request(record, request);
	aw_wire_size_failure(record);
	__builtin_memcpy(record->stack.frames, request->frames, sizeof(record->stack.frames));
	record->stack.nr_frames = request->nr_frames;
}

static __always_inline void aw_send_stall(void *ctx, const struct aw_failed *late,
					  struct aw_request *request)
{
	struct aw_wire_failure *record = aw_record_begin(sizeof(*record), AW_WIRE_STALL, bpf_ktime_get_ns(),
							 AW_LOST_RING_OTHER);

	if (!record)
		return;
	aw_take_stack(ctx, request, 0);
	aw_fill_failure(record, late, request);
	aw_record_commit(record);
}

/* Sends a record if the budget of its call site allows it and the ring buffer has room.  Was it sent? */
static __always_inline int aw_send_sample(const struct aw_failed *failed, const struct aw_request *request,
					  struct aw_bpf_budget *budget)
{
	struct aw_wire_failure *record;

	if (!aw_within(budget, request->now_ns, aw_config.samples_per_second))
		return 0;
	record = aw_record_begin_zeroed(sizeof(*record), offsetof(struct aw_wire_failure, stack.frames), AW_WIRE_FAILURE,
					request->now_ns, AW_LOST_RING_FAILURE);
	if (!record)
		return 0;
	aw_fill_failure(record, failed, request);
	aw_record_commit_failure(record);
	return 1;
}

/* There is no room for the state of the request: only its order is counted. */
static __always_inline void aw_count_only(__u32 order)
{
	__sync_fetch_and_add(&counters.failures, 1);
	aw_unsampled(0, order);
}

/*
 * Counts a failure and sends it as a sample, or counts its signature; the stack and the budgets are in the state of the
 * request.  Not inlined, and found by its key again: from 5.12 on it could be handed the state.
 */
__attribute__((noinline)) int aw_send_failure(__u64 request_key, __u64 gfp, __u32 order, __s32 migratetype, __u32 seen)
{
	const struct aw_failed failed = { .gfp = gfp, .order = order, .migratetype = migratetype, .seen = seen };
	struct aw_request *request = aw_request_at(request_key);
	struct aw_call_site *site;
	struct aw_count_key key = {};
	__u32 place;

	if (!request) {
		aw_count_only(order);
		return 0;
	}
	__sync_fetch_and_add(&counters.failures, 1);
	place = request->budgets;
	site = bpf_map_lookup_elem(&call_sites, &place);
	if (aw_send_sample(&failed, request, site ? &site->samples : &budget.samples))
		return 0;
	key.stack = request->stack;
	key.gfp = gfp;
	key.order = order;
	key.seen = aw_seen(&failed, request) & AW_SEEN_SIGNATURE;
	key.migratetype = migratetype;
	aw_unsampled(aw_count_of(&key, request), order);
	return 0;
}

static __always_inline int aw_wanted(__u32 order)
{
	return aw_order_wanted(order) && aw_task_wanted();
}

/*
 * Is this the end of the request that is followed?  After warn_alloc, only
 * mm_page_alloc with no page is; before, the slow path decides.
 */
static __always_inline int aw_is_end(const struct aw_request *request, __u32 order, __u64 gfp, int got_page)
{
	if (request->warn_ns)
		return !got_page && request->warn_order == order;
	return aw_effort_is_end(&request->tried, order, aw_may_reclaim(gfp)) ||
	       aw_effort_is_promoted_end(&request->tried, order, gfp);
}

/*
 * The state of a request that fails, and its key: that of its context, or a key of its own if another request is in
 * its slow path there.  NULL: it has none yet.
 */
static __always_inline struct aw_request *aw_failing(__u64 *key, __u32 order, __u64 gfp)
{
	struct aw_request *request = aw_request_of(*key);

	if (!request || aw_is_end(request, order, gfp, 0))
		return request;
	*key |= AW_KEY_NESTED;
	return bpf_map_lookup_elem(&requests, key);
}

/* Takes the stack (`at_entry`: see aw_take_stack()), and a picture of the zones, unless the budget for those is used up. */
static __always_inline void aw_look(void *ctx, struct aw_request *request, __u32 order, int at_entry)
{
	struct aw_call_site *site;

	aw_take_stack(ctx, request, at_entry);
	site = aw_call_site_of(request, order);
	if (!request->looked)
		aw_take_zones(request, site);
	request->looked = 1;
}

/* Without warn_alloc, or where it found no stack. */
static __always_inline void aw_look_at_end(void *ctx, struct aw_request *request, __u32 order)
{
	request->now_ns = request->warn_ns ? request->warn_ns : bpf_ktime_get_ns();
	if (!request->warn_ns)
		aw_effort_close(&request->tried, request->now_ns);
	aw_look(ctx, request, order, 0);
}

/* mm_page_alloc with no page */
static __always_inline void aw_no_page(void *ctx, __u32 order, __u64 gfp, int migratetype)
{
	__u64 key = aw_request_key();
	struct aw_request *request = aw_failing(&key, order, gfp);

	if (!aw_wanted(order)) {
		if (request)
			aw_request_end(key, request);
		return;
	}
	if (!request)
		request = aw_request_new(key);
	if (!request) {
		aw_count_only(order);
		return;
	}
	/* warn_alloc was entered just before, and took the stack and the zones */
	if (request->warn_ns && request->nr_frames) {
		request->now_ns = request->warn_ns;
		aw_call_site_of(request, order);
	} else {
		aw_look_at_end(ctx, request, order);
	}
	aw_send_failure(key, gfp, order, migratetype, AW_SEEN_TRACEPOINT);
	aw_request_end(key, request);
}

/* A request got a page; if it was followed, its slow path is over. */
static __always_inline void aw_got_page(void *ctx, __u32 order, __u64 gfp, int migratetype)
{
	struct aw_failed late = {
		.gfp = gfp, .order = order, .migratetype = migratetype,
		.seen = AW_SEEN_TRACEPOINT,
	};
	__u64 key = aw_request_key(), now;
	struct aw_request *request = aw_request_of(key);

	if (!request || !aw_is_end(request, order, gfp, 1))
		return;
	now = bpf_ktime_get_ns();
	aw_effort_close(&request->tried, now);
	if (request->tried.now.effort.begin_ns && aw_wanted(order) &&
	    now - request->tried.now.effort.begin_ns >= aw_config.stall_ns)
		aw_send_stall(ctx, &late, request);
	aw_request_end(key, request);
}

static __always_inline void aw_count_allocation(__u32 order)
{
	__u32 key = order < AW_WIRE_ORDERS ? order : AW_WIRE_ORDERS - 1;
	__u64 *count = bpf_map_lookup_elem(&allocations, &key);

	if (count)
		++*count;
}

static __always_inline int aw_page_alloc(struct bpf_raw_tracepoint_args *ctx)
{
	if (!ctx->args[0])
		aw_no_page(ctx, ctx->args[1], (__u32)ctx->args[2], ctx->args[3]);
	else if (aw_may_be_followed())
		aw_got_page(ctx, ctx->args[1], (__u32)ctx->args[2], ctx->args[3]);
	return 0;
}

/* Only one of the two is loaded: a run-time test would cost five instructions per allocation. */
SEC("?raw_tp/mm_page_alloc")
int page_alloc(struct bpf_raw_tracepoint_args *ctx)
{
	return aw_page_alloc(ctx);
}

SEC("?raw_tp/mm_page_alloc")
int page_alloc_count(struct bpf_raw_tracepoint_args *ctx)
{
	if (ctx->args[0])
		aw_count_allocation(ctx->args[1]);
	return aw_page_alloc(ctx);
}
