/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line that names the task, the cpu and the kernel of a report.
 */
#ifndef AW_KERNEL_KLOG_TASK_H
#define AW_KERNEL_KLOG_TASK_H

#include "kernel/klog.h"
#include "kernel/klog_line.h"

struct aw_klog_task {
	int64_t cpu, pid;	/* -1 not in the line */
	char comm[AW_KLOG_COMM];	/* "" not in the line */
	char release[65];
};

bool aw_klog_task(const struct aw_klog_line *line, struct aw_klog_task *out);

/* "3.18.20+" at the cursor: digits, a dot, a digit, then anything but spaces. */
bool aw_klog_release(struct aw_text *t, char *release, size_t size);

#endif
