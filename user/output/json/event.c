// SPDX-License-Identifier: GPL-2.0
/*
 * One event as JSON: the request, its process and call site, and what was tried.
 */
#include <stdio.h>
#include <string.h>

#include "event/pods.h"
#include "output/json/internal.h"
#include "verdict/verdict.h"

void aw_json_site(struct aw_json *json, const char *key, const struct aw_frame *site)
{
	if (!site || !site->name[0]) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_text(json, "symbol", site->name);
	aw_json_text(json, "module", site->module);
	aw_json_object_end(json);
}

/* With what the compiler put behind the name: the offset is into that. */
static void put_symbol(struct aw_json *json, const char *key, const struct aw_frame *frame)
{
	const char *suffix = aw_frame_suffix(frame);
	char symbol[768];

	if (suffix[0])
		snprintf(symbol, sizeof(symbol), "%s%s", frame->name, suffix);
	aw_json_text(json, key, suffix[0] ? symbol : frame->name);
}

static void put_frame(struct aw_json *json, const struct aw_report *report, const struct aw_frame *frame)
{
	char address[24];

	aw_json_object(json, NULL);
	put_symbol(json, "symbol", frame);
	aw_json_known(json, "offset", frame->name[0], frame->offset);
	aw_json_text(json, "module", frame->module);
	if (report->raw_addresses && frame->addr) {
		snprintf(address, sizeof(address), "0x%llx", (unsigned long long)frame->addr);
		aw_json_name(json, "address", address);
	}
	aw_json_object_end(json);
}

void aw_json_stack(struct aw_json *json, const char *key, const struct aw_report *report, const struct aw_stack *stack)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; stack && i < stack->count; i++)
		put_frame(json, report, &stack->frames[i]);
	aw_json_array_end(json);
}

/* In interrupts, the task is mostly the interrupted one.  For failures that were counted only, it is not known. */
void aw_json_who(struct aw_json *json, const struct aw_event *event, const struct aw_json_unknown *unknown)
{
	const struct aw_task *task = &event->task;
	bool sampled = event->type != AW_EVENT_FAILURE || !event->failure.unsampled;
	bool own = sampled && aw_task_is_own(task), has_pid = own && !(unknown && unknown->pid);

	aw_json_text(json, "comm", own ? task->comm : NULL);
	aw_json_known(json, "pid", has_pid, task->pid);
	aw_json_known(json, "tid", has_pid, task->tid);
	aw_json_text(json, "cgroup", own ? task->cgroup : NULL);
	aw_json_text(json, "container", own ? task->container : NULL);
	aw_json_text(json, "pod", own ? task->pod : NULL);
	if (own && task->names) {
		aw_json_text(json, "pod_name", task->names->name);
		aw_json_text(json, "namespace", task->names->namespace);
	}
	aw_json_known(json, "cgroup_id", own && task->known & AW_TASK_KNOWS_CGROUP, task->cgroup_id);
	aw_json_name(json, "context", aw_context_name(task->context));
	aw_json_known(json, "cpu", sampled && !(unknown && unknown->cpu), event->cpu);
}

/* Splits "GFP_KERNEL|__GFP_COMP" into its names. */
static void put_gfp_names(struct aw_json *json, const char *key, const char *names)
{
	aw_json_array(json, key);
	while (names && *names) {
		size_t length = strcspn(names, "|");
		char name[64];

		snprintf(name, sizeof(name), "%.*s", (int)length, names);
		aw_json_text(json, NULL, name);
		names += length + (names[length] == '|');
	}
	aw_json_array_end(json);
}

static void put_gfp(struct aw_json *json, const char *key, const struct aw_gfp *gfp)
{
	char raw[24];

	snprintf(raw, sizeof(raw), "0x%llx", (unsigned long long)gfp->raw);
	aw_json_object(json, key);
	aw_json_name(json, "raw", raw);
	put_gfp_names(json, "names", gfp->names);
	aw_json_object_end(json);
}

