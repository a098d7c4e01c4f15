// SPDX-License-Identifier: GPL-2.0
/*
 * One event as JSON: who asked for what, from where, and what was tried.
 */
#include <stdio.h>
#include <string.h>

#include "output/json_parts.h"
#include "verdict/verdict.h"

json_t *aw_json_site(const struct aw_frame *site)
{
	if (!site || !site->name[0])
		return json_null();
	return json_pack("{s:o, s:o}", "symbol", aw_json_text(site->name),
			 "module", aw_json_text(site->module));
}

static json_t *json_frame(const struct aw_report *report, const struct aw_frame *frame)
{
	json_t *object = json_pack("{s:o, s:o, s:o}", "symbol", aw_json_text(frame->name),
				   "offset", aw_json_known(frame->name[0], frame->offset),
				   "module", aw_json_text(frame->module));
	char address[24];

	if (!report->raw_addresses || !frame->addr)
		return object;
	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)frame->addr);
	return aw_json_join(object, json_pack("{s:s}", "address", address));
}

json_t *aw_json_stack(const struct aw_report *report, const struct aw_stack *stack)
{
	json_t *frames = json_array();

	for (unsigned int i = 0; stack && i < stack->count; i++)
		frames = aw_json_append(frames, json_frame(report, &stack->frames[i]));
	return frames;
}

/* The task of an interrupt is only the one that it interrupted; failures that were only counted are anybody's. */
json_t *aw_json_who(const struct aw_event *event)
{
	const struct aw_task *task = &event->task;
	bool sampled = event->type != AW_EVENT_FAILURE || !event->failure.unsampled;
	bool own = sampled && task->context <= AW_IN_TASK;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:o}",
			 "comm", own ? aw_json_text(task->comm) : json_null(),
			 "pid", aw_json_known(own, task->pid), "tid", aw_json_known(own, task->tid),
			 "cgroup", own ? aw_json_text(task->cgroup) : json_null(),
			 "cgroup_id", aw_json_known(own && task->known & AW_TASK_KNOWS_CGROUP, task->cgroup_id),
			 "context", aw_context_name(task->context), "cpu", aw_json_known(sampled, event->cpu));
}

/* GFP_KERNEL|__GFP_COMP, by its parts. */
static json_t *gfp_names(const char *names)
{
	json_t *array = json_array();

	while (names && *names) {
		size_t length = strcspn(names, "|");
		char name[64];

		snprintf(name, sizeof(name), "%.*s", (int)length, names);
		array = aw_json_append(array, aw_json_text(name));
		names += length + (names[length] == '|');
	}
	return array;
}

static json_t *json_gfp(const struct aw_gfp *gfp)
{
	char raw[24];

	snprintf(raw, sizeof(raw), "0x%llx", (unsigned long long)gfp->raw);
	return json_pack("{s:s, s:o}", "raw", raw, "names", gfp_names(gfp->names));
}

static json_t *json_attempts(const struct aw_effort *effort)
{
	json_t *attempts = json_array();

	for (unsigned int i = 0; i < effort->nr_attempts; i++) {
		const struct aw_attempt *attempt = &effort->attempts[i];

		attempts = aw_json_append(attempts, json_pack("{s:s, s:s, s:i, s:i, s:b}",
				"priority", aw_compact_prio_name(attempt->prio),
				"result", aw_compact_result_name(attempt->result),
				"us", (int)attempt->us, "zones", (int)attempt->zones,
				"deferred", attempt->deferred));
	}
	return attempts;
}

static json_t *json_reclaim(const struct aw_effort *effort)
{
	if (!effort->knows_reclaim)
		return json_null();
	return json_pack("{s:i, s:i, s:o, s:o}", "calls", (int)effort->reclaim_calls,
			 "declined", (int)effort->reclaim_declined,
			 "pages", aw_json_number(effort->reclaim_pages),
			 "us", aw_json_number(effort->reclaim_ns / 1000));
}

static json_t *json_compaction(const struct aw_effort *effort)
{
	if (!effort->knows_compaction)
		return json_null();
	return json_pack("{s:i, s:o, s:o}", "calls", (int)effort->compact_calls,
			 "us", aw_json_number(effort->compact_ns / 1000),
			 "attempts", json_attempts(effort));
}

static json_t *json_retry(const struct aw_effort *effort)
{
	if (!effort->knows_retry)
		return json_null();
	return json_pack("{s:i, s:i}", "reclaim", (int)effort->reclaim_retries,
			 "compaction", (int)effort->compact_retries);
}

json_t *aw_json_tried(const struct aw_effort *effort)
{
	if (!effort->known)
		return json_null();
	return json_pack("{s:o, s:b, s:o, s:o, s:o}",
			 "us", aw_json_known(effort->total_ns, effort->total_ns / 1000),
			 "lower_bound", effort->lower_bound, "reclaim", json_reclaim(effort),
			 "compaction", json_compaction(effort), "retries", json_retry(effort));
}

static json_t *json_judged(const struct aw_report *report, const struct aw_event *event)
{
	struct aw_verdict verdict;

	aw_verdict_make(event, report->kernel, &verdict);
	return json_pack("{s:s, s:b, s:o, s:o}", "log", aw_log_name(event->failure.log),
			 "before_start", event->failure.before_start,
			 "verdict", aw_json_verdict(&verdict), "advice", aw_json_advice(&verdict));
}

json_t *aw_json_request(const struct aw_report *report, const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;
	bool late = failure->zones_when == AW_ZONES_READ_LATER;
	json_t *object = json_pack("{s:i, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:o, s:o}",
			"order", (int)failure->order,
			"bytes", aw_json_known(failure->bytes, failure->bytes),
			"gfp", json_gfp(&failure->gfp),
			"migratetype", aw_migratetype_name(failure->migratetype),
			"class", aw_class_name(failure->class),
			"class_why", aw_json_text(failure->class_why),
			"tried", aw_json_tried(&failure->effort),
			"zones", aw_json_zones(failure),
			"zones_when", aw_zones_when_name(failure->zones_when),
			"zones_late_us", aw_json_known(late, failure->zones_late_ns / 1000),
			"site", aw_json_site(event->site),
			"stack", aw_json_stack(report, event->stack));

	object = aw_json_join(object, aw_json_who(event));
	if (event->type == AW_EVENT_FAILURE)
		object = aw_json_join(object, json_judged(report, event));
	return object;
}
