// SPDX-License-Identifier: GPL-2.0
/*
 * Failed requests for CMA memory, which never reach mm_page_alloc.
 */

static __always_inline void aw_send_cma(void *ctx, const char *name, __u64 count, __u32 align, int error)
{
	struct aw_wire_cma *record;

	if (!aw_task_wanted())
		return;
	record = aw_record_begin(sizeof(*record), AW_WIRE_CMA_FAILURE, bpf_ktime_get_ns(), AW_LOST_RING_OTHER);
	if (!record)
		return;
	aw_wire_size_cma(record);
	aw_fill_task(&record->task);
	record->request.count = count;
	record->request.align = align;
	record->request.error = error;
	if (name)
		bpf_probe_read_kernel_str(record->request.name, sizeof(record->request.name), name);
	aw_fill_stack(ctx, &record->stack);
	aw_record_commit(record);
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
