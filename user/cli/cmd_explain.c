// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch explain: verdicts for a kernel log of any era, or what one
 * request means.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_status.h"
#include "base/message.h"
#include "cli/command.h"
#include "cli/gfp.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/trace_or_log.h"
#include "explain/log.h"
#include "explain/request.h"
#include "import/import.h"
#include "mm/kernel.h"
#include "recording/kind.h"
#include "system/running.h"

#define USUAL_WIDTH 100

static const char usage[] =
"allocwatch explain [OPTIONS] [LOG|-]...\n"
"       allocwatch explain --order N --gfp MASK [--kernel RELEASE] [--page-size SIZE]\n"
"\n"
"Finds the page allocation failures in kernel logs and says why each failed:\n"
"what memory looked like, which rule of that kernel ended the attempt, what helps.\n"
"LOG is dmesg output, syslog, a journal, an Android logcat, a pstore file or any\n"
"text with such lines in it, of any kernel from 2.6 on; '-' is standard input.\n"
"Without LOG: standard input if it is not a terminal, else the log of this kernel\n"
"and those that earlier boots left: pstore, /proc/last_kmsg, /var/crash.";

/* -1: the options go together. */
static int check(const struct aw_options *options, int nr_logs, char *const *logs)
{
	if (options->has_order != (options->gfp != NULL))
		return aw_say_usage("--order and --gfp go together, the order alone does not say what is allowed: allocwatch explain --order 4 --gfp GFP_KERNEL");
	if (options->has_order && nr_logs)
		return aw_say_usage("--order and --gfp explain a request, not a log: leave out either these or %s", logs[0]);
	if (options->has_order && options->json)
		return aw_say_usage("--json is for logs, and what a request means is text only: leave it out");
	if (options->has_order && options->html)
		return aw_say_usage("--html is for logs, and what a request means is text only: leave it out");
	if (options->json && options->html)
		return aw_say_usage("--json and --html do not go together, each is all of the output: leave one out");
	for (int i = 0; i < nr_logs; i++)
		if (strchr(logs[i], ':') && strchr(logs[i], ' ') && access(logs[i], F_OK))
			return aw_say_usage("'%.40s...' is no file; lines of a log go to standard input: echo 'LINE' | allocwatch explain",
					    logs[i]);
	for (int i = 0; nr_logs > 1 && i < nr_logs; i++)
		if (aw_recording_kind(logs[i]) > AW_RECORDING_NONE)
			return aw_say_usage("%s is a recording, among logs: use allocwatch report %s", logs[i], logs[i]);
	return -1;
}

static int get_kernel(const struct aw_options *options, struct aw_kernel *kernel)
{
	int err;

	if (options->kernel)
		err = aw_kernel_for_release(options->kernel, options->page_size ? options->page_size : 4096,
					    kernel);
	else
		err = aw_kernel_running(kernel);
	if (!err && options->page_size && !options->kernel)
		kernel->page_size = options->page_size;
	if (!err && kernel->gfp)
		return 0;
	return aw_say_failed("the gfp flags of %s are not known: %s", options->kernel ? options->kernel : "this kernel",
			     strerror(err ? -err : ENOENT));
}

static int print_request(const struct aw_options *options, const struct aw_kernel *kernel, uint64_t raw)
{
	struct aw_gfp gfp = aw_gfp_decode(kernel->gfp, raw);

	if (aw_gfp_table_failed(kernel->gfp) ||
	    aw_explain_request(stdout, options->order, &gfp, kernel, aw_output_width(USUAL_WIDTH)))
		return aw_say_failed("out of memory");
	return AW_EXIT_OK;
}

static int explain_request(const struct aw_options *options)
{
	struct aw_kernel kernel = { 0 };
	uint64_t raw;
	int status = get_kernel(options, &kernel);

	if (!status)
		status = aw_gfp_option_parse(options->gfp, &kernel, &raw);
	if (status < 0)
		status = print_request(options, &kernel, raw);
	aw_kernel_clear(&kernel);
	return status;
}

static int explain_logs(const struct aw_options *options, unsigned int nr_logs, char *const *logs)
{
	const struct aw_explain_run run = {
		.config = { .kernel = options->kernel, .page_size = options->page_size },
		.nr_logs = nr_logs, .logs = logs,
		.json = options->json, .html = options->html, .exit_code = options->exit_code, .width = aw_output_width(USUAL_WIDTH),
	};

	return aw_explain_logs(&run);
}

/* A recording, a trace, or a pipe with one: its failures are events with times, which report shows.  NULL: it is not one. */
static const char *events_of(int nr_logs, char *const *logs)
{
	const char *file = nr_logs ? logs[0] : "-";

	if (nr_logs > 1 || (!nr_logs && isatty(STDIN_FILENO)))
		return NULL;
	return aw_recording_kind(file) > AW_RECORDING_NONE || aw_is_trace_without_reports(file) ? file : NULL;
}

/* A log that has events of a trace, too: these are not told. */
static void say_what_is_left(int nr_logs, char *const *logs)
{
	if (nr_logs == 1 && strcmp(logs[0], "-") && aw_import_is_trace(logs[0]))
		aw_say("%s has events of a trace, too: allocwatch report %s reads these", logs[0], logs[0]);
}

static int explain_events(const struct aw_options *options, const char *file)
{
	if (options->json || options->html)
		return aw_say_usage("%s is no log, but events: use allocwatch export --format %s %s", file, options->json ? "json" : "html", file);
	return aw_report_file(options, file);
}

static int run_explain(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	const char *events;
	int rest, status = aw_options_parse(argc, argv, AW_FOR_EXPLAIN, usage, &options, &rest);

	if (status < 0)
		status = check(&options, argc - rest, argv + rest);
	if (status >= 0)
		return status;
	events = options.has_order ? NULL : events_of(argc - rest, argv + rest);
	if (events)
		return explain_events(&options, events);
	if (options.has_order)
		return explain_request(&options);
	status = explain_logs(&options, (unsigned int)(argc - rest), argv + rest);
	say_what_is_left(argc - rest, argv + rest);
	return status;
}

const struct aw_command aw_command_explain = {
	.name = "explain",
	.summary = "why the failures in a kernel log happened, or what one request means",
	.run = run_explain,
};
