// SPDX-License-Identifier: GPL-2.0
/*
 * A run as JSON: host, kernel, source, window, totals and losses.
 */
#include "output/json/internal.h"

void aw_json_host(struct aw_json *json, const char *key, const struct aw_report *report)
{
	aw_json_object(json, key);
	aw_json_text(json, "name", report->kernel->host);
	aw_json_text(json, "boot_id", report->kernel->boot_id);
	aw_json_object_end(json);
}

void aw_json_kernel(struct aw_json *json, const char *key, const struct aw_report *report)
{
	const struct aw_kernel *kernel = report->kernel;

	aw_json_object(json, key);
	aw_json_text(json, "release", kernel->release);
	aw_json_text(json, "arch", kernel->arch);
	aw_json_known(json, "page_size", kernel->page_size, kernel->page_size);
	aw_json_object_end(json);
}

static void put_missing(struct aw_json *json, const char *key, const struct aw_report *report)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "what", report->missing[i].what);
		aw_json_text(json, "why", report->missing[i].why);
		aw_json_text(json, "cost", report->missing[i].cost);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

void aw_json_source(struct aw_json *json, const char *key, const struct aw_report *report)
{
	aw_json_object(json, key);
	aw_json_text(json, "name", report->source);
	aw_json_bool(json, "degraded", report->nr_missing > 0);
	put_missing(json, "missing", report);
	aw_json_object_end(json);
}

void aw_json_window(struct aw_json *json, const char *key, const struct aw_report *report)
{
	uint64_t ns = report->end_ns > report->start_ns ? report->end_ns - report->start_ns : 0;
	bool damaged = aw_report_damaged(report);

	aw_json_object(json, key);
	aw_json_time(json, "start", report->kernel, report->start_ns);
	aw_json_time(json, "end", report->kernel, report->end_ns);
	aw_json_real(json, "seconds", (double)ns / 1e9);
	aw_json_text(json, "damage", damaged ? report->damage : NULL);
	aw_json_time(json, "lost_known_until", report->kernel, aw_report_cut(report) ? report->losses_ns : report->end_ns);
	aw_json_object_end(json);
}

/* Allocations only if they were counted, because 0 would look like a count. */
void aw_json_totals(struct aw_json *json, const char *key, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	aw_json_object(json, key);
	aw_json_number(json, "failures", totals->failures);
	aw_json_number(json, "unsampled", totals->unsampled);
	/* Nothing bounds what happened after the end of a recording that was cut. */
	aw_json_known(json, "uncounted_at_most", !aw_report_cut(report),
		      aw_losses_uncounted(report->losses, report->nr_losses));
	aw_json_number(json, "hard", totals->by_class[AW_CLASS_HARD]);
	aw_json_number(json, "opportunistic", totals->by_class[AW_CLASS_OPPORTUNISTIC]);
	aw_json_number(json, "extfrag", totals->extfrag);
	aw_json_number(json, "stalls", totals->stalls);
	aw_json_number(json, "oom_kills", totals->oom_kills);
	aw_json_number(json, "cma_failures", totals->cma_failures);
	aw_json_number(json, "warnings", totals->warnings);
	if (totals->counts_allocations)
		aw_json_number(json, "allocations", totals->allocations);
	aw_json_object_end(json);
}

void aw_json_lost(struct aw_json *json, const char *key, const struct aw_report *report)
{
	aw_json_object(json, key);
	for (unsigned int i = 0; i < report->nr_losses; i++) {
		aw_json_key(json, report->losses[i].cause);
		aw_json_number(json, NULL, report->losses[i].count);
	}
	aw_json_object_end(json);
}
