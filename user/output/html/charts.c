// SPDX-License-Identifier: GPL-2.0
/*
 * The histograms of the page: over time, by order, gfp, cause, latency, ...
 */
#include <inttypes.h>

#include "base/cleanup.h"
#include "base/escape_xml.h"
#include "base/units.h"
#include "output/flame/draw.h"
#include "output/html/internal.h"

#define CHART_HEIGHT 120	/* units of the chart's view box */
#define GFPS_SHOWN 12

static uint64_t largest_of(const uint64_t *counts, unsigned int size)
{
	uint64_t largest = 0;

	for (unsigned int i = 0; i < size; i++)
		if (counts[i] > largest)
			largest = counts[i];
	return largest;
}

/* Number of buckets up to the end of the window, or up to the last one with failures. */
static unsigned int buckets_shown(const struct aw_timeline *timeline, uint64_t end_ns)
{
	unsigned int shown = AW_TIME_BUCKETS;

	while (shown && !timeline->failures[shown - 1] &&
	       timeline->start_ns + (shown - 1) * timeline->bucket_ns >= end_ns)
		shown--;
	return shown;
}

static unsigned int height_of(uint64_t count, uint64_t largest)
{
	unsigned int height = (unsigned int)((double)count / (double)largest * CHART_HEIGHT + 0.5);

	return count && !height ? 1 : height;
}

static void put_bar(FILE *out, const char *class, unsigned int i, unsigned int top, unsigned int height)
{
	if (height)
		fprintf(out, "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"9\" height=\"%u\"/>", class, i * 10, top, height);
}

/* Opportunistic failures stand hollow on the hard ones: colour is not the only sign. */
static void put_bucket(const struct aw_page *page, const struct aw_timeline *timeline, unsigned int i,
		       uint64_t largest)
{
	unsigned int all = height_of(timeline->failures[i], largest);
	unsigned int hard = height_of(timeline->hard[i], largest);
	char time[AW_PAGE_TIME];

	if (!all)
		return;
	aw_page_time_text(page->report->kernel, timeline->start_ns + i * timeline->bucket_ns, time);
	fprintf(page->out, "<g role=\"img\"><title>%s: %" PRIu64 " failure%s, %" PRIu64 " hard</title>",
		time, timeline->failures[i], timeline->failures[i] == 1 ? "" : "s", timeline->hard[i]);
	put_bar(page->out, "soft", i, CHART_HEIGHT - all, all - hard);
	put_bar(page->out, "hard", i, CHART_HEIGHT - hard, hard);
	fputs("</g>\n", page->out);
}

static void put_time_axis(const struct aw_page *page, const struct aw_timeline *timeline, unsigned int shown,
			  uint64_t largest)
{
	char start[AW_PAGE_TIME], end[AW_PAGE_TIME], width[AW_UNITS_TEXT];
	const struct aw_kernel *kernel = page->report->kernel;

	fprintf(page->out, "<p class=\"axis\"><span>%s</span><span>%s</span></p>\n",
		aw_page_time_text(kernel, timeline->start_ns, start),
		aw_page_time_text(kernel, timeline->start_ns + shown * timeline->bucket_ns, end));
	fprintf(page->out, "<p class=\"note\">One bar is %s; the highest bar is %" PRIu64 " failure%s. "
		"<span class=\"key hard\"></span> hard <span class=\"key soft\"></span> opportunistic (hollow)</p>\n",
		aw_format_duration(timeline->bucket_ns, width), largest, largest == 1 ? "" : "s");
}

void aw_page_time(const struct aw_page *page)
{
	const struct aw_timeline *timeline = aw_summary_timeline(page->report->summary);
	unsigned int shown = timeline->bucket_ns ? buckets_shown(timeline, page->report->end_ns) : 0;
	uint64_t largest = largest_of(timeline->failures, shown);

	if (!largest) {
		fputs("<p class=\"note\">No failures.</p>\n", page->out);
		return;
	}
	fprintf(page->out, "<div class=\"card\">\n<svg class=\"chart\" viewBox=\"0 0 %u %d\" "
		"preserveAspectRatio=\"none\" role=\"group\" aria-label=\"failures over time\">\n",
		shown * 10, CHART_HEIGHT);
	for (unsigned int i = 0; i < shown; i++)
		put_bucket(page, timeline, i, largest);
	fputs("</svg>\n", page->out);
	put_time_axis(page, timeline, shown, largest);
	aw_page_card_end(page->out);
}

/* "64 KiB" or "64 KiB, 1234 succeeded".  Successes have no bar, because next to 10^9 of them failures would not show. */
static const char *order_note(const struct aw_page *page, unsigned int order, char note[96])
{
	char bytes[AW_UNITS_TEXT];

	aw_format_bytes(aw_order_bytes(page->report->kernel, order), bytes);
	if (page->totals->counts_allocations)
		snprintf(note, 96, "%s, %" PRIu64 " succeeded", bytes, page->totals->served_by_order[order]);
	else
		snprintf(note, 96, "%s", bytes);
	return note;
}

