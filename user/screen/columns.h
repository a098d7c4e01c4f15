/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The columns of the failures table, and the layout that chooses which of them
 * fit into a width.
 */
#ifndef AW_SCREEN_COLUMNS_H
#define AW_SCREEN_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/style.h"
#include "summary/group.h"

struct aw_row {
	const struct aw_group *group;
	uint64_t group_id;		/* aw_group_id() */
	uint64_t count;
	uint64_t last_ns;
	double rate;			/* per second */
	bool before;			/* from the kernel log, before the start */
	const struct aw_key *const *keys;	/* that the groups are by */
	unsigned int nr_keys;
	/* The sort key, if the column takes it from the sample: see rank_of and word_of. */
	uint64_t rank;
	const char *word;
	const struct aw_event *sample;	/* of the group; valid only while the row is drawn or sorted */
};

#define AW_COLUMN_TEXT 600

struct aw_column {
	const char *title;
	const char *key;		/* its key for --sort; NULL: none */
	const char *help;
	unsigned int rank;		/* columns with a lower rank stay longer when the window shrinks */
	unsigned int min, max;		/* width in terminal columns */
	bool right;			/* right-aligned */
	/* The text of a cell with this many `columns`; escaped for a terminal. */
	const char *(*text)(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out);
	/* The order of two rows, for qsort(), when not reversed. */
	int (*compare)(const struct aw_row *a, const struct aw_row *b);
	enum aw_style (*style)(const struct aw_row *row);	/* NULL: plain */
	/* False: the column has nothing to show with these keys.  NULL: always true. */
	bool (*useful)(const struct aw_key *const *keys, unsigned int nr_keys);
	/* The sort key of a row with its sample: a number, larger first, or a string (possibly in `out`), a to z. */
	uint64_t (*rank_of)(const struct aw_row *row);
	const char *(*word_of)(const struct aw_row *row, char out[AW_COLUMN_TEXT]);
};

extern const struct aw_column aw_columns[];
extern const unsigned int aw_columns_count;

/* The column with this --sort key, or else the first column. */
const struct aw_column *aw_column_find(const char *key);

#define AW_MAX_COLUMNS 16

struct aw_layout {
	unsigned int count;
	const struct aw_column *columns[AW_MAX_COLUMNS];	/* in the order of the table */
	unsigned int widths[AW_MAX_COLUMNS];			/* columns are separated by a blank */
};

/* Chooses the columns that fit into `width` by rank, and distributes the remaining width. */
void aw_layout_make(unsigned int width, const struct aw_key *const *keys, unsigned int nr_keys,
		    struct aw_layout *layout);

#endif
