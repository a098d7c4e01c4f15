// SPDX-License-Identifier: GPL-2.0
/*
 * OOM kills.  Requests of order 3 and below do not fail on a fragmented machine;
 * they lead to these.
 */

#ifndef AW_NO_BTF
/* The record has the victim's name since 6.8 (and in stable kernels): "mm: add tracing for oom victims". */
struct trace_event_raw_mark_victim___named {
	__u32 __data_loc_comm;
} __attribute__((preserve_access_index));

/* Runs in the task whose request led to it: in its slow path, or in the charge of a cgroup. */
SEC("?tracepoint/oom/mark_victim")
int oom_kill(struct trace_event_raw_mark_victim *ctx)
{
	struct trace_event_raw_mark_victim___named *named = (void *)ctx;
	struct aw_request *request = aw_request_current();
	struct aw_wire_oom *record;

	record = aw_record_begin(sizeof(*record), AW_WIRE_OOM_KILL, bpf_ktime_get_ns(), AW_LOST_RING_OTHER);
	if (!record)
		return 0;
	aw_wire_size_oom(record);
	aw_fill_task(&record->task);
	record->kill.victim_pid = ctx->pid;
	record->kill.order = request ? request->tried.now.order : -1;
	if (bpf_core_field_exists(named->__data_loc_comm))
		bpf_probe_read_kernel_str(record->kill.victim_comm, sizeof(record->kill.victim_comm),
					  (void *)ctx + (named->__data_loc_comm & 0xffff));
	aw_record_commit(record);
	return 0;
}
#endif
