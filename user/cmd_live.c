// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch live: failures as they happen, on a screen or in lines, and a
 * report at the end.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "before_start.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/live/screen.h"
#include "output/text.h"
#include "session.h"

struct live {
	struct aw_session session;
	struct aw_lines lines;
	struct aw_screen *screen;	/* NULL: plain lines */
	bool hard_seen;			/* also what a reset of the screen forgot */
	unsigned int before_start;	/* failures in the kernel log when it began */
	unsigned int nr_missing;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_loss losses[AW_MAX_LOSSES];
};

static void on_event(void *arg, const struct aw_event *event)
{
	struct live *live = arg;

	live->hard_seen |= event->type == AW_EVENT_FAILURE && event->failure.class == AW_CLASS_HARD &&
			   !event->failure.before_start;
	if (live->screen)
		aw_screen_event(live->screen, event);
	else
		aw_lines_event(&live->lines, event);
}

static void fill_report(struct live *live, uint64_t end_ns, struct aw_report *report)
{
	struct aw_session *session = &live->session;
	struct aw_source *source = session->source;

	*report = (struct aw_report){
		.kernel = source->ops->kernel(source),
		.summary = session->summary,
		.source = source->ops->name,
		.start_ns = session->start_ns,
		.end_ns = end_ns,
		.sort = session->options->sort,
		.top = session->options->top,
		.width = live->lines.width,
		.nr_missing = live->nr_missing,
		.missing = live->missing,
		.nr_losses = source->ops->losses(source, live->losses),
		.losses = live->losses,
	};
}

static void print_report(struct live *live, uint64_t end_ns)
{
	struct aw_report report;

	aw_lines_end(&live->lines);
	fill_report(live, end_ns, &report);
	aw_report_text(live->lines.out, &report);
}

/* A kind is told of again when it is seen live: with its effort then. */
static void print_before_start(struct live *live)
{
	live->before_start = aw_before_start(live->lines.kernel, &live->session.options->filter,
					     on_event, live);
	aw_lines_end(&live->lines);
	aw_lines_free(&live->lines);
	if (live->before_start)
		fprintf(live->lines.out, "-- %u before start, from the kernel log; not counted in the report --\n",
			live->before_start);
}

static void on_interval(void *arg)
{
	struct live *live = arg;

	print_report(live, aw_session_now());
}

/* What the screen asks for. */
static void on_screen_report(void *arg, struct aw_report *report)
{
	fill_report(arg, aw_session_now(), report);
}

static void on_screen_reset(void *arg)
{
	struct live *live = arg;

	aw_session_reset(&live->session);
}

static uint64_t on_screen_now(void *arg)
{
	(void)arg;
	return aw_session_now();
}

static bool on_tick(void *arg)
{
	struct live *live = arg;

	return aw_screen_tick(live->screen);
}

/* A terminal that cannot show the screen gets plain lines, and a word why. */
static void open_screen(struct live *live)
{
	const struct aw_screen_host host = {
		.report = on_screen_report, .reset = on_screen_reset, .now = on_screen_now, .here = true, .arg = live,
	};
	struct aw_error error;

	if (live->session.options->plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return;
	if (aw_screen_open(&host, &live->screen, &error)) {
		fprintf(stderr, "allocwatch: %s: plain lines instead\n", error.text);
		return;
	}
	aw_before_start(live->lines.kernel, &live->session.options->filter, on_event, live);
}

static void announce(struct live *live)
{
	const struct aw_source *source = live->session.source;

	fprintf(stderr, "allocwatch: watching %s with %s; Ctrl-C ends with a report\n",
		live->lines.kernel->release, source->ops->name);
	for (unsigned int i = 0; i < live->nr_missing; i++)
		fprintf(stderr, "allocwatch: missing %s: %s; %s\n", live->missing[i].what,
			live->missing[i].why, live->missing[i].cost);
	aw_lines_header(&live->lines);
	print_before_start(live);
	fflush(live->lines.out);
}

static int run(struct live *live)
{
	struct aw_session_watcher watcher = { .event = on_event, .arg = live };
	struct aw_error error;
	int err;

	live->nr_missing = live->session.source->ops->missing(live->session.source, live->missing);
	open_screen(live);
	if (live->screen) {
		watcher.tick = on_tick;
	} else {
		watcher.interval = on_interval;
		announce(live);
	}
	err = aw_session_run(&live->session, &watcher, &error);
	aw_screen_close(TAKE_PTR(live->screen));
	print_report(live, live->session.end_ns);
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
