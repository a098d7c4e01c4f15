// SPDX-License-Identifier: GPL-2.0
/*
 * Setting up tracing in tracefs, and restoring everything.
 */
#include "source/tracefs/setup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/tracefs/control_file.h"
#include "source/tracefs/users.h"

/* The record of a failure with its stack takes some 400 bytes, one of the effort 40. */
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

/* While a trace buffer of an instance is open, rmdir() fails with EBUSY. */
static int hold(const char *dir)
{
	char path[AW_TRACE_PATH + 32];

	snprintf(path, sizeof(path), "%s/per_cpu/cpu0/trace_pipe_raw", dir);
	return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static int make_instance(struct aw_trace_setup *setup, unsigned int index, char part)
{
	struct aw_instance_name name = setup->name;
	char text[AW_INSTANCE_NAME], path[AW_TRACE_PATH];

	name.part = part;
	aw_instance_name_write(&name, text);
	snprintf(path, sizeof(path), "%s/instances/%s", setup->root, text);
	if (mkdir(path, 0700))
		return -errno;
	memcpy(setup->made[index], path, sizeof(path));
	return 0;
}

static void disable_all(const struct aw_trace_setup *setup)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (setup->enabled >> type & 1)
			aw_trace_put_event(aw_trace_events[type].failures ? setup->failures : setup->effort, type,
					   "enable", "0");
}

/* In this order, because changing the clock empties the buffer. */
static void restore_top(const char *root, const struct aw_trace_settings *top)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (type != AW_TRACE_STACK)
			aw_trace_put_event(root, type, "enable", "0");
	aw_trace_put_event(root, AW_TRACE_ALLOC, "filter", "0");
	aw_trace_put(root, "options/stacktrace", top->stacktrace ? "1" : "0");
	aw_trace_put(root, "trace_clock", top->clock);
	aw_trace_put(root, "tracing_on", top->tracing_on ? "1" : "0");
}

void aw_trace_setup_stop(const struct aw_trace_setup *setup)
{
	disable_all(setup);
}

void aw_trace_setup_close(struct aw_trace_setup *setup)
{
	disable_all(setup);
	if (setup->top)
		restore_top(setup->root, &setup->name.top);
	if (setup->marker >= 0)
		close(setup->marker);
	for (unsigned int i = 0; i < 2; i++)
		if (setup->made[i][0])
			rmdir(setup->made[i]);
	*setup = (struct aw_trace_setup){ .marker = -1 };
}

static void clean_one(const char *root, const char *text, const struct aw_instance_name *name, unsigned int *cleaned)
{
	char path[AW_TRACE_PATH + 256];

	/* If it is busy, its owner still runs, maybe in another pid namespace. */
	snprintf(path, sizeof(path), "%s/instances/%s", root, text);
	if (rmdir(path))
		return;
	if (name->part == 't')
		restore_top(root, &name->top);
	++*cleaned;
}

unsigned int aw_trace_setup_clean(const char *root)
{
	struct aw_instance_name name;
	struct dirent *entry;
	unsigned int cleaned = 0;
	char path[AW_TRACE_PATH];
	DIR *dir;

	snprintf(path, sizeof(path), "%s/instances", root);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (!aw_instance_name_parse(entry->d_name, &name) && !aw_instance_name_alive(&name))
			clean_one(root, entry->d_name, &name, &cleaned);
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
		aw_trace_put(dir, "buffer_percent", "0");	/* 5.0 on: wake readers at once */
	}
	aw_trace_put(dir, "tracing_on", "1");
	err = stacks ? aw_trace_put(dir, "options/stacktrace", "1") : 0;
	return err ? cannot(error, "options/stacktrace", err) : 0;
}

