/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compacts all memory under watch: /proc/sys/vm/compact_memory, with the free
 * blocks and the counters of /proc/vmstat before and after.
 */
#ifndef AW_TRIAL_COMPACT_H
#define AW_TRIAL_COMPACT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/progress.h"
#include "mm/kernel.h"
#include "mm/zone.h"

/* Counters of /proc/vmstat that compaction moves, pages. */
enum aw_compact_counter {
	AW_COMPACT_MIGRATE_SCANNED,	/* looked at for pages to move */
	AW_COMPACT_FREE_SCANNED,	/* looked at for free pages */
	AW_COMPACT_ISOLATED,		/* taken, of both sorts */
	AW_COMPACT_MOVED,
	AW_COMPACT_NOT_MOVED,		/* tries to move one that failed */
	AW_COMPACT_COUNTERS
};

/* How it ended. */
enum aw_compact_end {
	AW_COMPACT_END_WHOLE,	/* the scanners met after all memory was looked at */
	AW_COMPACT_END_EARLY,	/* it looked at less than a tenth of the pages in use (seen on 6.12 and 7.2) */
	AW_COMPACT_END_UNKNOWN,	/* this kernel does not count what it looks at */
	AW_COMPACT_ENDS
};

struct aw_compact_trial {
	unsigned int order;
	const struct aw_kernel *kernel;		/* not owned */
	uint64_t ns;
	/* Free blocks by order that an unmovable request may take, all zones. */
	uint64_t before[AW_MAX_ORDERS], after[AW_MAX_ORDERS];
	uint64_t counter[AW_COMPACT_COUNTERS];	/* what was added meanwhile */
	bool counted;				/* the kernel has these counters */
	uint64_t used;				/* pages in use before, all zones */
	enum aw_compact_end end;
};

/* The counters in /proc/vmstat's text.  False: one is missing. */
bool aw_compact_counters_parse(const char *text, uint64_t counter[AW_COMPACT_COUNTERS]);

/* Those of the running kernel, from its start on.  False: it does not have them. */
bool aw_compact_counters_read(uint64_t counter[AW_COMPACT_COUNTERS]);

/* Pages that the scanners looked at. */
uint64_t aw_compact_looked_at(const uint64_t counter[AW_COMPACT_COUNTERS]);

/* Fills all of `out`, and shows how far it is.  0, or -errno with the reason. */
int aw_compact_try(unsigned int order, const struct aw_kernel *kernel, struct aw_progress *progress,
		   struct aw_compact_trial *out, struct aw_error *error);

/* Blocks of `order` that the free blocks make, larger ones split. */
uint64_t aw_compact_blocks(const uint64_t blocks[AW_MAX_ORDERS], unsigned int order);

enum aw_compact_end aw_compact_end_of(const struct aw_compact_trial *trial);
const char *aw_compact_end_name(enum aw_compact_end end);	/* "whole" */

void aw_compact_print_text(FILE *out, const struct aw_compact_trial *trial, unsigned int width);
/* Schema "allocwatch-try/1".  0 or -ENOMEM. */
int aw_compact_print_json(FILE *out, const struct aw_compact_trial *trial);

#endif
