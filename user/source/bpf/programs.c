// SPDX-License-Identifier: GPL-2.0
/*
 * The programs and maps of the BPF object by enum.
 */
#include <stddef.h>

#include "../bpf/config.h" /* these two before the skeletons, which use their types */
#include "../bpf/names.h"
#include "allocwatch.skel.h"
#include "allocwatch_nobtf.skel.h"
#include "allocwatch_nopercpu.skel.h"
#include "base/array.h"
#include "source/bpf/programs.h"

/* Does not compile if the skeleton has no such program or map. */
#define MEMBER_OF(skeleton, list, member) (0 * sizeof(((struct skeleton *)0)->list.member))
#define IN_BTF_BUILDS(list, member, name) \
	(name) + MEMBER_OF(allocwatch_bpf, list, member) + MEMBER_OF(allocwatch_nopercpu_bpf, list, member)
#define IN_EVERY_BUILD(list, member, name) \
	IN_BTF_BUILDS(list, member, name) + MEMBER_OF(allocwatch_nobtf_bpf, list, member)

#define PROGRAM(program) IN_EVERY_BUILD(progs, program, #program)
#define BTF_PROGRAM(program) IN_BTF_BUILDS(progs, program, #program)

static const char *const program_names[] = {
	[AW_PROGRAM_PAGE_ALLOC] = PROGRAM(page_alloc),
	[AW_PROGRAM_PAGE_ALLOC_COUNT] = PROGRAM(page_alloc_count),
	[AW_PROGRAM_WARN_ALLOC] = PROGRAM(warn_alloc),
	[AW_PROGRAM_WARN_PRINTED] = PROGRAM(warn_printed),
	[AW_PROGRAM_RECLAIM_BEGIN] = PROGRAM(reclaim_begin),
	[AW_PROGRAM_RECLAIM_END] = PROGRAM(reclaim_end),
	[AW_PROGRAM_COMPACTION_TRY] = PROGRAM(compaction_try),
	[AW_PROGRAM_COMPACTION_SUITABLE] = PROGRAM(compaction_suitable),
	[AW_PROGRAM_COMPACTION_DEFERRED] = PROGRAM(compaction_deferred),
	[AW_PROGRAM_COMPACTION_BEGIN] = PROGRAM(compaction_begin),
	[AW_PROGRAM_COMPACTION_END] = PROGRAM(compaction_end),
	[AW_PROGRAM_COMPACTION_END_OF_SIX] = PROGRAM(compaction_end_of_six),
	[AW_PROGRAM_COMPACTION_SCANNED] = PROGRAM(compaction_scanned),
	[AW_PROGRAM_COMPACTION_FREE_SCANNED] = PROGRAM(compaction_free_scanned),
	[AW_PROGRAM_COMPACTION_MOVED] = PROGRAM(compaction_moved),
	[AW_PROGRAM_RECLAIM_RETRY] = PROGRAM(reclaim_retry),
	[AW_PROGRAM_COMPACT_RETRY] = PROGRAM(compact_retry),
	[AW_PROGRAM_EXTFRAG_RAW] = PROGRAM(extfrag_raw),
	[AW_PROGRAM_CMA_FINISH] = PROGRAM(cma_finish),
	[AW_PROGRAM_CMA_ALLOC] = PROGRAM(cma_alloc),
	[AW_PROGRAM_EXTFRAG] = BTF_PROGRAM(extfrag),
	[AW_PROGRAM_FIND_ZONES] = BTF_PROGRAM(find_zones),
	[AW_PROGRAM_FIND_ZONES_FENTRY] = BTF_PROGRAM(find_zones_fentry),
	[AW_PROGRAM_OOM_KILL] = BTF_PROGRAM(oom_kill),
	[AW_PROGRAM_FORMAT_NAMES] = BTF_PROGRAM(format_names),
};

#define COUNT_OF(skeleton) (sizeof(((struct skeleton *)0)->progs) / sizeof(struct bpf_program *))
_Static_assert(ARRAY_SIZE(program_names) == AW_PROGRAMS, "program_names misses one");
_Static_assert(COUNT_OF(allocwatch_bpf) == AW_PROGRAMS && COUNT_OF(allocwatch_nopercpu_bpf) == AW_PROGRAMS &&
	       COUNT_OF(allocwatch_nobtf_bpf) == AW_PROGRAMS_WITHOUT_BTF, "a program has no number");

#define MAP(map) IN_EVERY_BUILD(maps, map, #map)
#define DATA(section) IN_EVERY_BUILD(maps, data_##section, ".data." #section)
#define BTF_DATA(section) IN_BTF_BUILDS(maps, data_##section, ".data." #section)
#define RODATA(section) IN_EVERY_BUILD(maps, rodata_##section, ".rodata." #section)

static const char *const map_names[] = {
	[AW_MAP_EVENTS] = MAP(events),
	[AW_MAP_REQUESTS] = MAP(requests),
	[AW_MAP_DIRECT] = MAP(direct),
	[AW_MAP_COUNTS] = MAP(counts),
	[AW_MAP_SITE_COUNTS] = MAP(site_counts),
	[AW_MAP_ALLOCATIONS] = MAP(allocations),
	[AW_MAP_CONFIG] = RODATA(config),
	[AW_MAP_WATCH] = DATA(watch),
	[AW_MAP_COUNTERS] = DATA(counters),
	[AW_MAP_ZONES] = DATA(zones),
	[AW_MAP_FOLLOWING] = DATA(following),
	[AW_MAP_NAMES] = BTF_DATA(names),
};
_Static_assert(ARRAY_SIZE(map_names) == AW_MAPS, "map_names misses one");

static const struct {
	const void *(*bytes)(size_t *size);
	unsigned int programs, maps;
} builds[] = {
	[AW_BUILD_CORE] = { allocwatch_bpf__elf_bytes, AW_PROGRAMS, AW_MAPS },
	[AW_BUILD_NO_PERCPU] = { allocwatch_nopercpu_bpf__elf_bytes, AW_PROGRAMS, AW_MAPS },
	[AW_BUILD_NO_BTF] = { allocwatch_nobtf_bpf__elf_bytes, AW_PROGRAMS_WITHOUT_BTF, AW_MAPS_WITHOUT_BTF },
};
_Static_assert(ARRAY_SIZE(builds) == AW_BUILDS, "builds misses one");

const void *aw_bpf_build_bytes(enum aw_bpf_build build, size_t *size)
{
	return builds[build].bytes(size);
}

int aw_bpf_find_all(const struct bpf_object *object, enum aw_bpf_build build,
		    struct bpf_program *programs[AW_PROGRAMS], struct bpf_map *maps[AW_MAPS])
{
	for (unsigned int i = 0; i < AW_PROGRAMS; i++) {
		programs[i] = i < builds[build].programs ?
			      bpf_object__find_program_by_name(object, program_names[i]) : NULL;
		if (i < builds[build].programs && !programs[i])
			return -ENOENT;
	}
	for (unsigned int i = 0; i < AW_MAPS; i++) {
		maps[i] = i < builds[build].maps ? bpf_object__find_map_by_name(object, map_names[i]) : NULL;
		if (i < builds[build].maps && !maps[i])
			return -ENOENT;
	}
	return 0;
}
