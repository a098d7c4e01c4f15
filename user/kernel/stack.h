/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel stack with names.
 */
#ifndef AW_KERNEL_STACK_H
#define AW_KERNEL_STACK_H

#include <stdint.h>

#define AW_MAX_STACK 64

/* One frame: addr 0 where the text had only a name; name "" where unresolved. */
struct aw_frame {
	uint64_t addr;
	uint64_t offset;	/* into the function */
	uint64_t size;		/* of the function; 0: not known */
	const char *name;	/* never NULL */
	const char *module;	/* "" for the kernel itself; never NULL */
};

struct aw_stack {
	uint64_t id;		/* hash of the frames: equal stacks have equal ids */
	unsigned int count;
	struct aw_frame frames[AW_MAX_STACK];	/* innermost first */
};

#endif
