// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch report: the text report of a recording.
 */
#include <stdio.h>

#include "base/exit_status.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/verify.h"
#include "output/text/text.h"
#include "session/read_recording.h"
#include "session/report.h"

static const char usage[] =
"allocwatch report [OPTIONS] [FILE|-]\n"
"\n"
"FILE is a recording, or a trace that others recorded with kmem:mm_page_alloc in it:\n"
"trace.dat of trace-cmd, perf.data, or text of tracefs, trace-cmd report, perf script.";

/* Reads all of it, then prints the report. */
static int report(struct aw_reading *reading)
{
	struct aw_session_report made;
	struct aw_error error;

	if (aw_reading_run(reading, NULL, NULL, &error))
		return aw_say_error(&error);
	aw_session_report_make(&reading->session, aw_output_width(AW_TEXT_WIDTH), &made);
	aw_report_text(stdout, &made.report);
	if (reading->session.options->filter.count && !aw_summary_totals(reading->session.summary)->failures)
		aw_say("no failure matches --filter: leave it out, and --by KEY shows what can be asked for");
	if (aw_reading_check(reading, &error))
		return aw_say_error(&error);
	return aw_reading_warn_damage(reading) ? AW_EXIT_ERROR : AW_EXIT_OK;
}

int aw_report_file(const struct aw_options *options, const char *file)
{
	struct aw_reading reading;
	struct aw_error error;
	int status;

	if (aw_reading_open(options, file, &reading, &error))
		return aw_say_error(&error);
	status = report(&reading);
	aw_reading_close(&reading);
	return status;
}

static int report_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_REPORT, usage, &options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest > 1)
		return aw_say_usage("report takes one recording, and '%s' is a second one: allocwatch diff compares two", argv[rest + 1]);
	if (options.verify)
		return aw_verify(argv[rest] ? argv[rest] : AW_RECORDING_DEFAULT);
	return aw_report_file(&options, argv[rest]);
}

const struct aw_command aw_command_report = {
	.name = "report",
	.summary = "the report of a recording",
	.run = report_main,
};
