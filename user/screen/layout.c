// SPDX-License-Identifier: GPL-2.0
/*
 * Chooses the columns that fit into a width, and how wide each is.
 */
#include "screen/columns.h"

#include <string.h>

/* Columns from this rank on are added only if COMFORT columns remain to widen the others. */
#define EXTRA_RANK 10
#define COMFORT 12

/* The column with this rank.  NULL: it has nothing to show. */
static const struct aw_column *of_rank(unsigned int rank, const struct aw_key *const *keys, unsigned int nr_keys)
{
	for (unsigned int i = 0; i < aw_columns_count; i++) {
		const struct aw_column *column = &aw_columns[i];

		if (column->rank == rank)
			return !column->useful || column->useful(keys, nr_keys) ? column : NULL;
	}
	return NULL;
}

/* Bit i: column i is shown.  Stops at the first column without room, so that columns vanish in a fixed order. */
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

/* Columns are widened to their maximum one by one, lowest rank first. */
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
