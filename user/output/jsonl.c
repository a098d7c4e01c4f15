// SPDX-License-Identifier: GPL-2.0
/*
 * JSON lines, an event a line, between a line of type "start" and one of type
 * "totals" (docs/schema/allocwatch-1-line.json).
 */
#include <errno.h>
#include <string.h>

#include "output/exporters.h"
#include "output/json_parts.h"

static int put_line(FILE *out, json_t *object)
{
	int err = aw_json_put(out, object);

	if (!err)
		putc('\n', out);
	return err;
}

static int begin(FILE *out, const struct aw_report *report)
{
	return put_line(out, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "type", "start",
				       "schema", "allocwatch/1",
				       "start", aw_json_time(report->kernel, report->start_ns),
				       "host", aw_json_host(report), "kernel", aw_json_kernel(report),
				       "source", aw_json_source(report)));
}

static json_t *of_extfrag(const struct aw_event *event)
{
	const struct aw_extfrag *extfrag = &event->extfrag;

	return json_pack("{s:s, s:s, s:i, s:o, s:o}", "from", aw_migratetype_name(extfrag->from),
			 "to", aw_migratetype_name(extfrag->to), "order", extfrag->alloc_order,
			 "fallback_order", aw_json_known(extfrag->fallback_order >= 0,
							 (uint64_t)extfrag->fallback_order),
			 "pageblock_taken", extfrag->change_ownership < 0 ? json_null() :
					    json_boolean(extfrag->change_ownership));
}

static json_t *of_warning(const struct aw_event *event)
{
	return json_pack("{s:o, s:o}", "format", aw_json_text(event->warning.format),
			 "gfp", aw_json_text(event->warning.gfp.names));
}

static json_t *of_oom_kill(const struct aw_event *event)
{
	return json_pack("{s:{s:o, s:i}, s:o}", "victim", "comm", aw_json_text(event->oom.victim_comm),
			 "pid", (int)event->oom.victim_pid,
			 "order", aw_json_known(event->oom.order >= 0, (uint64_t)event->oom.order));
}

static json_t *of_cma(const struct aw_event *event)
{
	return json_pack("{s:o, s:o, s:i, s:o}", "area", aw_json_text(event->cma.name),
			 "pages", aw_json_number(event->cma.count), "align", (int)event->cma.align,
			 "error", event->cma.error ? json_integer(event->cma.error) : json_null());
}

static json_t *of_allocations(const struct aw_event *event)
{
	return json_pack("{s:i, s:o}", "order", (int)event->allocations.order,
			 "count", aw_json_number(event->allocations.count));
}

static json_t *of_other(const struct aw_report *report, const struct aw_event *event)
{
	static json_t *(*const of[AW_EVENT_TYPES])(const struct aw_event *event) = {
		[AW_EVENT_EXTFRAG] = of_extfrag, [AW_EVENT_WARNING] = of_warning,
		[AW_EVENT_OOM_KILL] = of_oom_kill, [AW_EVENT_CMA_FAILURE] = of_cma,
	};
	json_t *object;

	if (event->type == AW_EVENT_ALLOCATIONS)
		return of_allocations(event);
	object = aw_json_join(of[event->type](event), aw_json_who(event));

	return aw_json_join(object, json_pack("{s:o, s:o}", "site", aw_json_site(event->site),
					      "stack", aw_json_stack(report, event->stack)));
}

static int put_event(FILE *out, const struct aw_report *report, const struct aw_event *event)
{
	bool request = event->type == AW_EVENT_FAILURE || event->type == AW_EVENT_STALL;
	json_t *object = json_pack("{s:s, s:o, s:o}", "type", aw_event_type_name(event->type),
				   "time", aw_json_time(report->kernel, event->time_ns),
				   "uptime_us", aw_json_known(event->time_ns, event->time_ns / 1000));

	if (event->type == AW_EVENT_FAILURE && event->failure.unsampled)
		object = aw_json_join(object, json_pack("{s:o}", "unsampled", aw_json_number(event->failure.unsampled)));
	object = aw_json_join(object, request ? aw_json_request(report, event) : of_other(report, event));
	return put_line(out, object);
}

static int write_totals(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	int err = put_line(out, json_pack("{s:s, s:o, s:o, s:o}", "type", "totals",
					  "window", aw_json_window(report), "totals", aw_json_totals(report),
					  "lost", aw_json_lost(report)));

	return err ? aw_error_set(error, err, "can't write the totals as JSON: %s", strerror(-err)) : 0;
}

const struct aw_exporter aw_export_jsonl = {
	.name = "jsonl",
	.summary = "an event a line, as JSON",
	.write = write_totals,
	.begin = begin,
	.event = put_event,
};
