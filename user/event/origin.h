/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where an event was read, when that was a kernel log: the place in it, and
 * the kernel that printed it.  Logs may hold the reports of several kernels.
 */
#ifndef AW_EVENT_ORIGIN_H
#define AW_EVENT_ORIGIN_H

#include <stddef.h>
#include <stdint.h>

#include "mm/kernel.h"

/*
 * Made by whoever reads the log, often as the first member of something larger,
 * and kept as long as somebody holds it: the maker, and each sample of an event.
 */
struct aw_origin {
	const char *file;		/* as it was named; NULL: standard input */
	uint64_t line;			/* of the report's header, from 1 */
	const struct aw_kernel *kernel;	/* outlives all origins */
	unsigned int holders;
	void (*free)(struct aw_origin *origin);	/* called when nobody holds it any more */
};

/* Both take NULL.  hold() returns its argument. */
static inline struct aw_origin *aw_origin_hold(struct aw_origin *origin)
{
	if (origin)
		origin->holders++;
	return origin;
}

static inline void aw_origin_drop(struct aw_origin *origin)
{
	if (origin && !--origin->holders)
		origin->free(origin);
}

#endif
