// SPDX-License-Identifier: GPL-2.0
/*
 * Steals: mm_page_alloc_extfrag, a request took a block from the free list of
 * another migratetype.
 *
 * change_ownership is worked out when the tracepoint makes its record, not an
 * argument, so the classic tracepoint is preferred; raw_tp (no tracefs, no
 * BTF) does without it.  Both fire under the zone lock with interrupts off.
 */

static __always_inline struct aw_wire_extfrag *aw_extfrag_reserve(int order)
{
	struct aw_wire_extfrag *record;

	if (!aw_order_wanted(order) || !aw_task_wanted())
		return 0;
	__sync_fetch_and_add(&counters.extfrag, 1);
	/* Failures matter more: steals leave half of the ring to them. */
	if (bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) > aw_config.ring_bytes / 2) {
		aw_lost(AW_LOST_RING_EXTFRAG);
		return 0;
	}
	record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record)
		aw_lost(AW_LOST_RING_EXTFRAG);
	return record;
}

static __always_inline void aw_extfrag_submit(void *ctx, struct aw_wire_extfrag *record)
{
	long frames;

	aw_fill_head(&record->head, sizeof(*record), AW_WIRE_EXTFRAG, bpf_ktime_get_ns());
	aw_fill_task(&record->task);
	__builtin_memset(record->stack, 0, sizeof(record->stack));
	frames = aw_fill_stack(ctx, record->stack);
	record->nr_frames = frames < 0 ? 0 : frames;
	bpf_ringbuf_submit(record, 0);
}

#ifndef AW_NO_BTF
SEC("?tracepoint/kmem/mm_page_alloc_extfrag")
int extfrag(struct trace_event_raw_mm_page_alloc_extfrag *ctx)
{
	struct aw_wire_extfrag *record = aw_extfrag_reserve(ctx->alloc_order);

	if (!record)
		return 0;
	record->pfn = ctx->pfn;
	record->alloc_order = ctx->alloc_order;
	record->fallback_order = ctx->fallback_order;
	record->alloc_migratetype = ctx->alloc_migratetype;
	record->fallback_migratetype = ctx->fallback_migratetype;
	record->change_ownership = ctx->change_ownership;
	aw_extfrag_submit(ctx, record);
	return 0;
}
#endif

SEC("?raw_tp/mm_page_alloc_extfrag")
int extfrag_raw(struct bpf_raw_tracepoint_args *ctx)
{
	struct aw_wire_extfrag *record = aw_extfrag_reserve(ctx->args[1]);

	if (!record)
		return 0;
	record->pfn = ~0ull;
	record->alloc_order = ctx->args[1];
	record->fallback_order = ctx->args[2];
	record->alloc_migratetype = ctx->args[3];
	record->fallback_migratetype = ctx->args[4];
	record->change_ownership = -1;
	aw_extfrag_submit(ctx, record);
	return 0;
}
