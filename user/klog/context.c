// SPDX-License-Identifier: GPL-2.0
/*
 * What the functions of a trace tell of the request besides who asked.
 */
#include "klog/context.h"

#include <string.h>

#include "base/array.h"
#include "klog/event.h"
#include "mm/function.h"

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
	{ "asm_common_interrupt", AW_IN_HARDIRQ },
	{ "el1_interrupt", AW_IN_HARDIRQ },
	{ "el1h_64_irq*", AW_IN_HARDIRQ },
	{ "hardware_interrupt_common*", AW_IN_HARDIRQ },
	{ "do_ext_interrupt", AW_IN_HARDIRQ },
	{ "plat_irq_dispatch", AW_IN_HARDIRQ },
	{ "riscv_intc_irq", AW_IN_HARDIRQ },
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
	{ "do_trap_ecall_u", "riscv64" },
	{ "ret_from_kernel_user_thread", "powerpc" }, { "ret_from_kernel_thread", "powerpc" }, { "system_call_exception", "powerpc" },
};

static bool matches(const char *name, const char *pattern)
{
	size_t n;

	if (*name != *pattern)
		return false;
	n = strlen(pattern);
	if (n && pattern[n - 1] == '*')
		return !strncmp(name, pattern, n - 1);
	return !strcmp(name, pattern);
}

static enum aw_context of_function(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(contexts); i++)
		if (matches(name, contexts[i].name))
			return contexts[i].context;
	return AW_IN_UNKNOWN;
}

/* Functions that end the context that asked: behind them stands who was interrupted. */
static bool is_entry(const struct aw_klog_frame *frame)
{
	enum aw_context context = of_function(frame->name);

	return context == AW_IN_HARDIRQ || context == AW_IN_NMI;
}

/* How many frames are of the context that asked. */
static unsigned int own_frames(const struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_frames; i++)
		if (is_entry(&report->frames[i]) || (report->frames[0].irq && !report->frames[i].irq))
			return i;
	return report->nr_frames;
}

enum aw_context aw_klog_context(const struct aw_klog_report *report, const struct aw_gfp *gfp)
{
	bool irq_stack = report->nr_frames && report->frames[0].irq;

	/* who may reclaim may sleep: a task */
	if (aw_gfp_may_direct_reclaim(gfp))
		return AW_IN_TASK;
	for (unsigned int i = 0; i < report->nr_frames; i++) {
		enum aw_context context = of_function(report->frames[i].name);

		if (context != AW_IN_UNKNOWN && !(context == AW_IN_TASK && irq_stack))
			return context;
	}
	return irq_stack ? AW_IN_INTERRUPT : AW_IN_UNKNOWN;
}

