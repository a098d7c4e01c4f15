/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every kernel change that the BPF programs handle: one block each, with both
 * forms, the commit or release, and one accessor.
 *
 * Built with CO-RE for kernels that have BTF, and with AW_NO_BTF for those that
 * do not.  There, no structure can be read, and each accessor returns that the
 * value is not known.
 */
#ifndef AW_CORE_COMPAT_BPF_H
#define AW_CORE_COMPAT_BPF_H

/*
 * The current task.  bpf_get_current_task_btf() (5.11, 3ca1032ab7ab) returns a pointer whose fields can be read with a
 * load; before, each takes a call of bpf_probe_read_kernel(), about 80 instructions.
 */
#ifndef AW_NO_BTF
#define AW_OF_CURRENT(field)									\
	(bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf) ?		\
	 bpf_get_current_task_btf()->field :							\
	 BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), field))
#endif

/*
 * preempt_count says which interrupt level runs.
 * arm64: task_struct::thread_info.preempt_count (in the task since 4.10).
 * x86: per-cpu __preempt_count; in per-cpu pcpu_hot from 6.2 ("x86: Put hot per
 * CPU variables into a struct") to 6.14; per-cpu __preempt_count again from 6.15
 * ("x86/preempt: Move preempt count to percpu hot section").  Both are found by
 * name in kallsyms, which has no data symbols without CONFIG_KALLSYMS_ALL.  The
 * kernel then refuses the whole program; AW_NO_PERCPU is the build for that.
 */
#define AW_SOFTIRQ_SERVING	0x00000100u	/* SOFTIRQ_OFFSET: serving, not only disabled */
#define AW_HARDIRQ_MASK		0x000f0000u
#define AW_NMI_MASK		0x00f00000u

#if defined(AW_NO_BTF) || (defined(__TARGET_ARCH_x86) && defined(AW_NO_PERCPU))
static __always_inline int aw_preempt_count(__u32 *count)
{
	return 0;
}
#elif defined(__TARGET_ARCH_arm64)
static __always_inline int aw_preempt_count(__u32 *count)
{
	*count = (__u32)AW_OF_CURRENT(thread_info.preempt_count);
	return 1;
}
#else
struct pcpu_hot___aw {
	int preempt_count;
} __attribute__((preserve_access_index));

extern const int __preempt_count __ksym __weak;
extern const struct pcpu_hot___aw pcpu_hot __ksym __weak;

static __always_inline int aw_preempt_count(__u32 *count)
{
	if (&__preempt_count) {
		*count = *(int *)bpf_this_cpu_ptr(&__preempt_count);
		return 1;
	}
	if (&pcpu_hot) {
		*count = ((struct pcpu_hot___aw *)bpf_this_cpu_ptr(&pcpu_hot))->preempt_count;
		return 1;
	}
	return 0;
}
#endif

/*
 * PREEMPT_RT serves softirqs in preemptible threads and counts them in the task
 * (5.13, "softirq: Make softirq control and processing RT aware").
 */
#ifndef AW_NO_BTF
struct task_struct___rt {
	int softirq_disable_cnt;
} __attribute__((preserve_access_index));

static __always_inline int aw_rt_softirq(void)
{
	struct task_struct___rt *task = (void *)bpf_get_current_task();

	if (!bpf_core_field_exists(task->softirq_disable_cnt))
		return 0;
	return BPF_CORE_READ(task, softirq_disable_cnt) & AW_SOFTIRQ_SERVING;
}
#else
static __always_inline int aw_rt_softirq(void)
{
	return 0;
}
#endif

/*
 * OOM victims: signal_struct::oom_mm since 4.9 (26db62f179d1, "oom: keep mm
 * of the killed task available"); TIF_MEMDIE before, on kernels too old for
 * the ring buffer.
 *
 * Not inlined: for each pointer that is followed so, the verifier of 6.3 and later goes through all types of the kernel
 * (btf_nested_type_is_trusted()), in a program of many paths once for each of them.
 */
#ifndef AW_NO_BTF
__attribute__((noinline)) int aw_oom_victim(void)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf))
		return bpf_get_current_task_btf()->signal->oom_mm != 0;
	return BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), signal, oom_mm) != 0;
}
#endif

/*
 * The numbers of enum compact_result changed in 4.6 and 4.8 ("mm, compaction:
 * change COMPACT_ constants into enum", "mm, compaction: rename COMPACT_PARTIAL
 * to COMPACT_SUCCESS").  The ring buffer needs 5.8, so without BTF they are
 * these.
 */
#ifdef AW_NO_BTF
#define AW_COMPACT_DEFERRED	2
#define AW_COMPACT_CONTINUE	4
#define AW_COMPACT_PRIO_ASYNC	2
#else
#define AW_COMPACT_PRIO_ASYNC	((int)bpf_core_enum_value(enum compact_priority, COMPACT_PRIO_ASYNC))
#define AW_COMPACT_DEFERRED	((int)bpf_core_enum_value(enum compact_result, COMPACT_DEFERRED))
#define AW_COMPACT_CONTINUE	((int)bpf_core_enum_value(enum compact_result, COMPACT_CONTINUE))
#endif

#endif
