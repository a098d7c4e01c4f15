/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which events are wanted, as far as the kernel side can filter.
 */
#ifndef AW_EVENT_CAPTURE_H
#define AW_EVENT_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"

struct aw_btf;

/* What the kernel side may leave out.  The session filters again, so a source may ignore this. */
struct aw_capture {
	uint32_t order_min, order_max;	/* inclusive */
	uint32_t pid;			/* process; 0: all */
	char comm[AW_COMM_LEN + 1];	/* "" all */
	bool comm_is_prefix;
	uint64_t stall_ns;		/* successes that took this long are events (stalls); UINT64_MAX: none */
	bool low_overhead;		/* no cost for successes */
	bool count_allocations;		/* also count successes, by order */
	bool holders;			/* also follow a sample of the blocks in use */
	const char *argument;		/* of the source: klog:FILE; NULL */
	const char *btf;		/* this kernel's types instead of /sys/kernel/btf/vmlinux; NULL */
	const struct aw_btf *btf_of_kernel;	/* read already, and valid while the source is opened; NULL: it reads it */
	const char *kallsyms;		/* instead of /proc/kallsyms; NULL */
	const char *kernel;		/* its release, of a trace that does not name it; NULL */
	double speed;			/* of a replay: 1 as it was; 0: all at once */
	bool (*interrupted)(void);	/* did a signal end the run?  Asked while opening waits; NULL: never */
};

#endif
