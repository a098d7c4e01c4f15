// SPDX-License-Identifier: GPL-2.0
/*
 * Metrics for Prometheus.
 */
#include "output/prometheus.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/escape.h"
#include "output/prometheus_headroom.h"
#include "verdict/verdict.h"

#ifndef AW_VERSION_TEXT
#define AW_VERSION_TEXT "unknown"
#endif

enum metric_type { COUNTER, GAUGE, HISTOGRAM, INFO };

/* `name` is the name of the metric family, without _total and _info. */
struct metric {
	const char *name;
	enum metric_type type;
	const char *help;
	void (*samples)(FILE *out, const char *name, const struct aw_report *report);
};

/* Only the value comes from outside and is escaped. */
static void put_label(FILE *out, const char *before, const char *name, const char *value)
{
	char escaped[AW_SERIES_TEXT * AW_LABEL_GROWTH];

	fprintf(out, "%s%s=\"%s\"", before, name, aw_escape_label(value, escaped, sizeof(escaped)));
}

static void put_counter(FILE *out, const char *name, uint64_t value)
{
	fprintf(out, "%s_total %" PRIu64 "\n", name, value);
}

static void put_labelled(FILE *out, const char *name, const char *label, const char *value, uint64_t count)
{
	fprintf(out, "%s_total", name);
	put_label(out, "{", label, value);
	fprintf(out, "} %" PRIu64 "\n", count);
}

static void build_info(FILE *out, const char *name, const struct aw_report *report)
{
	(void)report;
	fprintf(out, "%s_info", name);
	put_label(out, "{", "version", AW_VERSION_TEXT);
	fputs("} 1\n", out);
}

static void source_info(FILE *out, const char *name, const struct aw_report *report)
{
	fprintf(out, "%s_info", name);
	put_label(out, "{", "source", report->source);
	put_label(out, ",", "release", report->kernel->release);
	put_label(out, ",", "arch", report->kernel->arch);
	fputs("} 1\n", out);
}

static void source_degraded(FILE *out, const char *name, const struct aw_report *report)
{
	fprintf(out, "%s %d\n", name, report->nr_missing > 0);
}

static bool missing_before(const struct aw_report *report, unsigned int index)
{
	for (unsigned int i = 0; i < index; i++)
		if (!strcmp(report->missing[i].what, report->missing[index].what))
			return true;
	return false;
}

static void source_missing(FILE *out, const char *name, const struct aw_report *report)
{
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		if (missing_before(report, i))
			continue;
		fputs(name, out);
		put_label(out, "{", "feature", report->missing[i].what);
		fputs("} 1\n", out);
	}
}

/* In wall-clock seconds; no sample if the wall-clock time is not known. */
static void start_time(FILE *out, const char *name, const struct aw_report *report)
{
	uint64_t ms = (report->start_ns + report->kernel->wall_offset_ns) / 1000000;

	if (report->kernel->wall_offset_ns)
		fprintf(out, "%s %" PRIu64 ".%03u\n", name, ms / 1000, (unsigned int)(ms % 1000));
}

static void watched(FILE *out, const char *name, const struct aw_report *report)
{
	uint64_t ms = report->end_ns > report->start_ns ? (report->end_ns - report->start_ns) / 1000000 : 0;

	fprintf(out, "%s_total %" PRIu64 ".%03u\n", name, ms / 1000, (unsigned int)(ms % 1000));
}

static void put_series(FILE *out, const char *name, const struct aw_series_row *row, const char *order,
		       const char *cause, const char *rule)
{
	fprintf(out, "%s_total", name);
	put_label(out, "{", "order", order);
	put_label(out, ",", "gfp", row->labels.gfp);
	put_label(out, ",", "class", aw_class_name(row->labels.class));
	put_label(out, ",", "cause", cause);
	put_label(out, ",", "rule", rule);
	put_label(out, ",", "site", row->labels.site);
	fprintf(out, "} %" PRIu64 "\n", row->count);
}

static void failures(FILE *out, const char *name, const struct aw_report *report)
{
	const struct aw_series *series = aw_summary_series(report->summary);

	for (unsigned int i = 0; i < series->count; i++) {
		const struct aw_series_row *row = &series->rows[i];
		char order[16];

		snprintf(order, sizeof(order), "%u", row->labels.order);
		put_series(out, name, row, order, aw_cause_name(row->labels.cause), aw_rule_name(row->labels.rule));
	}
	for (int class = 0; class < AW_CLASSES; class++) {
		struct aw_series_row row = {
			.labels = { .class = class, .gfp = "other", .site = "other" },
			.count = series->other[class],
		};

		if (row.count)
			put_series(out, name, &row, "other", "other", "other");
	}
}

static void unsampled(FILE *out, const char *name, const struct aw_report *report)
{
	fprintf(out, "%s_total %" PRIu64 "\n", name, aw_summary_totals(report->summary)->unsampled);
}

