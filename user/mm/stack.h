/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel stack with names.
 */
#ifndef AW_MM_STACK_H
#define AW_MM_STACK_H

#include <stdint.h>

#define AW_MAX_STACK 64

/* One frame: addr 0 where the text had only a name; name "" where unresolved. */
struct aw_frame {
	uint64_t addr;
	uint64_t offset;	/* into the symbol, that is name and suffix */
	uint64_t size;		/* of the symbol; 0: not known */
	const char *name;	/* of the function, as its source has it; never NULL */
	const char *module;	/* "" for the kernel itself; never NULL */
	const char *suffix;	/* what the compiler put behind the name: ".isra.0"; NULL or "": nothing */
	uint64_t flags;		/* AW_FRAME_* */
};
#define AW_FRAME_STALE	0x1u	/* found on the stack without an unwinder: perhaps of an earlier call */
#define AW_FRAME_IRQ	0x2u	/* of an interrupt, where the text says so */

/* For what shows the symbol itself. */
static inline const char *aw_frame_suffix(const struct aw_frame *frame)
{
	return frame->suffix ? frame->suffix : "";
}

struct aw_stack {
	uint64_t id;		/* hash of the frames: equal stacks have equal ids */
	uint64_t groups;	/* aw_site_groups(), for stacks that are seen again; 0: to be found out */
	unsigned int count;
	struct aw_frame frames[AW_MAX_STACK];	/* innermost first */
};

#endif
