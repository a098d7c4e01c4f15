// SPDX-License-Identifier: GPL-2.0
/*
 * The current context, and the task part of a record.
 */
#include "kmod.h"

#include <linux/nodemask.h>
#ifdef HAVE_CGROUP_ID
#include <linux/cgroup.h>
#endif

/*
 * An NMI never allocates.  But since 5.8 ("x86/entry: Convert INT3 exception to
 * IDTENTRY") x86 enters a breakpoint, and so a kprobe, like an NMI, which also
 * counts as a hard interrupt.
 */
enum aw_wire_context aw_context(void)
{
	unsigned long hard = hardirq_count();

	if (in_nmi() && hard)
		hard -= HARDIRQ_OFFSET;
	if (hard)
		return AW_CONTEXT_HARDIRQ;
	return in_serving_softirq() ? AW_CONTEXT_SOFTIRQ : AW_CONTEXT_TASK;
}

static u64 cgroup_v2_id(void)
{
	u64 id = 0;

#if defined(HAVE_CGROUP_ID) && defined(CONFIG_CGROUPS)
	rcu_read_lock();
	id = cgroup_id(task_dfl_cgroup(current));
	rcu_read_unlock();
#endif
	return id;
}

void aw_fill_task(struct aw_wire_task *task)
{
	task->pid = current->tgid;
	task->tid = current->pid;
	/* Without the lock of get_task_comm(): a name that is changed right now may be garbled. */
	aw_copy_text(task->comm, current->comm, sizeof(task->comm));
	task->context = aw_context();
	task->task_flags = current->flags;
	task->policy = current->policy;
	task->known = AW_TASK_FLAGS | AW_TASK_POLICY;
	if (AW_KNOWS_OOM_VICTIM) {
		task->oom_victim = aw_oom_victim(current);
		task->known |= AW_TASK_OOM_VICTIM;
	}
#ifdef HAVE_MEMS_ALLOWED
	task->mems_allowed = nodes_addr(current->mems_allowed)[0];
	task->known |= AW_TASK_MEMS_ALLOWED;
#endif
	task->cgroup_id = cgroup_v2_id();
	if (task->cgroup_id)
		task->known |= AW_TASK_CGROUP;
}
