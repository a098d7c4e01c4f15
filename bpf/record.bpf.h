/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Records in the ring buffer: reserving one, and its head.
 */
#ifndef AW_RECORD_BPF_H
#define AW_RECORD_BPF_H

/*
 * A zeroed record with its head filled; the caller sets the sizes of the parts
 * (aw_wire_size_*).  `size` has to be a constant, which the verifier requires.
 * NULL: no room, which is counted as `lost`.
 */
static __always_inline void *aw_record_begin(__u32 size, enum aw_wire_type type, __u64 time_ns,
					     enum aw_wire_lost lost)
{
	struct aw_wire_head *head = bpf_ringbuf_reserve(&events, size, 0);

	if (!head) {
		aw_lost(lost);
		return 0;
	}
	__builtin_memset(head, 0, size);
	aw_wire_start(head, size, type, time_ns);
	head->cpu = bpf_get_smp_processor_id();
	return head;
}

static __always_inline void aw_record_commit(void *record)
{
	bpf_ringbuf_submit(record, 0);
}

#endif
