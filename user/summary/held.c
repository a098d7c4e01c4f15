// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds what stays: the newest table.
 */
#include "summary/held.h"

static void drop_rows(struct aw_held_table *table, struct aw_kept_stacks *stacks)
{
	while (table->count)
		aw_kept_stacks_drop(stacks, table->rows[--table->count].stack);
}

void aw_held_table_add(struct aw_held_table *table, struct aw_kept_stacks *stacks, const struct aw_event *event)
{
	struct aw_held_row *row;

	if (table->time_ns != event->time_ns)
		drop_rows(table, stacks);
	table->known = true;
	table->time_ns = event->time_ns;
	if (table->count == AW_HELD_ROWS || !event->held.blocks)
		return;
	row = &table->rows[table->count++];
	row->held = event->held;
	row->stack = aw_kept_stacks_hold(stacks, event->stack);
	row->site = event->site ? (unsigned int)(event->site - event->stack->frames) : AW_MAX_STACK;
}

const struct aw_frame *aw_held_row_site(const struct aw_held_row *row, struct aw_stack *stack)
{
	aw_kept_stack_get(row->stack, stack);
	return row->site < stack->count ? &stack->frames[row->site] : NULL;
}

unsigned int aw_held_sample(const struct aw_held_table *table)
{
	unsigned int shift = 0;

	for (unsigned int i = 0; i < table->count; i++)
		shift = table->rows[i].held.shift > shift ? table->rows[i].held.shift : shift;
	return 1u << shift;
}
