// SPDX-License-Identifier: GPL-2.0
/*
 * Histograms as JSON: rows that are not empty.
 */
#include <stdlib.h>

#include "base/cleanup.h"
#include "output/json_parts.h"
#include "output/parts.h"

static json_t *orders(const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);
	json_t *rows = json_array();

	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++) {
		uint64_t bytes = aw_order_bytes(report->kernel, order);

		json_t *row;

		if (!totals->by_order[order] && !totals->served_by_order[order])
			continue;
		row = json_pack("{s:i, s:o, s:o}", "order", (int)order, "bytes", aw_json_known(bytes, bytes),
				"failures", aw_json_number(totals->by_order[order]));
		if (totals->counts_allocations)
			row = aw_json_join(row, json_pack("{s:o}", "allocations",
							  aw_json_number(totals->served_by_order[order])));
		rows = aw_json_append(rows, row);
	}
	return rows;
}

static json_t *gfps(const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *gfp = aw_summary_gfps(report->summary, &count);
	json_t *rows = json_array();

	for (unsigned int i = 0; i < count; i++)
		rows = aw_json_append(rows, json_pack("{s:o, s:o}", "gfp", aw_json_text(gfp[i].text),
				"failures", aw_json_number(gfp[i].count)));
	return rows;
}

static json_t *sites(const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *site = aw_summary_sites(report->summary, &count);
	json_t *rows = json_array();

	for (unsigned int i = 0; i < count; i++)
		rows = aw_json_append(rows, json_pack("{s:o, s:o, s:o}", "symbol", aw_json_text(site[i].text),
				"module", aw_json_text(site[i].module),
				"failures", aw_json_number(site[i].count)));
	return rows;
}

/* Rows of {KEY: name(i), "failures": n}. */
static json_t *named(const char *key, const uint64_t *counts, unsigned int size, const char *(*name)(int))
{
	json_t *rows = json_array();

	for (unsigned int i = 0; i < size; i++)
		if (counts[i])
			rows = aw_json_append(rows, json_pack("{s:s, s:o}", key, name((int)i),
					"failures", aw_json_number(counts[i])));
	return rows;
}

static const char *migratetype_name(int i) { return aw_migratetype_name((enum aw_migratetype)i); }
static const char *log_name(int i) { return aw_log_name((enum aw_log)i); }
static const char *context_name(int i) { return aw_context_name((enum aw_context)i); }
static const char *cause_name(int i) { return aw_cause_name((enum aw_cause)i); }
static const char *rule_name(int i) { return aw_rule_name((enum aw_rule)i); }

/* Slow successes that took less than le_us, and not less than half of it; null: all longer ones. */
static json_t *latency(const struct aw_totals *totals)
{
	json_t *rows = json_array();

	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++)
		if (totals->stall_us[i])
			rows = aw_json_append(rows, json_pack("{s:o, s:o}",
					"le_us", aw_json_known(i < AW_LATENCY_BUCKETS - 1, UINT64_C(1) << i),
					"count", aw_json_number(totals->stall_us[i])));
	return rows;
}

/* Empty buckets between others are there: a line through the points must fall to 0. */
static json_t *over_time(const struct aw_report *report)
{
	const struct aw_timeline *timeline = aw_summary_timeline(report->summary);
	unsigned int length = aw_timeline_length(timeline);
	json_t *rows = json_array();

	for (unsigned int i = 0; i < length; i++) {
		uint64_t start = timeline->start_ns + i * timeline->bucket_ns;

		rows = aw_json_append(rows, json_pack("{s:o, s:o, s:f, s:o, s:o}",
				"start", aw_json_time(report->kernel, start),
				"uptime_us", aw_json_number(start / 1000),
				"seconds", (double)timeline->bucket_ns / 1e9,
				"failures", aw_json_number(timeline->failures[i]),
				"hard", aw_json_number(timeline->hard[i])));
	}
	return rows;
}

json_t *aw_json_histograms(const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "order", orders(report),
			 "gfp", gfps(report),
			 "migratetype", named("migratetype", totals->by_migratetype, AW_MT_COUNT,
					      migratetype_name),
			 "site", sites(report),
			 "log", named("log", totals->by_log, AW_LOGS, log_name),
			 "context", named("context", totals->by_context, AW_CONTEXTS, context_name),
			 "cause", named("cause", totals->by_cause, AW_CAUSES, cause_name),
			 "rule", named("rule", totals->by_rule, AW_RULES, rule_name),
			 "latency", latency(totals),
			 "time", over_time(report));
}
