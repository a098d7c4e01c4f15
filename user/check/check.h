/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Would a request be served now?  The watermark and migratetype rules of this
 * kernel (verdict/watermark.h), replayed on the zones as they are: again and
 * again, each time with a block less, until it fails.
 *
 * It is what the free lists can do, at the min watermark; reclaim, compaction and
 * the lists of cpus may make more (aw_check_is_least()).
 */
#ifndef AW_CHECK_CHECK_H
#define AW_CHECK_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "system/pagetypes.h"
#include "verdict/case.h"
#include "verdict/verdict.h"

struct aw_check_request {
	unsigned int order;
	struct aw_gfp gfp;
	uint64_t count;			/* of requests that are to be served; at least 1 */
	const struct aw_kernel *kernel;
	unsigned int nr_zones;		/* up to AW_MAX_ZONES */
	const struct aw_zone *zones;
	const struct aw_pagetypes *types;	/* counts of blocks by migratetype; no zones: not known */
};

struct aw_check_answer {
	uint64_t served;		/* requests, one after the other, up to `most` */
	uint64_t most;			/* as many were tried */
	const struct aw_zone *zone;	/* of the request: serves the first; NULL: none does */
	struct aw_case now;		/* the zones as they are; points into the fields below */
	struct aw_verdict end;		/* what ends it, unless all that were tried are served */
	struct aw_event event;
	struct aw_stack stack;
	struct aw_zone zones[AW_MAX_ZONES];	/* after the last request that was served */
};

/* Fills all of `out`. */
void aw_check_make(const struct aw_check_request *request, struct aw_check_answer *out);

/* Are as many served as were asked for? */
static inline bool aw_check_is_served(const struct aw_check_request *request, const struct aw_check_answer *answer)
{
	return answer->served >= request->count;
}

/*
 * Is `served` a lower bound?  A request that may sleep compacts and reclaims before it fails, and small ones take pages
 * from the lists of cpus, which are not counted as free (pcp_allowed_order() of mm/page_alloc.c).
 */
bool aw_check_is_least(const struct aw_check_request *request);

/* Did all that were tried succeed, so that there is no end? */
static inline bool aw_check_has_no_end(const struct aw_check_answer *answer)
{
	return answer->served == answer->most;
}

void aw_check_print_text(FILE *out, const struct aw_check_request *request, const struct aw_check_answer *answer,
			 unsigned int width);
/* Schema "allocwatch-check/1".  0 or -ENOMEM. */
int aw_check_print_json(FILE *out, const struct aw_check_request *request, const struct aw_check_answer *answer);

#endif
