// SPDX-License-Identifier: GPL-2.0
/*
 * The task and its context, from wire records.
 */
#include "base/array.h"
#include "event/decode_internal.h"

#include <string.h>

/*
 * task_struct::flags by meaning.  PF_EXITING 0x4, PF_DUMPCORE 0x200
 * and PF_MEMALLOC 0x800 are the same in every kernel from 3.10 to 7.1; PF_MEMALLOC_NOIO is 0x80000 since 3.9 and PF_MEMALLOC_NOFS
 * 0x40000 since 4.12 (7dea19f9ee63), PF_MEMALLOC_NOCMA 0x10000000 since 5.1 (PF_MEMALLOC_PIN from 5.13 on); PF_KSWAPD moved from 0x40000 to 0x20000
 * with it.
 */
#define TASK_EXITING		0x00000004u
#define TASK_DUMPCORE		0x00000200u
#define TASK_MEMALLOC		0x00000800u
#define TASK_MEMALLOC_NOIO	0x00080000u
#define TASK_MEMALLOC_NOFS	0x00040000u
#define TASK_MEMALLOC_PIN	0x10000000u
#define TASK_KSWAPD		0x00020000u
#define TASK_OLD_KSWAPD		0x00040000u

static void decode_task_flags(uint32_t version, uint32_t flags, struct aw_task *task)
{
	bool scopes = version >= AW_VERSION(4, 12, 0);

	task->exiting = flags & TASK_EXITING;
	task->dumping_core = flags & TASK_DUMPCORE;
	task->memalloc = flags & TASK_MEMALLOC;
	task->memalloc_noio = flags & TASK_MEMALLOC_NOIO;
	task->memalloc_nofs = scopes && flags & TASK_MEMALLOC_NOFS;
	task->memalloc_pin = version >= AW_VERSION(5, 1, 0) && flags & TASK_MEMALLOC_PIN;
	task->kswapd = flags & (scopes ? TASK_KSWAPD : TASK_OLD_KSWAPD);
}

static enum aw_context decode_context(uint8_t context)
{
	static const enum aw_context contexts[] = {
		[AW_CONTEXT_UNKNOWN] = AW_IN_UNKNOWN, [AW_CONTEXT_TASK] = AW_IN_TASK,
		[AW_CONTEXT_SOFTIRQ] = AW_IN_SOFTIRQ, [AW_CONTEXT_HARDIRQ] = AW_IN_HARDIRQ,
		[AW_CONTEXT_NMI] = AW_IN_NMI,
	};

	return context < ARRAY_SIZE(contexts) ? contexts[context] : AW_IN_UNKNOWN;
}

void aw_decode_task(const struct aw_wire_task *wire, uint32_t version, struct aw_task *task)
{
	static const struct { uint32_t wire, model; } known[] = {
		{ AW_TASK_FLAGS, AW_TASK_KNOWS_FLAGS },
		{ AW_TASK_OOM_VICTIM, AW_TASK_KNOWS_VICTIM },
		{ AW_TASK_POLICY, AW_TASK_KNOWS_POLICY },
		{ AW_TASK_MEMS_ALLOWED, AW_TASK_KNOWS_MEMS },
		{ AW_TASK_CGROUP, AW_TASK_KNOWS_CGROUP },
	};

	task->pid = wire->pid;
	task->tid = wire->tid;
	memcpy(task->comm, wire->comm, AW_COMM_LEN);
	task->comm[AW_COMM_LEN] = '\0';
	task->cgroup_id = wire->cgroup_id;
	task->cgroup = "";
	task->context = decode_context(wire->context);
	for (unsigned int i = 0; i < ARRAY_SIZE(known); i++)
		if (wire->known & known[i].wire)
			task->known |= known[i].model;
	decode_task_flags(version, wire->task_flags, task);
	task->oom_victim = wire->oom_victim;
	task->realtime = wire->policy == 1 || wire->policy == 2 || wire->policy == 6;
	task->mems_allowed = wire->mems_allowed;
}

/*
 * Interrupts are recognised by their entry functions if the kernel side could not
 * read preempt_count.  The current one is the innermost in the stack.
 */
enum aw_context aw_decode_context(const struct aw_stack *stack)
{
	static const struct { const char *name; enum aw_context context; } entries[] = {
		{ "__do_softirq", AW_IN_SOFTIRQ }, { "handle_softirqs", AW_IN_SOFTIRQ },
		{ "__softirqentry_text_start", AW_IN_SOFTIRQ },	/* the same address, on some builds the name */
		{ "do_softirq", AW_IN_SOFTIRQ }, { "run_ksoftirqd", AW_IN_SOFTIRQ },
		{ "__handle_irq_event_percpu", AW_IN_HARDIRQ },
		{ "handle_irq_event", AW_IN_HARDIRQ }, { "handle_irq_event_percpu", AW_IN_HARDIRQ },
		{ "handle_percpu_devid_irq", AW_IN_HARDIRQ }, { "gic_handle_irq", AW_IN_HARDIRQ },
		{ "__common_interrupt", AW_IN_HARDIRQ },
		{ "__sysvec_apic_timer_interrupt", AW_IN_HARDIRQ },
		{ "exc_nmi", AW_IN_NMI },
	};

	for (unsigned int i = 0; i < stack->count; i++)
		for (unsigned int e = 0; e < ARRAY_SIZE(entries); e++)
			if (!strcmp(stack->frames[i].name, entries[e].name))
				return entries[e].context;
	return stack->count ? AW_IN_TASK : AW_IN_UNKNOWN;
}
