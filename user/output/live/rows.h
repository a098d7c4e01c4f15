/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rows of the failures table: groups that the filter wants, in the order
 * that was chosen.  A row is a snapshot, so that a paused screen stands still.
 */
#ifndef AW_LIVE_ROWS_H
#define AW_LIVE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/intern.h"
#include "output/live/columns.h"
#include "output/live/history.h"
#include "summary/filter.h"
#include "summary/summary.h"

struct aw_rows {
	unsigned int count, size;
	struct aw_row *rows;
	struct aw_intern *words;	/* that they are sorted by */
};

/* What decides which rows there are, and in which order. */
struct aw_row_choice {
	const struct aw_filter *filter;
	bool hard_only;
	const struct aw_column *sort;
	bool reverse;
	uint64_t now_ns;
	unsigned int seconds;	/* that rates are taken over */
};

/* Groups of `live`, then those of `before` (may be NULL) as before start.  0 or -ENOMEM and no rows. */
int aw_rows_build(struct aw_rows *rows, const struct aw_groups *live, const struct aw_groups *before,
		  const struct aw_rates *rates, const struct aw_row_choice *choice);
void aw_rows_clear(struct aw_rows *rows);

/* Where the group is now; -1: nowhere. */
int aw_rows_find(const struct aw_rows *rows, const struct aw_group *group);

#endif
