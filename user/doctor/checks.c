// SPDX-License-Identifier: GPL-2.0
/*
 * What works on a machine and what does not.
 */
#include "doctor/checks.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel/tracefs.h"

static void say(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void say(char *text, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(text, size, format, args);
	va_end(args);
}

#define REASON(check, ...) say((check)->reason, sizeof((check)->reason), __VA_ARGS__)
#define TODO(check, ...) say((check)->todo, sizeof((check)->todo), __VA_ARGS__)

static bool is_denied(int err)
{
	return err == -EPERM || err == -EACCES;
}

static bool is_locked(const struct aw_machine *machine, const char *mode)
{
	return !strcmp(machine->lockdown, mode);
}

/* What opens a door that is closed to this user. */
static void advise_denied(const struct aw_machine *machine, struct aw_check *check)
{
	if (machine->uid)
		TODO(check, "run as root: sudo allocwatch doctor");
	else if (is_locked(machine, "confidentiality"))
		TODO(check, "boot without lockdown=confidentiality");
	else if (machine->container[0])
		TODO(check, "run it outside the container, or give the container the capabilities");
	else if (machine->selinux == 1)
		TODO(check, "look for a denial in the audit log: ausearch -m avc -ts recent");
	else
		TODO(check, "run with all capabilities of root");
}

static void capability(const struct aw_machine *machine, struct aw_check *check, unsigned int number,
		       const char *name, const char *needed_for)
{
	check->ok = aw_machine_may(machine, number);
	if (check->ok)
		REASON(check, "this process has %s", name);
	else
		REASON(check, "this process lacks %s, needed %s", name, needed_for);
	if (!check->ok)
		advise_denied(machine, check);
}

static void check_cap_bpf(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_BPF, "CAP_BPF", "to load BPF programs (CAP_SYS_ADMIN does, too)");
	if (!check->ok && aw_machine_may(machine, AW_CAP_SYS_ADMIN)) {
		check->ok = true;
		REASON(check, "CAP_SYS_ADMIN stands in for it");
		check->todo[0] = '\0';
	}
}

static void check_cap_perfmon(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_PERFMON, "CAP_PERFMON", "to attach to tracepoints and kprobes (CAP_SYS_ADMIN does, too)");
	if (!check->ok && aw_machine_may(machine, AW_CAP_SYS_ADMIN)) {
		check->ok = true;
		REASON(check, "CAP_SYS_ADMIN stands in for it");
		check->todo[0] = '\0';
	}
}

static void check_cap_sys_admin(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_SYS_ADMIN, "CAP_SYS_ADMIN", "up to 5.7 for BPF, and to mount tracefs");
}

static void check_cap_syslog(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_SYSLOG, "CAP_SYSLOG", "for addresses in kallsyms and for the kernel log");
}

static void check_bpf(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->bpf_error;
	if (check->ok) {
		REASON(check, "a map could be made");
	} else if (machine->bpf_error == -ENOSYS) {
		REASON(check, "this kernel has no bpf() (CONFIG_BPF_SYSCALL)");
		TODO(check, "use a kernel with CONFIG_BPF_SYSCALL, or another source");
	} else {
		REASON(check, "bpf() says: %s", strerror(-machine->bpf_error));
		if (is_denied(machine->bpf_error))
			advise_denied(machine, check);
	}
}

static void check_ring_buffer(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->ring_buffer_error;
	if (check->ok)
		REASON(check, "one could be made");
	else if (machine->bpf_error)
		REASON(check, "bpf() does not work");
	else if (machine->ring_buffer_error == -EINVAL)
		REASON(check, "this kernel is older than 5.8, which brought it");
	else
		REASON(check, "bpf() says: %s", strerror(-machine->ring_buffer_error));
	if (is_denied(machine->ring_buffer_error))
		advise_denied(machine, check);
	else if (!check->ok)
		TODO(check, "use 5.8 or later, or another source");
}

static void check_btf(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->btf_error;
	if (check->ok) {
		REASON(check, "/sys/kernel/btf/vmlinux can be read");
		return;
	}
	REASON(check, "/sys/kernel/btf/vmlinux: %s; task flags and allowed nodes are not known then",
	       strerror(-machine->btf_error));
	if (machine->btf_error == -ENOENT)
		TODO(check, "use a kernel with CONFIG_DEBUG_INFO_BTF");
	else
		advise_denied(machine, check);
}

static void check_kprobe(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->kprobes;
	if (check->ok) {
		REASON(check, "this kernel has them");
		return;
	}
	REASON(check, "this kernel has none: whether the kernel log got a failure is not known");
	TODO(check, "use a kernel with CONFIG_KPROBES and CONFIG_KPROBE_EVENTS");
}

