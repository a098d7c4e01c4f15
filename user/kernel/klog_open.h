/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report that is still being printed, and what it waits for.
 */
#ifndef AW_KERNEL_KLOG_OPEN_H
#define AW_KERNEL_KLOG_OPEN_H

#include "kernel/klog.h"
#include "kernel/klog_line.h"
#include "kernel/klog_meminfo.h"
#include "kernel/klog_task.h"
#include "kernel/klog_trace.h"

struct aw_klog_open {
	struct aw_klog_report r;
	int64_t tid, cpu;	/* of the header's prefix; -1 none */
	uint64_t opened, touched;	/* line serials */
	int64_t last_mono;
	int last_zone;		/* -1 none yet */
	bool closed;
	bool no_frames;		/* a trace that follows is somebody else's */
	bool irq;
};

/* Does the prefix of this line allow that it is part of the report? */
bool aw_klog_same_printer(const struct aw_klog_open *o, const struct aw_klog_line *line);

/* How well a line fits what the report waits for; 0: not at all. */
int aw_klog_wants_task(const struct aw_klog_open *o, const struct aw_klog_task *task);
int aw_klog_wants_trace(const struct aw_klog_open *o, const struct aw_klog_trace_line *trace);
int aw_klog_wants_mem(const struct aw_klog_open *o, enum aw_klog_mem kind,
		      const struct aw_klog_zone *zone);

void aw_klog_take_task(struct aw_klog_open *o, const struct aw_klog_task *task);
void aw_klog_take_trace(struct aw_klog_open *o, const struct aw_klog_trace_line *trace,
			const struct aw_klog_line *line);
void aw_klog_take_mem(struct aw_klog_open *o, enum aw_klog_mem kind,
		      const struct aw_klog_zone *zone);

/* The lines that only some kinds of reports have; false: none of them. */
bool aw_klog_take_extra(struct aw_klog_open *o, const struct aw_klog_line *line);

#endif
