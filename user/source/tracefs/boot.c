// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel traced before user space.
 */
#include "source/tracefs/boot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "source/tracefs/control_file.h"

/* TRACE_BUF_SIZE_DEFAULT of kernel/trace/trace.c. */
#define DEFAULT_KB "1408"

/* trace_event=kmem:mm_page_alloc,vmscan:..., trace_event=kmem, "trace_event=mm_page_alloc": the name has no end of its own */
static bool names_event(const char *list, size_t len)
{
	static const char name[] = "mm_page_alloc";

	for (size_t i = 0; i + sizeof(name) - 1 <= len; i++)
		if (!memcmp(list + i, name, sizeof(name) - 1) &&
		    (i + sizeof(name) - 1 == len || strchr(",:\"", list[i + sizeof(name) - 1])))
			return true;
	return false;
}

bool aw_boot_is_traced(const char *cmdline)
{
	static const char option[] = "trace_event=";
	const char *found = cmdline;

	while ((found = strstr(found, option))) {
		const char *list = found + sizeof(option) - 1;

		if ((found == cmdline || strchr(" \"", found[-1])) && names_event(list, strcspn(list, " \n")))
			return true;
		found = list;
	}
	return false;
}

static bool is_traced(const char *dir)
{
	char enabled[8];

	aw_trace_get(dir, "events/kmem/mm_page_alloc/enable", enabled, sizeof(enabled));
	return enabled[0] == '1' || aw_trace_stats(dir, "entries");
}

static bool has_instance(const char *root, const char *name, char path[AW_TRACE_PATH])
{
	snprintf(path, AW_TRACE_PATH, "%s/instances/%s", root, name);
	if (!access(path, F_OK))
		return true;
	path[0] = '\0';
	return false;
}

/* All that the kernel has may have been switched on. */
static uint32_t all_events(const struct aw_trace_formats *formats)
{
	uint32_t events = 0;

	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (formats->events[type].id && type != AW_TRACE_STACK)
			events |= 1u << type;
	return events;
}

static bool was_asked_for(void)
{
	AW_FREE char *cmdline = NULL;

	return !aw_file_read("/proc/cmdline", &cmdline, NULL) && aw_boot_is_traced(cmdline);
}

int aw_boot_find(const char *root, struct aw_trace_setup *setup, struct aw_error *error)
{
	struct aw_trace_setup boot = { .root = root, .marker = -1 };

	if (has_instance(root, AW_BOOT_INSTANCE, boot.failures)) {
		has_instance(root, AW_BOOT_EFFORT, boot.effort);
	} else if (was_asked_for() && is_traced(root)) {
		boot.top = true;
		snprintf(boot.failures, sizeof(boot.failures), "%s", root);
	} else {
		return aw_error_set(error, -ENODEV, "tracefs: this kernel was not told to trace failures while it booted: "
				    "allocwatch boot prints how");
	}
	*setup = boot;
	return 0;
}

void aw_boot_open(const struct aw_trace_formats *formats, struct aw_trace_setup *setup)
{
	setup->enabled = all_events(formats);
	if (setup->top)
		aw_boot_stop(setup);
}

void aw_boot_stop(const struct aw_trace_setup *setup)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (setup->enabled >> type & 1) {
			aw_trace_put_event(setup->failures, type, "enable", "0");
			if (setup->effort[0])
				aw_trace_put_event(setup->effort, type, "enable", "0");
		}
}

/* In this order, because changing the size empties the buffer. */
static void reset_top(const char *root)
{
	AW_CLOSE int fd = -1;
	char path[AW_TRACE_PATH];

	aw_trace_put_event(root, AW_TRACE_ALLOC, "trigger", "!stacktrace");
	aw_trace_put(root, "options/stacktrace", "0");
	aw_trace_put(root, "buffer_size_kb", DEFAULT_KB);
	snprintf(path, sizeof(path), "%s/trace", root);
	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);	/* as `echo > trace` */
}

void aw_boot_remove(const struct aw_trace_setup *setup)
{
	if (setup->top) {
		reset_top(setup->root);
		return;
	}
	rmdir(setup->failures);
	if (setup->effort[0])
		rmdir(setup->effort);
}
