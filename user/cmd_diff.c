// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch diff: what changed between two recordings.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/diff.h"
#include "read_recording.h"
#include "session_report.h"
#include "summary/compare.h"

/* A recording that was read.  Not to be copied: it points into itself. */
struct side {
	struct aw_options options;
	char *source;			/* named by options */
	struct aw_session session;
	struct aw_session_report made;
};

static void close_side(struct side *side)
{
	aw_session_close(&side->session);
	free(side->source);
}

static int read_side(const struct aw_options *options, const char *file, struct side *side,
		     struct aw_error *error)
{
	int err;

	*side = (struct side){ .options = *options, .source = aw_recording_source(file) };
	if (!side->source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	side->options.source = side->source;
	err = aw_session_open(&side->options, &side->session, error);
	if (!err)
		err = aw_recording_read(&side->session, NULL, NULL, error);
	if (err) {
		close_side(side);
		return err;
	}
	aw_session_report_make(&side->session, 0, &side->made);
	aw_recording_warn_damage(&side->session);
	return 0;
}

static struct aw_side compared(const struct aw_report *report)
{
	return (struct aw_side){
		.groups = aw_summary_groups(report->summary),
		.window_ns = report->end_ns > report->start_ns ? report->end_ns - report->start_ns : 0,
	};
}

static int fail(const struct aw_error *error)
{
	fprintf(stderr, "allocwatch: %s\n", error->text);
	return AW_EXIT_ERROR;
}

static int show(const struct aw_options *options, const struct aw_diff *diff)
{
	struct aw_diff_counts counts = aw_diff_count(diff);
	struct aw_error error;

	if (!options->json)
		aw_diff_text(stdout, diff);
	else if (aw_diff_json(stdout, diff, &error))
		return fail(&error);
	if (options->exit_code && (counts.of[AW_CHANGE_WORSE] || counts.new_hard))
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

static int compare(const struct aw_options *options, struct aw_diff *diff)
{
	const struct aw_side before = compared(diff->before.report), after = compared(diff->after.report);
	AW_FREE struct aw_change *changes = NULL;

	if (aw_compare(&before, &after, &changes, &diff->count)) {
		fputs("allocwatch: out of memory\n", stderr);
		return AW_EXIT_ERROR;
	}
	diff->changes = changes;
	return show(options, diff);
}

static int run(const struct aw_options *options, const char *before_file, const char *after_file)
{
	struct side before, after;
	struct aw_error error;
	int status;

	if (read_side(options, before_file, &before, &error))
		return fail(&error);
	if (read_side(options, after_file, &after, &error)) {
		status = fail(&error);
	} else {
		struct aw_diff diff = {
			.before = { before_file, &before.made.report },
			.after = { after_file, &after.made.report }, .top = options->top,
		};

		status = compare(options, &diff);
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
	options.keys[2] = aw_key_find("site", 4);
	options.top = UINT_MAX;
	status = aw_options_parse(argc, argv, AW_FOR_DIFF, "allocwatch diff [OPTIONS] BEFORE AFTER", &options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest == 2)
		return run(&options, argv[rest], argv[rest + 1]);
	fprintf(stderr, "allocwatch: diff compares two recordings: allocwatch diff BEFORE AFTER\n");
	return AW_EXIT_USAGE;
}

const struct aw_command aw_command_diff = {
	.name = "diff",
	.summary = "what changed between two recordings: failures per hour by group",
	.run = diff_main,
};
