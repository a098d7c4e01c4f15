// SPDX-License-Identifier: GPL-2.0
/*
 * The full-screen view of a run: when its data is updated, and when it is drawn.
 */
#include "screen/screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "screen/header.h"
#include "screen/keys.h"
#include "screen/group_id.h"
#include "screen/table.h"
#include "screen/terminal.h"
#include "system/zoneinfo.h"

#define MS 1000000ull
#define SECOND 1000000000ull
#define FRAME_NS (100 * MS)
#define REFRESH_NS (250 * MS)
#define MEMORY_NS (2 * SECOND)
#define WORK_SHARE 20	/* building rows takes at most 1/20 of the time */

struct aw_screen {
	struct aw_screen_host host;
	struct aw_terminal terminal;
	struct aw_view view;
	struct aw_scene scene;
	struct aw_summary *before;	/* failures from the kernel log, before the start */
	struct aw_map map;
	struct aw_history failures, steals;
	struct aw_rates *rates;
	struct aw_samples *samples;
	bool changed;			/* there were events since the last update */
	bool rates_shown;		/* some row has a rate, which decreases without events */
	uint64_t refreshed_ns, refresh_cost_ns;	/* on the clock of this process, as the following; that of a recording may stop */
	uint64_t drawn_ns, memory_ns;
	uint64_t lost_before, uncounted_before;	/* values at the last reset */
	uint64_t now_ns;		/* host->now() when last called */
};

static const struct aw_key *const *keys_of(const struct aw_screen *screen, unsigned int *nr_keys)
{
	return aw_groups_keys(aw_summary_groups(screen->scene.report.summary), nr_keys);
}

/* The zones of the last failure, and the request, which determines what is open. */
static void remember(struct aw_screen *screen, const struct aw_event *event)
{
	struct aw_memory *memory = &screen->scene.memory;
	const struct aw_failure *failure = &event->failure;

	memory->request = *event;
	memory->request.stack = NULL;
	memory->request.site = NULL;
	memory->request.failure.zones = NULL;
	memory->request.failure.nr_zones = 0;
	memory->has_request = true;
	if (memory->now || !failure->nr_zones)
		return;
	memory->nr_zones = failure->nr_zones < AW_MAX_ZONES ? failure->nr_zones : AW_MAX_ZONES;
	memcpy(memory->zones, failure->zones, memory->nr_zones * sizeof(memory->zones[0]));
}

static void add_failure(struct aw_screen *screen, const struct aw_event *event)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = keys_of(screen, &nr_keys);
	uint64_t group_id = aw_group_id_of_event(keys, nr_keys, event);

	aw_history_add(&screen->failures, event->time_ns, aw_failure_count(&event->failure));
	aw_rates_add(screen->rates, group_id, event->time_ns, aw_failure_count(&event->failure));
	if (event->failure.unsampled)
		return;		/* counted only: there is no sample to show */
	aw_samples_add(screen->samples, group_id, event);
	remember(screen, event);
}

static void add_scan(struct aw_screen *screen, struct aw_scan *scan)
{
	aw_samples_join(screen->samples, scan);
	aw_map_take(&screen->map, &screen->host, scan);
}

void aw_screen_event(struct aw_screen *screen, const struct aw_event *event)
{
	screen->changed = true;
	if (event->type == AW_EVENT_EXTFRAG)
		aw_history_add(&screen->steals, event->time_ns, 1);
	if (event->type == AW_EVENT_SCAN)
		add_scan(screen, event->scan);
	if (event->type != AW_EVENT_FAILURE)
		return;
	if (event->failure.before_start) {
		aw_summary_add(screen->before, event);
		screen->scene.before_start++;
	} else {
		add_failure(screen, event);
	}
}

static void read_memory(struct aw_screen *screen, uint64_t clock)
{
	struct aw_memory *memory = &screen->scene.memory;
	struct aw_zone zones[AW_MAX_ZONES];
	unsigned int count;

	if (!screen->host.here || (screen->memory_ns && clock - screen->memory_ns < MEMORY_NS))
		return;
	screen->memory_ns = clock;
	count = aw_zones_read(zones, AW_MAX_ZONES);
	if (!count)
		return;
	memcpy(memory->zones, zones, count * sizeof(zones[0]));
	memory->nr_zones = count;
	memory->now = true;
}

