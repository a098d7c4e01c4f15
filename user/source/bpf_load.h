/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The BPF object: which build of it this kernel takes, its configuration,
 * which programs run, and reading back its counters.
 */
#ifndef AW_SOURCE_BPF_LOAD_H
#define AW_SOURCE_BPF_LOAD_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "../bpf/config.h"
#include "source/source.h"

#define AW_BPF_LINKS 32

struct aw_bpf_object {
	struct bpf_object *object;
	const char *build;		/* "core", "core without per-cpu symbols", "without BTF" */
	bool zones_found;		/* failures carry pictures of all zones */
	struct bpf_link *links[AW_BPF_LINKS];
	unsigned int nr_links;
	uint64_t *following;		/* the kernel side's counter, mapped; NULL: can't be */
	uint64_t expired;		/* requests forgotten so far */
	unsigned int nr_missing;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
};

/*
 * Loads and attaches what works here.  `want_names` also loads the program
 * that formats kernel addresses.  `btf`: a file with this kernel's types instead
 * of /sys/kernel/btf/vmlinux; NULL.  0 or -errno with the reason.
 */
int aw_bpf_load(const struct aw_bpf_config *config, bool want_names, const char *btf, struct aw_bpf_object *out,
		struct aw_error *error);
typedef void (*aw_bpf_record_fn)(void *arg, const struct aw_wire_failure *record);

/*
 * Forgets requests whose end was missed: followed for longer than `age_ns`.
 * Those that warn_alloc told of are failures, and handed over.  Call it every
 * few seconds, and with 0 when nothing is attached any more.
 */
void aw_bpf_expire(struct aw_bpf_object *bpf, uint64_t age_ns, aw_bpf_record_fn take, void *arg);

void aw_bpf_detach(struct aw_bpf_object *bpf);
void aw_bpf_unload(struct aw_bpf_object *bpf);

/* Kernel-side counters. 0 or -errno. */
int aw_bpf_counters(const struct aw_bpf_object *bpf, struct aw_bpf_counters *out);

/* Runs of programs that the kernel skipped because one was running already (5.12 on). */
uint64_t aw_bpf_recursion_misses(const struct aw_bpf_object *bpf);

/* aw_symbol_namer over `struct aw_bpf_object`: the kernel formats the name. */
int aw_bpf_name_address(void *bpf, uint64_t addr, char *name, size_t size);

#endif
