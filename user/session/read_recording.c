// SPDX-License-Identifier: GPL-2.0
/*
 * Reads a whole recording.
 */
#include "session/read_recording.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "base/progress.h"
#include "import/import.h"

int aw_reading_open(const struct aw_options *options, const char *file, struct aw_reading *out,
		    struct aw_error *error)
{
	int err;

	*out = (struct aw_reading){ .options = *options };
	if (!file)
		file = AW_RECORDING_DEFAULT;
	if (asprintf(&out->source, "%s:%s", aw_import_is_trace(file) ? aw_source_trace.name : aw_source_recording.name, file) < 0)
		return aw_error_set(error, -ENOMEM, "out of memory");
	out->options.source = out->source;
	err = aw_session_open(&out->options, &out->session, error);
	if (err)
		free(out->source);
	return err;
}

void aw_reading_close(struct aw_reading *reading)
{
	aw_session_close(&reading->session);
	free(reading->source);
}

const char *aw_recording_name(const char *source)
{
	const struct aw_source_ops *ops = aw_source_find(source);
	size_t len = ops ? strlen(ops->name) : 0;
	bool prefixed = ops && !strncmp(source, ops->name, len) && source[len] == ':';
	const char *file = prefixed ? source + len + 1 : source;

	return strcmp(file, "-") ? file : "standard input";
}

struct delivery {
	struct aw_reading *reading;
	struct aw_progress progress;
	int (*event)(void *arg, const struct aw_event *event);
	void *arg;
	int err;
};

static bool on_tick(void *arg)
{
	struct delivery *delivery = arg;
	const struct aw_recorded *recorded = aw_source_recorded(delivery->reading->session.source);

	aw_progress_show(&delivery->progress, recorded->read, recorded->size);
	return false;
}

static void on_event(void *arg, const struct aw_event *event)
{
	struct delivery *delivery = arg;

	if (!delivery->err)
		delivery->err = delivery->event(delivery->arg, event);
}

int aw_reading_run(struct aw_reading *reading, int (*event)(void *arg, const struct aw_event *event),
		   void *arg, struct aw_error *error)
{
	struct delivery delivery = { .reading = reading, .event = event, .arg = arg };
	const struct aw_session_watcher watcher = {
		.event = event ? on_event : NULL, .tick = on_tick, .arg = &delivery,
	};
	int err;

	/* Lines of events on the same terminal show how far it is. */
	aw_progress_begin(&delivery.progress, event && isatty(STDOUT_FILENO) ? -1 : STDERR_FILENO);
	err = aw_session_run(&reading->session, &watcher, error);
	aw_progress_end(&delivery.progress);
	if (err)
		return err;
	if (delivery.err)
		return aw_error_set(error, delivery.err, "can't write an event: %s", strerror(-delivery.err));
	if (!reading->session.at_end)
		return aw_error_set(error, -EINTR, "interrupted before all of %s was read", aw_recording_name(reading->source));
	return aw_reading_check(reading, error);
}

int aw_reading_check(const struct aw_reading *reading, struct aw_error *error)
{
	if (!aw_summary_incomplete(reading->session.summary))
		return 0;
	return aw_error_set(error, -ENOMEM, "out of memory: the output does not cover all of %s", aw_recording_name(reading->source));
}

bool aw_reading_warn_damage(const struct aw_reading *reading)
{
	const struct aw_recorded *recorded = aw_source_recorded(reading->session.source);

	if (!recorded->damage || !recorded->damage[0])
		return false;
	aw_message("%s: %s", aw_recording_name(reading->source), recorded->damage);
	return true;
}

void aw_reading_warn_losses(const struct aw_report *report)
{
	for (unsigned int i = 0; i < report->nr_losses; i++)
		if (report->losses[i].count)
			aw_message("lost: %" PRIu64 " %s (%s)", report->losses[i].count,
				   report->losses[i].meaning, report->losses[i].cause);
}
