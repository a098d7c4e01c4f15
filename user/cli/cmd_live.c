// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch live: failures as they happen, on a screen or in lines, and a
 * report at the end.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/exit_status.h"
#include "cli/command.h"
#include "cli/confine.h"
#include "cli/endure.h"
#include "cli/live_map.h"
#include "cli/open.h"
#include "cli/options.h"
#include "cli/say.h"
#include "output/exporters.h"
#include "output/text/text.h"
#include "screen/screen.h"
#include "session/before_start.h"
#include "session/boot_trace.h"
#include "session/report.h"
#include "session/session.h"

struct live {
	struct aw_session session;
	struct aw_lines lines;
	const struct aw_exporter *exporter;	/* of --format; NULL: text */
	struct aw_session_report opening;	/* of the session at its start, for the exporter */
	struct aw_screen *screen;	/* NULL: lines */
	struct aw_live_map map;		/* of the screen */
	struct aw_session_report shown;	/* the report that the screen shows */
	bool incomplete;		/* something could not be written; a message said so */
	struct aw_boot_trace *boot;		/* what was traced before user space, until it is told; NULL: nothing */
	bool hard_seen;			/* also before a reset of the screen */
};

static void on_event(void *arg, const struct aw_event *event)
{
	struct live *live = arg;

	live->hard_seen |= event->type == AW_EVENT_FAILURE && event->failure.class == AW_CLASS_HARD &&
			   !event->failure.before_start;
	if (live->screen) {
		aw_screen_event(live->screen, event);
		return;
	}
	if (!live->exporter) {
		aw_lines_event(&live->lines, event);
		return;
	}
	if (live->exporter->event(live->lines.out, &live->opening.report, event))
		live->incomplete = aw_say_failed("an event was left out: out of memory");
	fflush(live->lines.out);
}

static void print_report(struct live *live)
{
	struct aw_session_report made;
	struct aw_error error;

	if (aw_summary_incomplete(live->session.summary))
		live->incomplete = aw_say_failed("out of memory: failures are missing from the groups");
	aw_lines_end(&live->lines);
	aw_session_report_make(&live->session, live->lines.width, &made);
	if (!live->exporter)
		aw_report_text(live->lines.out, &made.report);
	else if (live->exporter->write(live->lines.out, &made.report, &error))
		live->incomplete = aw_say_error(&error);
}

/* Their times are of another boot, so they are only told of. */
static void say_earlier_boots(void)
{
	struct aw_earlier_boots boots = aw_earlier_boots("");

	if (boots.failures)
		aw_say("earlier boots left %u log%s with %" PRIu64 " failure%s (%s): allocwatch explain, on a terminal "
		       "or with that file", boots.logs, boots.logs == 1 ? "" : "s", boots.failures,
		       boots.failures == 1 ? "" : "s", boots.first);
}

static struct aw_before_start tell_before_start(struct live *live)
{
	const struct aw_before_start_config config = {
		.kernel = live->lines.kernel, .filter = &live->session.options->filter, .boot = TAKE_PTR(live->boot),
		.until_ns = live->session.start_ns,
	};

	return aw_before_start(&config, on_event, live);
}

/* Forgets the verdicts printed so far: a failure seen live has one with its effort. */
static void print_before_start(struct live *live)
{
	struct aw_before_start before = tell_before_start(live);

	aw_lines_end(&live->lines);
	aw_lines_free(&live->lines);
	if (before.failures && !live->exporter)
		fprintf(live->lines.out, "-- %u before start, from the %s; not counted in the report --\n",
			before.failures, !before.traced ? "kernel log" :
			before.by_module ? "module and the kernel log" : "trace of the boot and the kernel log");
	if (before.trace_lost)
		aw_say("the trace of the boot has lost %" PRIu64 " records: there may have been more failures before start "
		       "(a larger %s keeps more)", before.trace_lost,
		       before.by_module ? "allocwatch.ring_kb=" : "trace_buf_size=");
	if (before.overwritten)
		aw_say("the kernel log has lost its first %" PRIu64 " records since boot: there may have been more "
		       "failures before start", before.overwritten);
}

static void on_interval(void *arg)
{
	struct live *live = arg;

	print_report(live);
}

/* Callbacks of the screen. */
static void on_screen_report(void *arg, struct aw_report *report)
{
	struct live *live = arg;

	aw_session_report_make(&live->session, live->lines.width, &live->shown);
	*report = live->shown.report;
}

static void on_screen_reset(void *arg)
{
	struct live *live = arg;

	aw_session_reset(&live->session);
}

