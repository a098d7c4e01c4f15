/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines of a call trace, of every architecture.
 */
#ifndef AW_KERNEL_KLOG_TRACE_H
#define AW_KERNEL_KLOG_TRACE_H

#include "kernel/klog.h"
#include "kernel/klog_line.h"

enum aw_klog_mark {
	AW_KLOG_MARK_NONE,
	AW_KLOG_MARK_TRACE,	/* "Call trace:" */
	AW_KLOG_MARK_IRQ,	/* <IRQ>, <NMI>, ... */
	AW_KLOG_MARK_TASK	/* </IRQ>, <EOI>, <TASK> */
};

struct aw_klog_trace_line {
	enum aw_klog_mark mark;		/* before the frames */
	bool pair;			/* arm's "callee from caller" */
	unsigned int count;
	struct aw_klog_frame frames[2];
};

/* False: neither frames nor marks. */
bool aw_klog_trace(const struct aw_klog_line *line, struct aw_klog_trace_line *out);

#endif
