/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Facts about this machine, found by probing, which doctor's checks evaluate.
 */
#ifndef AW_DOCTOR_MACHINE_H
#define AW_DOCTOR_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "source/source.h"

#define AW_MACHINE_TEXT 64

enum aw_kprobes {
	AW_KPROBES_NONE,
	AW_KPROBES_MODULES_ONLY,	/* CONFIG_KPROBES without CONFIG_KPROBE_EVENTS */
	AW_KPROBES_EVENTS		/* user space, and so BPF, can use them */
};

struct aw_machine {
	unsigned int uid;
	uint64_t capabilities;		/* effective */
	char release[65], arch[17];
	int bpf_error;			/* of creating a small map: 0 or -errno, as the following */
	int ring_buffer_error;
	bool bpf_traces;		/* programs for tracing can be loaded; only if bpf() works */
	int btf_error;			/* of reading /sys/kernel/btf/vmlinux */
	enum aw_kprobes kprobes;
	const char *tracefs;		/* its path; NULL: not usable for this user */
	int tracepoint_error;		/* of reading the format of mm_page_alloc */
	int instances_error;		/* of creating an instance in it */
	int kallsyms_error;		/* -EPERM: all addresses are zero */
	int kptr_restrict;		/* -1: can't be read */
	int perf_paranoid;		/* kernel.perf_event_paranoid, which may be below 0 */
	char lockdown[AW_MACHINE_TEXT];	/* "none", "integrity", "confidentiality"; "": the kernel has no lockdown */
	int selinux;			/* 1: enforcing, 0: permissive, -1: not active */
	int module_error;		/* of reading /dev/allocwatch; -ENOENT: not loaded */
	int kmsg_error;
	char container[AW_MACHINE_TEXT];	/* how it was detected; "": no container */
	bool initial_pids;		/* in the initial pid namespace */
	int page_scan_error;		/* of looking at pages by BPF */
	char page_scan_why[AW_ERROR_TEXT];	/* the reason */
	bool kpageflags;		/* /proc/kpageflags can be read */
	bool pagetypeinfo;		/* the same */
	/* All sources of this build, after opening them. */
	struct aw_source_facts sources;
	unsigned int nr_missing[AW_MAX_SOURCES];
	struct aw_missing missing[AW_MAX_SOURCES][AW_MAX_MISSING_FEATURES];
};

/* Probes everything, and leaves no changes behind. */
void aw_machine_probe(struct aw_machine *out);

/* The part that needs bpf(). */
void aw_machine_probe_bpf(struct aw_machine *out);

#define AW_CAP_SYS_ADMIN	21
#define AW_CAP_SYSLOG		34
#define AW_CAP_PERFMON		38
#define AW_CAP_BPF		39

static inline bool aw_machine_may(const struct aw_machine *machine, unsigned int capability)
{
	return machine->capabilities >> capability & 1;
}

#endif
