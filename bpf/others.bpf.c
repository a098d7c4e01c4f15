// SPDX-License-Identifier: GPL-2.0
/*
 * What else tells of failed allocations: OOM kills, and CMA, whose failures
 * never reach mm_page_alloc.
 */

#ifndef AW_NO_BTF
/* The name of the victim is in the record since 6.8 (and stable kernels): "mm: add tracing for oom victims". */
struct trace_event_raw_mark_victim___named {
	__u32 __data_loc_comm;
} __attribute__((preserve_access_index));

/* Runs in the task that asked: a request in its slow path, or a cgroup's charge. */
SEC("?tracepoint/oom/mark_victim")
int oom_kill(struct trace_event_raw_mark_victim *ctx)
{
	struct trace_event_raw_mark_victim___named *named = (void *)ctx;
	struct aw_request *request = aw_request_current();
	struct aw_wire_oom *record;

	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record) {
		aw_lost(AW_LOST_RING_OTHER);
		return 0;
	}
	__builtin_memset(record, 0, sizeof(*record));
	aw_fill_head(&record->head, sizeof(*record), AW_WIRE_OOM_KILL, bpf_ktime_get_ns());
	aw_fill_task(&record->task);
	record->victim_pid = ctx->pid;
	record->order = request ? request->order : -1;
	if (bpf_core_field_exists(named->__data_loc_comm))
		bpf_probe_read_kernel_str(record->victim_comm, sizeof(record->victim_comm),
					  (void *)ctx + (named->__data_loc_comm & 0xffff));
	bpf_ringbuf_submit(record, 0);
	return 0;
}
#endif

static __always_inline void aw_send_cma(void *ctx, const char *name, __u64 count, __u32 align, int error)
{
	struct aw_wire_cma *record;
	long frames;

	if (!aw_task_wanted())
		return;
	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record) {
		aw_lost(AW_LOST_RING_OTHER);
		return;
	}
	__builtin_memset(record, 0, sizeof(*record));
	aw_fill_head(&record->head, sizeof(*record), AW_WIRE_CMA_FAILURE, bpf_ktime_get_ns());
	aw_fill_task(&record->task);
	record->count = count;
	record->align = align;
	record->error = error;
	if (name)
		bpf_probe_read_kernel_str(record->name, sizeof(record->name), name);
	frames = aw_fill_stack(ctx, record->stack);
	record->nr_frames = frames < 0 ? 0 : frames;
	bpf_ringbuf_submit(record, 0);
}

/* 5.12 on: (name, pfn, page, count, align), errorno sixth from 6.5 on. */
SEC("?raw_tp/cma_alloc_finish")
int cma_finish(struct bpf_raw_tracepoint_args *ctx)
{
	int error = 0;

	if (ctx->args[2])
		return 0;
	if (aw_config.cma_errno_arg == 5)
		error = ctx->args[5];
	aw_send_cma(ctx, (const char *)ctx->args[0], ctx->args[3], ctx->args[4], error);
	return 0;
}

/* Up to 5.11: (pfn, page, count, align). */
SEC("?raw_tp/cma_alloc")
int cma_alloc(struct bpf_raw_tracepoint_args *ctx)
{
	if (!ctx->args[1])
		aw_send_cma(ctx, 0, ctx->args[2], ctx->args[3], 0);
	return 0;
}