static void class_failures(FILE *out, const char *name, const struct aw_report *report)
{
	for (int class = 0; class < AW_CLASSES; class++)
		put_labelled(out, name, "class", aw_class_name(class),
			     aw_summary_totals(report->summary)->by_class[class]);
}

static void log_failures(FILE *out, const char *name, const struct aw_report *report)
{
	for (int log = 0; log < AW_LOGS; log++)
		put_labelled(out, name, "log", aw_log_name(log), aw_summary_totals(report->summary)->by_log[log]);
}

struct steals {
	uint64_t count[AW_MT_COUNT][AW_MT_COUNT];
	uint64_t counted;
};

static void add_steals(const struct aw_report *report, struct steals *steals)
{
	unsigned int count;
	AW_FREE struct aw_steal *rows = aw_summary_steals(report->summary, &count);

	for (unsigned int i = 0; i < count; i++) {
		steals->count[rows[i].from][rows[i].to] += rows[i].count;
		steals->counted += rows[i].count;
	}
}

static void put_steals(FILE *out, const char *name, const char *from, const char *to, uint64_t count)
{
	fprintf(out, "%s_total", name);
	put_label(out, "{", "from", from);
	put_label(out, ",", "to", to);
	fprintf(out, "} %" PRIu64 "\n", count);
}

/* The summary keeps a limited number of steals; the rest count only in its total. */
static void extfrag(FILE *out, const char *name, const struct aw_report *report)
{
	uint64_t total = aw_summary_totals(report->summary)->extfrag;
	struct steals steals = { .counted = 0 };

	add_steals(report, &steals);
	for (int from = 0; from < AW_MT_COUNT; from++)
		for (int to = 0; to < AW_MT_COUNT; to++)
			if (steals.count[from][to])
				put_steals(out, name, aw_migratetype_name(from), aw_migratetype_name(to),
					   steals.count[from][to]);
	if (total > steals.counted)
		put_steals(out, name, "other", "other", total - steals.counted);
}

static void oom_kills(FILE *out, const char *name, const struct aw_report *report)
{
	put_counter(out, name, aw_summary_totals(report->summary)->oom_kills);
}

static void allocations(FILE *out, const char *name, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);

	for (unsigned int order = 0; totals->counts_allocations && order < AW_MAX_ORDERS; order++) {
		char text[16];

		snprintf(text, sizeof(text), "%u", order);
		if (totals->served_by_order[order])
			put_labelled(out, name, "order", text, totals->served_by_order[order]);
	}
}

static void cma_failures(FILE *out, const char *name, const struct aw_report *report)
{
	put_counter(out, name, aw_summary_totals(report->summary)->cma_failures);
}

static void warnings(FILE *out, const char *name, const struct aw_report *report)
{
	put_counter(out, name, aw_summary_totals(report->summary)->warnings);
}

/*
 * The summary's bucket i holds stalls of less than 2^i us, while `le` includes
 * its bound.  A stall of exactly 2^i us is counted one bucket too high.
 */
static void stalls(FILE *out, const char *name, const struct aw_report *report)
{
	const struct aw_totals *totals = aw_summary_totals(report->summary);
	uint64_t count = 0;

	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS - 1; i++) {
		unsigned int us = 1u << i;

		count += totals->stall_us[i];
		fprintf(out, "%s_bucket{le=\"%u.%06u\"} %" PRIu64 "\n", name, us / 1000000, us % 1000000, count);
	}
	fprintf(out, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, totals->stalls);
	fprintf(out, "%s_sum %" PRIu64 ".%09u\n", name, totals->stall_ns / 1000000000,
		(unsigned int)(totals->stall_ns % 1000000000));
	fprintf(out, "%s_count %" PRIu64 "\n", name, totals->stalls);
}

static bool lost_before(const struct aw_report *report, unsigned int index)
{
	for (unsigned int i = 0; i < index; i++)
		if (!strcmp(report->losses[i].cause, report->losses[index].cause))
			return true;
	return false;
}

static void lost(FILE *out, const char *name, const struct aw_report *report)
{
	for (unsigned int i = 0; i < report->nr_losses; i++)
		if (!lost_before(report, i))
			put_labelled(out, name, "cause", report->losses[i].cause, report->losses[i].count);
}

/* Only of a recording: what watches this machine is whole. */
static void damaged(FILE *out, const char *name, const struct aw_report *report)
{
	if (report->damage)
		fprintf(out, "%s %d\n", name, aw_report_damaged(report));
}

