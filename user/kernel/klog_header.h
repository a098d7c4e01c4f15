/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines that begin a report: what failed, for whom, with which mask.
 */
#ifndef AW_KERNEL_KLOG_HEADER_H
#define AW_KERNEL_KLOG_HEADER_H

#include "kernel/klog.h"
#include "kernel/klog_line.h"

enum aw_klog_match {
	AW_KLOG_NO,
	AW_KLOG_YES,
	AW_KLOG_MORE	/* begins like one, the rest may be on the next line */
};

/* A quick test, so that most lines need no more. */
bool aw_klog_may_be_header(const struct aw_klog_line *line);

/* Fills kind, form, comm, order, mode, ... of a zeroed report: with MORE, what is there (order -1: nothing). */
enum aw_klog_match aw_klog_header(const struct aw_klog_line *line, struct aw_klog_report *report);

/* "warn_alloc: 427 callbacks suppressed" -> 427; 0: not such a line. */
uint64_t aw_klog_suppressed(const struct aw_klog_line *line);

/* "Linux version 6.1.0-51-arm64 (debian...)" -> release; false: not such a line. */
bool aw_klog_linux_version(const struct aw_klog_line *line, char *release, size_t size);

#endif
