// SPDX-License-Identifier: GPL-2.0
/*
 * Failed requests: mm_page_alloc with no page, and warn_alloc just before it.
 *
 * Both programs see one buddy failure.  warn_alloc's is remembered under the
 * request's key and joined by mm_page_alloc's, so that one request is one
 * record; each alone is a record of its own.
 *
 * mm_page_alloc is a raw_tp program on every kernel.  As tp_btf the verifier
 * of 6.5 to 6.12 may take its struct page pointer for trusted, hence never
 * NULL, and remove the branch for failures (cb4158ce8ec8, "bpf: Mark raw_tp
 * arguments with PTR_MAYBE_NULL"); both kinds run through bpf_trace_run4(),
 * at the same cost.
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
		seen |= AW_SEEN_WARN | (request->printed ? AW_SEEN_PRINTED : 0);
	return seen;
}

/* What the notes of a request add to its record. */
static __always_inline void aw_add_request(struct aw_wire_failure *record,
					   const struct aw_request *request)
{
	__u32 known = record->effort.known;

	__builtin_memcpy(&record->effort, &request->effort, sizeof(record->effort));
	record->effort.known |= known;
	record->head.id = request->zones_id;
	record->nr_zones = request->nr_zones;
	if (!request->warn_ns)
		return;
	record->head.time_ns = request->warn_ns;
	record->caller = request->warn_caller;
}

static __always_inline void aw_fill_failure(struct aw_wire_failure *record, enum aw_wire_type type,
					    const struct aw_failed *failed,
					    const struct aw_request *request)
{
	__u64 now = bpf_ktime_get_ns();

	__builtin_memset(record, 0, sizeof(*record));
	aw_fill_head(&record->head, sizeof(*record), type, now);
	aw_fill_task(&record->task);
	record->end_ns = now;
	record->gfp = failed->gfp;
	record->order = failed->order;
	record->migratetype = failed->migratetype;
	record->seen = aw_seen(failed, request);
	record->effort.known = watch.effort;
	aw_add_request(record, request);
	__builtin_memcpy(record->stack, request->frames, sizeof(record->stack));
	if (request->nr_frames < 0)
		record->stack_error = -request->nr_frames;
	else
		record->nr_frames = request->nr_frames;
}

static __always_inline void aw_send_stall(void *ctx, const struct aw_failed *late,
					  struct aw_request *request)
{
	struct aw_wire_failure *record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);

	if (!record) {
		aw_lost(AW_LOST_RING_OTHER);
		return;
	}
	aw_take_stack(ctx, request);
	aw_fill_failure(record, AW_WIRE_STALL, late, request);
	bpf_ringbuf_submit(record, 0);
}

/* A record, if the budget of its place and the ring have room for it. */
static __always_inline int aw_send_sample(const struct aw_failed *failed, const struct aw_request *request,
					  struct aw_bpf_budget *budget)
{
	struct aw_wire_failure *record;

	if (!aw_within(budget, bpf_ktime_get_ns(), aw_config.samples_per_second))
		return 0;
	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record) {
		aw_lost(AW_LOST_RING_FAILURE);
		return 0;
	}
	aw_fill_failure(record, AW_WIRE_FAILURE, failed, request);
	bpf_ringbuf_submit(record, 0);
	return 1;
}

/* Counts a failure, and sends it as a sample; the notes have its stack. */
static __noinline int aw_send_failure(const struct aw_failed *failed, const struct aw_request *request)
{
	struct aw_count_key key = {
		.stack = request->stack, .gfp = failed->gfp, .order = failed->order,
		.seen = aw_seen(failed, request) & AW_SEEN_OF_KIND, .migratetype = failed->migratetype,
	};
	struct aw_place *place = aw_place_of(request, failed->order);

	__sync_fetch_and_add(&counters.failures, 1);
	if (!aw_send_sample(failed, request, place ? &place->samples : &budget.samples))
		aw_unsampled(aw_count_of(&key, request), failed->order);
	return 0;
}

/* There is no room for notes on it: only its order is counted. */
static __always_inline void aw_count_only(__u32 order)
{
	__sync_fetch_and_add(&counters.failures, 1);
	aw_unsampled(0, order);
}

