/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that no report takes: what else the kernel printed, and frames of which
 * nothing can be made.
 */
#ifndef AW_KLOG_FOREIGN_H
#define AW_KLOG_FOREIGN_H

#include "klog/open.h"
#include "klog/report.h"

/* The printer of `line` prints no more frames of its reports. */
void aw_klog_end_traces(struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* What begins with this line has a trace of its own, and perhaps Mem-Info. */
void aw_klog_begin_foreign(struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* "WARNING: CPU: 1 PID: 77 at kernel/dma/pool.c:276 ...", which stands behind the words of WARN() of the newest report? */
bool aw_klog_is_own_warning(const struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* The panic behind a line that stands alone, "Out of memory and no killable processes": its trace is that of the request. */
bool aw_klog_is_own_panic(const struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* A line that is cut, and of which nothing can be made, may have been a frame of the trace that is printed. */
void aw_klog_note_lost_frame(struct aw_klog_assembly *a, const struct aw_klog_line *line);

#endif
