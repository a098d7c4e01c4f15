/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks for unit tests, in the kernel's notation.
 */
#ifndef AW_TESTS_STACKS_H
#define AW_TESTS_STACKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mm/function.h"
#include "mm/stack.h"

struct test_stack {
	struct aw_stack stack;
	char names[AW_MAX_STACK][128], modules[AW_MAX_STACK][64], suffixes[AW_MAX_STACK][64];
};

/* What the compiler put behind a name goes where frames have it. */
static inline void stack_split(struct test_stack *test, unsigned int i)
{
	struct aw_function_name parts = aw_function_name(test->names[i]);

	snprintf(test->suffixes[i], sizeof(test->suffixes[i]), "%s", parts.suffix);
	memmove(test->names[i], parts.name, parts.len);
	test->names[i][parts.len] = '\0';
	test->stack.frames[i].suffix = test->suffixes[i];
}

/*
 * Frames up to NULL, innermost first: "name", "name [module]", "0xADDR" for a
 * frame without a name, "" for one without anything.  "? name" is a stale one.
 */
static inline struct aw_stack *stack_make(struct test_stack *test, const char *const *frames)
{
	struct aw_stack *stack = &test->stack;

	memset(test, 0, sizeof(*test));
	stack->id = 0xcbf29ce484222325u;
	for (; frames[stack->count]; stack->count++) {
		const char *text = frames[stack->count];
		struct aw_frame *frame = &stack->frames[stack->count];
		char *name = test->names[stack->count], *module = test->modules[stack->count];

		if (!strncmp(text, "? ", 2)) {
			frame->flags |= AW_FRAME_STALE;
			text += 2;
		}
		if (!strncmp(text, "0x", 2))
			frame->addr = strtoull(text, NULL, 16);
		else
			sscanf(text, "%127[^ ] [%63[^]]", name, module);
		stack_split(test, stack->count);
		frame->name = name;
		frame->module = module;
		frame->offset = 0x10 + stack->count;
		for (; *text; text++)
			stack->id = (stack->id ^ (unsigned char)*text) * 0x100000001b3u;
		stack->id = (stack->id ^ 0xff) * 0x100000001b3u;
	}
	return stack;
}

#define STACK(test, ...) stack_make(test, (const char *const[]){ __VA_ARGS__, NULL })

#endif