static __always_inline int aw_wanted(__u32 order)
{
	return aw_order_wanted(order) && aw_task_wanted();
}

/*
 * Is this mm_page_alloc the end of the request that is followed?  Not when it
 * fires inside its reclaim or compaction, for another order (memory that the
 * slow path itself asks for), or, once it was warned about, with a page.
 */
static __always_inline int aw_is_end(const struct aw_request *request, __u32 order, int got_page)
{
	if (request->warn_ns)
		return !got_page && request->warn_order == order;
	if (request->reclaim_ns || request->compacting)
		return 0;
	return request->order < 0 || request->order == order;
}

/* mm_page_alloc with no page. */
static __always_inline void aw_no_page(void *ctx, __u32 order, __u64 gfp, int migratetype)
{
	struct aw_failed failed = {
		.gfp = gfp, .order = order, .migratetype = migratetype,
		.seen = AW_SEEN_TRACEPOINT,
	};
	__u64 key = aw_request_key();
	struct aw_request *request = bpf_map_lookup_elem(&requests, &key);

	/* Asked for by the slow path of another request, whose notes go on. */
	if (request && !aw_is_end(request, order, 0)) {
		key |= AW_KEY_NESTED;
		request = 0;
	}
	if (!aw_wanted(order)) {
		if (request)
			aw_request_end(key);
		return;
	}
	if (!request)
		request = aw_request_begin(key);
	if (!request) {
		aw_count_only(order);
		return;
	}
	aw_take_stack(ctx, request);
	if (!request->warn_ns) {
		aw_effort_end(request);
		aw_take_zones(request, order);
	}
	aw_send_failure(&failed, request);
	aw_request_end(key);
}

/* A page came for a request that may be followed: its slow path is over. */
static __always_inline void aw_got_page(void *ctx, __u32 order, __u64 gfp, int migratetype)
{
	struct aw_failed late = {
		.gfp = gfp, .order = order, .migratetype = migratetype,
		.seen = AW_SEEN_TRACEPOINT,
	};
	__u64 key = aw_request_key();
	struct aw_request *request = bpf_map_lookup_elem(&requests, &key);

	if (!request || !aw_is_end(request, order, 1))
		return;
	aw_effort_end(request);
	if (request->effort.begin_ns && aw_wanted(order) &&
	    bpf_ktime_get_ns() - request->effort.begin_ns >= aw_config.stall_ns)
		aw_send_stall(ctx, &late, request);
	aw_request_end(key);
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
	else if (following.requests)
		aw_got_page(ctx, ctx->args[1], (__u32)ctx->args[2], ctx->args[3]);
	return 0;
}

/* One of the two is loaded: to ask for the configuration would cost every page five instructions. */
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

/* ---- warn_alloc ---- */

struct aw_warning_args {
	__u64 gfp;
	__u64 order;
	const char *format;
};

/* All four are read first: the verifier refuses a context offset chosen at run time. */
static __always_inline void aw_warning_args(struct pt_regs *ctx, struct aw_warning_args *args)
{
	__u64 second = PT_REGS_PARM2(ctx), third = PT_REGS_PARM3(ctx), fourth = PT_REGS_PARM4(ctx);

	barrier_var(second);
	barrier_var(third);
	barrier_var(fourth);
	args->gfp = (__u32)PT_REGS_PARM1(ctx);
	switch (aw_config.warn_abi) {
	case AW_WARN_FAILED:
		args->order = (__u32)second;
		args->format = (const char *)third;
		return;
	case AW_WARN_PLAIN:
		args->format = (const char *)second;
		args->order = (__u32)third;
		return;
	default:
		args->format = (const char *)third;
		args->order = (__u32)fourth;
	}
}

/* Where warn_alloc returns to; arm64's unwinder misses it at the function's entry. */
static __always_inline __u64 aw_return_address(struct pt_regs *ctx)
{
#ifdef __TARGET_ARCH_arm64
	return PT_REGS_RET(ctx);
#else
	__u64 address = 0;

	bpf_probe_read_kernel(&address, sizeof(address), (void *)PT_REGS_SP(ctx));
	return address;
#endif
}

