/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who holds what stays: a row of the sample of --holders.
 *
 * A table is one event for each row, all with the same time; the newest table
 * is what is held.
 */
#ifndef AW_EVENT_HELD_H
#define AW_EVENT_HELD_H

#include <stdbool.h>
#include <stdint.h>

#include "mm/migratetype.h"

#define AW_HELD_ROWS 64		/* of a table; the last one has the sum of the others */
#define AW_HELD_SHIFT_MAX 18

struct aw_held {
	unsigned int order;		/* of a sum: the largest */
	enum aw_migratetype migratetype;
	unsigned int shift;		/* one of 2^shift blocks is in the sample */
	bool rest;			/* the sum of the rows for which there was no room: migratetype and stack say nothing */
	uint64_t blocks, pages;		/* of the sample */
	uint64_t oldest_ns, newest_ns;	/* when they were taken, CLOCK_MONOTONIC */
};

/* Pages that all such blocks have, as far as the sample tells. */
uint64_t aw_held_pages(const struct aw_held *held);

/* How many more or fewer it may be: two standard deviations of a sample of this size; of a sum, at most that. */
uint64_t aw_held_error(const struct aw_held *held);

#endif
