// SPDX-License-Identifier: GPL-2.0
/*
 * The checks of doctor: what works on a machine, and how to fix what does not.
 */
#include "doctor/checks.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "doctor/internal.h"
#include "system/tracefs.h"

static void capability(const struct aw_machine *machine, struct aw_check *check, unsigned int number,
		       const char *name, const char *needed_for)
{
	check->ok = aw_machine_may(machine, number);
	if (check->ok)
		REASON(check, "this process has %s", name);
	else
		REASON(check, "this process lacks %s, needed %s", name, needed_for);
	if (!check->ok)
		aw_check_advise_denied(machine, check);
}

static void check_cap_bpf(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_BPF, "CAP_BPF", "to load BPF programs (CAP_SYS_ADMIN also suffices)");
	if (!check->ok && aw_machine_may(machine, AW_CAP_SYS_ADMIN)) {
		check->ok = true;
		REASON(check, "CAP_SYS_ADMIN includes it");
		check->todo[0] = '\0';
	}
}

static void check_cap_perfmon(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_PERFMON, "CAP_PERFMON", "to attach to tracepoints and kprobes (CAP_SYS_ADMIN also suffices)");
	if (!check->ok && aw_machine_may(machine, AW_CAP_SYS_ADMIN)) {
		check->ok = true;
		REASON(check, "CAP_SYS_ADMIN includes it");
		check->todo[0] = '\0';
	}
}

static void check_cap_sys_admin(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_SYS_ADMIN, "CAP_SYS_ADMIN", "for BPF up to 5.7, and to mount tracefs");
}

static void check_cap_syslog(const struct aw_machine *machine, struct aw_check *check)
{
	capability(machine, check, AW_CAP_SYSLOG, "CAP_SYSLOG", "for addresses in kallsyms and for the kernel log");
}

static void check_bpf(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->bpf_error;
	if (check->ok) {
		REASON(check, "a map could be created");
	} else if (machine->bpf_error == -ENOSYS) {
		REASON(check, "this kernel has no bpf() (CONFIG_BPF_SYSCALL)");
		TODO(check, "use a kernel with CONFIG_BPF_SYSCALL, or another source");
	} else {
		REASON(check, "bpf() fails: %s", strerror(-machine->bpf_error));
		if (aw_check_is_denied(machine->bpf_error))
			aw_check_advise_denied(machine, check);
	}
}

static void check_ring_buffer(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->ring_buffer_error;
	if (check->ok)
		REASON(check, "a ring buffer could be created");
	else if (machine->bpf_error)
		REASON(check, "bpf() does not work");
	else if (machine->ring_buffer_error == -EINVAL)
		REASON(check, "this kernel is older than 5.8");
	else
		REASON(check, "bpf() fails: %s", strerror(-machine->ring_buffer_error));
	if (aw_check_is_denied(machine->ring_buffer_error))
		aw_check_advise_denied(machine, check);
	else if (!check->ok)
		TODO(check, "use 5.8 or later, or another source");
}

static void advise_tracefs(const struct aw_machine *machine, struct aw_check *check)
{
	if (machine->uid || aw_check_is_locked(machine, "confidentiality"))
		aw_check_advise_denied(machine, check);
	else
		TODO(check, "%s", aw_tracefs_mount());
}

static void check_tracepoints(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->tracepoint_error;
	if (check->ok)
		REASON(check, "the format of kmem:mm_page_alloc can be read");
	else if (!machine->tracefs)
		REASON(check, "tracefs, which describes them, is not accessible");
	else
		REASON(check, "kmem:mm_page_alloc: %s", strerror(-machine->tracepoint_error));
	if (!check->ok && !machine->tracefs)
		advise_tracefs(machine, check);
	else if (aw_check_is_denied(machine->tracepoint_error))
		aw_check_advise_denied(machine, check);
	else if (!check->ok)
		TODO(check, "use a kernel with CONFIG_EVENT_TRACING, or the kernel log");
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
		aw_check_advise_denied(machine, check);
	else
		TODO(check, "sysctl kernel.kptr_restrict=1, or use --kallsyms FILE");
}

static void check_kptr(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->kptr_restrict >= 0 && machine->kptr_restrict < 2;
	if (machine->kptr_restrict < 0)
		REASON(check, "it can't be read");
	else
		REASON(check, "it is %d%s", machine->kptr_restrict,
		       check->ok ? "" : ": addresses are hidden from all users");
	if (machine->kptr_restrict >= 2)
		TODO(check, "sysctl kernel.kptr_restrict=1");
}

static void check_lockdown(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !aw_check_is_locked(machine, "confidentiality");
	if (!machine->lockdown[0])
		REASON(check, "this kernel has no lockdown");
	else
		REASON(check, "it is %s%s", machine->lockdown,
		       check->ok ? "" : ": BPF may not read kernel memory, and tracefs is not accessible");
	if (!check->ok)
		TODO(check, "boot without lockdown=confidentiality");
}

static void check_selinux(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->selinux != 1 || !aw_check_is_denied(machine->bpf_error);
	if (machine->selinux < 0)
		REASON(check, "it is not active");
	else
		REASON(check, "it is %s%s", machine->selinux ? "enforcing" : "permissive",
		       check->ok ? "" : ", and bpf() is denied");
	if (!check->ok)
		TODO(check, "look for a denial in the audit log: ausearch -m avc -ts recent");
}

