// SPDX-License-Identifier: GPL-2.0
/*
 * Probes this machine.
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
#include "base/privileges.h"
#include "pages/bpf.h"
#include "source/tracefs/instance_name.h"
#include "source/tracefs/task.h"
#include "system/btf.h"
#include "system/has_symbol.h"
#include "system/lockdown.h"
#include "system/symbols.h"
#include "system/tracefs.h"

/* Opens a file and reads a byte.  0 or -errno. */
static int try_read(const char *path, int flags)
{
	AW_CLOSE int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags);
	char byte;

	if (fd < 0)
		return -errno;
	/* A device without data, or with records larger than a byte, is readable. */
	if (read(fd, &byte, 1) < 0 && errno != EAGAIN && errno != EINVAL && errno != EPIPE)
		return -errno;
	return 0;
}

/* Not from /proc: a file that cannot be read would look like a process without any. */
static void probe_capabilities(struct aw_machine *out)
{
	out->capabilities = aw_capabilities_effective();
}

static int read_number(const char *path)
{
	AW_FREE char *text = NULL;

	return aw_file_read(path, &text, NULL) ? -1 : atoi(text);
}

/* Container tools leave a file, or a variable in the environment of the first process. */
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

/* Uses a name of the tracefs source, so that its next start removes what a crash leaves. */
static int try_instance(const char *tracefs)
{
	char name[AW_INSTANCE_NAME], path[256];
	struct aw_instance_name own = { .part = 'e' };

	aw_instance_name_own(&own);
	aw_instance_name_write(&own, name);
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

/* Events: perf has a device for them since 4.17; before, only tracefs shows it. */
static enum aw_kprobes probe_kprobes(const char *tracefs)
{
	static const char *const function = "register_kprobe";
	char path[256];

	if (!access("/sys/bus/event_source/devices/kprobe", F_OK))
		return AW_KPROBES_EVENTS;
	snprintf(path, sizeof(path), "%s/kprobe_events", tracefs ? tracefs : "");
	if (tracefs && !access(path, F_OK))
		return AW_KPROBES_EVENTS;
	return aw_symbols_known("/proc/kallsyms", &function, 1) ? AW_KPROBES_MODULES_ONLY : AW_KPROBES_NONE;
}

static void probe_names(struct aw_machine *out)
{
	struct utsname name;

	if (uname(&name))
		return;
	snprintf(out->release, sizeof(out->release), "%s", name.release);
	snprintf(out->arch, sizeof(out->arch), "%.16s", name.machine);
}

static void probe_page_scan(struct aw_machine *out)
{
	struct aw_btf *btf = aw_btf_open();
	struct aw_page_reader *reader = NULL;
	struct aw_error error = { "" };

	out->page_scan_error = aw_page_reader_open(btf, &reader, &error);
	snprintf(out->page_scan_why, sizeof(out->page_scan_why), "%s", error.text);
	out->kpageflags = !access("/proc/kpageflags", R_OK);
	out->pagetypeinfo = !access("/proc/pagetypeinfo", R_OK);
	aw_page_reader_close(reader);
	aw_btf_free(btf);
}

/* Opens every source. */
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

/* `missing` points to constant strings of the sources, so they may be closed. */
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
	out->kprobes = probe_kprobes(out->tracefs);
	out->kallsyms_error = aw_symbols_probe("/proc/kallsyms");
	out->kptr_restrict = read_number("/proc/sys/kernel/kptr_restrict");
	out->perf_paranoid = read_number("/proc/sys/kernel/perf_event_paranoid");
	out->selinux = read_number("/sys/fs/selinux/enforce");
	out->module_error = try_read("/dev/allocwatch", 0);
	out->kmsg_error = try_read("/dev/kmsg", 0);
	out->initial_pids = aw_trace_pids_are_ours();
	probe_page_scan(out);
	probe_sources(out);
}
