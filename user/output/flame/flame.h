/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks merged into a tree of callers and callees, with the failures that passed through each.
 */
#ifndef AW_OUTPUT_FLAME_FLAME_H
#define AW_OUTPUT_FLAME_FLAME_H

#include <stdint.h>

#include "mm/stack.h"
#include "summary/group.h"

#define AW_FLAME_FRAMES 4096		/* root included; a larger graph is not readable */
#define AW_FLAME_NONE UINT32_MAX

enum aw_flame_type {
	AW_FLAME_ROOT,		/* all failures */
	AW_FLAME_FRAME,		/* a function */
	AW_FLAME_UNRESOLVED,	/* a frame of which only `addr` is known */
	AW_FLAME_NO_STACK
};

/* A box.  Its strings belong to the stacks that were added. */
struct aw_flame_frame {
	enum aw_flame_type type;
	const char *name, *module;
	uint64_t addr;			/* of an unresolved frame, else 0 */
	uint64_t count;			/* failures that passed through it */
	unsigned int depth;		/* root: 0 */
	uint32_t child, next;		/* indices; AW_FLAME_NONE: none */
};

struct aw_flame {
	uint32_t nr_frames;		/* frames[0] is the root */
	unsigned int depth;		/* largest depth of a frame */
	uint64_t cut;			/* failures whose inner frames did not fit */
	struct aw_flame_frame frames[AW_FLAME_FRAMES];
};

/* An empty tree, to be freed with free().  NULL: no memory. */
struct aw_flame *aw_flame_new(void);

/* Adds `count` failures with this stack.  What `stack` points to must outlive the tree. */
void aw_flame_add(struct aw_flame *flame, const struct aw_stack *stack, uint64_t count);

/* Adds the stacks of the samples of all groups, largest groups first.  0 or -ENOMEM. */
int aw_flame_add_groups(struct aw_flame *flame, const struct aw_groups *groups);

#endif
