// SPDX-License-Identifier: GPL-2.0
/*
 * Where tracing is set up, and how everything is put back.
 */
#include "source/tracefs_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/tracefs_put.h"
#include "source/tracefs_users.h"

/* A record of a failure with its stack is some 400 bytes, one of the effort 40. */
#define FAILURES_KB "512"
#define EFFORT_KB "128"

static const char *why(int err)
{
	return err == -EPERM || err == -EACCES ?
	       "needs root (CAP_SYS_ADMIN to mount it, CAP_DAC_OVERRIDE to write), and no kernel lockdown" : strerror(-err);
}

static int cannot(struct aw_error *error, const char *path, int err)
{
	return aw_error_set(error, -ENODEV, "tracefs: can't set %s: %s", path, why(err));
}

/* A tracing buffer of an instance, held open, makes rmdir() answer EBUSY. */
static int hold(const char *dir)
{
	char path[AW_TRACE_PATH + 32];

	snprintf(path, sizeof(path), "%s/per_cpu/cpu0/trace_pipe_raw", dir);
	return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static int make_instance(struct aw_trace_place *place, unsigned int index, char part)
{
	struct aw_trace_note note = place->note;
	char name[AW_TRACE_NOTE_TEXT], path[AW_TRACE_PATH];

	note.part = part;
	aw_trace_note_write(&note, name);
	snprintf(path, sizeof(path), "%s/instances/%s", place->root, name);
	if (mkdir(path, 0700))
		return -errno;
	memcpy(place->made[index], path, sizeof(path));
	return 0;
}

static void disable_all(const struct aw_trace_place *place)
{
	for (unsigned int kind = 0; kind < AW_TRACE_KINDS; kind++)
		if (place->enabled >> kind & 1)
			aw_trace_put_event(aw_trace_events[kind].failures ? place->failures : place->effort, kind,
					   "enable", "0");
}

/* The order matters: a change of the clock also empties the buffer. */
static void restore_top(const char *root, const struct aw_trace_settings *top)
{
	for (unsigned int kind = 0; kind < AW_TRACE_KINDS; kind++)
		if (kind != AW_TRACE_STACK)
			aw_trace_put_event(root, kind, "enable", "0");
	aw_trace_put_event(root, AW_TRACE_ALLOC, "filter", "0");
	aw_trace_put(root, "options/stacktrace", top->stacktrace ? "1" : "0");
	aw_trace_put(root, "trace_clock", top->clock);
	aw_trace_put(root, "tracing_on", top->tracing_on ? "1" : "0");
}

void aw_trace_place_stop(const struct aw_trace_place *place)
{
	disable_all(place);
}

void aw_trace_place_close(struct aw_trace_place *place)
{
	disable_all(place);
	if (place->top)
		restore_top(place->root, &place->note.top);
	if (place->marker >= 0)
		close(place->marker);
	for (unsigned int i = 0; i < 2; i++)
		if (place->made[i][0])
			rmdir(place->made[i]);
	*place = (struct aw_trace_place){ .marker = -1 };
}

static void clean_one(const char *root, const char *name, const struct aw_trace_note *note, unsigned int *cleaned)
{
	char path[AW_TRACE_PATH + 256];

	/* Busy: its owner runs, maybe in another pid namespace. */
	snprintf(path, sizeof(path), "%s/instances/%s", root, name);
	if (rmdir(path))
		return;
	if (note->part == 't')
		restore_top(root, &note->top);
	++*cleaned;
}

unsigned int aw_trace_place_clean(const char *root)
{
	struct aw_trace_note note;
	struct dirent *entry;
	unsigned int cleaned = 0;
	char path[AW_TRACE_PATH];
	DIR *dir;

	snprintf(path, sizeof(path), "%s/instances", root);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (!aw_trace_note_parse(entry->d_name, &note) && !aw_trace_note_alive(&note))
			clean_one(root, entry->d_name, &note, &cleaned);
	if (dir)
		closedir(dir);
	return cleaned;
}

static int set_up(const char *dir, bool stacks, bool own, struct aw_error *error)
{
	int err = aw_trace_put(dir, "trace_clock", "mono");

	if (err)
		return cannot(error, "trace_clock to mono", err);
	if (own) {
		aw_trace_put(dir, "buffer_size_kb", stacks ? FAILURES_KB : EFFORT_KB);
		aw_trace_put(dir, "buffer_percent", "0");	/* 5.0 on: wake us at once */
	}
	aw_trace_put(dir, "tracing_on", "1");
	err = stacks ? aw_trace_put(dir, "options/stacktrace", "1") : 0;
	return err ? cannot(error, "options/stacktrace", err) : 0;
}

static int use_top(struct aw_trace_place *place, struct aw_error *error)
{
	struct aw_trace_settings *top = &place->note.top;
	char line[16];
	int err = aw_trace_top_is_free(place->root, error);

	if (err)
		return -ENODEV;
	aw_trace_get_clock(place->root, top->clock, sizeof(top->clock));
	aw_trace_get(place->root, "options/stacktrace", line, sizeof(line));
	top->stacktrace = !strcmp(line, "1");
	aw_trace_get(place->root, "tracing_on", line, sizeof(line));
	top->tracing_on = !strcmp(line, "1");
	err = make_instance(place, 0, 't');
	if (err)
		return cannot(error, "instances", err);
	place->marker = hold(place->made[0]);
	place->top = true;
	snprintf(place->failures, sizeof(place->failures), "%s", place->root);
	snprintf(place->effort, sizeof(place->effort), "%s", place->root);
	return set_up(place->root, true, false, error);
}

static int use_instances(struct aw_trace_place *place, struct aw_error *error)
{
	int err = make_instance(place, 1, 'e');

	if (err)
		return cannot(error, "instances", err);
	memcpy(place->failures, place->made[0], sizeof(place->failures));
	memcpy(place->effort, place->made[1], sizeof(place->effort));
	place->marker = hold(place->failures);
	err = set_up(place->failures, true, true, error);
	return err ? err : set_up(place->effort, false, true, error);
}

/* 4.4 gave instances options of their own; before, stacktrace is one switch for all buffers. */
static bool has_options(const char *instance)
{
	char path[AW_TRACE_PATH + 32];

	snprintf(path, sizeof(path), "%s/options/stacktrace", instance);
	return !access(path, F_OK);
}

static int find_place(struct aw_trace_place *place, struct aw_error *error)
{
	int err = make_instance(place, 0, 'f');

	if (err)
		return cannot(error, "instances", err);
	if (has_options(place->made[0]))
		return use_instances(place, error);
	rmdir(place->made[0]);
	place->made[0][0] = '\0';
	return use_top(place, error);
}

static int enable(struct aw_trace_place *place, const struct aw_trace_formats *formats, unsigned int kind)
{
	const char *dir = aw_trace_events[kind].failures ? place->failures : place->effort;
	int err = formats->events[kind].id ? aw_trace_put_event(dir, kind, "enable", "1") : -ENOENT;

	if (!err)
		place->enabled |= 1u << kind;
	return err;
}

/* Failures last: from then on each is seen with all that can be known of it. */
static int enable_all(struct aw_trace_place *place, const struct aw_trace_formats *formats, const char *filter,
		      struct aw_error *error)
{
	int err = aw_trace_put_event(place->failures, AW_TRACE_ALLOC, "filter", filter);

	if (err)
		return aw_error_set(error, -ENODEV, "tracefs: the kernel does not take the filter '%s' on mm_page_alloc: %s",
				    filter, strerror(-err));
	for (unsigned int kind = AW_TRACE_KINDS - 1; kind > AW_TRACE_ALLOC; kind--)
		if (kind != AW_TRACE_STACK)
			enable(place, formats, kind);
	err = enable(place, formats, AW_TRACE_ALLOC);
	return err ? cannot(error, "events/kmem/mm_page_alloc/enable", err) : 0;
}

int aw_trace_place_open(const struct aw_trace_formats *formats, const char *filter, struct aw_trace_place *place,
			struct aw_error *error)
{
	const char *root = place->root;
	int err;

	*place = (struct aw_trace_place){ .root = root, .marker = -1 };
	aw_trace_place_clean(root);
	aw_trace_note_own(&place->note);
	err = find_place(place, error);
	if (!err)
		err = enable_all(place, formats, filter, error);
	if (err)
		aw_trace_place_close(place);
	return err;
}
