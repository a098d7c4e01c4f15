/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stacks seen so far.  Each is resolved when it is first seen, because a
 * module may be unloaded later, and kept for the life of the table.
 */
#ifndef AW_EVENT_STACKS_H
#define AW_EVENT_STACKS_H

#include <stddef.h>
#include <stdint.h>

#include "mm/stack.h"
#include "system/symbols.h"

struct aw_stacks;

/* `symbols` is borrowed.  NULL: no memory. */
struct aw_stacks *aw_stacks_new(struct aw_symbols *symbols);
void aw_stacks_free(struct aw_stacks *stacks);	/* NULL allowed */

struct aw_known_stack {
	const struct aw_frame *site;	/* into the stack; NULL: not known */
	struct aw_stack stack;		/* only frames[count] are allocated */
};

/*
 * The stack of these addresses, innermost first, without the frames of tracing.
 * `caller` (0: none) is inserted after the first frame if the unwinder missed it and it is not the first itself,
 * or is the only frame.  Valid as long as the table; beyond AW_STACKS_MAX
 * different stacks, only until the next call.
 */
const struct aw_known_stack *aw_stacks_get(struct aw_stacks *stacks, const uint64_t *addresses,
					   unsigned int count, uint64_t caller);

#define AW_STACKS_MAX 8192

/* A hash of the frames as they are displayed: names and offsets, or addresses without a name. */
uint64_t aw_stack_id(const struct aw_stack *stack);

#endif
