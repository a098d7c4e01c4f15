/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines of a call trace, of every architecture, as printed or decoded.
 */
#ifndef AW_KLOG_TRACE_H
#define AW_KLOG_TRACE_H

#include "klog/klog.h"
#include "klog/line.h"

#define AW_KLOG_LINE_FRAMES 16	/* of one line: more are left out */

enum aw_klog_mark {
	AW_KLOG_MARK_NONE,
	AW_KLOG_MARK_TRACE,	/* "Call trace:" */
	AW_KLOG_MARK_IRQ,	/* <IRQ>, <NMI>, ...: an interrupt's frames follow */
	AW_KLOG_MARK_TASK,	/* </IRQ>, <EOI>, <TASK>: the task's follow */
	AW_KLOG_MARK_INTERRUPTED,	/* powerpc's "--- interrupt: 900 at ...": the frames before were an interrupt's */
	AW_KLOG_MARK_ENTRY,	/* arm's "Exception stack(...)": words of the stack follow */
	AW_KLOG_MARK_STALE,	/* "Leftover inexact backtrace:": what follows is not unwound */
	AW_KLOG_MARK_END	/* "Last Breaking-Event-Address:", "---[ end trace": what follows is no call */
};

/* Where the frames are from. */
enum aw_klog_place {
	AW_KLOG_ON_STACK,
	AW_KLOG_IN_PC,		/* "PC is at f+0x1/0x2": where the cpu was */
	AW_KLOG_IN_LR		/* "LR is at g+0x1/0x2": perhaps where it was to return to */
};

struct aw_klog_trace_line {
	enum aw_klog_mark mark;		/* before the frames */
	enum aw_klog_place place;
	bool pair;			/* arm's "callee from caller" */
	unsigned int count;
	struct aw_klog_frame frames[AW_KLOG_LINE_FRAMES];	/* only `count` of them are set */
};

/* False: neither frames nor marks, and `out` is not to be looked at. */
bool aw_klog_trace(const struct aw_klog_line *line, struct aw_klog_trace_line *out);

#endif
