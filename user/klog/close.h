/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The end of reports: which open ones are over, and how they leave the assembly.
 */
#ifndef AW_KLOG_CLOSE_H
#define AW_KLOG_CLOSE_H

#include "klog/open.h"
#include "klog/report.h"

/* Is nothing but the header there? */
bool aw_klog_is_header_only(const struct aw_klog_report *r);

/* A header that may have been a title leaves, unless `next` repeats it.  NULL: no report follows. */
void aw_klog_settle_title(struct aw_klog_assembly *a, struct aw_klog_open *next);

/* Gives the closed reports to the reader, in the order of their headers, up to the first that is open or waits. */
void aw_klog_emit_closed(struct aw_klog_assembly *a);

/* Closes those that had no line for long, and emits. */
void aw_klog_close_idle(struct aw_klog_assembly *a);

/* The printer of `line` begins something else: its reports without a header are over. */
void aw_klog_close_headless(struct aw_klog_assembly *a, const struct aw_klog_line *line);

/* The printer of `line` begins `next`: its report before that is over. */
void aw_klog_close_printers(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			    const struct aw_klog_report *next);

#endif
