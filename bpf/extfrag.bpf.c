// SPDX-License-Identifier: GPL-2.0
/*
 * Steals (mm_page_alloc_extfrag): a request took a block from the free list of
 * another migratetype.
 *
 * change_ownership is not an argument; the kernel computes it when the
 * tracepoint fills its record.  The classic tracepoint is therefore preferred.
 * raw_tp needs neither tracefs nor BTF, but does not have it.  Both fire under
 * the zone lock with interrupts off.
 */

static __always_inline struct aw_wire_extfrag *aw_extfrag_reserve(int order)
{
	struct aw_wire_extfrag *record;

	if (!aw_order_wanted(order) || !aw_task_wanted())
		return 0;
	__sync_fetch_and_add(&counters.extfrag, 1);
	/* Half of the ring buffer is reserved for failures, which matter more. */
	if (bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) > aw_config.ring_bytes / 2) {
		aw_lost(AW_LOST_RING_EXTFRAG);
		return 0;
	}
	record = aw_record_begin(sizeof(*record), AW_WIRE_EXTFRAG, bpf_ktime_get_ns(), AW_LOST_RING_EXTFRAG);
	if (record)
		aw_wire_size_extfrag(record);
	return record;
}

static __always_inline void aw_extfrag_submit(void *ctx, struct aw_wire_extfrag *record)
{
	aw_fill_task(&record->task);
	aw_fill_stack(ctx, &record->stack);
	aw_record_commit(record);
}

#ifndef AW_NO_BTF
SEC("?tracepoint/kmem/mm_page_alloc_extfrag")
int extfrag(struct trace_event_raw_mm_page_alloc_extfrag *ctx)
{
	struct aw_wire_extfrag *record = aw_extfrag_reserve(ctx->alloc_order);

	if (!record)
		return 0;
	record->steal.pfn = ctx->pfn;
	record->steal.alloc_order = ctx->alloc_order;
	record->steal.fallback_order = ctx->fallback_order;
	record->steal.alloc_migratetype = ctx->alloc_migratetype;
	record->steal.fallback_migratetype = ctx->fallback_migratetype;
	record->steal.change_ownership = ctx->change_ownership;
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
	record->steal.pfn = ~0ull;
	record->steal.alloc_order = ctx->args[1];
	record->steal.fallback_order = ctx->args[2];
	record->steal.alloc_migratetype = ctx->args[3];
	record->steal.fallback_migratetype = ctx->args[4];
	record->steal.change_ownership = -1;
	aw_extfrag_submit(ctx, record);
	return 0;
}
