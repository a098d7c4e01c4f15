/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who holds what stays (--holders): the newest table.
 */
#ifndef AW_SUMMARY_HELD_H
#define AW_SUMMARY_HELD_H

#include "event/event.h"
#include "summary/kept_stacks.h"

struct aw_held_row {
	struct aw_held held;
	const struct aw_kept_stack *stack;
	unsigned int site;		/* of its frames; AW_MAX_STACK: not known */
};

struct aw_held_table {
	bool known;			/* there was one */
	uint64_t time_ns;
	unsigned int count;
	struct aw_held_row rows[AW_HELD_ROWS];	/* that with most pages first, but for the sum of the rest */
};

/* A row of another time begins a new table. */
void aw_held_table_add(struct aw_held_table *table, struct aw_kept_stacks *stacks, const struct aw_event *event);

/* Into `stack`, where the site is, too; NULL: not known. */
const struct aw_frame *aw_held_row_site(const struct aw_held_row *row, struct aw_stack *stack);

/* One of so many blocks is in the sample.  Rows of CMA areas are none: these are followed whole. */
unsigned int aw_held_sample(const struct aw_held_table *table);

#endif
