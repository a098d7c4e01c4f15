/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks seen so far: resolved once, when first seen (a module may be gone
 * later), and kept for the life of the table.
 */
#ifndef AW_EVENT_STACKS_H
#define AW_EVENT_STACKS_H

#include <stddef.h>
#include <stdint.h>

#include "kernel/stack.h"
#include "kernel/symbols.h"

struct aw_stacks;

/* `symbols` is borrowed.  NULL: no memory. */
struct aw_stacks *aw_stacks_new(struct aw_symbols *symbols);
void aw_stacks_free(struct aw_stacks *stacks);	/* NULL allowed */

struct aw_known_stack {
	const struct aw_frame *site;	/* into the stack; NULL: not known */
	struct aw_stack stack;		/* its frames[count] only: there is no room behind them */
};

/*
 * The stack of these addresses, innermost first, frames of the tracing left
 * out.  `caller` (0: none) is put in after the first frame when the unwinder
 * missed it, or is all there is.  Valid as long as the table; when more than AW_STACKS_MAX
 * different ones came, only until the next call.
 */
const struct aw_known_stack *aw_stacks_get(struct aw_stacks *stacks, const uint64_t *addresses,
					   unsigned int count, uint64_t caller);

#define AW_STACKS_MAX 8192

/* Hash of what people see of the frames: names and offsets, addresses where there is no name. */
uint64_t aw_stack_id(const struct aw_stack *stack);

#endif
