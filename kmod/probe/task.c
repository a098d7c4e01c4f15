/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What can be read of a task.
 *
 * PROBE HAVE_SCHED_SIGNAL_H (4.11: linux/sched.h was split)
 * PROBE HAVE_OOM_VICTIM (4.9: tsk_is_oom_victim(); before TIF_MEMDIE)
 * PROBE HAVE_TIF_MEMDIE
 * PROBE HAVE_CGROUP_ID (5.5: cgroup_id())
 * PROBE HAVE_MEMS_ALLOWED (CONFIG_CPUSETS)
 * PROBE HAVE_MONO_FAST_NS (3.17)
 */
#include <linux/module.h>
#include <linux/sched.h>

#if defined(HAVE_SCHED_SIGNAL_H)
#include <linux/sched/signal.h>
#elif defined(HAVE_OOM_VICTIM)
#include <linux/oom.h>
#elif defined(HAVE_CGROUP_ID)
#include <linux/cgroup.h>
#elif defined(HAVE_MONO_FAST_NS)
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#endif

u64 probe(void);
u64 probe(void)
{
#if defined(HAVE_OOM_VICTIM)
	return tsk_is_oom_victim(current);
#elif defined(HAVE_TIF_MEMDIE)
	return test_tsk_thread_flag(current, TIF_MEMDIE);
#elif defined(HAVE_CGROUP_ID)
	return cgroup_id(task_dfl_cgroup(current));
#elif defined(HAVE_MEMS_ALLOWED)
	return nodes_addr(current->mems_allowed)[0];
#elif defined(HAVE_MONO_FAST_NS)
	return ktime_get_mono_fast_ns();
#else
	return 0;
#endif
}