/* Each proves its bit on every kernel that has the function; a trailing '*': any end. */
static const struct {
	const char *name;
	uint32_t has;
} proofs[] = {
	{ "warn_alloc*", AW_KLOG_TRACE_WARN_ALLOC },
	{ "__alloc_pages_slowpath", AW_KLOG_TRACE_SLOW_PATH },

	/* mm/memcontrol.c */
	{ "mem_cgroup_out_of_memory", AW_KLOG_TRACE_MEMCG_OOM },
	{ "mem_cgroup_oom_synchronize", AW_KLOG_TRACE_MEMCG_OOM },
	{ "mem_cgroup_oom", AW_KLOG_TRACE_MEMCG_OOM },
	{ "mem_cgroup_handle_oom", AW_KLOG_TRACE_MEMCG_OOM },
	{ "pagefault_out_of_memory", AW_KLOG_TRACE_PAGEFAULT_OOM },
	{ "__alloc_pages_may_oom", AW_KLOG_TRACE_GLOBAL_OOM },
	{ "out_of_memory", AW_KLOG_TRACE_GLOBAL_OOM },
	{ "__out_of_memory", AW_KLOG_TRACE_GLOBAL_OOM },
	{ "dump_header", AW_KLOG_TRACE_OOM_REPORT },

	/* mm/vmscan.c: all of these run, or are only called, with PF_MEMALLOC; shrink_slab() is not */
	{ "kswapd", AW_KLOG_TRACE_KSWAPD },
	{ "balance_pgdat", AW_KLOG_TRACE_KSWAPD },
	{ "kswapd_shrink_node", AW_KLOG_TRACE_KSWAPD },
	{ "kswapd_shrink_zone", AW_KLOG_TRACE_KSWAPD },
	{ "try_to_free_pages", AW_KLOG_TRACE_RECLAIM },
	{ "do_try_to_free_pages", AW_KLOG_TRACE_RECLAIM },
	{ "try_to_free_mem_cgroup_pages", AW_KLOG_TRACE_RECLAIM },
	{ "__perform_reclaim", AW_KLOG_TRACE_RECLAIM },
	{ "__alloc_pages_direct_reclaim", AW_KLOG_TRACE_RECLAIM },
	{ "__node_reclaim", AW_KLOG_TRACE_RECLAIM },
	{ "__zone_reclaim", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_all_memory", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_node*", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_zone*", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_lruvec", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_inactive_list", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_active_list", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_page_list", AW_KLOG_TRACE_RECLAIM },
	{ "shrink_folio_list", AW_KLOG_TRACE_RECLAIM },
	/* only shrink_folio_list(), which is shrink_page_list() up to 5.19, gives a page a place in swap or writes it there */
	{ "add_to_swap", AW_KLOG_TRACE_RECLAIM },
	{ "folio_alloc_swap", AW_KLOG_TRACE_RECLAIM },
	{ "get_swap_page", AW_KLOG_TRACE_RECLAIM },
	{ "pageout", AW_KLOG_TRACE_RECLAIM },
	{ "__alloc_pages_direct_compact", AW_KLOG_TRACE_COMPACT },

	/* kernel/power and drivers/base/power, between pm_restrict_gfp_mask() and its end; runtime PM is not */
	{ "dpm_run_callback*", AW_KLOG_TRACE_SUSPEND },
	{ "dpm_suspend*", AW_KLOG_TRACE_SUSPEND },
	{ "dpm_resume*", AW_KLOG_TRACE_SUSPEND },
	{ "device_suspend*", AW_KLOG_TRACE_SUSPEND },
	{ "__device_suspend*", AW_KLOG_TRACE_SUSPEND },
	{ "device_resume*", AW_KLOG_TRACE_SUSPEND },
	{ "__device_resume*", AW_KLOG_TRACE_SUSPEND },
	{ "async_suspend*", AW_KLOG_TRACE_SUSPEND },
	{ "async_resume*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_suspend*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_resume*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_freeze*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_thaw*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_poweroff*", AW_KLOG_TRACE_SUSPEND },
	{ "pci_pm_restore*", AW_KLOG_TRACE_SUSPEND },
	{ "suspend_devices_and_enter", AW_KLOG_TRACE_SUSPEND },
	{ "suspend_enter", AW_KLOG_TRACE_SUSPEND },
	{ "hibernate*", AW_KLOG_TRACE_HIBERNATE },
	{ "hibernation_*", AW_KLOG_TRACE_HIBERNATE },
	{ "swsusp_*", AW_KLOG_TRACE_HIBERNATE },

	{ "do_mmap_private", AW_KLOG_TRACE_NOMMU },	/* mm/nommu.c */

	/* drivers/block/loop.c */
	{ "loop_queue_work", AW_KLOG_TRACE_LOOP },
	{ "loop_kthread_worker_fn", AW_KLOG_TRACE_LOOP },
	{ "loop_process_work", AW_KLOG_TRACE_LOOP },
	{ "loop_workfn", AW_KLOG_TRACE_LOOP },
	{ "loop_rootcg_workfn", AW_KLOG_TRACE_LOOP },

	{ "sock_xmit", AW_KLOG_TRACE_SWAP_OUT },	/* drivers/block/nbd.c */
	{ "__sock_xmit", AW_KLOG_TRACE_SWAP_OUT },
	{ "nbd_send_cmd", AW_KLOG_TRACE_SWAP_OUT },
	{ "iscsi_sw_tcp_pdu_xmit", AW_KLOG_TRACE_SWAP_OUT },
	{ "nvme_tcp_try_send", AW_KLOG_TRACE_SWAP_OUT },
	{ "xfsaild", AW_KLOG_TRACE_SWAP_OUT },
	{ "cifs_demultiplex_thread", AW_KLOG_TRACE_SWAP_OUT },
	{ "__sk_backlog_rcv", AW_KLOG_TRACE_SWAP_OUT },
};

static uint32_t proved_by(const struct aw_klog_frame *frame)
{
	uint32_t has = 0;

	for (size_t i = 0; i < ARRAY_SIZE(proofs); i++)
		if (matches(frame->name, proofs[i].name))
			has |= proofs[i].has;
	if (aw_function_group(frame->name, frame->module) == AW_FN_CHARGE)
		has |= AW_KLOG_TRACE_MEMCG_CHARGE;
	return has;
}

/* Where the unwinder found frames, those marked "?" are left from earlier calls. */
static bool has_sure_frames(const struct aw_klog_report *report, unsigned int count)
{
	unsigned int sure = 0;

	for (unsigned int i = 0; i < count; i++)
		sure += !report->frames[i].guess && !report->frames[i].pc;
	return sure > 1;
}

uint32_t aw_klog_trace_has(const struct aw_klog_report *report)
{
	unsigned int count = own_frames(report);
	bool sure = has_sure_frames(report, count);
	uint32_t has = 0;

	for (unsigned int i = 0; i < count; i++)
		if (!sure || !report->frames[i].guess)
			has |= proved_by(&report->frames[i]);
	/* a cgroup's OOM and a fault's go through out_of_memory() on some kernels */
	if (has & (AW_KLOG_TRACE_MEMCG_OOM | AW_KLOG_TRACE_PAGEFAULT_OOM))
		has &= ~AW_KLOG_TRACE_GLOBAL_OOM;
	return has;
}

static enum aw_function_group group_of(const struct aw_klog_frame *frame)
{
	return aw_function_group(frame->name, frame->module);
}

bool aw_klog_trace_is_allocation_failure(const struct aw_klog_report *report)
{
	unsigned int i = 0;

	if (aw_klog_trace_has(report) & AW_KLOG_TRACE_WARN_ALLOC)
		return true;
	while (i < report->nr_frames && report->frames[i].name[0] && group_of(&report->frames[i]) == AW_FN_REPORTING)
		i++;
	/* what a stuck cpu or a waiting task shows has no dump_stack() before it */
	return i && i < report->nr_frames && !report->frames[i].pc && group_of(&report->frames[i]) == AW_FN_PAGES;
}

const char *aw_klog_arch(const struct aw_klog_report *report)
{
	for (unsigned int i = 0; i < report->nr_frames; i++)
		for (size_t k = 0; k < ARRAY_SIZE(arches); k++)
			if (matches(report->frames[i].name, arches[k].name))
				return arches[k].arch;
	return "";
}
