/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What stands in the way of a block of an order, now: what is free, what
 * compaction can make, what blocks the rest.
 */
#ifndef AW_BLOCKERS_ANSWER_H
#define AW_BLOCKERS_ANSWER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "pages/cells.h"
#include "pages/cma.h"
#include "pages/holders.h"
#include "pages/scan.h"
#include "pages/simulate.h"
#include "pages/windows.h"
#include "system/callers.h"

struct aw_blockers_zone {
	struct aw_zone_span span;
	struct aw_windows windows;
	/* Windows that a full compaction gains, net: at least and at most, by what the lists of cpus give back, or by strides. */
	uint64_t makeable, makeable_most;
	struct aw_simulated simulated;
	struct aw_cells cells;		/* the map; empty: not asked for */
	uint64_t unknown_blocks;	/* pageblocks whose migratetype is not known */
};

struct aw_blockers {
	enum aw_page_source source;
	struct aw_scan_cost cost;
	const struct aw_kernel *kernel;		/* not owned */
	unsigned int pageblock_order;
	const char *pageblock_from;		/* what it follows from; NULL: it was not looked for */
	struct aw_window_request request;
	unsigned int nr_zones;
	struct aw_blockers_zone zones[AW_SCAN_ZONES];
	struct aw_windows sum;			/* over the zones */
	uint64_t makeable, makeable_most;
	unsigned int nr_ranked;
	enum aw_page_class ranked[AW_PAGE_CLASSES];	/* those that block: those with a remedy first, by the windows that they block alone, then at all */
	struct aw_cma_areas cma;
	struct aw_largest_callers callers;
	struct aw_largest_callers buffers;	/* of DMA */
	struct aw_holders holders;	/* ranked; none: the source does not show them */
	struct aw_taken_by taken;	/* by the sample of --holders */
};

/*
 * Scans the zones named `zone` (NULL: all that the request may use), and makes a
 * map of each with at most `cells` cells (0: none).  0, or -errno with the reason; -ENOENT: there is no such
 * zone.  The caller clears `out` in any case.
 */
int aw_blockers_find(struct aw_page_scan *scan, const struct aw_window_request *request, const char *zone,
		     unsigned int cells, struct aw_blockers *out, struct aw_error *error);
/* From the zones: the sums and the ranking. */
void aw_blockers_sum_up(struct aw_blockers *blockers);
void aw_blockers_clear(struct aw_blockers *blockers);

/* How many pages the scan for this request looks at. */
uint64_t aw_blockers_pages(const struct aw_page_scan *scan, const struct aw_window_request *request, const char *zone);

/*
 * The same a zone at a time, for a caller that has other things to do in between: aw_blockers_begin(), then
 * aw_blockers_step() as long as it returns 1.  `*next` is where it is.  0: `out` is complete, or -errno with the reason.
 */
void aw_blockers_begin(const struct aw_page_scan *scan, const struct aw_window_request *request,
		       struct aw_blockers *out, unsigned int *next);
int aw_blockers_step(struct aw_page_scan *scan, const char *zone, unsigned int cells, struct aw_blockers *out,
		     unsigned int *next, struct aw_error *error);

/* Can a block be had, now or after compaction? */
static inline bool aw_blockers_can(const struct aw_blockers *blockers)
{
	return blockers->sum.free || blockers->makeable_most;
}

/* May a compaction gain nothing, and 1 % of the windows at most?  Then it is no remedy. */
static inline bool aw_blockers_hardly(const struct aw_blockers *blockers)
{
	return !blockers->makeable && blockers->makeable_most * 100 <= blockers->sum.total;
}

/* Does compact_memory stride over free pages somewhere? */
bool aw_blockers_strides(const struct aw_blockers *blockers);

/* Is 1 % of the windows or below what can be made?  In such states compaction gained none, or several times as many. */
bool aw_blockers_few(const struct aw_blockers *blockers);

/* Blocked windows of all windows, in per cent, rounded down. */
unsigned int aw_blockers_percent(const struct aw_blockers *blockers);

/*
 * "ion_alloc [ion] took pages in 812 of the 840 blocked windows that a sample tells of", escaped for a terminal; "": there is
 * no sample.
 */
#define AW_TAKEN_TEXT (AW_HOLDER_NAME * 4 + 80)
void aw_blockers_taken_text(const struct aw_taken_by *taken, char *text, size_t size);

/* The answer in one sentence. */
void aw_blockers_sentence(const struct aw_blockers *blockers, char *text, size_t size);

/*
 * About a request for `count` pages of the CMA area `name` ("": not known), that failed `after_ns` before the scan, in one
 * sentence.
 */
void aw_blockers_cma_sentence(const struct aw_blockers *blockers, const char *name, uint64_t count, uint64_t after_ns, char *text,
			      size_t size);

/* "a cell is 2 MiB; 12 free, 30 movable, 80 blocked, 16 CMA", of the map of a zone. */
#define AW_MAP_SUMMARY 200
void aw_blockers_zone_summary(const struct aw_blockers *blockers, const struct aw_blockers_zone *zone, char *text,
			      size_t size);

void aw_blockers_print_text(FILE *out, const struct aw_blockers *blockers, unsigned int width);
/* The map as letters, with a legend. */
void aw_blockers_print_map(FILE *out, const struct aw_blockers *blockers, unsigned int width);
/* The map as a picture, with the answer and a legend. */
void aw_blockers_print_svg(FILE *out, const struct aw_blockers *blockers);
/* The answer and the map as a page. */
void aw_blockers_print_html(FILE *out, const struct aw_blockers *blockers);
/* Schema "allocwatch-blockers/1".  0 or -ENOMEM. */
int aw_blockers_print_json(FILE *out, const struct aw_blockers *blockers);

#endif
