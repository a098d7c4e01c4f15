// SPDX-License-Identifier: GPL-2.0
/*
 * The header lines: title, totals with rates, losses, memory.
 */
#include "screen/header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "screen/cell.h"
#include "screen/draw.h"
#include "screen/spark.h"

#define SMALL_HEIGHT 16		/* lower screens get only the title and one line of totals */
#define SMALL_WIDTH 60
#define RATE_COLUMN 52
#define RATE_WIDTH 7
#define NUMBER 9

/* "allocwatch  6.1.0-56-arm64  4K pages  bpf            3m12s  histograms  PAUSED" */
static void draw_title(const struct aw_scene *scene)
{
	const struct aw_report *report = &scene->report;
	const struct aw_view *view = scene->view;
	struct aw_pen pen = aw_pen_at(0, (int)scene->width);
	char watched[AW_UNITS_TEXT], page[AW_UNITS_TEXT], right[96];
	char release[AW_ESCAPED_SIZE(sizeof(report->kernel->release))], source[64];

	snprintf(right, sizeof(right), " %s%s  %s ", view->paused ? "PAUSED  " : "",
		 aw_format_duration(scene->now_ns > report->start_ns ? scene->now_ns - report->start_ns : 0, watched),
		 aw_panels[view->page].name);
	pen.end -= (int)strlen(right);
	aw_pen_printf(&pen, AW_STYLE_TITLE, " allocwatch  %s",
		      aw_escape_terminal(report->kernel->release, release, sizeof(release)));
	if (scene->width >= SMALL_WIDTH && report->kernel->page_size)
		aw_pen_printf(&pen, AW_STYLE_TITLE, "  %s pages  %s",
			      aw_format_bytes_short(report->kernel->page_size, page), aw_escape_terminal(report->source, source, sizeof(source)));
	aw_pen_fill(&pen, AW_STYLE_TITLE, pen.end);
	pen.end = (int)scene->width;
	aw_pen_put(&pen, AW_STYLE_TITLE, right);
}

/* The rate and a graph of the last seconds, with the newest at the right edge. */
static void draw_history(const struct aw_scene *scene, struct aw_pen *pen, const struct aw_history *history)
{
	uint64_t values[AW_HISTORY_SECONDS];
	char graph[AW_HISTORY_SECONDS * AW_SPARK_BYTES + 1], rate[AW_CELL_NUMBER], text[AW_CELL_NUMBER + 4];
	unsigned int room;

	aw_pen_fill(pen, AW_STYLE_PLAIN, RATE_COLUMN);
	snprintf(text, sizeof(text), "%s/s", aw_cell_rate(aw_history_rate(history, scene->now_ns, scene->seconds), rate));
	aw_pen_field(pen, AW_STYLE_STRONG, RATE_WIDTH, true, text);
	if (pen->end < pen->x + 4)
		return;
	room = (unsigned int)(pen->end - pen->x - 1);
	if (room > AW_HISTORY_SECONDS)
		room = AW_HISTORY_SECONDS;
	for (unsigned int i = 0; i < room; i++)
		values[i] = aw_history_at(history, scene->now_ns, room - 1 - i);
	pen->x++;
	aw_pen_put(pen, AW_STYLE_GRAPH, aw_spark(values, room, scene->utf8, graph, sizeof(graph)));
}

static void put_number(struct aw_pen *pen, enum aw_style style, const char *label, uint64_t count, unsigned int width)
{
	char number[AW_CELL_GROUPED];

	aw_cell_grouped(count, number);
	if (width && strlen(number) > width)
		aw_cell_number(count, number);
	aw_pen_put(pen, AW_STYLE_LABEL, label);
	aw_pen_put(pen, AW_STYLE_PLAIN, " ");
	aw_pen_field(pen, style, width ? width : (unsigned int)strlen(number), true, number);
}

static void put_optional(struct aw_pen *pen, enum aw_style style, const char *label, uint64_t count)
{
	if (!count)
		return;
	aw_pen_put(pen, AW_STYLE_PLAIN, "  ");
	put_number(pen, style, label, count, 0);
}

static void draw_failures(const struct aw_scene *scene, int y)
{
	const struct aw_totals *totals = &scene->totals;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	uint64_t hard = totals->by_class[AW_CLASS_HARD];

	put_number(&pen, AW_STYLE_STRONG, "Failures", totals->failures, NUMBER);
	pen.x += 2;
	put_number(&pen, hard ? AW_STYLE_HOT : AW_STYLE_PLAIN, "hard", hard, 0);
	aw_pen_put(&pen, AW_STYLE_PLAIN, "  ");
	put_number(&pen, AW_STYLE_PLAIN, "opportunistic", totals->by_class[AW_CLASS_OPPORTUNISTIC], 0);
	draw_history(scene, &pen, scene->failures);
}

