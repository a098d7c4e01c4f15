// SPDX-License-Identifier: GPL-2.0
/*
 * The context that a logged request was made in, told from its trace.
 */
#include "event/klog_context.h"

#include <string.h>

#include "event/klog_event.h"

/* The first of these from the inside decides. A trailing '*': any end. */
static const struct {
	const char *name;
	enum aw_context context;
} contexts[] = {
	{ "__do_softirq", AW_IN_SOFTIRQ },
	{ "handle_softirqs", AW_IN_SOFTIRQ },
	{ "do_softirq*", AW_IN_SOFTIRQ },
	{ "net_rx_action", AW_IN_SOFTIRQ },
	{ "tasklet_action*", AW_IN_SOFTIRQ },
	{ "run_timer_softirq", AW_IN_SOFTIRQ },
	{ "handle_irq_event*", AW_IN_HARDIRQ },
	{ "__handle_irq_event*", AW_IN_HARDIRQ },
	{ "handle_IRQ*", AW_IN_HARDIRQ },
	{ "generic_handle_irq*", AW_IN_HARDIRQ },
	{ "gic_handle_irq", AW_IN_HARDIRQ },
	{ "do_IRQ", AW_IN_HARDIRQ },
	{ "common_interrupt", AW_IN_HARDIRQ },
	{ "el1_irq", AW_IN_HARDIRQ },
	{ "__irq_svc", AW_IN_HARDIRQ },
	{ "__irq_usr", AW_IN_HARDIRQ },
	{ "exc_nmi", AW_IN_NMI },
	{ "do_nmi", AW_IN_NMI },
	{ "irq_thread*", AW_IN_TASK },
	{ "kthread", AW_IN_TASK },
	{ "worker_thread", AW_IN_TASK },
	{ "ret_from_fork*", AW_IN_TASK },
	{ "ret_fast_syscall", AW_IN_TASK },
	{ "do_syscall_64", AW_IN_TASK },
	{ "entry_SYSCALL*", AW_IN_TASK },
	{ "system_call*", AW_IN_TASK },
	{ "el0_*", AW_IN_TASK },
	{ "do_one_initcall", AW_IN_TASK },
	{ "handle_mm_fault", AW_IN_TASK },
	{ "vfs_*", AW_IN_TASK },
	{ "SyS_*", AW_IN_TASK },
	{ "sys_*", AW_IN_TASK },
	{ "__arm64_sys_*", AW_IN_TASK },
	{ "__x64_sys_*", AW_IN_TASK },
	{ "__se_sys_*", AW_IN_TASK },
	{ "do_trap_ecall_u", AW_IN_TASK },
};

static const struct {
	const char *name;
	const char *arch;
} arches[] = {
	{ "el0_*", "aarch64" }, { "el1_*", "aarch64" }, { "el0t_*", "aarch64" },
	{ "el1h_*", "aarch64" }, { "__arm64_sys_*", "aarch64" },
	{ "entry_SYSCALL_64*", "x86_64" }, { "__x64_sys_*", "x86_64" }, { "do_syscall_64", "x86_64" },
	{ "system_call_fastpath", "x86_64" }, { "asm_exc_*", "x86_64" },
	{ "asm_common_interrupt", "x86_64" }, { "unwind_backtrace", "arm" },
	{ "ret_fast_syscall", "arm" }, { "syscall_common", "mips" }, { "handle_sys*", "mips" },
	{ "do_trap_ecall_u", "riscv64" }, { "ret_from_syscall", "riscv64" },
};

static bool matches(const char *name, const char *pattern)
{
	size_t n = strlen(pattern);

	if (n && pattern[n - 1] == '*')
		return !strncmp(name, pattern, n - 1);
	return !strcmp(name, pattern);
}

static enum aw_context of_function(const char *name)
{
	for (size_t i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
		if (matches(name, contexts[i].name))
			return contexts[i].context;
	return AW_IN_UNKNOWN;
}

enum aw_context aw_klog_context(const struct aw_klog_report *r, const struct aw_gfp *gfp)
{
	bool irq_stack = r->nr_frames && r->frames[0].irq;

	/* who may reclaim may sleep: a task */
	if (aw_gfp_may_direct_reclaim(gfp))
		return AW_IN_TASK;
	for (unsigned int i = 0; i < r->nr_frames; i++) {
		enum aw_context context = of_function(r->frames[i].name);

		if (context != AW_IN_UNKNOWN && !(context == AW_IN_TASK && irq_stack))
			return context;
	}
	return AW_IN_UNKNOWN;
}

const char *aw_klog_arch(const struct aw_klog_report *r)
{
	for (unsigned int i = 0; i < r->nr_frames; i++)
		for (size_t k = 0; k < sizeof(arches) / sizeof(arches[0]); k++)
			if (matches(r->frames[i].name, arches[k].name))
				return arches[k].arch;
	return "";
}
