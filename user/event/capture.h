/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which events are wanted, as far as a kernel side can tell.
 */
#ifndef AW_EVENT_CAPTURE_H
#define AW_EVENT_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"

/* What the kernel side may leave out; the session filters again, so a source may ignore all of it. */
struct aw_capture {
	uint32_t order_min, order_max;	/* inclusive */
	uint32_t pid;			/* process; 0: all */
	char comm[AW_COMM_LEN + 1];	/* "" all */
	bool comm_is_prefix;
	uint64_t stall_ns;		/* slow successes from here on are events; UINT64_MAX: none */
	bool low_overhead;		/* nothing on the success path */
	bool count_allocations;		/* also count what succeeds, by order */
	const char *argument;		/* of the source: klog:FILE; NULL */
	const char *btf;		/* this kernel's types instead of /sys/kernel/btf/vmlinux; NULL */
	const char *kallsyms;		/* instead of /proc/kallsyms; NULL */
	double speed;			/* of a replay: 1 as it was; 0: all at once */
};

#endif
