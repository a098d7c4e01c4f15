/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is running: its context, the key of its request, the task part of a
 * record, and whether the filters accept it.
 */
#ifndef AW_TASK_BPF_H
#define AW_TASK_BPF_H

#include "core_compat.bpf.h"

static __always_inline enum aw_wire_context aw_context(void)
{
	__u32 count = 0;

	if (!aw_preempt_count(&count))
		return AW_CONTEXT_UNKNOWN;
	if (count & AW_NMI_MASK)
		return AW_CONTEXT_NMI;
	if (count & AW_HARDIRQ_MASK)
		return AW_CONTEXT_HARDIRQ;
	if (count & AW_SOFTIRQ_SERVING)
		return AW_CONTEXT_SOFTIRQ;
	return AW_CONTEXT_TASK;
}

/* task_struct is aligned to cache lines; each cpu has an idle task of its own. */
static __always_inline __u64 aw_task_key(void)
{
	return bpf_get_current_task() >> 6;
}

/*
 * A thread runs one request at a time, and so does each interrupt level of a
 * cpu.
 */
static __always_inline __u64 aw_request_key(void)
{
	enum aw_wire_context context = aw_context();

	if (context <= AW_CONTEXT_TASK)
		return aw_task_key();
	return 1ull << 63 | (__u64)context << 32 | bpf_get_smp_processor_id();
}

#define AW_KEY_NESTED (1ull << 62)	/* of a request that fails in the slow path of another one */

static __always_inline int aw_order_wanted(__u32 order)
{
	return order >= aw_config.order_min && order <= aw_config.order_max;
}

/*
 * In an interrupt, pid and comm are those of the task that was interrupted, so a
 * filter on either never matches.
 */
static __always_inline int aw_task_wanted(void)
{
	char comm[AW_WIRE_COMM] = {};

	if (!aw_config.pid && !aw_config.comm_len)
		return 1;
	if (aw_context() > AW_CONTEXT_TASK)
		return 0;
	if (aw_config.pid && bpf_get_current_pid_tgid() >> 32 != aw_config.pid)
		return 0;
	if (!aw_config.comm_len)
		return 1;
	bpf_get_current_comm(comm, sizeof(comm));
	for (int i = 0; i < AW_WIRE_COMM; i++) {
		if (i >= aw_config.comm_len)
			return !aw_config.comm_whole || !comm[i];
		if (comm[i] != aw_config.comm[i])
			return 0;
	}
	return 1;
}

/* Into a zeroed part. */
static __always_inline void aw_fill_task(struct aw_wire_task *task)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();

	task->pid = pid_tgid >> 32;
	task->tid = (__u32)pid_tgid;
	bpf_get_current_comm(task->comm, sizeof(task->comm));
	task->context = aw_context();
	if (task->context == AW_CONTEXT_TASK && aw_rt_softirq())
		task->context = AW_CONTEXT_SOFTIRQ;
	task->cgroup_id = bpf_get_current_cgroup_id();
	task->known = AW_TASK_CGROUP;
#ifndef AW_NO_BTF
	struct task_struct *current = (void *)bpf_get_current_task();

	task->task_flags = AW_OF_CURRENT(flags);
	task->policy = AW_OF_CURRENT(policy);
	task->oom_victim = aw_oom_victim();
	task->known |= AW_TASK_FLAGS | AW_TASK_POLICY | AW_TASK_OOM_VICTIM;
	if (bpf_core_field_exists(current->mems_allowed)) {
		task->mems_allowed = AW_OF_CURRENT(mems_allowed.bits[0]);
		task->known |= AW_TASK_MEMS_ALLOWED;
	}
#endif
}

/* Stores the current stack without its first `skip` frames.  Returns the number of frames; 0: there is no stack. */
static __always_inline __u32 aw_take_frames(void *ctx, __u64 *frames, __u64 skip)
{
	long bytes = bpf_get_stack(ctx, frames, AW_WIRE_STACK * sizeof(__u64), skip);

	return bytes < 0 ? 0 : (__u64)bytes / sizeof(__u64);
}

static __always_inline void aw_fill_stack(void *ctx, struct aw_wire_stack *stack)
{
	stack->nr_frames = aw_take_frames(ctx, stack->frames, 0);
}

#endif
