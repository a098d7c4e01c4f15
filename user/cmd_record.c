// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch record: everything that live sees, into a file.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/recording_writer.h"
#include "record_child.h"
#include "session.h"

#define DEFAULT_FILE "allocwatch.aw"

struct record {
	struct aw_session session;
	struct aw_recording_writer *writer;
	struct aw_child child;
	bool has_child;
	int err;		/* of writing; the run ends with it */
};

/* The recorded run's time, when a recording is recorded again. */
static uint64_t now_ns(const struct record *record)
{
	const struct aw_recorded *recorded = aw_source_recorded(record->session.source);

	return recorded ? recorded->end_ns : aw_session_now();
}

static void on_event(void *arg, const struct aw_event *event)
{
	struct record *record = arg;

	if (!record->err)
		record->err = aw_recording_writer_event(record->writer, event, now_ns(record));
}

static bool on_tick(void *arg)
{
	struct record *record = arg;

	if (!record->err)
		record->err = aw_recording_writer_tick(record->writer, now_ns(record));
	return record->err || (record->has_child && aw_child_ended(&record->child));
}

static void on_interval(void *arg)
{
	struct record *record = arg;
	char size[AW_UNITS_TEXT];

	fprintf(stderr, "allocwatch: %" PRIu64 " events, %s\n", aw_recording_writer_events(record->writer),
		aw_format_bytes(aw_recording_writer_size(record->writer), size));
}

static void announce(const struct record *record)
{
	const struct aw_source *source = record->session.source;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int count = source->ops->missing(source, missing);

	for (unsigned int i = 0; i < count; i++)
		fprintf(stderr, "allocwatch: missing %s: %s; %s\n", missing[i].what, missing[i].why, missing[i].cost);
	fprintf(stderr, "allocwatch: recording %s with %s to %s; %s\n", source->ops->kernel(source)->release,
		source->ops->name, aw_recording_writer_path(record->writer),
		record->has_child ? "until the command ends" : "Ctrl-C ends it");
}

static void say_done(const struct record *record, uint64_t events, uint64_t size, const char *path)
{
	const struct aw_totals *totals = aw_summary_totals(record->session.summary);
	char text[AW_UNITS_TEXT];

	fprintf(stderr, "allocwatch: %" PRIu64 " failures, %" PRIu64 " events in all, in %s (%s)\n",
		totals->failures, events, path, aw_format_bytes(size, text));
}

/* Ends the file; says what came of it. 0 or -errno. */
static int finish(struct record *record)
{
	uint64_t events = aw_recording_writer_events(record->writer);
	uint64_t size = aw_recording_writer_size(record->writer);
	uint64_t lost = aw_recording_writer_lost(record->writer);
	char path[4096];
	int err;

	snprintf(path, sizeof(path), "%s", aw_recording_writer_path(record->writer));
	err = aw_recording_writer_close(record->writer, now_ns(record));
	record->writer = NULL;
	if (record->err)
		err = record->err;
	if (err)
		fprintf(stderr, "allocwatch: can't write %s: %s; it holds what came before and can be read\n",
			path, strerror(-err));
	else
		say_done(record, events, size, path);
	if (lost)
		fprintf(stderr, "allocwatch: %" PRIu64 " events are in no file: the disk was full\n", lost);
	return err;
}

static int exit_status(const struct record *record, int err)
{
	if (record->has_child && record->child.status)
		return record->child.status;
	if (err)
		return AW_EXIT_ERROR;
	if (record->session.options->exit_code &&
	    aw_summary_totals(record->session.summary)->by_class[AW_CLASS_HARD])
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

static int run(struct record *record)
{
	const struct aw_session_watcher watcher = {
		.event = on_event, .interval = on_interval, .tick = on_tick, .arg = record,
	};
	struct aw_error error;
	int err, written;

	announce(record);
	err = aw_session_run(&record->session, &watcher, &error);
	if (err)
		fprintf(stderr, "allocwatch: %s\n", error.text);
	written = finish(record);
	/* The recording may have ended early; its status is still the command's. */
	aw_child_wait(&record->child);
	return exit_status(record, err ? err : written);
}

static struct aw_recording_plan plan_of(const struct record *record, const struct aw_options *options)
{
	return (struct aw_recording_plan){
		.path = options->output ? options->output : DEFAULT_FILE,
		.switch_bytes = options->switch_bytes,
		.switch_ns = options->switch_ns,
		.max_files = options->max_files,
		.raw_addresses = options->raw_addresses,
		.kallsyms = options->capture.kallsyms ? options->capture.kallsyms : "/proc/kallsyms",
		.unsampled_left_out = options->filter.count ? &record->session.unsampled_left_out : NULL,
	};
}

/* The file is there and can be written before the command is started, and gets its name after. */
static int start(struct record *record, const struct aw_options *options, char **command)
{
	struct aw_recording_plan plan = plan_of(record, options);
	const struct aw_recorded *recorded = aw_source_recorded(record->session.source);
	uint64_t begin = recorded ? recorded->start_ns : aw_session_now();
	struct aw_error error;
	int err = aw_recording_writer_open(&plan, record->session.source, begin, &record->writer, &error);

	if (!err && command[0]) {
		err = aw_child_start(&record->child, command, &error);
		record->has_child = true;
	}
	if (!err)
		err = aw_recording_writer_commit(record->writer, &error);
	if (!err)
		return run(record);
	fprintf(stderr, "allocwatch: %s\n", error.text);
	aw_recording_writer_close(record->writer, now_ns(record));
	aw_child_wait(&record->child);
	return record->has_child && record->child.status ? record->child.status : AW_EXIT_ERROR;
}

static int check_operands(const struct aw_options *options, char **argv, int rest, int argc)
{
	if (rest < argc && strcmp(argv[rest - 1], "--")) {
		fprintf(stderr, "allocwatch: record takes a command after --, and '%s' comes without: "
			"allocwatch record [OPTIONS] -- COMMAND...\n", argv[rest]);
		return AW_EXIT_USAGE;
	}
	if (rest < argc && options->output && !strcmp(options->output, "-")) {
		fprintf(stderr, "allocwatch: -o - and a command would both write to standard output: give -o FILE\n");
		return AW_EXIT_USAGE;
	}
	return AW_EXIT_OK;
}

static int record_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct record record = { 0 };
	struct aw_error error;
	int rest, status, err;

	status = aw_options_parse(argc, argv, AW_FOR_RECORD, "allocwatch record [OPTIONS] [-- COMMAND...]",
				  &options, &rest);
	if (status >= 0)
		return status;
	status = check_operands(&options, argv, rest, argc);
	if (status)
		return status;
	/* Nothing here shows groups: weeks of failures need no memory. */
	options.nr_keys = 1;
	signal(SIGPIPE, SIG_IGN);
	err = aw_session_open(&options, &record.session, &error);
	if (err) {
		fprintf(stderr, "allocwatch: %s%s\n", err == -ENODEV ? "nothing can be recorded here: " : "",
			error.text);
		return err == -ENODEV ? AW_EXIT_NOTHING : AW_EXIT_ERROR;
	}
	status = start(&record, &options, argv + rest);
	aw_session_close(&record.session);
	return status;
}

const struct aw_command aw_command_record = {
	.name = "record",
	.summary = "what live sees, into a file; with a command, for as long as it runs",
	.run = record_main,
};
