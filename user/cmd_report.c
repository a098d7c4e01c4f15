// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch report: the text report of a recording.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/text.h"
#include "session.h"
#include "session_report.h"

#define DEFAULT_FILE "allocwatch.aw"

static unsigned int text_width(void)
{
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 120;
}

/* Reads it all, then tells it. */
static int report(struct aw_session *session)
{
	const struct aw_session_watcher watcher = { 0 };
	struct aw_session_report made;
	struct aw_error error;
	int err = aw_session_run(session, &watcher, &error);

	if (err)
		fprintf(stderr, "allocwatch: %s\n", error.text);
	aw_session_report_make(session, text_width(), &made);
	aw_report_text(stdout, &made.report);
	return err ? AW_EXIT_ERROR : AW_EXIT_OK;
}

static int report_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct aw_session session;
	struct aw_error error;
	const char *file;
	AW_FREE char *source = NULL;
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_REPORT, "allocwatch report [OPTIONS] [FILE|-]", &options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest > 1) {
		fprintf(stderr, "allocwatch: report takes one recording, and '%s' is a second one\n", argv[rest + 1]);
		return AW_EXIT_USAGE;
	}
	file = rest < argc ? argv[rest] : DEFAULT_FILE;
	if (asprintf(&source, "recording:%s", file) < 0)
		return AW_EXIT_ERROR;
	options.source = source;
	if (aw_session_open(&options, &session, &error)) {
		fprintf(stderr, "allocwatch: %s\n", error.text);
		return AW_EXIT_ERROR;
	}
	status = report(&session);
	aw_session_close(&session);
	return status;
}

const struct aw_command aw_command_report = {
	.name = "report",
	.summary = "the report of a recording",
	.run = report_main,
};
