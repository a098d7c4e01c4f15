// SPDX-License-Identifier: GPL-2.0
/*
 * warn_alloc (warn_alloc_failed up to 4.8), which the kernel calls for a request that
 * fails, just before mm_page_alloc, also where it prints nothing.  Others call it with
 * formats of their own: vmalloc's failures are warnings.
 */

struct aw_warning_args {
	__u64 gfp;
	__u64 nodemask;		/* address; 0: the request is bound to no nodes */
	__u64 order;
	const char *format;
};

/* All four are read first, because the verifier refuses a context offset that is chosen at run time. */
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
		args->nodemask = second;
		args->format = (const char *)third;
		args->order = (__u32)fourth;
	}
}

/* The return address of warn_alloc, which arm64's unwinder misses at the entry of a function. */
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
 * The page allocator's format is "page allocation failure: order:%u", or NULL up
 * to 4.8.  vmalloc and others call warn_alloc with formats of their own.
 */
union aw_format {
	char text[24];
	__u64 word[3];
};

static __always_inline int aw_is_page_allocator(const char *format)
{
	const union aw_format wanted = { .text = "page allocation failure" };
	union aw_format have = {};

	/* Of the kernel's own, as modules can't call it: what is at the address does not change. */
	if (!format || (__u64)format == budget.format)
		return 1;
	/* As one piece: the end of this text is looked at, and that of a shorter one is not. */
	if (bpf_probe_read_kernel(&have, sizeof(have), format))
		bpf_probe_read_kernel_str(have.text, sizeof(have.text), format);
	have.text[sizeof(have.text) - 1] = 0;
	if (have.word[0] != wanted.word[0] || have.word[1] != wanted.word[1] || have.word[2] != wanted.word[2])
		return 0;
	budget.format = (__u64)format;
	return 1;
}

static __always_inline void aw_send_warning(struct pt_regs *ctx, __u64 gfp, const char *format)
{
	struct aw_wire_warning *record;

	if (!aw_task_wanted())
		return;
	record = aw_record_begin(sizeof(*record), AW_WIRE_WARNING, bpf_ktime_get_ns(), AW_LOST_RING_OTHER);
	if (!record)
		return;
	aw_wire_size_warning(record);
	aw_fill_task(&record->task);
	record->call.gfp = gfp;
	record->call.caller = aw_return_address(ctx);
	bpf_probe_read_kernel_str(record->call.format, sizeof(record->call.format), format);
	aw_fill_stack(ctx, &record->stack);
	aw_record_commit(record);
}

/* Sends a request that warn_alloc was entered for and whose mm_page_alloc was missed.  Its state is free for the next one. */
static __always_inline void aw_unpaired(__u64 of, struct aw_request *request)
{
	__u32 slot = request->slot;
	__u64 key = request->key;

	aw_lost(AW_LOST_UNPAIRED);
	request->now_ns = bpf_ktime_get_ns();
	aw_call_site_of(request, request->warn_order);
	aw_send_failure(of, request->warn_gfp, request->warn_order, -1, 0);
	__builtin_memcpy(request, &no_request, sizeof(no_request));
	request->ready = 1;
	request->slot = slot;
	request->key = key;
}

/* nodemask_t begins with the bits of the nodes 0 to 63. */
static __always_inline void aw_take_nodemask(struct aw_request *request, const struct aw_warning_args *args)
{
	__u64 nodes = 0;

	if (aw_config.warn_abi != AW_WARN_NODEMASK)
		return;
	if (args->nodemask && bpf_probe_read_kernel(&nodes, sizeof(nodes), (void *)args->nodemask))
		return;
	request->nodemask = nodes;
	request->nodemask_known = 1;
}

static __always_inline void aw_note_warning(struct pt_regs *ctx, const struct aw_warning_args *args)
{
	__u64 key = aw_request_key();
	struct aw_request *request = aw_may_be_followed() ? aw_request_of(key) : 0;

	if (request && !request->warn_ns)
		request = aw_failing(&key, args->order, args->gfp);
	if (request && request->warn_ns)
		aw_unpaired(key, request);
	if (!request)
		request = aw_request_new(key);
	if (!request)
		return;
	request->warn_ns = bpf_ktime_get_ns();
	request->now_ns = request->warn_ns;
	aw_effort_close(&request->tried, request->warn_ns);
	request->warn_gfp = args->gfp;
	request->warn_order = args->order;
	request->warn_caller = aw_return_address(ctx);
	aw_take_nodemask(request, args);
	aw_look(ctx, request, args->order, 1);
}

#define AW_PF_MEMALLOC 0x800u	/* of every kernel: its requests neither reclaim nor compact */

/* Is what the state says that was tried what this request tried? */
static __always_inline int aw_tried_is_known(const struct aw_request *request, const struct aw_warning_args *args)
{
	if (!aw_may_reclaim(args->gfp))
		return 1;
#ifdef AW_NO_BTF
	return 0;
#else
	if (!aw_config.several_rounds || args->gfp & aw_config.several_rounds || AW_OF_CURRENT(flags) & AW_PF_MEMALLOC)
		return 0;
	return aw_effort_is_one_round(&request->tried, args->order, args->gfp, AW_COMPACT_PRIO_ASYNC);
#endif
}

static __always_inline void aw_send_warned(struct pt_regs *ctx, const struct aw_warning_args *args)
{
	__u64 key = aw_request_key();
	struct aw_request *request = aw_may_be_followed() ? aw_failing(&key, args->order, args->gfp) : 0;

	if (!request)
		request = aw_request_new(key);
	if (!request) {
		aw_count_only(args->order);
		return;
	}
	request->warn_ns = bpf_ktime_get_ns();
	request->now_ns = request->warn_ns;
	aw_effort_close(&request->tried, request->warn_ns);
	if (!aw_tried_is_known(request, args)) {
		aw_effort_clear_run(&request->tried.now);
		request->tried_unknown = 1;
	}
	request->warn_caller = aw_return_address(ctx);
	aw_take_nodemask(request, args);
	aw_look(ctx, request, args->order, 1);
	aw_send_failure(key, args->gfp, args->order, -1, 0);
	aw_request_end(key, request);
}

SEC("?kprobe/warn_alloc")
int warn_alloc(struct pt_regs *ctx)
{
	struct aw_warning_args args = {};

	aw_warning_args(ctx, &args);
	if (!aw_is_page_allocator(args.format)) {
		aw_send_warning(ctx, args.gfp, args.format);
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
 * Attached to the first function that warn_alloc calls once it has decided to
 * print, of those that can be probed on this kernel.
 */
SEC("?kprobe/cpuset_print_current_mems_allowed")
int warn_printed(struct pt_regs *ctx)
{
	__u64 key = aw_request_key();
	struct aw_request *request;

	if (!following.requests)
		return 0;
	/* If both were warned about, the nested request was the later one. */
	key |= AW_KEY_NESTED;
	request = bpf_map_lookup_elem(&requests, &key);
	if (!request) {
		key &= ~AW_KEY_NESTED;
		request = aw_request_of(key);
	}
	if (request && request->warn_ns)
		request->printed = 1;
	return 0;
}
