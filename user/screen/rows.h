/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rows of the failures table: the groups that match the filter, in the
 * chosen order.  A row is a copy, so that a paused screen does not change.
 */
#ifndef AW_SCREEN_ROWS_H
#define AW_SCREEN_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/intern.h"
#include "screen/columns.h"
#include "screen/history.h"
#include "summary/filter.h"
#include "summary/summary.h"

struct aw_rows {
	unsigned int count, size;
	struct aw_row *rows;
	struct aw_intern *words;	/* strings that the rows are sorted by */
};

/* Which rows there are, and in which order. */
struct aw_row_choice {
	const struct aw_filter *filter;
	bool hard_only;
	const struct aw_column *sort;
	bool hard_first;	/* whatever the column says; not reversed */
	bool reverse;
	uint64_t now_ns;
	unsigned int seconds;	/* rates are averages over this time */
};

/* Makes rows of the groups of `live` and, as before start, of `before` (may be NULL).  0, or -ENOMEM without rows. */
int aw_rows_build(struct aw_rows *rows, const struct aw_groups *live, const struct aw_groups *before,
		  const struct aw_rates *rates, const struct aw_row_choice *choice);
void aw_rows_clear(struct aw_rows *rows);

/* The index of the group's row; -1: it has none. */
int aw_rows_find(const struct aw_rows *rows, const struct aw_group *group);

#endif