static int use_top(struct aw_trace_setup *setup, struct aw_error *error)
{
	struct aw_trace_settings *top = &setup->name.top;
	char line[16];
	int err = aw_trace_top_is_free(setup->root, error);

	if (err)
		return -ENODEV;
	aw_trace_get_clock(setup->root, top->clock, sizeof(top->clock));
	aw_trace_get(setup->root, "options/stacktrace", line, sizeof(line));
	top->stacktrace = !strcmp(line, "1");
	aw_trace_get(setup->root, "tracing_on", line, sizeof(line));
	top->tracing_on = !strcmp(line, "1");
	err = make_instance(setup, 0, 't');
	if (err)
		return cannot(error, "instances", err);
	setup->marker = hold(setup->made[0]);
	setup->top = true;
	snprintf(setup->failures, sizeof(setup->failures), "%s", setup->root);
	snprintf(setup->effort, sizeof(setup->effort), "%s", setup->root);
	return set_up(setup->root, true, false, error);
}

static int use_instances(struct aw_trace_setup *setup, struct aw_error *error)
{
	int err = make_instance(setup, 1, 'e');

	if (err)
		return cannot(error, "instances", err);
	memcpy(setup->failures, setup->made[0], sizeof(setup->failures));
	memcpy(setup->effort, setup->made[1], sizeof(setup->effort));
	setup->marker = hold(setup->failures);
	err = set_up(setup->failures, true, true, error);
	return err ? err : set_up(setup->effort, false, true, error);
}

/* Since 4.4 instances have options of their own; before, stacktrace is one switch for all buffers. */
static bool has_options(const char *instance)
{
	char path[AW_TRACE_PATH + 32];

	snprintf(path, sizeof(path), "%s/options/stacktrace", instance);
	return !access(path, F_OK);
}

static int choose_setup(struct aw_trace_setup *setup, struct aw_error *error)
{
	int err = make_instance(setup, 0, 'f');

	if (err)
		return cannot(error, "instances", err);
	if (has_options(setup->made[0]))
		return use_instances(setup, error);
	rmdir(setup->made[0]);
	setup->made[0][0] = '\0';
	return use_top(setup, error);
}

static int enable(struct aw_trace_setup *setup, const struct aw_trace_formats *formats, unsigned int type)
{
	const char *dir = aw_trace_events[type].failures ? setup->failures : setup->effort;
	int err = formats->events[type].id ? aw_trace_put_event(dir, type, "enable", "1") : -ENOENT;

	if (!err) {
		setup->enabled |= 1u << type;
	} else if (err != -ENOENT) {
		setup->failed |= 1u << type;
		setup->why = err;
	}
	return err;
}

/* Failures last, so that every failure that is seen is seen with everything that is watched. */
static int enable_all(struct aw_trace_setup *setup, const struct aw_trace_formats *formats, const char *filter,
		      struct aw_error *error)
{
	int err = aw_trace_put_event(setup->failures, AW_TRACE_ALLOC, "filter", filter);

	if (err)
		return aw_error_set(error, -ENODEV, "tracefs: the kernel does not accept the filter '%s' on mm_page_alloc: %s",
				    filter, strerror(-err));
	for (unsigned int type = AW_TRACE_TYPES - 1; type > AW_TRACE_ALLOC; type--)
		if (type != AW_TRACE_STACK)
			enable(setup, formats, type);
	err = enable(setup, formats, AW_TRACE_ALLOC);
	return err ? cannot(error, "events/kmem/mm_page_alloc/enable", err) : 0;
}

int aw_trace_setup_open(const struct aw_trace_formats *formats, const char *filter, struct aw_trace_setup *setup,
			struct aw_error *error)
{
	const char *root = setup->root;
	int err;

	*setup = (struct aw_trace_setup){ .root = root, .marker = -1 };
	aw_trace_setup_clean(root);
	aw_instance_name_own(&setup->name);
	err = choose_setup(setup, error);
	if (!err)
		err = enable_all(setup, formats, filter, error);
	if (err)
		aw_trace_setup_close(setup);
	return err;
}
