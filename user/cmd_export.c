// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch export: a recording in another format.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/output_file.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/exporters.h"
#include "read_recording.h"
#include "session_report.h"

struct export {
	struct aw_options options;
	const struct aw_exporter *exporter;
	struct aw_session session;
	struct aw_session_report opening;	/* what is known before the first event */
	FILE *out;
};

static int wrong_usage(const char *text)
{
	fprintf(stderr, "allocwatch: %s\n", text);
	return AW_EXIT_USAGE;
}

static int choose_format(struct export *export)
{
	const char *name = export->options.format;
	char names[256], text[400];

	aw_exporters_names(false, names, sizeof(names));
	if (!name) {
		snprintf(text, sizeof(text), "export needs --format: %s", names);
		return wrong_usage(text);
	}
	export->exporter = aw_exporter_find(name);
	if (export->exporter)
		return AW_EXIT_OK;
	snprintf(text, sizeof(text), "bad --format '%.60s': the formats are %s", name, names);
	return wrong_usage(text);
}

static int check_table(const struct export *export)
{
	struct aw_error error;
	char text[200];

	if (export->exporter->check_table)
		return export->exporter->check_table(export->options.table, &error) ?
		       wrong_usage(error.text) : AW_EXIT_OK;
	if (!export->options.table)
		return AW_EXIT_OK;
	snprintf(text, sizeof(text), "--table goes with --format csv, %s has all tables in one",
		 export->exporter->name);
	return wrong_usage(text);
}

/* Groups of several stacks have one stack to show only. */
static int tell_stacks_apart(struct aw_options *options)
{
	const struct aw_key *stack = aw_key_find("stack", 5);

	for (unsigned int i = 0; i < options->nr_keys; i++)
		if (options->keys[i] == stack)
			return AW_EXIT_OK;
	if (options->nr_keys == AW_MAX_KEYS)
		return wrong_usage("this format groups by stack too: leave one key of --by out");
	options->keys[options->nr_keys++] = stack;
	return AW_EXIT_OK;
}

static int on_event(void *arg, const struct aw_event *event)
{
	struct export *export = arg;

	return export->exporter->event(export->out, &export->opening.report, event);
}

/* Reads it all, and writes meanwhile what has a line an event. */
static int convert(struct export *export, struct aw_error *error)
{
	const struct aw_exporter *exporter = export->exporter;
	struct aw_session_report made;
	int err;

	aw_session_report_make(&export->session, 0, &export->opening);
	err = exporter->begin ? exporter->begin(export->out, &export->opening.report) : 0;
	if (err)
		return aw_error_set(error, err, "can't begin: %s", strerror(-err));
	err = aw_recording_read(&export->session, exporter->event ? on_event : NULL, export, error);
	if (err)
		return err;
	aw_session_report_make(&export->session, 0, &made);
	made.report.table = export->options.table;
	aw_recording_warn_damage(&export->session);
	aw_recording_warn_losses(&made.report);
	return exporter->write(export->out, &made.report, error);
}

static int convert_to_file(struct export *export, struct aw_error *error)
{
	const char *path = export->options.output;
	struct aw_output_file file;
	int err = aw_output_open(path, &file);

	if (err)
		return aw_error_set(error, err, "can't write %s: %s; does its directory exist, and may you write there?",
				    path, strerror(-err));
	export->out = file.file;
	err = convert(export, error);
	if (err) {
		aw_output_abandon(&file);
		return err;
	}
	err = aw_output_commit(&file);
	return err ? aw_error_set(error, err, "can't write %s: %s", path, strerror(-err)) : 0;
}

static int run(struct export *export)
{
	const char *path = export->options.output;
	struct aw_error error;
	int err = aw_session_open(&export->options, &export->session, &error);

	if (!err) {
		export->out = stdout;
		err = path && strcmp(path, "-") ? convert_to_file(export, &error) : convert(export, &error);
		aw_session_close(&export->session);
	}
	if (!err)
		return AW_EXIT_OK;
	fprintf(stderr, "allocwatch: %s\n", error.text);
	return AW_EXIT_ERROR;
}

/* allocwatch export --format json|jsonl|... [OPTIONS] [FILE|-] */
static const char *usage(char *text, size_t size)
{
	size_t used = snprintf(text, size, "allocwatch export --format ");

	for (unsigned int i = 0; i < aw_exporters_count && used < size; i++)
		used += snprintf(text + used, size - used, "%s%s", i ? "|" : "", aw_exporters[i]->name);
	if (used < size)
		snprintf(text + used, size - used, " [OPTIONS] [FILE|-]");
	return text;
}

static int export_main(int argc, char **argv)
{
	struct export export = { .options = aw_options_default() };
	AW_FREE char *source = NULL;
	char text[256];
	int rest, status;

	export.options.top = UINT_MAX;
	status = aw_options_parse(argc, argv, AW_FOR_EXPORT, usage(text, sizeof(text)), &export.options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest > 1)
		return wrong_usage("export reads one recording: allocwatch export --format NAME [FILE|-]");
	source = aw_recording_source(rest < argc ? argv[rest] : AW_RECORDING_DEFAULT);
	if (!source)
		return AW_EXIT_ERROR;
	export.options.source = source;
	status = choose_format(&export);
	if (!status)
		status = check_table(&export);
	if (!status && export.exporter->by_stack)
		status = tell_stacks_apart(&export.options);
	return status ? status : run(&export);
}

const struct aw_command aw_command_export = {
	.name = "export",
	.summary = "histograms and groups of a recording, in formats for other programs",
	.run = export_main,
};
