/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page scan of the running kernel: the best source that works here.
 */
#ifndef AW_PAGES_SCAN_H
#define AW_PAGES_SCAN_H

#include "base/error.h"
#include "mm/kernel.h"
#include "pages/bpf.h"
#include "pages/simulate.h"
#include "pages/steals.h"
#include "pages/taken.h"
#include "pages/zone.h"
#include "system/cma_log.h"
#include "system/pagetypes.h"

#define AW_SCAN_ZONES AW_PAGETYPES_ZONES

enum aw_page_source {
	AW_PAGES_BPF,
	AW_PAGES_KPAGEFLAGS,
	AW_PAGES_COUNTS,	/* only the counts in /proc/pagetypeinfo: no page is looked at */
	AW_PAGES_SOURCES
};

const char *aw_page_source_name(enum aw_page_source source);	/* "bpf" */
/* What it cannot know, as a sentence; "": nothing that matters. */
const char *aw_page_source_limits(enum aw_page_source source);

struct aw_page_scan {
	enum aw_page_source source;
	struct aw_error fallback[AW_PAGES_SOURCES];	/* why the better sources do not work here; "" */
	const struct aw_kernel *kernel;			/* not owned */
	struct aw_page_reader *reader;			/* NULL: source is not BPF */
	int kpageflags;					/* file; -1: source is another */
	int pagemap;					/* of this process; -1: it is not to be had */
	bool no_holders;				/* who holds pages is not looked for: that takes longer */
	bool no_processes;				/* nor in processes and page_owner: that takes up to a second each, and privileges */
	struct aw_pause pause;				/* what is done between slices; nothing unless the caller sets it */
	struct aw_compaction compaction;		/* what this kernel's does */
	bool isolated_is_cma;				/* a cma_alloc() that is under way isolates pageblocks of its area */
	const struct aw_steals *steals;			/* not owned; NULL: none were seen */
	struct aw_taken *taken;				/* not owned; NULL: no sample of who took pages */
	unsigned int pageblock_order;
	const char *pageblock_from;			/* what it follows from */
	struct aw_pagetypes types;			/* source is COUNTS */
	uint64_t cma_pages;				/* of all zones */
	struct aw_cma_ranges cma_ranges;		/* of the kernel log; as many pages, or none */
	unsigned int nr_zones;
	struct aw_zone zones[AW_SCAN_ZONES];
	unsigned int nr_spans;
	struct aw_zone_span spans[AW_SCAN_ZONES];
	struct aw_scan_cost cost;			/* of all zones since it was opened, or refreshed */
};

/* `only`: a source that must be used, AW_PAGES_SOURCES: the best.  0, or -errno with the reason. */
int aw_page_scan_open(struct aw_page_scan *scan, enum aw_page_source only, const struct aw_kernel *kernel,
		      const struct aw_btf *btf, struct aw_error *error);
void aw_page_scan_close(struct aw_page_scan *scan);

/*
 * Reads the counts of zones, before each scan.  What cannot be read any more stays as it was.
 * /proc/pagetypeinfo, which holds a cpu, is read by no source but COUNTS.
 */
void aw_page_scan_refresh(struct aw_page_scan *scan);

/* Can it still scan, with the privileges that are left?  0 or -errno. */
int aw_page_scan_try(struct aw_page_scan *scan);

/* Scans spans[index], with any source but COUNTS.  The caller clears `out`.  0, or -errno with the reason. */
int aw_page_scan_zone(struct aw_page_scan *scan, unsigned int index, struct aw_zone_pages *out, struct aw_error *error);

/* The zone as /proc counts it; all 0: it does not. */
const struct aw_zone *aw_page_scan_counted(const struct aw_page_scan *scan, const struct aw_zone_span *span);

/* Pages of CMA areas in a zone, before 5.12 at most so many; AW_CMA_NOT_KNOWN: it may have some. */
#define AW_CMA_NOT_KNOWN UINT64_MAX
uint64_t aw_page_scan_cma(const struct aw_page_scan *scan, const struct aw_zone_span *span);

/* The same, and who holds what: slab caches, files and pinned pages only by BPF. */
int aw_page_scan_zone_holders(struct aw_page_scan *scan, unsigned int index, struct aw_zone_pages *out,
			      struct aw_holders *holders, struct aw_error *error);

#endif
