// SPDX-License-Identifier: GPL-2.0
/*
 * What JSON says of a run: where, with what, how long, how much, what is lost.
 */
#include "base/escape.h"
#include "output/json_parts.h"

json_t *aw_json_host(const struct aw_report *report)
{
	return json_pack("{s:o, s:o}", "name", aw_json_text(report->kernel->host),
			 "boot_id", aw_json_text(report->kernel->boot_id));
}

json_t *aw_json_kernel(const struct aw_report *report)
{
	const struct aw_kernel *kernel = report->kernel;

	return json_pack("{s:o, s:o, s:o}", "release", aw_json_text(kernel->release),
			 "arch", aw_json_text(kernel->arch),
			 "page_size", aw_json_known(kernel->page_size, kernel->page_size));
}

json_t *aw_json_source(const struct aw_report *report)
{
	json_t *missing = json_array();

	for (unsigned int i = 0; i < report->nr_missing; i++)
		missing = aw_json_append(missing, json_pack("{s:o, s:o, s:o}",
				"what", aw_json_text(report->missing[i].what),
				"why", aw_json_text(report->missing[i].why),
				"cost", aw_json_text(report->missing[i].cost)));
	return json_pack("{s:o, s:b, s:o}", "name", aw_json_text(report->source),
			 "degraded", report->nr_missing > 0, "missing", missing);
}

json_t *aw_json_window(const struct aw_report *report)
{
	uint64_t ns = report->end_ns > report->start_ns ? report->end_ns - report->start_ns : 0;

	return json_pack("{s:o, s:o, s:f}", "start", aw_json_time(report->kernel, report->start_ns),
			 "end", aw_json_time(report->kernel, report->end_ns),
			 "seconds", (double)ns / 1e9);
}

/* Allocations only where they were counted: 0 would look like a count. */
json_t *aw_json_totals(const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);
	json_t *object = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "failures", aw_json_number(totals->failures),
			 "unsampled", aw_json_number(totals->unsampled),
			 "uncounted_at_most", aw_json_number(aw_losses_uncounted(report->losses, report->nr_losses)),
			 "hard", aw_json_number(totals->by_class[AW_CLASS_HARD]),
			 "opportunistic", aw_json_number(totals->by_class[AW_CLASS_OPPORTUNISTIC]),
			 "extfrag", aw_json_number(totals->extfrag),
			 "stalls", aw_json_number(totals->stalls),
			 "oom_kills", aw_json_number(totals->oom_kills),
			 "cma_failures", aw_json_number(totals->cma_failures),
			 "warnings", aw_json_number(totals->warnings));

	if (!totals->counts_allocations)
		return object;
	return aw_json_join(object, json_pack("{s:o}", "allocations", aw_json_number(totals->allocations)));
}

json_t *aw_json_lost(const struct aw_report *report)
{
	json_t *lost = json_object();

	for (unsigned int i = 0; i < report->nr_losses; i++) {
		char cause[128];

		aw_escape_json(report->losses[i].cause, cause, sizeof(cause));
		lost = aw_json_join(lost, json_pack("{s:o}", cause, aw_json_number(report->losses[i].count)));
	}
	return lost;
}
