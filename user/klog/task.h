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
	uint32_t upstream;	/* "6.1.0-51-arm64 #1  Debian 6.1.170-1": of the stable release; 0 not in the line */
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

/* The stable release that `behind`, what stands behind a release, names: "#1 SMP Debian 6.1.170-1 (2026-02-03)"; 0: none. */
uint32_t aw_klog_upstream(const char *release, const struct aw_text *behind);

/*
 * "Linux myhost 6.1.0-51-arm64 #1 SMP Debian 6.1.170-1 (2026-02-03) aarch64 GNU/Linux" at the cursor, as `uname -a`
 * prints it; false: it is something else.
 */
bool aw_klog_uname(struct aw_text t, char *release, size_t size, uint32_t *upstream);

#endif
