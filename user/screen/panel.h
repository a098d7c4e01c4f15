/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages of the screen, and the data that they show.
 */
#ifndef AW_SCREEN_PANEL_H
#define AW_SCREEN_PANEL_H

#include <stdint.h>
#include <stdio.h>

#include "output/report.h"
#include "screen/history.h"
#include "screen/map.h"
#include "screen/rows.h"
#include "screen/samples.h"
#include "screen/view.h"

/* The last known state of memory. */
struct aw_memory {
	unsigned int nr_zones;		/* 0: not known yet */
	struct aw_zone zones[AW_MAX_ZONES];
	bool now;			/* the zones are the current ones; else those of the last failure */
	bool has_request;		/* there was a failure; it determines which blocks are shown as open */
	struct aw_event request;	/* the last failure, without stack, zones and strings */
};

/* Everything that the pages show, at one point in time. */
struct aw_scene {
	struct aw_report report;
	struct aw_totals totals;	/* a copy, because a paused screen does not change */
	uint64_t lost;			/* sum of all losses */
	uint64_t uncounted;		/* at most this many failures are missing from the counts */
	uint64_t before_start;
	uint64_t now_ns;		/* CLOCK_MONOTONIC */
	unsigned int seconds;		/* rates are averages over this time */
	struct aw_rows rows;
	struct aw_memory memory;
	const struct aw_history *failures, *steals;
	const struct aw_samples *samples;
	struct aw_map *map;
	struct aw_view *view;
	bool utf8;
	unsigned int width;		/* columns of the terminal */
};

struct aw_panel {
	const char *name;		/* shown in the title */
	/* Writes the page as text with marks (style.h), about scene->width wide.  NULL: it is no text. */
	void (*write)(FILE *out, const struct aw_scene *scene);
	/* Draws a page that is no text on lines y to y + height - 1. */
	void (*draw)(const struct aw_scene *scene, int y, int height);
};

extern const struct aw_panel aw_panels[];	/* AW_PAGES of them, by enum aw_page */

void aw_panel_verdict(FILE *out, const struct aw_scene *scene);
void aw_panel_histograms(FILE *out, const struct aw_scene *scene);
void aw_panel_extfrag(FILE *out, const struct aw_scene *scene);
void aw_panel_held(FILE *out, const struct aw_scene *scene);	/* a part of it */
void aw_panel_map(const struct aw_scene *scene, int y, int height);
void aw_panel_help(FILE *out, const struct aw_scene *scene);

/* Copies lines of a text report, wrapped; continuation lines are indented to the text after the label. */
void aw_panel_copy(FILE *out, const char *text, unsigned int width);

/*
 * The failure that the verdict page shows, possibly stored in `room`, and in `count` the number of
 * samples of its group to choose from.  NULL: none.
 */
const struct aw_event *aw_panel_sample(const struct aw_scene *scene, struct aw_sample_room *room, unsigned int *count);

#endif
