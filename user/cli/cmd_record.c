// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch record: everything that live sees, into a file.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/exit_status.h"
#include "base/units.h"
#include "cli/command.h"
#include "cli/confine.h"
#include "cli/endure.h"
#include "cli/open.h"
#include "cli/options.h"
#include "cli/record_child.h"
#include "cli/record_move.h"
#include "cli/say.h"
#include "recording/writer.h"
#include "session/before_start.h"
#include "session/boot_trace.h"
#include "session/read_recording.h"
#include "session/session.h"

#define MOVE_AGAIN_NS UINT64_C(60000000000)	/* after files could not be moved */

struct record {
	struct aw_session session;
	struct aw_recording_writer *writer;
	struct aw_child child;
	bool has_child;
	struct aw_boot_trace *boot;	/* what was traced before user space, until it is recorded; NULL: nothing */
	struct aw_record_move move;	/* from memory to the place of -o, when that can be written */
	int err;		/* of writing; the run ends with it */
};

/* The time of the recorded run if a recording is copied. */
static uint64_t now_ns(const struct record *record)
{
	const struct aw_recorded *recorded = aw_source_recorded(record->session.source);

	return recorded ? recorded->end_ns : aw_now_ns();
}

static void on_event(void *arg, const struct aw_event *event)
{
	struct record *record = arg;

	if (!record->err)
		record->err = aw_recording_writer_event(record->writer, event, now_ns(record));
}

/* They are part of the recording: it begins with the boot. */
static void on_boot_event(void *arg, const struct aw_event *event)
{
	struct record *record = arg;

	aw_summary_add(record->session.summary, event);
	on_event(record, event);
}

static void record_boot(struct record *record)
{
	const struct aw_before_start_config config = {
		.kernel = record->session.source->ops->kernel(record->session.source),
		.filter = &record->session.options->filter, .boot = TAKE_PTR(record->boot),
		.until_ns = record->session.start_ns, .traced_only = true,
	};
	struct aw_before_start before;

	if (!config.boot)
		return;
	before = aw_before_start(&config, on_boot_event, record);
	aw_say("%u failures were traced before the start%s", before.failures,
	       before.trace_lost ? "; records of that trace were lost" : "");
}

static struct aw_recording_plan plan_of(const struct record *record, const struct aw_options *options)
{
	const char *path = options->output ? options->output : AW_RECORDING_DEFAULT;

	return (struct aw_recording_plan){
		.path = record->move.to ? record->move.from : path,
		.switch_bytes = options->switch_bytes,
		.switch_ns = options->switch_ns,
		.max_files = options->max_files,
		.raw_addresses = options->raw_addresses,
		.fsync = options->fsync,
		.kallsyms = options->capture.kallsyms ? options->capture.kallsyms : "/proc/kallsyms",
		.unsampled_left_out = options->filter.count ? &record->session.unsampled_left_out : NULL,
	};
}

/* The files so far are closed, and moved; the next one is begun at its place.  0 or -errno. */
static int move_now(struct record *record)
{
	const char *to = record->move.to;
	struct aw_recording_plan plan;
	struct aw_error error;
	int count, err = aw_recording_writer_close(record->writer, now_ns(record));

	record->writer = NULL;
	count = err ? err : aw_record_move_files(&record->move, &error);
	if (count >= 0)
		record->move.to = NULL;
	else if (!err)
		aw_say_error(&error);
	record->move.next_ns = now_ns(record) + MOVE_AGAIN_NS;
	plan = plan_of(record, record->session.options);
	err = aw_recording_writer_open(&plan, record->session.source, now_ns(record), &record->writer, &error);
	if (!err)
		err = aw_recording_writer_commit(record->writer, &error);
	if (err)
		aw_say_error(&error);
	else if (count >= 0)
		aw_say("%s can be written now: %d file%s moved there from %s", to, count, count == 1 ? " was" : "s were",
		       record->move.from);
	return err;
}

static bool on_tick(void *arg)
{
	struct record *record = arg;

	if (!record->err && aw_record_move_is_due(&record->move, now_ns(record)))
		record->err = move_now(record);
	if (!record->err)
		record->err = aw_recording_writer_tick(record->writer, now_ns(record));
	return record->err || (record->has_child && aw_child_ended(&record->child));
}

static void on_interval(void *arg)
{
	struct record *record = arg;
	char size[AW_UNITS_TEXT];

	aw_say("%" PRIu64 " events, %s", aw_recording_writer_events(record->writer),
	       aw_format_bytes(aw_recording_writer_size(record->writer), size));
}

static void announce(const struct record *record)
{
	const struct aw_source *source = record->session.source;

	aw_say_missing(source);
	aw_say("recording %s with %s to %s; %s", source->ops->kernel(source)->release, source->ops->name,
	       aw_recording_writer_path(record->writer),
	       record->has_child ? "until the command ends" : "Ctrl-C ends it");
}

static void say_done(const struct record *record, uint64_t events, uint64_t size, const char *path)
{
	const struct aw_totals *totals = aw_summary_totals(record->session.summary);
	char text[AW_UNITS_TEXT];

	aw_say("%" PRIu64 " failures, %" PRIu64 " events in all, in %s (%s)", totals->failures, events, path,
	       aw_format_bytes(size, text));
}

