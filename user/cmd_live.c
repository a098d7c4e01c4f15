// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch live: failures as they happen, on a screen or in lines, and a
 * report at the end.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "before_start.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/exporters.h"
#include "output/live/screen.h"
#include "output/text.h"
#include "session.h"
#include "session_report.h"

struct live {
	struct aw_session session;
	struct aw_lines lines;
	const struct aw_exporter *exporter;	/* of --format; NULL: text */
	struct aw_session_report opening;	/* for it, as it was at the start */
	struct aw_screen *screen;	/* NULL: lines */
	struct aw_session_report shown;	/* what the screen draws from */
	bool hard_seen;			/* also what a reset of the screen forgot */
	unsigned int before_start;	/* failures in the kernel log when it began */
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
		fputs("allocwatch: an event was left out: out of memory\n", stderr);
	fflush(live->lines.out);
}

static void print_report(struct live *live)
{
	struct aw_session_report made;
	struct aw_error error;

	aw_lines_end(&live->lines);
	aw_session_report_make(&live->session, live->lines.width, &made);
	if (!live->exporter)
		aw_report_text(live->lines.out, &made.report);
	else if (live->exporter->write(live->lines.out, &made.report, &error))
		fprintf(stderr, "allocwatch: %s\n", error.text);
}

/* A kind is told of again when it is seen live: with its effort then. */
static void print_before_start(struct live *live)
{
	live->before_start = aw_before_start(live->lines.kernel, &live->session.options->filter,
					     on_event, live);
	aw_lines_end(&live->lines);
	aw_lines_free(&live->lines);
	if (live->before_start && !live->exporter)
		fprintf(live->lines.out, "-- %u before start, from the kernel log; not counted in the report --\n",
			live->before_start);
}

static void on_interval(void *arg)
{
	struct live *live = arg;

	print_report(live);
}

/* What the screen asks for. */
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

	return recorded ? recorded->now_ns : aw_session_now();
}

static bool on_tick(void *arg)
{
	struct live *live = arg;

	return aw_screen_tick(live->screen);
}

/* A terminal that cannot show the screen gets plain lines, and a word why. */
static void open_screen(struct live *live)
{
	const struct aw_recorded *recorded = aw_source_recorded(live->session.source);
	const struct aw_screen_host host = {
		.report = on_screen_report, .reset = on_screen_reset, .now = on_screen_now, .here = !recorded,
		.arg = live,
	};
	struct aw_error error;

	if (live->session.options->plain || live->exporter || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return;
	if (aw_screen_open(&host, &live->screen, &error)) {
		fprintf(stderr, "allocwatch: %s: plain lines instead\n", error.text);
		return;
	}
	if (!recorded)
		aw_before_start(live->lines.kernel, &live->session.options->filter, on_event, live);
}

static void announce(struct live *live)
{
	const struct aw_source *source = live->session.source;
	const struct aw_recorded *recorded = aw_source_recorded(source);
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int nr_missing = source->ops->missing(source, missing);

	fprintf(stderr, "allocwatch: %s %s with %s; Ctrl-C ends with a report\n",
		recorded ? "replaying" : "watching", live->lines.kernel->release,
		recorded ? recorded->source : source->ops->name);
	if (live->session.choice.degraded[0])
		fprintf(stderr, "allocwatch: degraded: %s\n", live->session.choice.degraded);
	for (unsigned int i = 0; i < nr_missing; i++)
		fprintf(stderr, "allocwatch: missing %s: %s; %s\n", missing[i].what,
			missing[i].why, missing[i].cost);
	aw_session_report_make(&live->session, live->lines.width, &live->opening);
	if (!live->exporter)
		aw_lines_header(&live->lines);
	else if (live->exporter->begin)
		live->exporter->begin(live->lines.out, &live->opening.report);
	if (!recorded)
		print_before_start(live);
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
	err = aw_session_run(&live->session, &watcher, &error);
	aw_screen_close(TAKE_PTR(live->screen));
	print_report(live);
	if (err) {
		fprintf(stderr, "allocwatch: %s\n", error.text);
		return AW_EXIT_ERROR;
	}
	if (live->session.options->exit_code && live->hard_seen)
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

/* A terminal's width; 120 for a file or a pipe. */
static unsigned int text_width(void)
{
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 120;
}

/* text, or a format with a line an event. 0 or the exit status. */
static int choose_format(const char *name, struct live *live)
{
	char names[128];

	if (!name || !strcmp(name, "text"))
		return AW_EXIT_OK;
	live->exporter = aw_exporter_find(name);
	if (live->exporter && live->exporter->event)
		return AW_EXIT_OK;
	fprintf(stderr, "allocwatch: bad --format '%s': live writes text, %s\n", name,
		aw_exporters_names(true, names, sizeof(names)));
	return AW_EXIT_USAGE;
}

static int live_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct live live = { .lines = { .out = stdout } };
	struct aw_error error;
	int rest, status, err;

	status = aw_options_parse(argc, argv, AW_FOR_LIVE, "allocwatch live [OPTIONS]", &options, &rest);
	if (status >= 0)
		return status;
	if (rest < argc) {
		fprintf(stderr, "allocwatch: live takes no operands, and '%s' is one\n", argv[rest]);
		return AW_EXIT_USAGE;
	}
	status = choose_format(options.format, &live);
	if (status)
		return status;
	err = aw_session_open(&options, &live.session, &error);
	if (err) {
		fprintf(stderr, "allocwatch: %s%s\n", err == -ENODEV ? "nothing can be watched here: " : "",
			error.text);
		return err == -ENODEV ? AW_EXIT_NOTHING : AW_EXIT_ERROR;
	}
	live.lines.width = text_width();
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
