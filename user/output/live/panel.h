/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages of the screen, and what they are drawn from.
 */
#ifndef AW_LIVE_PANEL_H
#define AW_LIVE_PANEL_H

#include <stdint.h>
#include <stdio.h>

#include "output/live/history.h"
#include "output/live/rows.h"
#include "output/live/samples.h"
#include "output/live/view.h"
#include "output/report.h"

/* Memory as it was last seen. */
struct aw_memory {
	unsigned int nr_zones;		/* 0: not seen yet */
	struct aw_zone zones[AW_MAX_ZONES];
	bool now;			/* read now; else at the last failure */
	bool has_request;		/* there was a failure: it says what is open to it, */
	struct aw_event request;	/* ... without stack, zones and texts */
};

/* Everything that pages show, as of one instant. */
struct aw_scene {
	struct aw_report report;
	struct aw_totals totals;	/* a copy: a paused screen stands still */
	uint64_t lost;			/* sum of the losses */
	uint64_t uncounted;		/* so many failures more at most than were counted */
	uint64_t before_start;
	uint64_t now_ns;		/* CLOCK_MONOTONIC */
	unsigned int seconds;		/* that rates are taken over */
	struct aw_rows rows;
	struct aw_memory memory;
	const struct aw_history *failures, *steals;
	const struct aw_samples *samples;
	struct aw_view *view;
	bool utf8;
	unsigned int width;		/* columns of the terminal */
};

struct aw_panel {
	const char *name;		/* in the title */
	/* The page as text with marks (style.h), about scene->width wide; NULL: the table of failures. */
	void (*write)(FILE *out, const struct aw_scene *scene);
};

extern const struct aw_panel aw_panels[AW_PAGES];

void aw_panel_verdict(FILE *out, const struct aw_scene *scene);
void aw_panel_histograms(FILE *out, const struct aw_scene *scene);
void aw_panel_extfrag(FILE *out, const struct aw_scene *scene);
void aw_panel_help(FILE *out, const struct aw_scene *scene);

/* Lines of the text form of a report, wrapped: further ones stand under the text behind the label. */
void aw_panel_copy(FILE *out, const char *text, unsigned int width);

/* The failure that the verdict page shows, maybe in `room`, and of how many of its group; NULL: none. */
const struct aw_event *aw_panel_sample(const struct aw_scene *scene, struct aw_sample_room *room, unsigned int *count);

#endif
