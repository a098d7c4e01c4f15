// SPDX-License-Identifier: GPL-2.0
/*
 * The checks of doctor that depend on how the kernel was built: BTF, kprobes,
 * and who finds its zones.
 */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "doctor/internal.h"
#include "mm/kernel.h"

/* 5.4 ("btf: expose BTF info through sysfs"): older kernels can't be built with that file. */
#define BTF_SINCE AW_VERSION(5, 4, 0)

void aw_check_btf(const struct aw_machine *machine, struct aw_check *check)
{
	uint32_t version = aw_version_parse(machine->release);

	check->ok = !machine->btf_error;
	if (check->ok) {
		REASON(check, "/sys/kernel/btf/vmlinux can be read");
		return;
	}
	REASON(check, "/sys/kernel/btf/vmlinux: %s; without it, task flags and allowed nodes are not known",
	       strerror(-machine->btf_error));
	if (machine->btf_error != -ENOENT)
		aw_check_advise_denied(machine, check);
	else if (version && version < BTF_SINCE)
		TODO(check, "kernels before 5.4 have none: use the module, which reads these facts itself, or tracefs");
	else
		TODO(check, "use a kernel with CONFIG_DEBUG_INFO_BTF");
}

void aw_check_kprobe(const struct aw_machine *machine, struct aw_check *check)
{
	switch (machine->kprobes) {
	case AW_KPROBES_EVENTS:
		check->ok = !aw_check_is_paranoid(machine);
		if (check->ok) {
			REASON(check, "this kernel has kprobes");
		} else {
			REASON(check, "kernel.perf_event_paranoid is %d, so they take CAP_SYS_ADMIN, which this process lacks",
			       machine->perf_paranoid);
			aw_check_advise_paranoid(check);
		}
		break;
	case AW_KPROBES_MODULES_ONLY:
		REASON(check, "this kernel has kprobes, but for modules only (no CONFIG_KPROBE_EVENTS): without the "
		       "module, the log state of failures is not known");
		TODO(check, "load allocwatch.ko, which uses them: docs/module.md");
		break;
	case AW_KPROBES_NONE:
		REASON(check, "this kernel has no kprobes: the log state of failures is not known");
		TODO(check, "use a kernel with CONFIG_KPROBES and CONFIG_KPROBE_EVENTS");
		break;
	}
}

/* Why a source that works takes no zone snapshots at the failure; NULL: it does. */
static const char *why_no_zones(const struct aw_machine *machine, unsigned int source)
{
	for (unsigned int i = 0; i < machine->nr_missing[source]; i++)
		if (strstr(machine->missing[source][i].what, "zones"))
			return machine->missing[source][i].why;
	return NULL;
}

/* The sources themselves report whether they found the zones. */
void aw_check_zones(const struct aw_machine *machine, struct aw_check *check)
{
	static const char *const able[] = { "bpf", "kmod" };
	const char *why = NULL;

	for (unsigned int i = 0; i < machine->sources.count && !check->ok; i++) {
		const struct aw_source_fact *fact = &machine->sources.source[i];
		bool is_able = false;

		for (unsigned int k = 0; k < ARRAY_SIZE(able); k++)
			is_able |= !strcmp(fact->name, able[k]);
		if (!is_able || fact->state != AW_SOURCE_WORKS)
			continue;
		why = why_no_zones(machine, i);
		check->ok = !why;
		if (check->ok)
			REASON(check, "%s takes snapshots of all zones at the failure", fact->name);
	}
	if (check->ok)
		return;
	REASON(check, "%s", why ? why : "only the sources bpf and kmod take zone snapshots at the failure");
	if (!why)
		TODO(check, "see the rows of these sources");
	else if (machine->kprobes == AW_KPROBES_EVENTS && aw_check_is_paranoid(machine))
		aw_check_advise_paranoid(check);
	else
		TODO(check, "use a kernel with %s", machine->kprobes == AW_KPROBES_EVENTS ? "CONFIG_DEBUG_INFO_BTF" :
		     "CONFIG_KPROBES and CONFIG_KPROBE_EVENTS");
}