static uint64_t lost_in(const struct aw_report *report)
{
	uint64_t lost = 0;

	for (unsigned int i = 0; i < report->nr_losses; i++)
		lost += report->losses[i].count;
	return lost;
}

static void sum_up(struct aw_screen *screen)
{
	struct aw_scene *scene = &screen->scene;
	uint64_t watched;

	screen->host.report(screen->host.arg, &scene->report);
	scene->now_ns = screen->host.now(screen->host.arg);
	scene->totals = *aw_summary_totals(scene->report.summary);
	scene->lost = lost_in(&scene->report) - screen->lost_before;
	scene->uncounted = aw_losses_uncounted(scene->report.losses, scene->report.nr_losses) - screen->uncounted_before;
	watched = scene->now_ns > scene->report.start_ns ? (scene->now_ns - scene->report.start_ns) / SECOND + 1 : 1;
	scene->seconds = watched < AW_RATE_SECONDS ? (unsigned int)watched : AW_RATE_SECONDS;
}

static void select_row(struct aw_screen *screen)
{
	const struct aw_rows *rows = &screen->scene.rows;
	struct aw_view *view = &screen->view;

	view->selected = view->cursor < rows->count ? rows->rows[view->cursor].group : NULL;
}

static void build_rows(struct aw_screen *screen)
{
	struct aw_scene *scene = &screen->scene;
	struct aw_view *view = &screen->view;
	const struct aw_row_choice choice = {
		.filter = &view->filter, .hard_only = view->hard_only, .sort = view->sort, .reverse = view->reverse,
		.hard_first = view->hard_first && view->sort == aw_column_find("count"),
		.now_ns = scene->now_ns, .seconds = scene->seconds,
	};

	if (!view->paused)
		screen->rates_shown = aw_rates_expire(screen->rates, scene->now_ns) > 0;
	aw_rows_build(&scene->rows, aw_summary_groups(scene->report.summary), aw_summary_groups(screen->before),
		      screen->rates, &choice);
	aw_view_rows_changed(view, scene->rows.count, aw_rows_find(&scene->rows, view->selected));
	select_row(screen);
}

static void look(struct aw_screen *screen, uint64_t clock)
{
	screen->changed = false;
	screen->view.rebuild = false;
	if (!screen->view.paused) {
		read_memory(screen, clock);
		sum_up(screen);
	}
	build_rows(screen);
	screen->refreshed_ns = aw_now_ns();
	screen->refresh_cost_ns = screen->refreshed_ns - clock;
}

/* A new second has begun, or the clock of a recording has stopped and the rows show an earlier time. */
static bool is_stale(const struct aw_screen *screen, uint64_t now_ns)
{
	uint64_t shown_ns = screen->scene.now_ns;

	return now_ns / SECOND != shown_ns / SECOND || (now_ns == screen->now_ns && now_ns != shown_ns);
}

/* Ages and graphs change with time; rows are rebuilt only if there were events or rates. */
static void look_if_due(struct aw_screen *screen, uint64_t clock)
{
	uint64_t since = clock - screen->refreshed_ns, now_ns;

	if (screen->view.rebuild) {
		look(screen, clock);
		return;
	}
	if (screen->view.paused || since < REFRESH_NS || since < screen->refresh_cost_ns * WORK_SHARE)
		return;
	now_ns = screen->host.now(screen->host.arg);
	if (screen->changed) {
		look(screen, clock);
	} else if (is_stale(screen, now_ns)) {
		if (screen->rates_shown) {
			look(screen, clock);
		} else {
			read_memory(screen, clock);
			sum_up(screen);
		}
		screen->view.redraw = true;
	}
	screen->now_ns = now_ns;
}

static void forget_before(struct aw_screen *screen)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = keys_of(screen, &nr_keys);
	struct aw_summary *empty = aw_summary_new(keys, nr_keys);

	if (!empty)
		return;
	aw_summary_free(screen->before);
	screen->before = empty;
	screen->scene.before_start = 0;
}

