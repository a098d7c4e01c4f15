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

/* The device comes last and goes first: who can open it finds all hooks in place. */
static int __init aw_init(void)
{
	int err;

	err = aw_ring_init(ring_kb);
	if (err)
		return err;
	err = aw_request_init();
	if (err)
		goto no_requests;
	aw_warn_init();
	err = aw_tracepoints_init();
	if (err)
		goto no_tracepoints;
	err = aw_device_init();
	if (err)
		goto no_device;
	pr_info("allocwatch: hooks 0x%x, %u KiB for failures on each cpu\n", aw_hooks, aw_ring_bytes() >> 10);
	return 0;

no_device:
	aw_tracepoints_exit();
no_tracepoints:
	aw_warn_exit();
	aw_request_exit();
no_requests:
	aw_ring_exit();
	return err;
}

static void __exit aw_exit(void)
{
	aw_device_exit();
	aw_tracepoints_exit();
	aw_warn_exit();
	aw_request_exit();
	aw_ring_exit();
}

module_init(aw_init);
module_exit(aw_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("allocwatch");
MODULE_DESCRIPTION("Reports failed page allocations to allocwatch on kernels without BPF");
