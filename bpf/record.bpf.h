/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Records in the ring buffer: reserving one, and its head.
 */
#ifndef AW_RECORD_BPF_H
#define AW_RECORD_BPF_H

/*
 * A record with its head filled and its first `zeroed` bytes zeroed; the caller sets the sizes of the parts
 * (aw_wire_size_*).  Both sizes have to be constants, which the verifier requires.
 * NULL: no room, which is counted as `lost`.
 */
static __always_inline void *aw_record_begin_zeroed(__u32 size, __u32 zeroed, enum aw_wire_type type, __u64 time_ns,
						    enum aw_wire_lost lost)
{
	struct aw_wire_head *head = bpf_ringbuf_reserve(&events, size, 0);

	if (!head) {
		aw_lost(lost);
		return 0;
	}
	__builtin_memset(head, 0, zeroed);
	aw_wire_start(head, size, type, time_ns);
	head->cpu = bpf_get_smp_processor_id();
	return head;
}

static __always_inline void *aw_record_begin(__u32 size, enum aw_wire_type type, __u64 time_ns,
					     enum aw_wire_lost lost)
{
	return aw_record_begin_zeroed(size, size, type, time_ns, lost);
}

/*
 * Waking the reader costs more than most records.  It looks for itself soon after it was woken (bpf_poll()), so it is
 * woken once in AW_WAKE_NS, or in a hundredth of that while the ring buffer fills.
 */
static __always_inline __u64 aw_wake(__u64 *last, __u64 now)
{
	__u64 since = now - *last;

	if (since < AW_WAKE_NS && (since < AW_WAKE_NS / 100 ||
				   bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) < aw_config.ring_bytes / 8))
		return BPF_RB_NO_WAKEUP;
	*last = now;
	return BPF_RB_FORCE_WAKEUP;
}

static __always_inline void aw_record_commit(void *record)
{
	struct aw_wire_head *head = record;

	bpf_ringbuf_submit(record, aw_wake(&woken.other, head->time_ns));
}

/* One that does not wait because the reader was woken for something less. */
static __always_inline void aw_record_commit_failure(void *record)
{
	struct aw_wire_head *head = record;
	__u64 flags = aw_wake(&woken.failure, head->time_ns);

	if (flags == BPF_RB_FORCE_WAKEUP)
		woken.other = head->time_ns;
	bpf_ringbuf_submit(record, flags);
}

#endif
