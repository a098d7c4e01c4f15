// SPDX-License-Identifier: GPL-2.0
/*
 * Failures before watching starts.
 */
#include "session/before_start.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "klog/event.h"
#include "klog/input.h"
#include "klog/klog.h"
#include "session/boot_trace.h"
#include "verdict/verdict.h"

struct reading {
	const struct aw_before_start_config *config;
	aw_before_start_fn deliver;
	void *arg;
	struct aw_past *past;
	struct aw_klog_event *event;
	struct aw_before_start result;
};

static void on_report(void *ctx, const struct aw_klog_report *report)
{
	struct reading *reading = ctx;

	if (report->type != AW_KLOG_FAILURE || report->no_header)
		return;
	aw_klog_event_of(report, reading->config->kernel, reading->event);
	aw_past_add(reading->past, &reading->event->event, true);
}

static void on_past(void *arg, const struct aw_event *past)
{
	struct reading *reading = arg;
	struct aw_event event = *past;

	aw_verdict_judge(&event, reading->config->kernel, &event.failure.cause, &event.failure.rule);
	if (!aw_filter_match(reading->config->filter, &event))
		return;
	reading->result.failures++;
	reading->deliver(reading->arg, &event);
}

static void read_log(struct reading *reading)
{
	struct aw_klog *klog = aw_klog_new(on_report, reading);
	struct aw_error error;

	if (!klog)
		return;
	aw_klog_read_all(NULL, klog, &error);
	reading->result.overwritten = aw_klog_stats(klog)->overwritten;
	aw_klog_free(klog);
}

struct aw_before_start aw_before_start(const struct aw_before_start_config *config, aw_before_start_fn deliver,
				       void *arg)
{
	AW_FREE struct aw_klog_event *event = calloc(1, sizeof(*event));
	struct reading reading = { .config = config, .deliver = deliver, .arg = arg, .event = event };

	reading.result.traced = config->boot;
	reading.result.by_module = config->boot && aw_boot_trace_by_module(config->boot);
	if (config->boot)
		reading.result.trace_lost = aw_boot_trace_take(config->boot, config->until_ns, &reading.past);
	else
		reading.past = aw_past_new();
	if (event && reading.past) {
		read_log(&reading);
		aw_past_match(reading.past);
		aw_past_deliver(reading.past, config->traced_only, on_past, &reading);
		reading.result.trace_lost += aw_past_left_out(reading.past);
	}
	aw_past_free(reading.past);
	return reading.result;
}

static void ignore(void *ctx, const struct aw_klog_report *report)
{
	(void)ctx;
	(void)report;
}

struct counting {
	struct aw_klog *klog;
	struct aw_earlier_boots boots;
};

static void count_log(void *ctx, const char *path)
{
	struct counting *counting = ctx;
	struct aw_earlier_boots *boots = &counting->boots;
	struct aw_error error;
	uint64_t failures;

	aw_klog_another_file(counting->klog);
	aw_klog_read_all(path, counting->klog, &error);
	failures = aw_klog_stats(counting->klog)->reports[AW_KLOG_FAILURE];
	if (failures && !boots->first[0])
		snprintf(boots->first, sizeof(boots->first), "%s", path);
	boots->failures += failures;
	boots->logs++;
}

struct aw_earlier_boots aw_earlier_boots(const char *root)
{
	struct counting counting = { .klog = aw_klog_new(ignore, NULL) };

	if (counting.klog)
		aw_klog_earlier(root, count_log, &counting);
	aw_klog_free(counting.klog);
	return counting.boots;
}
