// SPDX-License-Identifier: GPL-2.0
/*
 * Histograms as JSON, without empty rows.
 */
#include <stdlib.h>

#include "base/cleanup.h"
#include "output/json/internal.h"
#include "output/report.h"

static void put_orders(struct aw_json *json, const char *key, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	aw_json_array(json, key);
	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++) {
		uint64_t bytes = aw_order_bytes(report->kernel, order);

		if (!totals->by_order[order] && !totals->served_by_order[order])
			continue;
		aw_json_object(json, NULL);
		aw_json_number(json, "order", order);
		aw_json_known(json, "bytes", bytes, bytes);
		aw_json_number(json, "failures", totals->by_order[order]);
		if (totals->counts_allocations)
			aw_json_number(json, "allocations", totals->served_by_order[order]);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_gfps(struct aw_json *json, const char *key, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *gfp = aw_summary_gfps(report->summary, &count);

	aw_json_array(json, key);
	for (unsigned int i = 0; i < count; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "gfp", gfp[i].text);
		aw_json_number(json, "failures", gfp[i].count);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_sites(struct aw_json *json, const char *key, const struct aw_report *report)
{
	unsigned int count;
	AW_FREE struct aw_count *site = aw_summary_sites(report->summary, &count);

	aw_json_array(json, key);
	for (unsigned int i = 0; i < count; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "symbol", site[i].text);
		aw_json_text(json, "module", site[i].module);
		aw_json_number(json, "failures", site[i].count);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

/* Rows of {KEY: name(i), "failures": n}, as an array KEY. */
static void put_named(struct aw_json *json, const char *key, const uint64_t *counts, unsigned int size,
		      const char *(*name)(int))
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < size; i++) {
		if (!counts[i])
			continue;
		aw_json_object(json, NULL);
		aw_json_name(json, key, name((int)i));
		aw_json_number(json, "failures", counts[i]);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static const char *migratetype_name(int i) { return aw_migratetype_name((enum aw_migratetype)i); }
static const char *log_name(int i) { return aw_log_name((enum aw_log)i); }
static const char *context_name(int i) { return aw_context_name((enum aw_context)i); }
static const char *cause_name(int i) { return aw_cause_name((enum aw_cause)i); }
static const char *rule_name(int i) { return aw_rule_name((enum aw_rule)i); }

/* A row counts stalls that took less than le_us, but at least half of it.  The last row has no upper bound: null. */
static void put_latency(struct aw_json *json, const char *key, const struct aw_totals *totals)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++) {
		if (!totals->stall_us[i])
			continue;
		aw_json_object(json, NULL);
		aw_json_known(json, "le_us", i < AW_LATENCY_BUCKETS - 1, UINT64_C(1) << i);
		aw_json_number(json, "count", totals->stall_us[i]);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

/* Includes empty buckets between others, so that a graph drawn from the rows drops to 0 there. */
static void put_over_time(struct aw_json *json, const char *key, const struct aw_report *report)
{
	const struct aw_timeline *timeline = aw_summary_timeline(report->summary);
	unsigned int length = aw_timeline_length(timeline);

	aw_json_array(json, key);
	for (unsigned int i = 0; i < length; i++) {
		uint64_t start = timeline->start_ns + i * timeline->bucket_ns;

		aw_json_object(json, NULL);
		aw_json_time(json, "start", report->kernel, start);
		aw_json_number(json, "uptime_us", start / 1000);
		aw_json_real(json, "seconds", (double)timeline->bucket_ns / 1e9);
		aw_json_number(json, "failures", timeline->failures[i]);
		aw_json_number(json, "hard", timeline->hard[i]);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

void aw_json_histograms(struct aw_json *json, const char *key, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	aw_json_object(json, key);
	put_orders(json, "order", report);
	put_gfps(json, "gfp", report);
	put_named(json, "migratetype", totals->by_migratetype, AW_MT_COUNT, migratetype_name);
	put_sites(json, "site", report);
	put_named(json, "log", totals->by_log, AW_LOGS, log_name);
	put_named(json, "context", totals->by_context, AW_CONTEXTS, context_name);
	put_named(json, "cause", totals->by_cause, AW_CAUSES, cause_name);
	put_named(json, "rule", totals->by_rule, AW_RULES, rule_name);
	put_latency(json, "latency", totals);
	put_over_time(json, "time", report);
	aw_json_object_end(json);
}