static uint64_t on_screen_now(void *arg)
{
	struct live *live = arg;
	const struct aw_recorded *recorded = aw_source_recorded(live->session.source);

	return recorded ? recorded->now_ns : aw_now_ns();
}

static int on_screen_look(void *arg, bool begin, struct aw_blockers *found, struct aw_error *error)
{
	struct live *live = arg;

	return aw_live_map_look(&live->map, begin, found, error);
}

static bool on_tick(void *arg)
{
	struct live *live = arg;

	return aw_screen_tick(live->screen);
}

/* On a terminal that cannot show the screen, says why and prints lines. */
static void open_screen(struct live *live)
{
	const struct aw_recorded *recorded = aw_source_recorded(live->session.source);
	const struct aw_screen_host host = {
		.report = on_screen_report, .reset = on_screen_reset, .now = on_screen_now,
		.look = recorded ? NULL : on_screen_look, .sort = live->session.options->sort,
		.here = !recorded, .arg = live,
	};
	struct aw_error error;

	if (live->session.options->plain || live->exporter || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return;
	if (aw_screen_open(&host, &live->screen, &error)) {
		aw_say("%s: plain lines instead", error.text);
		return;
	}
	if (recorded)
		return;
	tell_before_start(live);
	aw_live_map_open(&live->map, live->lines.kernel);
}

static void announce(struct live *live)
{
	const struct aw_source *source = live->session.source;
	const struct aw_recorded *recorded = aw_source_recorded(source);

	aw_say("%s %s with %s; Ctrl-C ends with a report", recorded ? "replaying" : "watching",
	       live->lines.kernel->release, recorded ? recorded->source : source->ops->name);
	if (live->session.choice.degraded[0])
		aw_say("degraded: %s", live->session.choice.degraded);
	aw_say_missing(source);
	aw_session_report_make(&live->session, live->lines.width, &live->opening);
	if (!live->exporter)
		aw_lines_header(&live->lines);
	else if (live->exporter->begin)
		live->exporter->begin(live->lines.out, &live->opening.report);
	if (!recorded) {
		say_earlier_boots();
		print_before_start(live);
	}
	fflush(live->lines.out);
}

static int run(struct live *live)
{
	struct aw_session_watcher watcher = { .event = on_event, .arg = live };
	struct aw_error error;
	int err;

	open_screen(live);
	if (live->screen) {
		watcher.tick = on_tick;
		watcher.stay = true;
	} else {
		watcher.interval = on_interval;
		announce(live);
	}
	if (!aw_source_recorded(live->session.source)) {
		aw_endure(live->session.source);
		aw_confine(&(struct aw_confinement){
			.source = live->session.source, .scanner = live->session.scanner, .scan = live->map.scan,
			.cgroups = true, .calls = true,
		});
	}
	err = aw_session_run(&live->session, &watcher, &error);
	aw_screen_close(TAKE_PTR(live->screen));
	aw_live_map_close(&live->map);
	print_report(live);
	if (err)
		return aw_say_error(&error);
	if (live->incomplete)
		return AW_EXIT_ERROR;
	if (live->session.options->exit_code && live->hard_seen)
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

/* text, or a format with a line per event.  0 or the exit status. */
static int choose_format(const char *name, struct live *live)
{
	char names[128];

	if (!name || !strcmp(name, "text"))
		return AW_EXIT_OK;
	live->exporter = aw_exporter_find(name);
	if (live->exporter && live->exporter->event && !live->exporter->binary)
		return AW_EXIT_OK;
	return aw_say_usage("bad --format '%s': live writes text, %s", name,
			    aw_exporters_names(true, names, sizeof(names)));
}

static int live_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct live live = { .lines = { .out = stdout } };
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_LIVE, "allocwatch live [OPTIONS]", &options, &rest);
	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("live takes no operands, and '%s' is one: leave it out, or --source FILE replays a recording", argv[rest]);
	status = choose_format(options.format, &live);
	if (!status && aw_source_find(options.source) != &aw_source_recording)
		aw_endure_begin();
	if (!status && aw_watches_here(options.source))
		live.boot = aw_boot_trace_open();
	if (!status)
		status = aw_open_watching(&options, "watched", &live.session);
	if (status) {
		aw_boot_trace_close(live.boot);
		return status;
	}
	live.lines.width = aw_output_width(AW_TEXT_WIDTH);
	live.lines.kernel = live.session.source->ops->kernel(live.session.source);
	status = run(&live);
	aw_lines_free(&live.lines);
	aw_session_close(&live.session);
	return status;
}

const struct aw_command aw_command_live = {
	.name = "live",
	.summary = "watch failures as they happen; a report at the end",
	.run = live_main,
};