/* Ends the file and prints the result.  0 or -errno. */
static int finish(struct record *record)
{
	uint64_t events, size, lost;
	char path[4096];
	int err;

	if (!record->writer)	/* its place could not be written after all */
		return record->err;
	events = aw_recording_writer_events(record->writer);
	size = aw_recording_writer_size(record->writer);
	lost = aw_recording_writer_lost(record->writer);
	snprintf(path, sizeof(path), "%s", aw_recording_writer_path(record->writer));
	err = aw_recording_writer_close(record->writer, now_ns(record));
	record->writer = NULL;
	if (record->err)
		err = record->err;
	if (err)
		aw_say("can't write %s: %s; it holds what came before and can be read", path, strerror(-err));
	else
		say_done(record, events, size, path);
	if (!lost)
		return err;
	aw_say("%" PRIu64 " events are in no file: the disk was full", lost);
	return err ? err : -ENOSPC;
}

/* Only a part of the recording was copied, and must not pass for the whole. */
static bool is_cut(const struct record *record)
{
	return aw_source_recorded(record->session.source) && !record->session.at_end && aw_session_interrupted();
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

static bool rotates(const struct record *record)
{
	const struct aw_options *options = record->session.options;

	return options->switch_bytes || options->switch_ns;
}

static void last_and_give_up(struct record *record)
{
	const char *path = !rotates(record) ? NULL : record->move.to ? record->move.to : aw_recording_writer_path(record->writer);

	if (aw_source_recorded(record->session.source))
		return;
	aw_endure(record->session.source);
	aw_confine(&(struct aw_confinement){ .source = record->session.source, .scanner = record->session.scanner, .replaces = path, .cgroups = true });
}

static bool is_damaged(const struct record *record)
{
	const struct aw_recorded *recorded = aw_source_recorded(record->session.source);

	return recorded && recorded->damage && recorded->damage[0];
}

static int run(struct record *record)
{
	const struct aw_session_watcher watcher = {
		.event = on_event, .interval = on_interval, .tick = on_tick, .arg = record,
	};
	struct aw_error error;
	int err, written;

	announce(record);
	record_boot(record);
	last_and_give_up(record);
	err = aw_session_run(&record->session, &watcher, &error);
	if (err)
		aw_say_error(&error);
	written = finish(record);
	if (!err && is_cut(record))
		err = aw_say_failed("interrupted before all of %s was read",
				    aw_recording_name(record->session.options->source));
	if (!err && is_damaged(record))
		err = aw_say_failed("%s: %s", aw_recording_name(record->session.options->source),
				    aw_source_recorded(record->session.source)->damage);
	/* The recording may have ended early; its status is still the command's. */
	aw_child_wait(&record->child);
	return exit_status(record, err ? err : written);
}

/* As whoever called sudo: only watching needs root. */
static int start_command(struct record *record, const struct aw_options *options, char **command,
			 struct aw_error *error)
{
	struct aw_sudo_user caller;
	bool called = !options->as_root && aw_sudo_user_find(&caller);

	if (called)
		aw_say("the command runs as uid %u (%s), who called sudo; --as-root keeps root", (unsigned int)caller.uid,
		       caller.name);
	record->has_child = true;
	return aw_child_start(&record->child, called ? &caller : NULL, command, error);
}

/* The file is created before the command is started, and gets its name afterwards. */
static int start(struct record *record, const struct aw_options *options, char **command)
{
	const struct aw_recorded *recorded = aw_source_recorded(record->session.source);
	uint64_t begin = recorded ? recorded->start_ns : aw_now_ns();
	struct aw_recording_plan plan;
	struct aw_error error;
	int err = aw_record_move_plan(&record->move, options->output ? options->output : AW_RECORDING_DEFAULT, options->until_writable);

	if (err)
		return aw_say_failed("out of memory");
	plan = plan_of(record, options);
	err = aw_recording_writer_open(&plan, record->session.source, begin, &record->writer, &error);

	if (!err && command[0])
		err = start_command(record, options, command, &error);
	if (!err)
		err = aw_recording_writer_commit(record->writer, &error);
	if (!err)
		return run(record);
	aw_say_error(&error);
	aw_recording_writer_close(record->writer, now_ns(record));
	aw_child_wait(&record->child);
	return record->has_child && record->child.status ? record->child.status : AW_EXIT_ERROR;
}

static int run_session(struct record *record, const struct aw_options *options, char **command)
{
	int status = start(record, options, command);

	aw_record_move_clear(&record->move);
	aw_session_close(&record->session);
	return status;
}

static int check_operands(const struct aw_options *options, char **argv, int rest, int argc)
{
	if (options->until_writable && !options->switch_bytes && !options->switch_ns)
		return aw_say_usage("--until-writable is for files that follow each other: add --switch-output WHEN");
	if (rest < argc && strcmp(argv[rest - 1], "--"))
		return aw_say_usage("record takes a command after --, and '%s' comes without: "
				    "allocwatch record [OPTIONS] -- COMMAND...", argv[rest]);
	if (rest < argc && options->output && !strcmp(options->output, "-"))
		return aw_say_usage("-o - and a command would both write to standard output: give -o FILE");
	return AW_EXIT_OK;
}

static int record_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct record record = { 0 };
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_RECORD, "allocwatch record [OPTIONS] [-- COMMAND...]",
				  &options, &rest);
	if (status >= 0)
		return status;
	status = check_operands(&options, argv, rest, argc);
	if (status)
		return status;
	/* No output shows groups, so one key keeps memory small for weeks. */
	options.nr_keys = 1;
	signal(SIGPIPE, SIG_IGN);
	if (aw_source_find(options.source) != &aw_source_recording)
		aw_endure_begin();
	if (aw_watches_here(options.source))
		record.boot = aw_boot_trace_open();
	status = aw_open_watching(&options, "recorded", &record.session);
	if (!status)
		status = run_session(&record, &options, argv + rest);
	aw_boot_trace_close(record.boot);
	return status;
}

const struct aw_command aw_command_record = {
	.name = "record",
	.summary = "record to a file what live shows; with a command, for as long as it runs",
	.run = record_main,
};