static void draw_steals(const struct aw_scene *scene, int y)
{
	const struct aw_totals *totals = &scene->totals;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	put_number(&pen, AW_STYLE_STRONG, "Steals  ", totals->extfrag, NUMBER);
	put_optional(&pen, AW_STYLE_PLAIN, "slow", totals->stalls);
	put_optional(&pen, AW_STYLE_HOT, "OOM kills", totals->oom_kills);
	put_optional(&pen, AW_STYLE_HOT, "CMA", totals->cma_failures);
	put_optional(&pen, AW_STYLE_PLAIN, "warnings", totals->warnings);
	draw_history(scene, &pen, scene->steals);
}

/* "  succeeded 1,234,567", or "  succeeded 1.2G" to save digits */
static void draw_succeeded(const struct aw_scene *scene, struct aw_pen *pen)
{
	char number[AW_CELL_GROUPED];

	if (!scene->totals.counts_allocations)
		return;
	if (strlen(aw_cell_grouped(scene->totals.allocations, number)) > NUMBER)
		aw_cell_number(scene->totals.allocations, number);
	aw_pen_put(pen, AW_STYLE_LABEL, "  succeeded ");
	aw_pen_put(pen, AW_STYLE_PLAIN, number);
}

/* "  up to 20 not counted", or nothing if counts are exact */
static void draw_bound(const struct aw_scene *scene, struct aw_pen *pen)
{
	char number[AW_CELL_GROUPED];

	if (scene->uncounted)
		aw_pen_printf(pen, AW_STYLE_HOT, "  up to %s not counted", aw_cell_grouped(scene->uncounted, number));
}

/* Losses, failures counted only or without a group, successes, failures before the start, missing features. */
static void draw_losses(const struct aw_scene *scene, int y)
{
	const struct aw_report *report = &scene->report;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);

	put_number(&pen, scene->lost ? AW_STYLE_HOT : AW_STYLE_PLAIN, "Lost    ", scene->lost, NUMBER);
	draw_bound(scene, &pen);
	put_optional(&pen, AW_STYLE_PLAIN, "counted only", scene->totals.unsampled);
	draw_succeeded(scene, &pen);
	put_optional(&pen, AW_STYLE_PLAIN, "before start", scene->before_start);
	put_optional(&pen, AW_STYLE_WARM, "ungrouped", aw_groups_other(aw_summary_groups(report->summary)));
	for (unsigned int i = 0; i < report->nr_missing; i++) {
		aw_pen_put(&pen, i ? AW_STYLE_PLAIN : AW_STYLE_LABEL, i ? ", " : "  missing ");
		aw_pen_put(&pen, AW_STYLE_WARM, report->missing[i].what);
	}
}

/* "1,234 failures  1,200 hard  12/s" */
static void draw_short(const struct aw_scene *scene, int y)
{
	const struct aw_totals *totals = &scene->totals;
	struct aw_pen pen = aw_pen_at(y, (int)scene->width);
	char rate[AW_CELL_NUMBER];

	put_number(&pen, AW_STYLE_STRONG, "Failures", totals->failures, 0);
	put_optional(&pen, AW_STYLE_HOT, "hard", totals->by_class[AW_CLASS_HARD]);
	aw_pen_printf(&pen, AW_STYLE_STRONG, "  %s/s",
		      aw_cell_rate(aw_history_rate(scene->failures, scene->now_ns, scene->seconds), rate));
	put_optional(&pen, AW_STYLE_HOT, "lost", scene->lost);
}

/* Verdict, help and the memory map get most of the screen. */
static bool is_read(const struct aw_scene *scene)
{
	enum aw_page page = scene->view->page;

	return page == AW_PAGE_VERDICT || page == AW_PAGE_HELP || page == AW_PAGE_MAP;
}

int aw_header_draw(const struct aw_scene *scene, int height)
{
	int lines = 4;

	draw_title(scene);
	if (is_read(scene) && height < SMALL_HEIGHT)
		return 1;
	if (is_read(scene) || height < SMALL_HEIGHT || scene->width < SMALL_WIDTH) {
		draw_short(scene, 1);
		return 2;
	}
	draw_failures(scene, 1);
	draw_steals(scene, 2);
	draw_losses(scene, 3);
	return lines + aw_memory_draw(scene, lines, height / 6);
}
