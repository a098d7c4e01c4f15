/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A page scan that was made because a request failed: what stood in the way of
 * a block of its order, moments later.
 */
#ifndef AW_EVENT_SCAN_H
#define AW_EVENT_SCAN_H

#include <stdint.h>

#include "blockers/answer.h"

/* Cells of the memory map that a scan keeps, of all zones together. */
#define AW_SCAN_CELLS 2048

/* It is large, so it is kept once, as long as somebody holds it: its maker, and each sample that it was joined to. */
struct aw_scan {
	unsigned int holders;
	uint64_t time_ns;	/* when it began, CLOCK_MONOTONIC */
	uint64_t failed_ns;	/* of the failure that it was made for */
	struct aw_blockers found;	/* its kernel outlives all scans */
};

/* Empty, and held once.  NULL: no memory. */
struct aw_scan *aw_scan_new(void);

/* Both take NULL.  hold() returns its argument. */
struct aw_scan *aw_scan_hold(struct aw_scan *scan);
void aw_scan_drop(struct aw_scan *scan);

#endif