static void put_attempts(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < effort->nr_attempts; i++) {
		const struct aw_attempt *attempt = &effort->attempts[i];

		aw_json_object(json, NULL);
		aw_json_name(json, "priority", aw_compact_prio_name(attempt->prio));
		aw_json_name(json, "result", aw_compact_result_name(attempt->result));
		aw_json_number(json, "us", attempt->us);
		aw_json_number(json, "zones", attempt->zones);
		aw_json_bool(json, "deferred", attempt->deferred);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_reclaim(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	if (!effort->knows_reclaim) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_number(json, "calls", effort->reclaim_calls);
	aw_json_number(json, "declined", effort->reclaim_declined);
	aw_json_number(json, "pages", effort->reclaim_pages);
	aw_json_number(json, "us", effort->reclaim_ns / 1000);
	aw_json_object_end(json);
}

static void put_compacted(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	if (!effort->knows_pages) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_number(json, "scanned", effort->scanned);
	aw_json_number(json, "taken", effort->taken);
	aw_json_number(json, "moved", effort->moved);
	aw_json_number(json, "failed", effort->failed);
	aw_json_number(json, "free_scanned", effort->free_scanned);
	aw_json_number(json, "free_taken", effort->free_taken);
	aw_json_object_end(json);
}

static void put_compaction(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	if (!effort->knows_compaction) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_number(json, "calls", effort->compact_calls);
	aw_json_number(json, "us", effort->compact_ns / 1000);
	put_attempts(json, "attempts", effort);
	put_compacted(json, "pages", effort);
	aw_json_object_end(json);
}

static void put_retries(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	if (!effort->knows_retry) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_number(json, "reclaim", effort->reclaim_retries);
	aw_json_number(json, "compaction", effort->compact_retries);
	aw_json_object_end(json);
}

/* null when not watched */
static void put_tried(struct aw_json *json, const char *key, const struct aw_effort *effort)
{
	if (!effort->known) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_known(json, "us", effort->total_ns, effort->total_ns / 1000);
	aw_json_bool(json, "lower_bound", effort->lower_bound);
	put_reclaim(json, "reclaim", effort);
	put_compaction(json, "compaction", effort);
	put_retries(json, "retries", effort);
	aw_json_object_end(json);
}

void aw_json_judged(struct aw_json *json, const struct aw_event *event, const struct aw_verdict *verdict)
{
	aw_json_name(json, "log", aw_log_name(event->failure.log));
	aw_json_bool(json, "before_start", event->failure.before_start);
	aw_json_verdict(json, "verdict", verdict);
	aw_json_advice(json, "advice", verdict);
}

void aw_json_asked(struct aw_json *json, const struct aw_report *report, const struct aw_event *event,
		   const struct aw_json_unknown *unknown)
{
	const struct aw_failure *failure = &event->failure;
	uint64_t bytes = unknown && unknown->has_bytes ? unknown->bytes : failure->bytes;

	aw_json_known(json, "order", !(unknown && unknown->order), failure->order);
	aw_json_known(json, "bytes", bytes, bytes);
	if (unknown && unknown->gfp)
		aw_json_null(json, "gfp");
	else
		put_gfp(json, "gfp", &failure->gfp);
	aw_json_name(json, "migratetype", aw_migratetype_name(failure->migratetype));
	aw_json_name(json, "class", aw_class_name(failure->class));
	aw_json_text(json, "class_why", failure->class_why);
	put_tried(json, "tried", &failure->effort);
	aw_json_zones(json, "zones", failure);
	aw_json_name(json, "zones_when", aw_zones_when_name(failure->zones_when));
	aw_json_known(json, "zones_late_us", failure->zones_when == AW_ZONES_READ_LATER, failure->zones_late_ns / 1000);
	aw_json_site(json, "site", event->site);
	aw_json_stack(json, "stack", report, event->stack);
	aw_json_who(json, event, unknown);
}

void aw_json_request(struct aw_json *json, const struct aw_report *report, const struct aw_event *event)
{
	struct aw_verdict verdict;

	aw_json_asked(json, report, event, NULL);
	if (event->type != AW_EVENT_FAILURE)
		return;
	aw_verdict_make(event, report->kernel, &verdict);
	aw_json_judged(json, event, &verdict);
	if (event->scan)
		aw_json_scan(json, "scan", report->kernel, event->scan);
	else
		aw_json_null(json, "scan");
}
