// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a whole recording.
 */
#include "read_recording.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

char *aw_recording_source(const char *file)
{
	char *source;

	return asprintf(&source, "recording:%s", file) < 0 ? NULL : source;
}

struct reading {
	int (*event)(void *arg, const struct aw_event *event);
	void *arg;
	int err;
};

static void on_event(void *arg, const struct aw_event *event)
{
	struct reading *reading = arg;

	if (!reading->err)
		reading->err = reading->event(reading->arg, event);
}

int aw_recording_read(struct aw_session *session, int (*event)(void *arg, const struct aw_event *event),
		      void *arg, struct aw_error *error)
{
	struct reading reading = { event, arg, 0 };
	const struct aw_session_watcher watcher = { .event = event ? on_event : NULL, .arg = &reading };
	int err = aw_session_run(session, &watcher, error);

	if (err)
		return err;
	if (reading.err)
		return aw_error_set(error, reading.err, "can't write an event: %s", strerror(-reading.err));
	if (aw_session_interrupted())
		return aw_error_set(error, -EINTR, "interrupted before all of the %s was read",
				    session->options->source);
	return 0;
}

void aw_recording_warn_damage(const struct aw_session *session)
{
	const struct aw_recorded *recorded = aw_source_recorded(session->source);

	if (recorded && recorded->damage && recorded->damage[0])
		fprintf(stderr, "allocwatch: %s: %s\n", session->options->source, recorded->damage);
}

void aw_recording_warn_losses(const struct aw_report *report)
{
	for (unsigned int i = 0; i < report->nr_losses; i++)
		if (report->losses[i].count)
			fprintf(stderr, "allocwatch: lost: %" PRIu64 " %s (%s)\n", report->losses[i].count,
				report->losses[i].meaning, report->losses[i].cause);
}
