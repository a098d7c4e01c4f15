/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The context that a logged request was made in, told from its trace.
 */
#ifndef AW_EVENT_KLOG_CONTEXT_H
#define AW_EVENT_KLOG_CONTEXT_H

#include "event/event.h"
#include "kernel/klog.h"

enum aw_context aw_klog_context(const struct aw_klog_report *report, const struct aw_gfp *gfp);

#endif