static const struct metric metrics[] = {
	{ "allocwatch_build", INFO, "Version of allocwatch.", build_info },
	{ "allocwatch_source", INFO, "The source of events, and the kernel that is watched.", source_info },
	{ "allocwatch_source_degraded", GAUGE, "1 if the source lacks features on this machine, "
	  "see allocwatch_source_missing.", source_degraded },
	{ "allocwatch_source_missing", GAUGE, "1 for each feature that does not work on this machine; "
	  "allocwatch doctor says why.", source_missing },
	{ "allocwatch_start_time_seconds", GAUGE, "Time when watching started, since the epoch.", start_time },
	{ "allocwatch_watched_seconds", COUNTER, "Time watched.", watched },
	{ "allocwatch_failures", COUNTER, "Failed page allocations. The first 64 label sets have their own "
	  "series, further ones are counted in other.", failures },
	{ "allocwatch_unsampled_failures", COUNTER, "Failed page allocations that were counted only, not "
	  "sampled: their cause is unknown unless mask and order determine it.", unsampled },
	{ "allocwatch_class_failures", COUNTER, "Failed page allocations by class. hard: the caller has no known "
	  "fallback.", class_failures },
	{ "allocwatch_log_failures", COUNTER, "Failed page allocations by what the kernel log shows of them.",
	  log_failures },
	{ "allocwatch_allocations", COUNTER, "Successful page allocations by order; only with "
	  "--count-allocations.", allocations },
	{ "allocwatch_extfrag_steals", COUNTER, "Blocks taken from another migratetype.", extfrag },
	{ "allocwatch_oom_kills", COUNTER, "Processes killed by the OOM killer.", oom_kills },
	{ "allocwatch_cma_failures", COUNTER, "Failed CMA allocations.", cma_failures },
	{ "allocwatch_warnings", COUNTER, "Other reports of warn_alloc, such as vmalloc errors.", warnings },
	{ "allocwatch_stall_seconds", HISTOGRAM, "Time taken by page allocations that succeeded only after "
	  "reclaim or compaction.", stalls },
	{ "allocwatch_headroom_blocks", GAUGE, "Blocks that are free or that a full compaction would make, all zones "
	  "together.", aw_prometheus_headroom },
	{ "allocwatch_headroom_usable_blocks", GAUGE, "Blocks of this order that are free and open to such a request; a "
	  "larger block counts as several.", aw_prometheus_usable },
	{ "allocwatch_headroom_makeable_blocks", GAUGE, "Blocks that a full compaction would gain, net, by simulation.",
	  aw_prometheus_makeable },
	{ "allocwatch_headroom_blocked_windows", GAUGE, "Windows of this order that hold pages of this class, which compaction "
	  "cannot move.", aw_prometheus_blocked },
	{ "allocwatch_headroom_time_seconds", GAUGE, "Time when the last scan of pages began, since the epoch.",
	  aw_prometheus_headroom_time },
	{ "allocwatch_headroom_scan_seconds", GAUGE, "Time that it took.", aw_prometheus_headroom_took },
	{ "allocwatch_lost", COUNTER, "Events and details that could not be recorded, by cause.", lost },
	{ "allocwatch_recording_damaged", GAUGE, "1 if a part of the recording could not be read: its events are in "
	  "no count.", damaged },
};

/* TYPE names the samples in the text format, the family in OpenMetrics.  Only OpenMetrics has the type info. */
static void put_head(FILE *out, const struct metric *metric, enum aw_exposition exposition)
{
	static const struct { const char *type, *suffix; } text[] = {
		[COUNTER] = { "counter", "_total" }, [GAUGE] = { "gauge", "" },
		[HISTOGRAM] = { "histogram", "" }, [INFO] = { "gauge", "_info" },
	};
	static const char *const openmetrics[] = {
		[COUNTER] = "counter", [GAUGE] = "gauge", [HISTOGRAM] = "histogram", [INFO] = "info",
	};
	bool family = exposition == AW_EXPOSE_OPENMETRICS;
	const char *suffix = family ? "" : text[metric->type].suffix;

	fprintf(out, "# HELP %s%s %s\n", metric->name, suffix, metric->help);
	fprintf(out, "# TYPE %s%s %s\n", metric->name, suffix,
		family ? openmetrics[metric->type] : text[metric->type].type);
}

const char *aw_prometheus_content_type(enum aw_exposition exposition)
{
	return exposition == AW_EXPOSE_OPENMETRICS ?
	       "application/openmetrics-text; version=1.0.0; charset=utf-8" :
	       "text/plain; version=0.0.4; charset=utf-8";
}

void aw_prometheus_write(FILE *out, const struct aw_report *report, enum aw_exposition exposition)
{
	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
		put_head(out, &metrics[i], exposition);
		metrics[i].samples(out, metrics[i].name, report);
	}
	if (exposition == AW_EXPOSE_OPENMETRICS)
		fputs("# EOF\n", out);
}

static int write_text(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	(void)error;
	aw_prometheus_write(out, report, AW_EXPOSE_TEXT);
	return 0;
}

const struct aw_exporter aw_export_prometheus = {
	.name = "prometheus",
	.endings = { "prom" },
	.summary = "metrics in the Prometheus text format, for node_exporter's textfile collector",
	.write = write_text,
};