static void advise_tracefs(const struct aw_machine *machine, struct aw_check *check)
{
	if (machine->uid || is_locked(machine, "confidentiality"))
		advise_denied(machine, check);
	else
		TODO(check, "%s", aw_tracefs_mount());
}

static void check_tracepoints(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->tracepoint_error;
	if (check->ok)
		REASON(check, "the format of kmem:mm_page_alloc can be read");
	else if (!machine->tracefs)
		REASON(check, "tracefs can't be reached, which describes them");
	else
		REASON(check, "kmem:mm_page_alloc: %s", strerror(-machine->tracepoint_error));
	if (!check->ok && !machine->tracefs)
		advise_tracefs(machine, check);
	else if (is_denied(machine->tracepoint_error))
		advise_denied(machine, check);
	else if (!check->ok)
		TODO(check, "use a kernel with CONFIG_EVENT_TRACING, or the kernel log");
}

/* The BPF source tells itself whether it was handed the zones. */
static void check_zones(const struct aw_machine *machine, struct aw_check *check)
{
	unsigned int bpf = 0;

	while (bpf < machine->sources.count && strcmp(machine->sources.source[bpf].name, "bpf"))
		bpf++;
	if (bpf == machine->sources.count || machine->sources.source[bpf].state != AW_SOURCE_WORKS) {
		REASON(check, "only the BPF source can take pictures of zones at the failure");
		TODO(check, "see the source bpf");
		return;
	}
	for (unsigned int i = 0; i < machine->nr_missing[bpf]; i++)
		if (strstr(machine->missing[bpf][i].what, "zones")) {
			REASON(check, "%s", machine->missing[bpf][i].why);
			TODO(check, "use a kernel with %s", machine->kprobes ? "CONFIG_DEBUG_INFO_BTF" :
			     "CONFIG_KPROBES and CONFIG_KPROBE_EVENTS");
			return;
		}
	check->ok = true;
	REASON(check, "pictures of all zones are taken at the failure");
}

static void check_kallsyms(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->kallsyms_error;
	if (check->ok) {
		REASON(check, "/proc/kallsyms shows addresses");
		return;
	}
	if (machine->kallsyms_error != -EPERM) {
		REASON(check, "/proc/kallsyms: %s", strerror(-machine->kallsyms_error));
		return;
	}
	REASON(check, "all addresses in /proc/kallsyms are zero");
	if (machine->uid || machine->kptr_restrict < 2)
		advise_denied(machine, check);
	else
		TODO(check, "sysctl kernel.kptr_restrict=1, or give --kallsyms FILE");
}

static void check_kptr(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->kptr_restrict >= 0 && machine->kptr_restrict < 2;
	if (machine->kptr_restrict < 0)
		REASON(check, "can't be read");
	else
		REASON(check, "it is %d%s", machine->kptr_restrict,
		       check->ok ? "" : ": addresses are hidden from everybody");
	if (machine->kptr_restrict >= 2)
		TODO(check, "sysctl kernel.kptr_restrict=1");
}

static void check_lockdown(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !is_locked(machine, "confidentiality");
	if (!machine->lockdown[0])
		REASON(check, "this kernel has no lockdown");
	else
		REASON(check, "it is %s%s", machine->lockdown,
		       check->ok ? "" : ": BPF may not read kernel memory, tracefs is closed");
	if (!check->ok)
		TODO(check, "boot without lockdown=confidentiality");
}

static void check_selinux(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->selinux != 1 || !is_denied(machine->bpf_error);
	if (machine->selinux < 0)
		REASON(check, "not in force");
	else
		REASON(check, "it is %s%s", machine->selinux ? "enforcing" : "permissive",
		       check->ok ? "" : ", and bpf() is denied");
	if (!check->ok)
		TODO(check, "look for a denial in the audit log: ausearch -m avc -ts recent");
}

static void check_tracefs(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->tracefs && !machine->instances_error;
	if (check->ok) {
		REASON(check, "%s can be written", machine->tracefs);
	} else if (machine->tracefs) {
		REASON(check, "no instance can be made in %s: %s", machine->tracefs, strerror(-machine->instances_error));
		advise_denied(machine, check);
	} else if (is_locked(machine, "confidentiality")) {
		REASON(check, "the kernel keeps it empty");
		advise_tracefs(machine, check);
	} else {
		REASON(check, "it is not mounted, or closed%s", machine->uid ? " to this user" : "");
		advise_tracefs(machine, check);
	}
}

static void check_module(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->module_error;
	if (check->ok) {
		REASON(check, "/dev/allocwatch can be read");
	} else if (machine->module_error == -ENOENT) {
		REASON(check, "allocwatch.ko is not loaded");
		TODO(check, "only for kernels without usable BPF: insmod allocwatch.ko");
	} else {
		REASON(check, "/dev/allocwatch: %s", strerror(-machine->module_error));
		if (is_denied(machine->module_error))
			advise_denied(machine, check);
	}
}

