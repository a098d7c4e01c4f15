// SPDX-License-Identifier: GPL-2.0
/*
 * Reading the logs that explain was given, one after the other.
 */
#include "explain/read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/progress.h"
#include "klog/input.h"
#include "lines/files.h"

/* What is read now, and where it goes. */
struct reading {
	struct aw_answers *answers;
	struct aw_explain_logs *logs;
	struct aw_klog *klog;
	struct aw_progress progress;
	bool same_machine;		/* another file of an archive or directory, or of what boots left */
	int err;
};

static struct aw_explain_log *new_log(struct aw_explain_logs *logs, const char *file)
{
	struct aw_explain_log **grown = realloc(logs->logs, (logs->count + 1) * sizeof(*grown));
	struct aw_explain_log *log;

	if (!grown)
		return NULL;
	logs->logs = grown;
	log = calloc(1, sizeof(*log));
	if (!log)
		return NULL;
	logs->logs[logs->count++] = log;
	if (!file)
		return log;
	log->file = strdup(file);
	return log->file ? log : NULL;
}

static void add_stats(struct aw_klog_stats *total, const struct aw_klog_stats *stats)
{
	total->bytes += stats->bytes;
	total->lines += stats->lines;
	total->long_lines += stats->long_lines;
	total->suppressed += stats->suppressed;
	total->suppressed_told += stats->suppressed_told;
	total->incomplete += stats->incomplete;
	total->copies += stats->copies;
	total->overwritten += stats->overwritten;
	if (!total->mask_warnings)
		total->mask_warning = stats->mask_warning;
	total->mask_warnings += stats->mask_warnings;
	total->report_lines += stats->report_lines;
	total->unknown_lines += stats->unknown_lines;
	for (int i = 0; i < AW_KLOG_TYPES; i++)
		total->reports[i] += stats->reports[i];
}

static uint64_t count_reports(const struct aw_klog_stats *stats)
{
	uint64_t count = 0;

	for (int i = 0; i < AW_KLOG_TYPES; i++)
		count += stats->reports[i];
	return count;
}

/* The text is over: what became of it.  A member that nothing was found in is not kept. */
static void end_log(struct reading *reading, struct aw_explain_log *log, bool member)
{
	struct aw_explain_logs *logs = reading->logs;

	aw_klog_finish(reading->klog);
	log->stats = *aw_klog_stats(reading->klog);
	logs->texts++;
	logs->failed += log->failed;
	add_stats(&logs->total, &log->stats);
	if (member && !log->failed && !count_reports(&log->stats)) {
		free(log->file);
		free(log);
		logs->count--;
	}
}

static struct aw_explain_log *begin_log(struct reading *reading, const char *file, bool own)
{
	struct aw_explain_log *log = new_log(reading->logs, file);

	if (!log) {
		reading->err = -ENOMEM;
		return NULL;
	}
	if (reading->same_machine)
		aw_klog_another_file(reading->klog);
	else
		aw_klog_restart(reading->klog);
	aw_answers_from(reading->answers, log->file, own);
	return log;
}

/* This kernel's log, or one of an earlier boot; the next has nothing to do with it.  `own`: this kernel's, and `file` its name. */
static void read_log(struct reading *reading, const char *file, bool own)
{
	struct aw_explain_log *log = begin_log(reading, file, own);

	if (!log)
		return;
	log->failed = aw_klog_read_all(own ? NULL : file, reading->klog, &log->error);
	end_log(reading, log, false);
}

static void show_progress(struct reading *reading, const struct aw_log_files *files)
{
	uint64_t done, total;

	aw_log_files_progress(files, &done, &total);
	aw_progress_show(&reading->progress, done, total);
}

static void read_member(struct reading *reading, struct aw_log_files *files, const char *path)
{
	const char *name = aw_log_files_name(files), *text;
	bool standard = !strcmp(path, "-");
	struct aw_explain_log *log = begin_log(reading, standard && !strchr(name, ':') ? NULL : name, false);
	ssize_t got = 0;

	if (!log)
		return;
	while (!aw_interrupted() && (got = aw_log_files_read(files, &text, &log->error)) > 0) {
		aw_klog_feed(reading->klog, text, (size_t)got);
		show_progress(reading, files);
	}
	if (aw_interrupted())
		got = aw_error_set(&log->error, -EINTR, "interrupted: what follows was not read");
	log->failed = got < 0;
	end_log(reading, log, !standard && strcmp(name, path));
}

/* A file or directory that can't be read is a log that failed. */
static void note_failure(struct reading *reading, const char *path, const struct aw_error *error)
{
	struct aw_explain_log *log = begin_log(reading, strcmp(path, "-") ? path : NULL, false);

	if (!log)
		return;
	log->failed = true;
	log->error = *error;
	end_log(reading, log, true);
}

static void read_path(struct reading *reading, const char *path)
{
	struct aw_log_files *files = NULL;
	struct aw_error error;
	int status = aw_log_files_open(path, &files, &error);

	if (status)
		note_failure(reading, path, &error);
	while (!status && !reading->err && !aw_interrupted() && (status = aw_log_files_next(files, &error))) {
		if (status > 0)
			read_member(reading, files, path);
		else
			note_failure(reading, path, &error);
		reading->same_machine = true;
		status = 0;
	}
	reading->same_machine = false;
	aw_log_files_close(files);
}

static void read_earlier(void *ctx, const char *path)
{
	struct reading *reading = ctx;

	if (!reading->err)
		read_log(reading, path, false);
	reading->same_machine = true;
}

int aw_explain_read(char *const *files, unsigned int nr_files, struct aw_answers *answers,
		    struct aw_explain_logs *out)
{
	struct reading reading = { .answers = answers, .logs = out, .klog = aw_klog_new(aw_answers_add, answers) };

	if (!reading.klog)
		return -ENOMEM;
	aw_progress_begin(&reading.progress, STDERR_FILENO);
	if (!nr_files && isatty(STDIN_FILENO)) {
		read_log(&reading, "/dev/kmsg", true);
		aw_klog_earlier("", read_earlier, &reading);
	} else if (!nr_files) {
		read_path(&reading, "-");
	}
	for (unsigned int i = 0; i < nr_files && !reading.err && !aw_interrupted(); i++)
		read_path(&reading, files[i]);
	aw_progress_end(&reading.progress);
	aw_klog_free(reading.klog);
	return reading.err;
}

void aw_explain_logs_clear(struct aw_explain_logs *logs)
{
	while (logs->count) {
		struct aw_explain_log *log = logs->logs[--logs->count];

		free(log->file);
		free(log);
	}
	free(logs->logs);
	logs->logs = NULL;
}
