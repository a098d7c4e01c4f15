/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The BPF object: loading it, its programs and maps, and its counters.
 */
#ifndef AW_SOURCE_BPF_LOAD_H
#define AW_SOURCE_BPF_LOAD_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "../bpf/config.h"
#include "source/bpf/programs.h"
#include "source/source.h"
#include "system/btf.h"

#define AW_BPF_LINKS 32

/*
 * What this kernel refuses, found out with programs of a few instructions: loading
 * everything to learn it takes a hundred times as long.  False: it may work.
 */
struct aw_bpf_refused {
	bool fentry;		/* find_zones_fentry */
	bool percpu;		/* per-cpu symbols of AW_BUILD_CORE */
};

/* `btf`: of the running kernel; NULL: nothing is known. */
struct aw_bpf_refused aw_bpf_refused(const struct aw_btf *btf);

struct aw_bpf_object {
	struct bpf_object *object;
	enum aw_bpf_build build;
	struct bpf_program *programs[AW_PROGRAMS];	/* NULL: this build does not have it */
	struct bpf_map *maps[AW_MAPS];
	bool zones_found;		/* failures carry snapshots of all zones */
	struct bpf_link *links[AW_BPF_LINKS];
	unsigned int nr_links;
	struct aw_bpf_following *following;	/* the counters of the kernel side, mapped; NULL: they can't be */
	struct aw_request *direct;	/* the map of this name, mapped while requests expire; NULL */
	bool left[AW_DIRECT];		/* the request in this place was old at the last look, and ends no more */
	bool ends_seen;			/* successes are watched, so a request that is followed for long has ended unnoticed */
	uint64_t expired;		/* requests dropped so far */
	unsigned int nr_missing;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
};

/*
 * May the process open as many files as BPF needs?  0, or -EMFILE with the
 * reason: that does not mean that BPF is not possible here, so no other source
 * is to be taken.
 */
int aw_bpf_check_files(struct aw_error *error);

/*
 * Makes a file in memory of what the programs need of this BTF (system/btf_part.h), for the path in aw_bpf_load().  The
 * caller closes it.  -errno: do without it, libbpf reads all that the kernel has.
 */
int aw_bpf_write_btf_part(const struct aw_btf *btf);

/*
 * Loads and attaches what works here.  `want_names`: also the program that formats
 * kernel addresses.  `btf`: a file to use instead of /sys/kernel/btf/vmlinux;
 * NULL.  0, or -errno with the reason.
 */
int aw_bpf_load(const struct aw_bpf_config *config, const struct aw_bpf_refused *refused, bool want_names,
		const char *btf, struct aw_bpf_object *out, struct aw_error *error);
typedef void (*aw_bpf_record_fn)(void *arg, const struct aw_wire_failure *record);

/*
 * Drops requests that have been followed for longer than `age_ns`: their end was
 * missed.  Some go at the call after that.  If warn_alloc was entered for one, it has failed, and is delivered.
 * To be called every few seconds, and with 0 when nothing is attached any more.
 */
void aw_bpf_expire(struct aw_bpf_object *bpf, uint64_t age_ns, aw_bpf_record_fn take, void *arg);

void aw_bpf_detach(struct aw_bpf_object *bpf);
void aw_bpf_unload(struct aw_bpf_object *bpf);

/* The counters of the kernel side.  0 or -errno. */
int aw_bpf_counters(const struct aw_bpf_object *bpf, struct aw_bpf_counters *out);

/* Runs that the kernel skipped because the program was already running (5.12 on). */
uint64_t aw_bpf_recursion_misses(const struct aw_bpf_object *bpf);

/* aw_symbol_namer of a struct aw_bpf_object: the kernel formats the name. */
int aw_bpf_name_address(void *bpf, uint64_t addr, char *name, size_t size);

#endif
