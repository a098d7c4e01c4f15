/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report that is still being printed, and what it waits for.
 */
#ifndef AW_KLOG_OPEN_H
#define AW_KLOG_OPEN_H

#include "klog/klog.h"
#include "klog/line.h"
#include "klog/meminfo.h"
#include "klog/task.h"
#include "klog/trace.h"

struct aw_klog_open {
	struct aw_klog_report r;
	int64_t tid, cpu;	/* of the header's prefix; -1 none */
	uint64_t opened, touched;	/* line serials */
	uint64_t unknown_before;	/* the assembly's count when it was opened */
	int64_t last_mono;
	int last_zone;		/* -1 none yet */
	bool closed;
	bool headless;		/* begun without a header: none of it counts until aw_klog_headless_is_failure() */
	bool may_be_child;	/* OOM: the last line chose a process "or sacrifice child": another pid may be the one killed */
	bool killed;		/* OOM: the line was seen that ends a kill */
	bool group_kill;	/* OOM: all tasks of a cgroup are killed, each with its line */
	bool titled;		/* see klog/title.h */
	bool first;		/* headless: no line of a kernel stands before it */
	bool begins_cut;	/* headless: its first line is one from the middle of a trace or of Mem-Info */
	bool no_frames;		/* a trace that follows is somebody else's */
	bool marked;		/* "Call trace:" was there */
	bool irq;
	bool spoken;		/* its trace is a sentence: aw_klog_take_arrows() */
	bool listed;		/* its trace is a list that somebody wrote down */
	bool stale;		/* frames that follow are not unwound */
	unsigned int context_from;	/* the first frame of what was interrupted last */
};

/* Does the prefix of this line allow that it is part of the report? */
bool aw_klog_same_printer(const struct aw_klog_open *o, const struct aw_klog_line *line);

/* How well a line fits what the report waits for; 0: not at all. */
int aw_klog_wants_task(const struct aw_klog_open *o, const struct aw_klog_task *task);
int aw_klog_wants_trace(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace);
int aw_klog_wants_mem(const struct aw_klog_open *o, enum aw_klog_mem line,
		      const struct aw_klog_zone *zone);

void aw_klog_take_task(struct aw_klog_open *o, const struct aw_klog_task *task);
void aw_klog_take_trace(struct aw_klog_open *o, const struct aw_klog_trace_line *trace,
			const struct aw_klog_line *line);
void aw_klog_take_mem(struct aw_klog_open *o, enum aw_klog_mem line,
		      const struct aw_klog_zone *zone);

/* The totals behind the zones of Mem-Info. */
void aw_klog_take_totals(struct aw_klog_open *o, const struct aw_klog_line *line);

/* The lines that only some types of reports have; false: none of them. */
bool aw_klog_take_extra(struct aw_klog_open *o, const struct aw_klog_line *line);

#endif
