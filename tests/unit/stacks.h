/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stacks for unit tests, written as the kernel prints them.
 */
#ifndef AW_TESTS_STACKS_H
#define AW_TESTS_STACKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/stack.h"

struct test_stack {
	struct aw_stack stack;
	char names[AW_MAX_STACK][128], modules[AW_MAX_STACK][64];
};

/*
 * Frames up to NULL, innermost first: "name", "name [module]", "0xADDR" for a
 * frame without a name, "" for one without anything.
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

		if (!strncmp(text, "0x", 2))
			frame->addr = strtoull(text, NULL, 16);
		else
			sscanf(text, "%127[^ ] [%63[^]]", name, module);
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