static void reset(struct aw_screen *screen)
{
	struct aw_view *view = &screen->view;

	view->reset = false;
	view->open = NULL;
	view->selected = NULL;
	if (view->page == AW_PAGE_VERDICT)
		aw_view_leave(view);
	screen->scene.rows.count = 0;
	forget_before(screen);
	screen->host.reset(screen->host.arg);
	screen->lost_before += screen->scene.lost;
	screen->uncounted_before += screen->scene.uncounted;
	memset(&screen->failures, 0, sizeof(screen->failures));
	memset(&screen->steals, 0, sizeof(screen->steals));
	aw_rates_clear(screen->rates);
	aw_samples_clear(screen->samples);
	view->paused = false;
	look(screen, aw_now_ns());
}

/* True: a key was pressed. */
static bool follow_keys(struct aw_screen *screen)
{
	bool any = false;
	int code;

	while ((code = aw_terminal_key(&screen->terminal)) >= 0) {
		any = true;
		aw_key_press(&screen->view, code);
		select_row(screen);
		if (screen->view.reset)
			reset(screen);
	}
	return any;
}

static void draw(struct aw_screen *screen)
{
	struct aw_scene *scene = &screen->scene;
	const struct aw_panel *panel = &aw_panels[screen->view.page];
	int height = screen->terminal.height, top;
	struct aw_sample_room room;

	scene->width = (unsigned int)screen->terminal.width;
	top = aw_header_draw(scene, height);
	if (screen->view.page == AW_PAGE_VERDICT)
		aw_panel_sample(scene, &room, &screen->view.nr_samples);
	if (panel->draw)
		panel->draw(scene, top, height - top - 1);
	else
		aw_page_draw(scene, panel, top, height - top - 1);
	aw_footer_draw(scene, height - 1);
	aw_terminal_show(&screen->terminal, screen->view.whole);
	screen->view.redraw = false;
	screen->view.whole = false;
}

/* A zone at a time, so that keys and events do not wait for all of them. */
static void follow_map(struct aw_screen *screen)
{
	struct aw_view *view = &screen->view;

	if (view->look)
		aw_map_look(&screen->map, &screen->host, &screen->scene.memory);
	view->redraw |= view->look | aw_map_step(&screen->map, &screen->host);
	view->look = false;
}

bool aw_screen_tick(struct aw_screen *screen)
{
	uint64_t clock = aw_now_ns();
	struct aw_view *view = &screen->view;
	bool pressed = follow_keys(screen);

	view->whole |= aw_terminal_follow(&screen->terminal);
	look_if_due(screen, clock);
	follow_map(screen);
	if (aw_terminal_ready(&screen->terminal) && (view->redraw || view->whole) &&
	    (pressed || clock - screen->drawn_ns >= FRAME_NS)) {
		draw(screen);
		screen->drawn_ns = clock;
	}
	return view->quit;
}

static void free_members(struct aw_screen *screen)
{
	aw_rows_clear(&screen->scene.rows);
	aw_summary_free(screen->before);
	aw_rates_free(screen->rates);
	aw_samples_free(screen->samples);
	aw_map_lines_clear(&screen->view.map);
	aw_map_clear(&screen->map);
	free(screen);
}

static int make_members(struct aw_screen *screen)
{
	struct aw_scene *scene = &screen->scene;
	unsigned int nr_keys;
	const struct aw_key *const *keys = keys_of(screen, &nr_keys);

	screen->before = aw_summary_new(keys, nr_keys);
	screen->rates = aw_rates_new();
	screen->samples = aw_samples_new();
	scene->view = &screen->view;
	scene->map = &screen->map;
	scene->failures = &screen->failures;
	scene->steals = &screen->steals;
	scene->samples = screen->samples;
	return screen->before && screen->rates && screen->samples ? 0 : -ENOMEM;
}

int aw_screen_open(const struct aw_screen_host *host, struct aw_screen **out, struct aw_error *error)
{
	struct aw_screen *screen = calloc(1, sizeof(*screen));
	int err;

	if (!screen)
		return aw_error_set(error, -ENOMEM, "out of memory");
	screen->host = *host;
	host->report(host->arg, &screen->scene.report);
	aw_view_init(&screen->view, host->sort);
	err = make_members(screen) ? aw_error_set(error, -ENOMEM, "out of memory")
				 : aw_terminal_open(&screen->terminal, error);
	if (err) {
		free_members(screen);
		return err;
	}
	screen->scene.utf8 = screen->terminal.utf8;
	*out = screen;
	return 0;
}

void aw_screen_close(struct aw_screen *screen)
{
	if (!screen)
		return;
	aw_terminal_close(&screen->terminal);
	free_members(screen);
}
