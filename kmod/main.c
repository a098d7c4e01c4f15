// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading: what is set up in which order.
 */
#include "kmod.h"

#include <linux/init.h>

u32 aw_hooks;

static unsigned int ring_kb = 256;
module_param(ring_kb, uint, 0444);
MODULE_PARM_DESC(ring_kb, "KiB of ring buffer for failures on each cpu (a power of two from 16 to 16384)");

bool aw_keeps = AW_BUILT_IN;
#ifdef MODULE
module_param_named(keep, aw_keeps, bool, 0444);
MODULE_PARM_DESC(keep, "keep records for readers to come: for a module that is loaded before the drivers");
#endif

/*
 * Kprobes before tracepoints, so that every failure is seen with both.  Built in,
 * there are no kprobes yet: init_kprobes() is called with the drivers up to 5.1.
 */
static int __init start_hooks(void)
{
	int err;

	err = aw_ring_init(ring_kb);
	if (err)
		return err;
	err = aw_request_init();
	if (err)
		goto no_requests;
	if (!AW_BUILT_IN)
		aw_warn_init();
	err = aw_tracepoints_init();
	if (!err)
		return 0;
	aw_warn_exit();
	aw_request_exit();
no_requests:
	aw_ring_exit();
	return err;
}

static void stop_hooks(void)
{
	aw_tracepoints_exit();
	aw_warn_exit();
	aw_request_exit();
	aw_ring_exit();
}

/* The device comes last and goes first: who can open it finds all hooks in place. */
static int __init start_device(void)
{
	int err;

	if (AW_BUILT_IN)
		aw_warn_init();
	err = aw_device_init();
	if (err) {
		stop_hooks();
		return err;
	}
	pr_info("allocwatch: hooks 0x%x, %u KiB for failures on each cpu\n", aw_hooks, aw_ring_bytes() >> 10);
	return 0;
}

#ifdef MODULE

static int __init aw_init(void)
{
	int err = start_hooks();

	return err ? err : start_device();
}

static void __exit aw_exit(void)
{
	aw_device_exit();
	stop_hooks();
}

module_init(aw_init);
module_exit(aw_exit);

#else

/* Before the drivers: what their probes ask for is seen. */
static int __init aw_early_init(void)
{
	int err = start_hooks();

	if (err)
		pr_err("allocwatch: not started: %d\n", err);
	return err;
}

static int __init aw_late_init(void)
{
	return aw_hooks & AW_KMOD_PAGE_ALLOC ? start_device() : -ENODEV;
}

core_initcall(aw_early_init);
late_initcall(aw_late_init);

#endif

MODULE_LICENSE("GPL");
MODULE_AUTHOR("allocwatch");
MODULE_DESCRIPTION("Reports failed page allocations to allocwatch on kernels without BPF");
