// SPDX-License-Identifier: GPL-2.0
/*
 * The histograms page: by order, over time, by cause, rule, gfp and latency.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/escape.h"
#include "base/units.h"
#include "output/text/text.h"
#include "screen/cell.h"
#include "screen/panel.h"
#include "screen/spark.h"
#include "verdict/verdict.h"

#define LABEL 26	/* width of the labels */
#define COUNT 11
#define SUCCEEDED 13	/* "1,234,567,890" */

static uint64_t largest_of(const uint64_t *counts, unsigned int size)
{
	uint64_t largest = 0;

	for (unsigned int i = 0; i < size; i++)
		if (counts[i] > largest)
			largest = counts[i];
	return largest;
}

static void write_title(FILE *out, const char *title)
{
	fprintf(out, AW_MARK_HEAD "%s" AW_MARK_PLAIN "\n", title);
}

/* Label, numbers, bar.  A narrow screen has no room for the bar, then less for the label. */
static void write_numbers(FILE *out, const struct aw_scene *scene, const char *label, const char *numbers,
			  uint64_t count, uint64_t largest)
{
	unsigned int used = (unsigned int)strlen(numbers) + 1;
	unsigned int labels = scene->width < LABEL + used + 4 ? scene->width - used - 4 : LABEL;
	unsigned int bar = scene->width > labels + used + 6 ? scene->width - labels - used - 6 : 0;
	char graph[1024], cell[256];
	unsigned int taken = aw_cell_fit(label, labels, cell, sizeof(cell));

	fprintf(out, "  %s%*s %s  " AW_MARK_GRAPH "%s" AW_MARK_PLAIN "\n", cell, (int)(labels - taken), "", numbers,
		aw_spark_bar(count, largest, bar, scene->utf8, graph, sizeof(graph)));
}

static void write_row(FILE *out, const struct aw_scene *scene, const char *label, uint64_t count, uint64_t largest)
{
	char number[AW_CELL_GROUPED], text[AW_CELL_GROUPED + COUNT];

	snprintf(text, sizeof(text), "%*s", COUNT - 1, aw_cell_grouped(count, number));
	write_numbers(out, scene, label, text, count, largest);
}

/* Includes the successful requests, if they were counted. */
static void write_order(FILE *out, const struct aw_scene *scene, unsigned int order, uint64_t largest)
{
	const struct aw_totals *totals = &scene->totals;
	char bytes[AW_UNITS_TEXT], label[48], failed[AW_CELL_GROUPED], succeeded[AW_CELL_GROUPED];
	char text[2 * AW_CELL_GROUPED + COUNT];

	snprintf(label, sizeof(label), "%2u  %8s", order,
		 aw_format_bytes(aw_order_bytes(scene->report.kernel, order), bytes));
	if (!totals->counts_allocations) {
		write_row(out, scene, label, totals->by_order[order], largest);
		return;
	}
	aw_cell_grouped(totals->served_by_order[order], succeeded);
	if (strlen(succeeded) > SUCCEEDED)
		aw_cell_number(totals->served_by_order[order], succeeded);
	snprintf(text, sizeof(text), "%*s %*s", COUNT - 1, aw_cell_grouped(totals->by_order[order], failed),
		 SUCCEEDED, succeeded);
	write_numbers(out, scene, label, text, totals->by_order[order], largest);
}

static void write_orders(FILE *out, const struct aw_scene *scene)
{
	const struct aw_totals *totals = &scene->totals;
	uint64_t largest = largest_of(totals->by_order, AW_MAX_ORDERS);
	unsigned int labels = scene->width < LABEL + COUNT + SUCCEEDED + 5 ? scene->width - COUNT - SUCCEEDED - 5 : LABEL;

	if (totals->counts_allocations)
		fprintf(out, AW_MARK_HEAD "%-*s %*s %*s" AW_MARK_PLAIN "\n", (int)labels + 2, "Order", COUNT - 1,
			"failures", SUCCEEDED, "succeeded");
	else
		write_title(out, "Order");
	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++)
		if (totals->by_order[order] || totals->served_by_order[order])
			write_order(out, scene, order, largest);
}

static void write_names(FILE *out, const struct aw_scene *scene, const char *title, const uint64_t *counts,
			unsigned int size, const char *(*name)(unsigned int))
{
	uint64_t largest = largest_of(counts, size);

	fputc('\n', out);
	write_title(out, title);
	for (unsigned int i = 0; i < size; i++)
		if (counts[i])
			write_row(out, scene, name(i), counts[i], largest);
}

static const char *cause_name(unsigned int cause)
{
	return aw_cause_name(cause);
}

static const char *rule_name(unsigned int rule)
{
	return aw_rule_name(rule);
}

/* No bars, because the flags need the space. */
static void write_gfps(FILE *out, const struct aw_scene *scene)
{
	unsigned int count;
	AW_FREE struct aw_count *rows = aw_summary_gfps(scene->report.summary, &count);
	char number[AW_CELL_GROUPED];

	fputc('\n', out);
	write_title(out, "GFP flags");
	for (unsigned int i = 0; i < count; i++) {
		fprintf(out, "  %*s  ", COUNT - 1, aw_cell_grouped(rows[i].count, number));
		aw_put_terminal(out, rows[i].text);
		fputc('\n', out);
	}
}

static void write_latency(FILE *out, const struct aw_scene *scene)
{
	const uint64_t *counts = scene->totals.stall_us;
	uint64_t largest = largest_of(counts, AW_LATENCY_BUCKETS);

	if (!scene->totals.stalls)
		return;
	fputc('\n', out);
	write_title(out, "Stalls: requests that succeeded after reclaim or compaction, in less than");
	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++) {
		char label[AW_UNITS_TEXT];

		if (counts[i])
			write_row(out, scene, aw_format_duration((UINT64_C(1) << i) * 1000, label), counts[i], largest);
	}
}

/* The used part of the timeline, cut at the width of the screen. */
static void write_time(FILE *out, const struct aw_scene *scene)
{
	const struct aw_timeline *timeline = aw_summary_timeline(scene->report.summary);
	char graph[AW_TIME_BUCKETS * AW_SPARK_BYTES + 1], width[AW_UNITS_TEXT], time[AW_ZONED_TEXT];
	unsigned int count = AW_TIME_BUCKETS;

	while (count && !timeline->failures[count - 1])
		count--;
	if (!count)
		return;
	fputc('\n', out);
	write_title(out, "Over time");
	if (count > scene->width - 4)
		count = scene->width - 4;
	fprintf(out, "  " AW_MARK_GRAPH "%s" AW_MARK_PLAIN "\n",
		aw_spark(timeline->failures, count, scene->utf8, graph, sizeof(graph)));
	fprintf(out, "  " AW_MARK_DIM "from %s, %s per column" AW_MARK_PLAIN "\n",
		aw_format_time_zoned(scene->report.kernel, timeline->start_ns, time),
		aw_format_duration(timeline->bucket_ns, width));
}

void aw_panel_histograms(FILE *out, const struct aw_scene *scene)
{
	if (!scene->totals.failures) {
		fprintf(out, AW_MARK_DIM "No failures so far." AW_MARK_PLAIN "\n");
		if (scene->totals.counts_allocations)
			write_orders(out, scene);
		write_latency(out, scene);
		return;
	}
	write_orders(out, scene);
	write_time(out, scene);
	write_names(out, scene, "Cause", scene->totals.by_cause, AW_CAUSES, cause_name);
	write_names(out, scene, "Stopped by", scene->totals.by_rule, AW_RULES, rule_name);
	write_gfps(out, scene);
	write_latency(out, scene);
}