static void check_kmsg(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->kmsg_error;
	if (check->ok) {
		REASON(check, "/dev/kmsg can be read");
		return;
	}
	REASON(check, "/dev/kmsg: %s", strerror(-machine->kmsg_error));
	if (is_denied(machine->kmsg_error))
		advise_denied(machine, check);
}

static void check_container(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->container[0];
	REASON(check, "%s%s", check->ok ? "not in one, as far as can be seen" : "in one: ", machine->container);
	if (!check->ok)
		TODO(check, "run it outside the container to see names and cgroups of all processes");
}

static void check_pids(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->initial_pids;
	REASON(check, check->ok ? "the initial one" : "not the initial one: process ids of events are those outside");
	if (!check->ok)
		TODO(check, "run it outside the pid namespace, for example with docker run --pid=host");
}

static const struct {
	const char *name, *title;
	void (*check)(const struct aw_machine *machine, struct aw_check *check);
} rows[] = {
	{ "cap_bpf", "CAP_BPF", check_cap_bpf },
	{ "cap_perfmon", "CAP_PERFMON", check_cap_perfmon },
	{ "cap_sys_admin", "CAP_SYS_ADMIN", check_cap_sys_admin },
	{ "cap_syslog", "CAP_SYSLOG", check_cap_syslog },
	{ "bpf", "bpf()", check_bpf },
	{ "ring_buffer", "BPF ring buffer", check_ring_buffer },
	{ "btf", "BTF", check_btf },
	{ "kprobe", "kprobes", check_kprobe },
	{ "tracepoints", "tracepoints", check_tracepoints },
	{ "zone_discovery", "zone discovery", check_zones },
	{ "kallsyms", "kallsyms", check_kallsyms },
	{ "kptr_restrict", "kernel.kptr_restrict", check_kptr },
	{ "lockdown", "kernel lockdown", check_lockdown },
	{ "selinux", "SELinux", check_selinux },
	{ "tracefs", "tracefs", check_tracefs },
	{ "module", "module", check_module },
	{ "kernel_log", "kernel log", check_kmsg },
	{ "container", "container", check_container },
	{ "pid_namespace", "pid namespace", check_pids },
};
_Static_assert(sizeof(rows) / sizeof(rows[0]) <= AW_MAX_CHECKS, "every check has room");

unsigned int aw_checks_make(const struct aw_machine *machine, struct aw_check out[AW_MAX_CHECKS])
{
	unsigned int count = sizeof(rows) / sizeof(rows[0]);

	for (unsigned int i = 0; i < count; i++) {
		out[i] = (struct aw_check){ .name = rows[i].name, .title = rows[i].title };
		rows[i].check(machine, &out[i]);
	}
	return count;
}

/* What each source stands on: the first row that says no and what to do says it for the source, too. */
static const struct {
	const char *source;
	void (*check)(const struct aw_machine *machine, struct aw_check *check);
} stands_on[] = {
	{ "bpf", check_bpf },
	{ "bpf", check_ring_buffer },
	{ "bpf", check_cap_perfmon },
	{ "bpf", check_tracepoints },
	{ "kmod", check_module },
	{ "tracefs", check_tracefs },
	{ "tracefs", check_tracepoints },
	{ "klog", check_kmsg },
};

static void advise_source(const struct aw_machine *machine, struct aw_check *out)
{
	for (unsigned int i = 0; i < sizeof(stands_on) / sizeof(stands_on[0]) && !out->todo[0]; i++) {
		struct aw_check check = { .ok = false };

		if (strcmp(stands_on[i].source, out->name))
			continue;
		stands_on[i].check(machine, &check);
		if (!check.ok)
			memcpy(out->todo, check.todo, sizeof(out->todo));
	}
}

void aw_check_source(const struct aw_machine *machine, unsigned int index, struct aw_check *out)
{
	const struct aw_source_fact *fact = &machine->sources.source[index];

	*out = (struct aw_check){ .name = fact->name, .title = fact->name };
	out->ok = fact->state == AW_SOURCE_WORKS;
	if (!out->ok) {
		REASON(out, "%s", fact->why);
		if (strcmp(fact->name, "kmod") &&
		    (machine->uid || is_locked(machine, "confidentiality") || machine->container[0]))
			advise_denied(machine, out);
		else
			advise_source(machine, out);
	} else if (machine->nr_missing[index]) {
		REASON(out, "works; not known there:");
		for (unsigned int i = 0; i < machine->nr_missing[index]; i++) {
			size_t used = strlen(out->reason);

			say(out->reason + used, sizeof(out->reason) - used, "%s %s", i ? "," : "",
			    machine->missing[index][i].what);
		}
	} else {
		REASON(out, "works, with all that it can tell");
	}
}
