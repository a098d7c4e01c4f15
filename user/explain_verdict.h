/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verdict on a logged report of any kind.
 */
#ifndef AW_EXPLAIN_VERDICT_H
#define AW_EXPLAIN_VERDICT_H

#include "event/event.h"
#include "kernel/kernel.h"
#include "kernel/klog.h"
#include "verdict/verdict.h"

/* `event` is the report's request. */
void aw_explain_verdict(const struct aw_klog_report *report, const struct aw_event *event,
			const struct aw_kernel *kernel, struct aw_verdict *out);

#endif
