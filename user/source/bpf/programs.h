/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The programs and maps of the BPF object by enum.  The compiler checks their
 * names against the skeletons.
 */
#ifndef AW_SOURCE_BPF_PROGRAMS_H
#define AW_SOURCE_BPF_PROGRAMS_H

#include <stdbool.h>

struct bpf_map;
struct bpf_object;
struct bpf_program;

enum aw_bpf_program {
	/* in every build */
	AW_PROGRAM_PAGE_ALLOC,
	AW_PROGRAM_PAGE_ALLOC_COUNT,
	AW_PROGRAM_WARN_ALLOC,
	AW_PROGRAM_WARN_PRINTED,
	AW_PROGRAM_RECLAIM_BEGIN,
	AW_PROGRAM_RECLAIM_END,
	AW_PROGRAM_COMPACTION_TRY,
	AW_PROGRAM_COMPACTION_SUITABLE,
	AW_PROGRAM_COMPACTION_DEFERRED,
	AW_PROGRAM_COMPACTION_BEGIN,
	AW_PROGRAM_COMPACTION_END,
	AW_PROGRAM_COMPACTION_END_OF_SIX,
	AW_PROGRAM_COMPACTION_SCANNED,
	AW_PROGRAM_COMPACTION_FREE_SCANNED,
	AW_PROGRAM_COMPACTION_MOVED,
	AW_PROGRAM_RECLAIM_RETRY,
	AW_PROGRAM_COMPACT_RETRY,
	AW_PROGRAM_EXTFRAG_RAW,
	AW_PROGRAM_CMA_FINISH,
	AW_PROGRAM_CMA_ALLOC,
	/* in builds that need BTF */
	AW_PROGRAMS_WITHOUT_BTF,
	AW_PROGRAM_EXTFRAG = AW_PROGRAMS_WITHOUT_BTF,
	AW_PROGRAM_FIND_ZONES,
	AW_PROGRAM_FIND_ZONES_FENTRY,
	AW_PROGRAM_OOM_KILL,
	AW_PROGRAM_FORMAT_NAMES,
	AW_PROGRAMS
};

/* The maps that user space uses. */
enum aw_bpf_map {
	AW_MAP_EVENTS,
	AW_MAP_REQUESTS,
	AW_MAP_DIRECT,
	AW_MAP_COUNTS,
	AW_MAP_SITE_COUNTS,
	AW_MAP_ALLOCATIONS,
	AW_MAP_CONFIG,		/* struct aw_bpf_config */
	AW_MAP_WATCH,		/* struct aw_bpf_watch */
	AW_MAP_COUNTERS,	/* struct aw_bpf_counters */
	AW_MAP_ZONES,		/* struct aw_bpf_zones */
	AW_MAP_FOLLOWING,	/* how many requests are followed: u64 */
	AW_MAPS_WITHOUT_BTF,
	AW_MAP_NAMES = AW_MAPS_WITHOUT_BTF,	/* struct aw_names */
	AW_MAPS
};

/* The three builds of the one object. */
enum aw_bpf_build {
	AW_BUILD_CORE,
	AW_BUILD_NO_PERCPU,	/* without per-cpu symbols of the kernel */
	AW_BUILD_NO_BTF,
	AW_BUILDS
};

/* The bytes of an object file. */
const void *aw_bpf_build_bytes(enum aw_bpf_build build, size_t *size);

/*
 * Finds them in an opened object; NULL: this build does not have it.  0, or
 * -ENOENT: the object is not of this build.
 */
int aw_bpf_find_all(const struct bpf_object *object, enum aw_bpf_build build,
		    struct bpf_program *programs[AW_PROGRAMS], struct bpf_map *maps[AW_MAPS]);

#endif
