/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What stands in front of a kernel line: times, priorities, who printed it.
 */
#ifndef AW_KERNEL_KLOG_LINE_H
#define AW_KERNEL_KLOG_LINE_H

#include "kernel/klog_text.h"

struct aw_klog_line {
	struct aw_text text;	/* what the kernel said */
	struct aw_text raw;	/* with everything in front of it */
	int64_t mono_us;	/* [    1.234567]; -1 none */
	int64_t wall_us;	/* see aw_klog_date(); -1 none */
	bool wall_has_year;
	bool prefixed;		/* with a time or a task */
	bool logcat;
	int64_t tid;		/* printk's [T123], or the pid of a vendor's prefix; -1 none */
	int64_t cpu;		/* printk's [C1] or a vendor's; -1 none */
};

/* `raw` without the line end. */
void aw_klog_line_parse(const char *raw, size_t len, struct aw_klog_line *out);

#endif
