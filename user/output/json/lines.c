// SPDX-License-Identifier: GPL-2.0
/*
 * JSON lines: a line of type "start", one line per event, and a line of type
 * "totals" (docs/schema/allocwatch-1-line.json).
 */
#include <errno.h>
#include <string.h>

#include "output/exporters.h"
#include "output/json/groups.h"
#include "output/json/internal.h"

static int end_line(struct aw_json *json, FILE *out)
{
	int err;

	aw_json_object_end(json);
	err = aw_json_flush(json, out);
	if (!err)
		putc('\n', out);
	return err;
}

static int begin(FILE *out, const struct aw_report *report)
{
	AW_JSON struct aw_json json = { 0 };

	aw_json_object(&json, NULL);
	aw_json_name(&json, "type", "start");
	aw_json_name(&json, "schema", "allocwatch/1");
	aw_json_time(&json, "start", report->kernel, report->start_ns);
	aw_json_host(&json, "host", report);
	aw_json_kernel(&json, "kernel", report);
	aw_json_source(&json, "source", report);
	return end_line(&json, out);
}

static void put_extfrag(struct aw_json *json, const struct aw_event *event)
{
	const struct aw_extfrag *extfrag = &event->extfrag;

	aw_json_name(json, "from", aw_migratetype_name(extfrag->from));
	aw_json_name(json, "to", aw_migratetype_name(extfrag->to));
	aw_json_integer(json, "order", extfrag->alloc_order);
	aw_json_known(json, "fallback_order", extfrag->fallback_order >= 0, (uint64_t)extfrag->fallback_order);
	if (extfrag->change_ownership < 0)
		aw_json_null(json, "pageblock_taken");
	else
		aw_json_bool(json, "pageblock_taken", extfrag->change_ownership);
}

static void put_warning(struct aw_json *json, const struct aw_event *event)
{
	aw_json_text(json, "format", event->warning.format);
	aw_json_text(json, "gfp", event->warning.gfp.names);
}

static void put_oom_kill(struct aw_json *json, const struct aw_event *event)
{
	aw_json_object(json, "victim");
	aw_json_text(json, "comm", event->oom.victim_comm);
	aw_json_integer(json, "pid", (int)event->oom.victim_pid);
	aw_json_object_end(json);
	aw_json_known(json, "order", event->oom.order >= 0, (uint64_t)event->oom.order);
}

static void put_cma(struct aw_json *json, const struct aw_event *event)
{
	aw_json_text(json, "area", event->cma.name);
	aw_json_number(json, "pages", event->cma.count);
	aw_json_number(json, "align", event->cma.align);
	if (event->cma.error)
		aw_json_integer(json, "error", event->cma.error);
	else
		aw_json_null(json, "error");
}

static void put_allocations(struct aw_json *json, const struct aw_event *event)
{
	aw_json_number(json, "order", event->allocations.order);
	aw_json_number(json, "count", event->allocations.count);
}

static void put_held(struct aw_json *json, const struct aw_event *event)
{
	aw_json_put_held(json, &event->held, event->time_ns);
}

static void put_scan(struct aw_json *json, const struct aw_report *report, const struct aw_event *event)
{
	aw_json_number(json, "order", event->failure.order);
	aw_json_text(json, "gfp", event->failure.gfp.names);
	aw_json_known(json, "failed_uptime_us", event->scan->failed_ns, event->scan->failed_ns / 1000);
	aw_json_scan(json, "scan", report->kernel, event->scan);
}

static void put_other(struct aw_json *json, const struct aw_report *report, const struct aw_event *event)
{
	static void (*const put[AW_EVENT_TYPES])(struct aw_json *json, const struct aw_event *event) = {
		[AW_EVENT_EXTFRAG] = put_extfrag, [AW_EVENT_WARNING] = put_warning,
		[AW_EVENT_OOM_KILL] = put_oom_kill, [AW_EVENT_CMA_FAILURE] = put_cma,
		[AW_EVENT_ALLOCATIONS] = put_allocations, [AW_EVENT_HELD] = put_held,
	};

	if (event->type == AW_EVENT_SCAN)
		put_scan(json, report, event);
	else
		put[event->type](json, event);
	if (event->type == AW_EVENT_ALLOCATIONS)
		return;
	if (event->type != AW_EVENT_HELD)
		aw_json_who(json, event, NULL);
	aw_json_site(json, "site", event->site);
	aw_json_stack(json, "stack", report, event->stack);
}

static int put_event(FILE *out, const struct aw_report *report, const struct aw_event *event)
{
	AW_JSON struct aw_json json = { 0 };

	aw_json_object(&json, NULL);
	aw_json_name(&json, "type", aw_event_type_name(event->type));
	aw_json_time(&json, "time", report->kernel, event->time_ns);
	aw_json_known(&json, "uptime_us", event->time_ns, event->time_ns / 1000);
	if (event->type == AW_EVENT_FAILURE && event->failure.unsampled)
		aw_json_number(&json, "unsampled", event->failure.unsampled);
	if (event->type == AW_EVENT_FAILURE || event->type == AW_EVENT_STALL)
		aw_json_request(&json, report, event);
	else
		put_other(&json, report, event);
	return end_line(&json, out);
}

static int write_totals(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	AW_JSON struct aw_json json = { 0 };
	int err;

	aw_json_object(&json, NULL);
	aw_json_name(&json, "type", "totals");
	aw_json_window(&json, "window", report);
	aw_json_totals(&json, "totals", report);
	aw_json_lost(&json, "lost", report);
	err = end_line(&json, out);
	return err ? aw_error_set(error, err, "can't write the totals as JSON: %s", strerror(-err)) : 0;
}

const struct aw_exporter aw_export_jsonl = {
	.name = "jsonl",
	.summary = "JSON, one event per line",
	.write = write_totals,
	.begin = begin,
	.event = put_event,
};
