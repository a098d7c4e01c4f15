/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies of stacks that outlive their events: one of each, as long as
 * somebody holds it.
 */
#ifndef AW_SUMMARY_KEPT_STACKS_H
#define AW_SUMMARY_KEPT_STACKS_H

#include "base/intern.h"
#include "kernel/stack.h"

struct aw_kept_stacks;

/* `texts` is borrowed and keeps the names.  NULL: no memory. */
struct aw_kept_stacks *aw_kept_stacks_new(struct aw_intern *texts);
void aw_kept_stacks_free(struct aw_kept_stacks *stacks);	/* NULL allowed; those held, too */

/* The copy, with room for its frames[count] only, to be dropped once.  Without memory it has no frames. */
const struct aw_stack *aw_kept_stacks_hold(struct aw_kept_stacks *stacks, const struct aw_stack *stack);
void aw_kept_stacks_drop(struct aw_kept_stacks *stacks, const struct aw_stack *kept);	/* NULL allowed */

#endif
