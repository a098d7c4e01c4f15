// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch diff: what changed between two recordings.
 */
#include <limits.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/exit_status.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "output/diff/diff.h"
#include "session/read_recording.h"
#include "session/report.h"
#include "summary/compare.h"

/* A recording that was read.  Not to be copied: it points into itself. */
struct side {
	struct aw_reading reading;
	struct aw_session_report made;
	bool damaged;			/* its end is missing */
};

static void close_side(struct side *side)
{
	aw_reading_close(&side->reading);
}

static int read_side(const struct aw_options *options, const char *file, struct side *side,
		     struct aw_error *error)
{
	int err = aw_reading_open(options, file, &side->reading, error);

	if (err)
		return err;
	err = aw_reading_run(&side->reading, NULL, NULL, error);
	if (err) {
		close_side(side);
		return err;
	}
	aw_session_report_make(&side->reading.session, 0, &side->made);
	side->damaged = aw_reading_warn_damage(&side->reading);
	return 0;
}

static struct aw_side compared(const struct aw_report *report)
{
	return (struct aw_side){
		.groups = aw_summary_groups(report->summary),
		.window_ns = report->end_ns > report->start_ns ? report->end_ns - report->start_ns : 0,
	};
}

static int show(const struct aw_options *options, const struct aw_diff *diff)
{
	struct aw_diff_counts counts = aw_diff_count(diff);
	struct aw_error error;

	if (!options->json)
		aw_diff_text(stdout, diff);
	else if (aw_diff_json(stdout, diff, &error))
		return aw_say_error(&error);
	if (options->exit_code && (counts.of[AW_CHANGE_WORSE] || counts.new_hard))
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

static int compare(const struct aw_options *options, struct aw_diff *diff)
{
	const struct aw_side before = compared(diff->before.report), after = compared(diff->after.report);
	AW_FREE struct aw_change *changes = NULL;

	if (aw_compare(&before, &after, &changes, &diff->count))
		return aw_say_failed("out of memory");
	diff->changes = changes;
	return show(options, diff);
}

/* Were both read whole, and was there memory for it?  0 or the exit status. */
static int check(const struct side *before, const struct side *after)
{
	struct aw_error error;

	if (aw_reading_check(&before->reading, &error) || aw_reading_check(&after->reading, &error))
		return aw_say_error(&error);
	return before->damaged || after->damaged ? AW_EXIT_ERROR : AW_EXIT_OK;
}

static int run(const struct aw_options *options, const char *before_file, const char *after_file)
{
	struct side before, after;
	struct aw_error error;
	int status;

	if (read_side(options, before_file, &before, &error))
		return aw_say_error(&error);
	if (read_side(options, after_file, &after, &error)) {
		status = aw_say_error(&error);
	} else {
		struct aw_diff diff = {
			.before = { before_file, &before.made.report },
			.after = { after_file, &after.made.report }, .top = options->top,
		};

		status = compare(options, &diff);
		/* Comes before what --exit-code says of the figures. */
		if (check(&before, &after))
			status = AW_EXIT_ERROR;
		close_side(&after);
	}
	close_side(&before);
	return status;
}

static int diff_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	int rest, status;

	options.nr_keys = 3;
	options.keys[2] = &aw_keys[AW_BY_SITE];
	options.top = UINT_MAX;
	status = aw_options_parse(argc, argv, AW_FOR_DIFF, "allocwatch diff [OPTIONS] BEFORE AFTER", &options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest == 2)
		return run(&options, argv[rest], argv[rest + 1]);
	return aw_say_usage("diff compares two recordings: allocwatch diff BEFORE AFTER");
}

const struct aw_command aw_command_diff = {
	.name = "diff",
	.summary = "what changed between two recordings: failures per hour by group",
	.run = diff_main,
};
