// SPDX-License-Identifier: GPL-2.0
/*
 * What can be found out about this machine by trying.
 */
#include "doctor/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "kernel/lockdown.h"
#include "kernel/symbols.h"
#include "kernel/tracefs.h"
#include "source/tracefs_note.h"
#include "source/tracefs_task.h"

/* 0 or -errno of opening and reading a byte. */
static int try_read(const char *path, int flags)
{
	AW_CLOSE int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags);
	char byte;

	if (fd < 0)
		return -errno;
	/* A device with nothing to say yet, or with larger records, is readable. */
	if (read(fd, &byte, 1) < 0 && errno != EAGAIN && errno != EINVAL && errno != EPIPE)
		return -errno;
	return 0;
}

/* CapEff:	000001ffffffffff */
static void probe_capabilities(struct aw_machine *out)
{
	AW_FREE char *text = NULL;
	const char *line;

	if (!aw_file_read("/proc/self/status", &text, NULL) && (line = strstr(text, "\nCapEff:")))
		out->capabilities = strtoull(line + strlen("\nCapEff:"), NULL, 16);
}

static int read_number(const char *path)
{
	AW_FREE char *text = NULL;

	return aw_file_read(path, &text, NULL) ? -1 : atoi(text);
}

/* What container tools leave: a file of theirs, or a variable for the first process. */
static void probe_container(struct aw_machine *out)
{
	AW_FREE char *text = NULL;
	size_t len = 0;

	if (!access("/.dockerenv", F_OK) || !access("/run/.containerenv", F_OK)) {
		snprintf(out->container, sizeof(out->container), "%s",
			 access("/.dockerenv", F_OK) ? "/run/.containerenv" : "/.dockerenv");
		return;
	}
	if (aw_file_read("/proc/1/environ", &text, &len))
		return;
	for (size_t i = 0; i < len; i += strlen(text + i) + 1)
		if (!strncmp(text + i, "container=", 10))
			snprintf(out->container, sizeof(out->container), "%.60s", text + i);
}

/* Named as the source names its own: what a crash leaves is found by the next start. */
static int try_instance(const char *tracefs)
{
	char name[AW_TRACE_NOTE_TEXT], path[256];
	struct aw_trace_note note = { .part = 'e' };

	aw_trace_note_own(&note);
	aw_trace_note_write(&note, name);
	snprintf(path, sizeof(path), "%s/instances/%s", tracefs, name);
	if (mkdir(path, 0700))
		return -errno;
	rmdir(path);
	return 0;
}

static void probe_tracefs(struct aw_machine *out)
{
	char *text = NULL;

	out->tracefs = aw_tracefs_dir();
	out->tracepoint_error = aw_tracefs_format("kmem", "mm_page_alloc", &text, NULL);
	free(text);
	out->instances_error = out->tracefs ? try_instance(out->tracefs) : -ENOENT;
}

static void probe_names(struct aw_machine *out)
{
	struct utsname name;

	if (uname(&name))
		return;
	snprintf(out->release, sizeof(out->release), "%s", name.release);
	snprintf(out->arch, sizeof(out->arch), "%.16s", name.machine);
}

/* The sources themselves are the proof. */
static void probe_sources(struct aw_machine *out)
{
	const struct aw_capture capture = { .order_max = UINT32_MAX, .stall_ns = UINT64_MAX };

	aw_source_facts_start(&out->sources);
	for (unsigned int i = 0; i < out->sources.count; i++) {
		struct aw_source *source = NULL;
		struct aw_error error;

		if (aw_source_try(&out->sources, i, &capture, &source, &error))
			continue;
		out->nr_missing[i] = source->ops->missing(source, out->missing[i]);
		source->ops->stop(source);
		source->ops->close(source);
	}
}

/* `missing` points to texts of the source's own, which are constants. */
void aw_machine_probe(struct aw_machine *out)
{
	memset(out, 0, sizeof(*out));
	out->uid = geteuid();
	probe_names(out);
	probe_capabilities(out);
	aw_lockdown_mode(out->lockdown, sizeof(out->lockdown));
	probe_container(out);
	probe_tracefs(out);
	aw_machine_probe_bpf(out);
	out->btf_error = try_read("/sys/kernel/btf/vmlinux", 0);
	out->kprobes = !access("/sys/bus/event_source/devices/kprobe", F_OK);
	out->kallsyms_error = aw_symbols_probe("/proc/kallsyms");
	out->kptr_restrict = read_number("/proc/sys/kernel/kptr_restrict");
	out->selinux = read_number("/sys/fs/selinux/enforce");
	out->module_error = try_read("/dev/allocwatch", 0);
	out->kmsg_error = try_read("/dev/kmsg", 0);
	out->initial_pids = aw_trace_pids_are_ours();
	probe_sources(out);
}
