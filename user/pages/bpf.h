/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page scan by BPF: copies page structures out of the kernel in short runs.
 */
#ifndef AW_PAGES_BPF_H
#define AW_PAGES_BPF_H

#include <stdint.h>

#include "base/error.h"
#include "mm/kernel.h"
#include "mm/zone.h"
#include "pages/holders.h"
#include "pages/layout.h"
#include "pages/pause.h"
#include "pages/zone.h"

#define AW_SCAN_LONG_NS 100000

/* What a scan cost. */
struct aw_scan_cost {
	uint64_t pages;
	uint64_t ns;		/* in all */
	uint64_t cpu_ns;	/* of them on a cpu */
	uint64_t runs;		/* of the BPF program */
	uint64_t longest_ns;	/* of one run, in which the cpu does nothing else; with interrupts */
	uint64_t long_runs;	/* longer than AW_SCAN_LONG_NS */
	uint64_t unread;	/* page structures that are not mapped: holes of the zone */
};

struct aw_page_reader;

/*
 * Needs BPF_PROG_TEST_RUN of raw tracepoints (5.10 on), BTF, and /proc/self/pagemap.
 * 0, or -errno with the reason.
 */
int aw_page_reader_open(const struct aw_btf *btf, struct aw_page_reader **out, struct aw_error *error);
void aw_page_reader_close(struct aw_page_reader *reader);	/* NULL allowed */

const struct aw_page_layout *aw_page_reader_layout(const struct aw_page_reader *reader);

/* The address of the structure of page 0. */
uint64_t aw_page_reader_vmemmap(const struct aw_page_reader *reader);

/* Can it still scan, with the privileges that are left?  0 or -errno. */
int aw_page_reader_try(struct aw_page_reader *reader);

/*
 * Classifies the pages of `zone` and the types of its pageblocks.
 * `holders`: gets slab caches, if zone->holder is there; NULL: not asked for.  Adds to `*cost`.
 */
int aw_page_reader_scan(struct aw_page_reader *reader, const struct aw_kernel *kernel, struct aw_zone_pages *zone,
			struct aw_holders *holders, struct aw_pause *pause, struct aw_scan_cost *cost, struct aw_error *error);

/* Whose the pinned anonymous pages of the zone are, where no process was found: see owners.h. */
void aw_page_reader_owners(struct aw_page_reader *reader, struct aw_zone_pages *zone, struct aw_holders *holders);

#endif
