// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch export: a recording in another format.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/array.h"
#include "base/exit_status.h"
#include "base/hint.h"
#include "base/output_file.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "output/exporters.h"
#include "session/read_recording.h"
#include "session/report.h"

struct export {
	struct aw_options options;
	const struct aw_exporter *exporter;
	struct aw_reading reading;
	struct aw_session_report opening;	/* what is known before the first event */
	FILE *out;
	bool damaged;				/* the end of the recording is missing: said, and the exit status says so */
};

static bool ends_with(const char *path, const char *ending)
{
	size_t len = strlen(path), end = strlen(ending);

	return len > end && path[len - end - 1] == '.' && !strcasecmp(path + len - end, ending);
}

/* The length of the ending of that path which is of this format; 0: none is. */
static size_t ending_of(const char *path, const struct aw_exporter *exporter)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(exporter->endings) && exporter->endings[i]; i++)
		if (ends_with(path, exporter->endings[i]))
			return strlen(exporter->endings[i]);
	return ends_with(path, exporter->name) ? strlen(exporter->name) : 0;
}

/* "page.html" -> "html", by the longest ending: "x.speedscope.json" is no "json".  NULL: no format has it. */
static const char *format_of(const char *path)
{
	const char *format = NULL;
	size_t longest = 0;

	for (unsigned int i = 0; i < aw_exporters_count; i++) {
		size_t length = ending_of(path, aw_exporters[i]);

		if (length <= longest)
			continue;
		longest = length;
		format = aw_exporters[i]->name;
	}
	return format;
}

static int choose_format(struct export *export)
{
	const char *name = export->options.format;
	char names[256];

	aw_exporters_names(false, names, sizeof(names));
	if (!name && export->options.output)
		name = format_of(export->options.output);
	if (!name)
		return aw_say_usage("export needs --format, or a name after -o that ends like one: %s", names);
	export->exporter = aw_exporter_find(name);
	if (export->exporter)
		return AW_EXIT_OK;
	return aw_say_usage("bad --format '%.60s': the formats are %s", name, names);
}

static int check_table(const struct export *export)
{
	struct aw_error error;

	if (export->exporter->check_table)
		return export->exporter->check_table(export->options.table, &error) ?
		       aw_say_usage("%s", error.text) : AW_EXIT_OK;
	if (!export->options.table)
		return AW_EXIT_OK;
	return aw_say_usage("--table goes with --format csv, and %s has all tables in one: leave it out", export->exporter->name);
}

/* A group shows one stack, so the groups must be by stack. */
static int add_stack_key(struct aw_options *options)
{
	const struct aw_key *stack = &aw_keys[AW_BY_STACK];

	for (unsigned int i = 0; i < options->nr_keys; i++)
		if (options->keys[i] == stack)
			return AW_EXIT_OK;
	if (options->nr_keys == AW_MAX_KEYS)
		return aw_say_usage("this format groups by stack too: leave one key of --by out");
	options->keys[options->nr_keys++] = stack;
	return AW_EXIT_OK;
}

static void choose_top(struct export *export)
{
	if (!export->options.top)
		export->options.top = export->exporter->top ? export->exporter->top : UINT_MAX;
}

static void choose_sort(struct export *export)
{
	if (!export->options.sort)
		export->options.sort = export->exporter->sort ? export->exporter->sort : "count";
}

static int on_event(void *arg, const struct aw_event *event)
{
	struct export *export = arg;

	return export->exporter->event(export->out, &export->opening.report, event);
}

/* Reads the whole recording; formats with a line per event are written meanwhile. */
static int convert(struct export *export, struct aw_error *error)
{
	const struct aw_exporter *exporter = export->exporter;
	struct aw_session_report made;
	int err;

	aw_session_report_make(&export->reading.session, 0, &export->opening);
	err = exporter->begin ? exporter->begin(export->out, &export->opening.report) : 0;
	if (err)
		return aw_error_set(error, err, "can't begin: %s", strerror(-err));
	err = aw_reading_run(&export->reading, exporter->event ? on_event : NULL, export, error);
	if (err)
		return err;
	aw_session_report_make(&export->reading.session, 0, &made);
	made.report.table = export->options.table;
	export->damaged = aw_reading_warn_damage(&export->reading);
	aw_reading_warn_losses(&made.report);
	err = exporter->write(export->out, &made.report, error);
	return err ? err : aw_reading_check(&export->reading, error);
}

static int convert_to_file(struct export *export, struct aw_error *error)
{
	const char *path = export->options.output;
	struct aw_output_file file;
	int err = aw_output_open(path, &file);

	if (err)
		return aw_error_set(error, err, "can't write %s: %s%s", path, aw_output_strerror(err), aw_hint_writing(err));
	export->out = file.file;
	err = convert(export, error);
	if (err) {
		aw_output_abandon(&file);
		return err;
	}
	err = aw_output_commit(&file);
	return err ? aw_error_set(error, err, "can't write %s: %s%s", path, aw_output_strerror(err), aw_hint_writing(err)) : 0;
}

/* `file` NULL: the default. */
static int run(struct export *export, const char *file)
{
	const char *path = export->options.output;
	struct aw_error error;
	int err = aw_reading_open(&export->options, file, &export->reading, &error);

	if (!err) {
		export->out = stdout;
		err = path && strcmp(path, "-") ? convert_to_file(export, &error) : convert(export, &error);
		aw_reading_close(&export->reading);
	}
	if (err)
		return aw_say_error(&error);
	return export->damaged ? AW_EXIT_ERROR : AW_EXIT_OK;
}

static int export_main(int argc, char **argv)
{
	struct export export = { .options = aw_options_default() };
	int rest, status;

	export.options.top = 0;
	status = aw_options_parse(argc, argv, AW_FOR_EXPORT,
				  "allocwatch export [--format NAME] [-o OUT] [OPTIONS] [FILE|-]", &export.options, &rest);
	if (status >= 0)
		return status;
	if (argc - rest > 1)
		return aw_say_usage("export reads one recording, and '%s' is a second one: give -o OUT to say where to write",
				    argv[rest + 1]);
	status = choose_format(&export);
	if (!status)
		status = check_table(&export);
	if (!status && export.exporter->binary && !export.options.output && isatty(STDOUT_FILENO))
		status = aw_say_usage("%s is not for terminals: give -o FILE", export.exporter->name);
	if (!status && export.exporter->by_stack)
		status = add_stack_key(&export.options);
	if (!status) {
		choose_top(&export);
		choose_sort(&export);
	}
	return status ? status : run(&export, argv[rest]);
}

const struct aw_command aw_command_export = {
	.name = "export",
	.summary = "histograms and groups of a recording, in formats for other programs",
	.run = export_main,
};
