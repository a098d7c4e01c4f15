/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks that outlive their events: one copy of each, packed, for as long as
 * it is held.
 */
#ifndef AW_SUMMARY_KEPT_STACKS_H
#define AW_SUMMARY_KEPT_STACKS_H

#include "base/intern.h"
#include "mm/stack.h"

struct aw_kept_stacks;
struct aw_kept_stack;

/* `texts` is borrowed and keeps the names.  NULL: no memory. */
struct aw_kept_stacks *aw_kept_stacks_new(struct aw_intern *texts);
void aw_kept_stacks_free(struct aw_kept_stacks *stacks);	/* NULL allowed; those held, too */

/* To be dropped once.  NULL: no memory. */
const struct aw_kept_stack *aw_kept_stacks_hold(struct aw_kept_stacks *stacks, const struct aw_stack *stack);
void aw_kept_stacks_drop(struct aw_kept_stacks *stacks, const struct aw_kept_stack *kept);	/* NULL allowed */

uint64_t aw_kept_stack_id(const struct aw_kept_stack *kept);

/* Its frames, with names that the texts own; of NULL none. */
void aw_kept_stack_get(const struct aw_kept_stack *kept, struct aw_stack *out);

#endif
