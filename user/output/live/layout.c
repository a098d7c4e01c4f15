// SPDX-License-Identifier: GPL-2.0
/*
 * Which columns a width has room for, and how wide each is.
 */
#include "output/live/columns.h"

#include <string.h>

/* From this rank on a column comes only where enough is left to widen those before it. */
#define EXTRA_RANK 10
#define COMFORT 12

/* The column of this rank, when there is something to show in it; NULL. */
static const struct aw_column *of_rank(unsigned int rank, const struct aw_key *const *keys, unsigned int nr_keys)
{
	for (unsigned int i = 0; i < aw_columns_count; i++) {
		const struct aw_column *column = &aw_columns[i];

		if (column->rank == rank)
			return !column->useful || column->useful(keys, nr_keys) ? column : NULL;
	}
	return NULL;
}

/* Bit i: column i of the table is shown.  The first that has no room ends it: columns go in a fixed order. */
static uint32_t choose(unsigned int width, const struct aw_key *const *keys, unsigned int nr_keys,
		       unsigned int *used)
{
	uint32_t chosen = 0;

	*used = 0;
	for (unsigned int rank = 0; rank < aw_columns_count; rank++) {
		const struct aw_column *column = of_rank(rank, keys, nr_keys);
		unsigned int need;

		if (!column)
			continue;
		need = column->min + (chosen ? 1 : 0);
		if (chosen && *used + need + (rank >= EXTRA_RANK ? COMFORT : 0) > width)
			break;
		chosen |= 1u << (column - aw_columns);
		*used += need;
	}
	return chosen;
}

/* A column at a time gets what it can use: the lower its rank, the sooner. */
static void widen(struct aw_layout *layout, unsigned int left)
{
	for (unsigned int rank = 0; rank < aw_columns_count && left; rank++) {
		for (unsigned int i = 0; i < layout->count; i++) {
			const struct aw_column *column = layout->columns[i];
			unsigned int more = column->max - column->min;

			if (column->rank != rank)
				continue;
			if (more > left)
				more = left;
			layout->widths[i] += more;
			left -= more;
		}
	}
}

void aw_layout_make(unsigned int width, const struct aw_key *const *keys, unsigned int nr_keys,
		    struct aw_layout *layout)
{
	unsigned int used;
	uint32_t chosen = choose(width, keys, nr_keys, &used);

	memset(layout, 0, sizeof(*layout));
	for (unsigned int i = 0; i < aw_columns_count; i++) {
		if (!(chosen >> i & 1))
			continue;
		layout->columns[layout->count] = &aw_columns[i];
		layout->widths[layout->count++] = aw_columns[i].min;
	}
	if (used < width)
		widen(layout, width - used);
	else if (layout->count == 1 && used > width)
		layout->widths[0] = width;
}
