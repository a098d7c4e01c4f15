// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that this kernel's log already holds when watching starts.
 */
#include "before_start.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "event/klog_event.h"
#include "explain_input.h"
#include "kernel/klog.h"
#include "verdict/verdict.h"

struct reading {
	const struct aw_kernel *kernel;
	const struct aw_filter *filter;
	aw_before_start_fn deliver;
	void *arg;
	struct aw_klog *klog;
	struct aw_klog_event *event;
	unsigned int count;
};

static void on_report(void *ctx, const struct aw_klog_report *report)
{
	struct reading *reading = ctx;
	struct aw_event *event = &reading->event->event;
	struct aw_verdict verdict;

	if (report->kind != AW_KLOG_FAILURE)
		return;
	aw_klog_event_of(report, reading->kernel, reading->event);
	event->failure.before_start = true;
	aw_verdict_make(event, reading->kernel, &verdict);
	event->failure.cause = verdict.cause;
	event->failure.rule = verdict.rule;
	if (!aw_filter_match(reading->filter, event))
		return;
	reading->count++;
	reading->deliver(reading->arg, event);
}

static void on_text(void *ctx, const char *text, size_t len)
{
	struct reading *reading = ctx;

	aw_klog_feed(reading->klog, text, len);
}

unsigned int aw_before_start(const struct aw_kernel *kernel, const struct aw_filter *filter,
			     aw_before_start_fn deliver, void *arg)
{
	AW_FREE struct aw_klog_event *event = calloc(1, sizeof(*event));
	struct reading reading = {
		.kernel = kernel, .filter = filter, .deliver = deliver, .arg = arg, .event = event,
	};
	struct aw_error error;

	reading.klog = event ? aw_klog_new(on_report, &reading) : NULL;
	if (!reading.klog)
		return 0;
	if (!aw_explain_read_kernel(on_text, &reading, &error))
		aw_klog_finish(reading.klog);
	aw_klog_free(reading.klog);
	return reading.count;
}
