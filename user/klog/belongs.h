/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that could begin a report, and belong to one that is open.
 */
#ifndef AW_KLOG_BELONGS_H
#define AW_KLOG_BELONGS_H

#include "klog/open.h"
#include "klog/report.h"

/*
 * Does an open report wait for this line, which is `r` as a report of its own?
 * What was read of Mem-Info without a header becomes a report of the OOM killer.
 */
bool aw_klog_belongs(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r);

/* Is `r` what the report before it tells in other words?  Then that takes over what is new in it. */
bool aw_klog_told_already(struct aw_klog_assembly *a, const struct aw_klog_line *line, const struct aw_klog_report *r);

/* Is the line, `next`, the first of another task's failure of vmalloc, printed amid those of `o`, whose header is still to come? */
bool aw_klog_prints_vmalloc_too(const struct aw_klog_assembly *a, const struct aw_klog_open *o, const struct aw_klog_line *line,
				const struct aw_klog_report *next);

#endif
