/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The columns of the failures table, as one const table, and which of them a
 * width has room for.
 */
#ifndef AW_LIVE_COLUMNS_H
#define AW_LIVE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/live/style.h"
#include "summary/group.h"

struct aw_row {
	const struct aw_group *group;
	uint64_t kind;			/* aw_kind_of_group() */
	uint64_t count;
	uint64_t last_ns;
	double rate;			/* per second */
	bool before;			/* the kernel log had it when watching began */
	const struct aw_key *const *keys;	/* of its groups */
	unsigned int nr_keys;
	/* What it is sorted by, where the column asks the sample for it. */
	uint64_t rank;
	const char *word;
	const struct aw_event *sample;	/* the group's, while the row is looked at */
};

#define AW_COLUMN_TEXT 600

struct aw_column {
	const char *title;
	const char *key;		/* --sort KEY that it stands for; NULL: none */
	const char *help;
	unsigned int rank;		/* the lower, the longer it stays when the window shrinks */
	unsigned int min, max;		/* columns of the terminal that it takes */
	bool right;			/* set at the right edge */
	/* What the cell says in `columns`; escaped for a terminal. */
	const char *(*text)(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out);
	/* The first of both in the order that this column has when not reversed. */
	int (*compare)(const struct aw_row *a, const struct aw_row *b);
	enum aw_style (*style)(const struct aw_row *row);	/* NULL: plain */
	/* Is there anything to show?  NULL: always. */
	bool (*useful)(const struct aw_key *const *keys, unsigned int nr_keys);
	/* What compare() goes by, of a row with its sample: larger first, or a to z (maybe in `out`). */
	uint64_t (*rank_of)(const struct aw_row *row);
	const char *(*word_of)(const struct aw_row *row, char out[AW_COLUMN_TEXT]);
};

extern const struct aw_column aw_columns[];
extern const unsigned int aw_columns_count;

/* By --sort KEY; the first column when none stands for it. */
const struct aw_column *aw_column_find(const char *key);

#define AW_MAX_COLUMNS 16

struct aw_layout {
	unsigned int count;
	const struct aw_column *columns[AW_MAX_COLUMNS];	/* in the order of the table */
	unsigned int widths[AW_MAX_COLUMNS];			/* a blank stands between two */
};

/* Chooses by rank what `width` has room for, and shares out what is left. */
void aw_layout_make(unsigned int width, const struct aw_key *const *keys, unsigned int nr_keys,
		    struct aw_layout *layout);

#endif
