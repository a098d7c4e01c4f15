/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was found out about this machine by trying: the facts that doctor's
 * checks judge.
 */
#ifndef AW_DOCTOR_MACHINE_H
#define AW_DOCTOR_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "source/source.h"

#define AW_MACHINE_TEXT 64

struct aw_machine {
	unsigned int uid;
	uint64_t capabilities;		/* effective */
	char release[65], arch[17];
	int bpf_error;			/* -errno of making a small map; 0 */
	int ring_buffer_error;
	int btf_error;			/* -errno of reading /sys/kernel/btf/vmlinux */
	bool kprobes;
	const char *tracefs;		/* usable for this user; NULL */
	int tracepoint_error;		/* of reading mm_page_alloc's format */
	int instances_error;		/* of making an instance there, which is removed again */
	int kallsyms_error;		/* -EPERM: all addresses are zero */
	int kptr_restrict;		/* -1: can't be read */
	char lockdown[AW_MACHINE_TEXT];	/* "none", "integrity", "confidentiality"; "" the kernel has no lockdown */
	int selinux;			/* 1 enforcing, 0 permissive, -1 none */
	int module_error;		/* of opening /dev/allocwatch: -ENOENT not loaded */
	int kmsg_error;
	char container[AW_MACHINE_TEXT];	/* what tells of it; "" none */
	bool initial_pids;		/* the initial pid namespace */
	/* Every source of this build, tried. */
	struct aw_source_facts sources;
	unsigned int nr_missing[AW_MAX_SOURCES];
	struct aw_missing missing[AW_MAX_SOURCES][AW_MAX_MISSING_FEATURES];
};

/* Tries everything, and leaves nothing behind. */
void aw_machine_probe(struct aw_machine *out);

/* The BPF part of it. */
void aw_machine_probe_bpf(struct aw_machine *out);

#define AW_CAP_DAC_OVERRIDE	1
#define AW_CAP_SYS_ADMIN	21
#define AW_CAP_SYSLOG		34
#define AW_CAP_PERFMON		38
#define AW_CAP_BPF		39

static inline bool aw_machine_may(const struct aw_machine *machine, unsigned int capability)
{
	return machine->capabilities >> capability & 1;
}

#endif
