/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line that names the task, the cpu and the kernel of a report.
 */
#ifndef AW_KLOG_TASK_H
#define AW_KLOG_TASK_H

#include "klog/klog.h"
#include "klog/line.h"

struct aw_klog_task {
	int64_t cpu, pid;	/* -1 not in the line */
	char comm[AW_KLOG_COMM];	/* "" not in the line */
	char release[65];
};

bool aw_klog_task(const struct aw_klog_line *line, struct aw_klog_task *out);

/*
 * "Workqueue: events mhi_fw_load_handler [mhi]": which work function this
 * worker runs.  False, and nothing is set: another line.
 */
struct aw_klog_workqueue {
	char name[33];
	char function[AW_KLOG_NAME];
	char module[AW_KLOG_MODULE];	/* "" the kernel itself */
};
bool aw_klog_workqueue(const struct aw_klog_line *line, struct aw_klog_workqueue *out);

/* "3.18.20+" at the cursor: digits, a dot, a digit, then anything but spaces. */
bool aw_klog_release(struct aw_text *t, char *release, size_t size);

#endif
