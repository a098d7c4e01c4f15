/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks merged into one tree: who called whom, and how many failures passed.
 */
#ifndef AW_OUTPUT_FLAME_H
#define AW_OUTPUT_FLAME_H

#include <stdint.h>

#include "kernel/stack.h"
#include "summary/group.h"

#define AW_FLAME_FRAMES 4096		/* with the root; a picture of more cannot be read */
#define AW_FLAME_NONE UINT32_MAX

enum aw_flame_kind {
	AW_FLAME_ROOT,		/* all failures */
	AW_FLAME_FRAME,		/* a function */
	AW_FLAME_UNRESOLVED,	/* addr only */
	AW_FLAME_NO_STACK
};

/* One box.  Texts belong to the stacks that were added. */
struct aw_flame_frame {
	enum aw_flame_kind kind;
	const char *name, *module;
	uint64_t addr;			/* of an unresolved one, else 0 */
	uint64_t count;			/* failures that passed through it */
	unsigned int depth;		/* root: 0 */
	uint32_t child, next;		/* indices; AW_FLAME_NONE: none */
};

struct aw_flame {
	uint32_t nr_frames;		/* frames[0] is the root */
	unsigned int depth;		/* largest depth of a frame */
	uint64_t cut;			/* failures whose inner frames did not fit any more */
	struct aw_flame_frame frames[AW_FLAME_FRAMES];
};

/* An empty tree: free() it. NULL: no memory. */
struct aw_flame *aw_flame_new(void);

/* `count` failures with this stack. What `stack` points to must outlive the tree. */
void aw_flame_add(struct aw_flame *flame, const struct aw_stack *stack, uint64_t count);

/* The samples' stacks of all groups, the largest groups first. 0 or -ENOMEM. */
int aw_flame_add_groups(struct aw_flame *flame, const struct aw_groups *groups);

#endif