/*
 * The page allocator passes "page allocation failure: order:%u", up to 4.8 no
 * format.  vmalloc and others share warn_alloc with texts of their own.
 */
const char page_allocator_text[] = "page allocation failure";

static __always_inline int aw_is_page_allocator(const char *text)
{
	for (int i = 0; i < (int)sizeof(page_allocator_text) - 1; i++)
		if (text[i] != page_allocator_text[i])
			return 0;
	return 1;
}

static __always_inline void aw_send_warning(struct pt_regs *ctx, __u64 gfp, const char *text)
{
	struct aw_wire_warning *record;
	long frames;

	if (!aw_task_wanted())
		return;
	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record) {
		aw_lost(AW_LOST_RING_OTHER);
		return;
	}
	__builtin_memset(record, 0, sizeof(*record));
	aw_fill_head(&record->head, sizeof(*record), AW_WIRE_WARNING, bpf_ktime_get_ns());
	aw_fill_task(&record->task);
	record->gfp = gfp;
	record->caller = aw_return_address(ctx);
	__builtin_memcpy(record->format, text, sizeof(record->format));
	frames = aw_fill_stack(ctx, record->stack);
	record->nr_frames = frames < 0 ? 0 : frames;
	bpf_ringbuf_submit(record, 0);
}

/* The last request of this key was warned about, and its mm_page_alloc was missed. */
static __always_inline void aw_unpaired(struct aw_request *request)
{
	struct aw_failed failed = {
		.gfp = request->warn_gfp, .order = request->warn_order, .migratetype = -1,
	};

	aw_lost(AW_LOST_UNPAIRED);
	aw_send_failure(&failed, request);
	__builtin_memcpy(request, &no_request, sizeof(no_request));
}

static __always_inline void aw_note_warning(struct pt_regs *ctx, const struct aw_warning_args *args)
{
	__u64 key = aw_request_key();
	struct aw_request *request = aw_request_begin(key);

	if (!request)
		return;
	if (request->warn_ns)
		aw_unpaired(request);
	aw_effort_end(request);
	request->warn_ns = bpf_ktime_get_ns();
	request->warn_gfp = args->gfp;
	request->warn_order = args->order;
	request->warn_caller = aw_return_address(ctx);
	aw_take_stack(ctx, request);
	aw_take_zones(request, args->order);
}

static __always_inline void aw_send_warned(struct pt_regs *ctx, const struct aw_warning_args *args)
{
	struct aw_failed failed = {
		.gfp = args->gfp, .order = args->order, .migratetype = -1,
	};
	__u64 key = aw_request_key();
	struct aw_request *request = aw_request_begin(key);

	if (!request)
		return;
	aw_effort_end(request);
	request->warn_ns = bpf_ktime_get_ns();
	request->warn_caller = aw_return_address(ctx);
	aw_take_stack(ctx, request);
	aw_take_zones(request, args->order);
	aw_send_failure(&failed, request);
	aw_request_end(key);
}

SEC("?kprobe/warn_alloc")
int warn_alloc(struct pt_regs *ctx)
{
	struct aw_warning_args args = {};
	char text[AW_WIRE_TEXT] = {};

	aw_warning_args(ctx, &args);
	if (args.format)
		bpf_probe_read_kernel_str(text, sizeof(text), args.format);
	if (args.format && !aw_is_page_allocator(text)) {
		aw_send_warning(ctx, args.gfp, text);
		return 0;
	}
	if (!aw_wanted(args.order))
		return 0;
	if (aw_config.tracepoint)
		aw_note_warning(ctx, &args);
	else
		aw_send_warned(ctx, &args);
	return 0;
}

/*
 * On the first function that warn_alloc calls past its tests for NOWARN and
 * the rate limit, of those that this kernel lets be probed.
 */
SEC("?kprobe/cpuset_print_current_mems_allowed")
int warn_printed(struct pt_regs *ctx)
{
	struct aw_request *request = aw_request_current();

	if (request && request->warn_ns)
		request->printed = 1;
	return 0;
}
