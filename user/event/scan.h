/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A page scan that was made because a request failed: what stood in the way of
 * a block of its order, or of a run of pages of a CMA area, moments later.
 */
#ifndef AW_EVENT_SCAN_H
#define AW_EVENT_SCAN_H

#include <stdint.h>

#include "blockers/answer.h"

/* Cells of the memory map that a scan keeps, of all zones together. */
#define AW_SCAN_CELLS 2048

/* A failed cma_alloc(), if the scan was made for one. */
struct aw_scan_cma {
	uint64_t count;		/* pages that were asked for; 0: the scan was made for a failure of the page allocator */
	unsigned int align;
	char name[AW_CMA_NAME];	/* of the area; "": not known */
};

/* It is large, so it is kept once, as long as somebody holds it: its maker, and each sample that it was joined to. */
struct aw_scan {
	unsigned int holders;
	uint64_t time_ns;	/* when it began, CLOCK_MONOTONIC */
	uint64_t failed_ns;	/* of the failure that it was made for */
	struct aw_scan_cma cma;
	struct aw_blockers found;	/* its kernel outlives all scans */
};

/* Empty, and held once.  NULL: no memory. */
struct aw_scan *aw_scan_new(void);

/* Both take NULL.  hold() returns its argument. */
struct aw_scan *aw_scan_hold(struct aw_scan *scan);
void aw_scan_drop(struct aw_scan *scan);

/* The answer in one sentence, about the area if it was made for CMA. */
#define AW_SCAN_SENTENCE (500 + AW_TAKEN_TEXT)
void aw_scan_sentence(const struct aw_scan *scan, char *text, size_t size);

#endif