static void check_tracefs(const struct aw_machine *machine, struct aw_check *check)
{
	bool private = aw_tracefs_is_private(machine->tracefs);

	check->ok = machine->tracefs && !machine->instances_error;
	if (check->ok && private) {
		REASON(check, "it is not mounted; allocwatch uses a private mount");
	} else if (check->ok) {
		REASON(check, "%s is writable", machine->tracefs);
	} else if (machine->tracefs) {
		REASON(check, "an instance can't be created in %s: %s", private ? "a private mount" : machine->tracefs,
		       strerror(-machine->instances_error));
		aw_check_advise_denied(machine, check);
	} else if (aw_check_is_locked(machine, "confidentiality")) {
		REASON(check, "lockdown hides its contents");
		advise_tracefs(machine, check);
	} else {
		REASON(check, "it is not mounted, or not accessible to this user%s",
		       machine->uid ? "" : ", and allocwatch may not mount it");
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
		TODO(check, "needed only on kernels without usable BPF: insmod allocwatch.ko");
	} else {
		REASON(check, "/dev/allocwatch: %s", strerror(-machine->module_error));
		if (aw_check_is_denied(machine->module_error))
			aw_check_advise_denied(machine, check);
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
	if (aw_check_is_denied(machine->kmsg_error))
		aw_check_advise_denied(machine, check);
}

static void check_container(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->container[0];
	REASON(check, "%s%s", check->ok ? "no container was detected" : "runs in a container: ", machine->container);
	if (!check->ok)
		TODO(check, "run it outside the container to see the names and cgroups of all processes");
}

/* What `blockers` can use. */
static void check_page_scan(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = !machine->page_scan_error;
	if (check->ok) {
		REASON(check, "blockers looks at pages by BPF");
		return;
	}
	REASON(check, "%s: blockers %s", machine->page_scan_why, machine->kpageflags ?
	       "uses /proc/kpageflags, and its answers are likely ones" :
	       machine->pagetypeinfo ? "only counts free blocks" : "may not look at anything");
	if (aw_check_is_paranoid(machine) && !aw_check_is_locked(machine, "confidentiality"))
		TODO(check, "it takes CAP_SYS_ADMIN, or CAP_DAC_READ_SEARCH and sysctl kernel.perf_event_paranoid=2; the service "
		     "gets both by its examples/full.conf");
	else if (machine->uid || aw_check_is_locked(machine, "confidentiality"))
		aw_check_advise_denied(machine, check);
	else if (!machine->initial_pids)
		TODO(check, "run it outside the pid namespace");
	else
		TODO(check, "it needs bpf() and BTF: see their rows");
}

static void check_pids(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->initial_pids;
	REASON(check, check->ok ? "it is the initial one" :
	       "it is not the initial one: events have the process ids of the initial one");
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
	{ "btf", "BTF", aw_check_btf },
	{ "kprobe", "kprobes", aw_check_kprobe },
	{ "tracepoints", "tracepoints", check_tracepoints },
	{ "zone_discovery", "zone discovery", aw_check_zones },
	{ "kallsyms", "kallsyms", check_kallsyms },
	{ "kptr_restrict", "kernel.kptr_restrict", check_kptr },
	{ "lockdown", "kernel lockdown", check_lockdown },
	{ "selinux", "SELinux", check_selinux },
	{ "tracefs", "tracefs", check_tracefs },
	{ "module", "module", check_module },
	{ "kernel_log", "kernel log", check_kmsg },
	{ "page_scan", "page scan", check_page_scan },
	{ "container", "container", check_container },
	{ "pid_namespace", "pid namespace", check_pids },
};
_Static_assert(ARRAY_SIZE(rows) <= AW_MAX_CHECKS, "out[] has room for every check");

unsigned int aw_checks_make(const struct aw_machine *machine, struct aw_check out[AW_MAX_CHECKS])
{
	unsigned int count = ARRAY_SIZE(rows);

	for (unsigned int i = 0; i < count; i++) {
		out[i] = (struct aw_check){ .name = rows[i].name, .title = rows[i].title };
		rows[i].check(machine, &out[i]);
	}
	return count;
}

/* No row of its own: the source says why. */
static void check_bpf_traces(const struct aw_machine *machine, struct aw_check *check)
{
	check->ok = machine->bpf_error || machine->bpf_traces;
	if (!check->ok)
		TODO(check, "use a kernel with CONFIG_KPROBE_EVENTS or CONFIG_UPROBE_EVENTS, or the module");
}

/* What each source needs: its advice is that of the first check that fails and has some. */
static const struct {
	const char *source;
	void (*check)(const struct aw_machine *machine, struct aw_check *check);
} stands_on[] = {
	{ "bpf", check_bpf },
	{ "bpf", check_ring_buffer },
	{ "bpf", check_bpf_traces },
	{ "bpf", check_cap_perfmon },
	{ "bpf", check_tracepoints },
	{ "kmod", check_module },
	{ "tracefs", check_tracefs },
	{ "tracefs", check_tracepoints },
	{ "klog", check_kmsg },
};

static void advise_source(const struct aw_machine *machine, struct aw_check *out)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(stands_on) && !out->todo[0]; i++) {
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
		    (machine->uid || aw_check_is_locked(machine, "confidentiality") || machine->container[0]))
			aw_check_advise_denied(machine, out);
		else
			advise_source(machine, out);
	} else if (machine->nr_missing[index]) {
		REASON(out, "works; missing:");
		for (unsigned int i = 0; i < machine->nr_missing[index]; i++) {
			size_t used = strlen(out->reason);

			aw_check_say(out->reason + used, sizeof(out->reason) - used, "%s %s", i ? "," : "",
			    machine->missing[index][i].what);
		}
	} else {
		REASON(out, "works, nothing is missing");
	}
}
