/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every difference between kernels that the module handles, from 3.18 on: one
 * block a change.  HAVE_* come from probe/, which is compiled against the tree.
 */
#ifndef AW_COMPAT_H
#define AW_COMPAT_H

#include "probed.h"

#include <linux/compiler.h>
#include <linux/hardirq.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/uaccess.h>
#include <linux/vmstat.h>

/* 4.11 split linux/sched.h ("sched/headers: Prepare to move signal wakeup & sigpending methods"). */
#ifdef HAVE_SCHED_SIGNAL_H
#include <linux/sched/signal.h>
#endif

/* 3.19 ("kernel: Provide READ_ONCE and ASSIGN_ONCE"), in stable 3.18 since 3.18.13; WRITE_ONCE 4.0. */
#ifndef READ_ONCE
#define READ_ONCE(x) ACCESS_ONCE(x)
#endif
#ifndef WRITE_ONCE
#define WRITE_ONCE(x, value) (ACCESS_ONCE(x) = (value))
#endif

/* 5.11 ("preempt: Cleanup the macro maze a bit"): replaces in_irq(). */
#ifndef in_hardirq
#define in_hardirq() in_irq()
#endif

/* 4.16 ("make sure that __poll_t is a distinct type"); before, poll returned an unsigned int. */
#ifdef HAVE_POLL_T
typedef __poll_t aw_poll_t;
#else
typedef unsigned int aw_poll_t;
#endif

/* 3.17 ("timekeeping: Provide fast and NMI safe access to CLOCK_MONOTONIC"). */
#ifdef HAVE_MONO_FAST_NS
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#else
#error ktime_get_mono_fast_ns() is needed: 3.17 or later
#endif
static inline u64 aw_now(void)
{
	return ktime_get_mono_fast_ns();
}

/*
 * 5.8 (fe557319aa06, "maccess: rename probe_kernel_{read,write} to
 * copy_{from,to}_kernel_nofault").  0, or -EFAULT: the address can't be read.
 */
static inline long aw_read_nofault(void *to, const void *from, size_t size)
{
#ifdef HAVE_NOFAULT
	return copy_from_kernel_nofault(to, from, size);
#else
	return probe_kernel_read(to, (void *)from, size);
#endif
}

/*
 * 5.4 (17603dfb2dc5, "tracefs: Restrict tracefs when the kernel is locked down"):
 * the device shows what tracefs would, so it is closed when tracefs is.  Earlier
 * kernels have no lockdown, or a distribution's of their own.
 */
static inline int aw_locked_down(void)
{
#ifdef HAVE_LOCKDOWN
	return security_locked_down(LOCKDOWN_TRACEFS);
#else
	return 0;
#endif
}

/* 5.0 ("mm: convert zone->managed_pages and total_ram_pages to atomic"). */
static inline unsigned long aw_zone_managed(struct zone *zone)
{
#ifdef HAVE_ZONE_MANAGED_PAGES
	return zone_managed_pages(zone);
#else
	return zone->managed_pages;
#endif
}

/* 5.0 (1c30844d2dfe, "mm: reclaim small amounts of memory when an external fragmentation event occurs"). */
static inline unsigned long aw_zone_watermark(struct zone *zone, int which)
{
#ifdef HAVE_ZONE_UNDERSCORE_WATERMARK
	return zone->_watermark[which];
#else
	return zone->watermark[which];
#endif
}

/*
 * 4.9 (26db62f179d1, "oom: keep mm of the killed task available"): signal->oom_mm,
 * asked for with tsk_is_oom_victim(); a thread flag before.
 */
#ifdef HAVE_OOM_VICTIM
#include <linux/oom.h>
#define AW_KNOWS_OOM_VICTIM 1
#define aw_oom_victim(task) (!!tsk_is_oom_victim(task))
#elif defined(HAVE_TIF_MEMDIE)
#define AW_KNOWS_OOM_VICTIM 1
#define aw_oom_victim(task) (!!test_tsk_thread_flag(task, TIF_MEMDIE))
#else
#define AW_KNOWS_OOM_VICTIM 0
#define aw_oom_victim(task) 0
#endif

#endif