static void put_orders(const struct aw_page *page)
{
	const uint64_t *counts = page->totals->by_order;
	uint64_t largest = largest_of(counts, AW_MAX_ORDERS);

	aw_page_card(page->out, "Order");
	fputs("<ol class=\"bars\">\n", page->out);
	for (unsigned int order = 0; order < AW_MAX_ORDERS; order++) {
		char label[32], note[96];

		if (!counts[order] && !page->totals->served_by_order[order])
			continue;
		snprintf(label, sizeof(label), "order %u", order);
		aw_page_bar(page->out, &(struct aw_bar){ .label = label, .note = order_note(page, order, note),
							 .count = counts[order], .largest = largest });
	}
	fputs("</ol>\n", page->out);
	aw_page_card_end(page->out);
}

static void put_gfps(const struct aw_page *page)
{
	unsigned int count;
	AW_FREE struct aw_count *rows = aw_summary_gfps(page->report->summary, &count);

	if (!count)
		return;
	aw_page_card(page->out, "gfp mask");
	fputs("<ol class=\"bars\">\n", page->out);
	for (unsigned int i = 0; i < count && i < GFPS_SHOWN; i++)
		aw_page_bar(page->out, &(struct aw_bar){ .label = rows[i].text, .count = rows[i].count,
							 .largest = rows[0].count });
	fputs("</ol>\n", page->out);
	if (count > GFPS_SHOWN)
		fprintf(page->out, "<p class=\"note\">and %u less frequent masks</p>\n", count - GFPS_SHOWN);
	aw_page_card_end(page->out);
}

/* The names come from this program and are not escaped. */
static void put_counts(const struct aw_page *page, const char *heading, const uint64_t *counts,
		       unsigned int size, const char *(*name)(unsigned int))
{
	uint64_t largest = largest_of(counts, size);

	if (!largest)
		return;
	aw_page_card(page->out, heading);
	fputs("<ol class=\"bars\">\n", page->out);
	for (unsigned int i = 0; i < size; i++)
		if (counts[i])
			aw_page_bar(page->out, &(struct aw_bar){ .label = name(i), .count = counts[i],
								 .largest = largest });
	fputs("</ol>\n", page->out);
	aw_page_card_end(page->out);
}

static const char *cause_name(unsigned int i) { return aw_cause_name(i); }
static const char *rule_name(unsigned int i) { return aw_rule_name(i); }
static const char *log_name(unsigned int i) { return aw_log_name(i); }
static const char *context_name(unsigned int i) { return aw_context_name(i); }
static const char *migratetype_name(unsigned int i) { return aw_migratetype_name(i); }

static void put_latency(const struct aw_page *page)
{
	const uint64_t *counts = page->totals->stall_us;
	uint64_t largest = largest_of(counts, AW_LATENCY_BUCKETS);

	if (!largest)
		return;
	aw_page_card(page->out, "Latency of stalls");
	fputs("<ol class=\"bars\">\n", page->out);
	for (unsigned int i = 0; i < AW_LATENCY_BUCKETS; i++) {
		bool last = i == AW_LATENCY_BUCKETS - 1;
		char label[AW_UNITS_TEXT + 12], time[AW_UNITS_TEXT];

		if (!counts[i])
			continue;
		aw_format_duration((UINT64_C(1) << (last ? i - 1 : i)) * 1000, time);
		snprintf(label, sizeof(label), "%s %s", last ? "from" : "under", time);
		aw_page_bar(page->out, &(struct aw_bar){ .label = label, .count = counts[i],
							 .largest = largest });
	}
	fputs("</ol>\n<p class=\"note\">requests that succeeded only after reclaim or compaction</p>\n", page->out);
	aw_page_card_end(page->out);
}

void aw_page_histograms(const struct aw_page *page)
{
	const struct aw_totals *totals = page->totals;

	fputs("<div class=\"cards\">\n", page->out);
	if (totals->failures || totals->counts_allocations)
		put_orders(page);
	if (totals->failures) {
		put_counts(page, "Cause", totals->by_cause, AW_CAUSES, cause_name);
		put_counts(page, "Stopped by", totals->by_rule, AW_RULES, rule_name);
		put_gfps(page);
		put_counts(page, "Migratetype", totals->by_migratetype, AW_MT_COUNT, migratetype_name);
		put_counts(page, "Kernel log", totals->by_log, AW_LOGS, log_name);
		put_counts(page, "Context", totals->by_context, AW_CONTEXTS, context_name);
	}
	put_latency(page);
	fputs("</div>\n", page->out);
	if (!totals->failures && !totals->stalls && !totals->counts_allocations)
		fputs("<p class=\"note\">No failures, no stalls.</p>\n", page->out);
}
