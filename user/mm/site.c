// SPDX-License-Identifier: GPL-2.0
/*
 * The first frame outside the allocator and its wrappers.
 */
#include "mm/site.h"

#include <stddef.h>
#include <string.h>

#include "mm/function.h"

/*
 * Between two frames of the allocator, stale ones are few: those of the calls
 * that it made before.  Farther out, an allocator's frame is stale itself.
 */
#define STALE_BETWEEN 5

bool aw_site_is_tracing(const char *function, const char *module)
{
	return aw_function_group(function, module) == AW_FN_TRACING;
}

bool aw_site_is_wrapper(const char *function, const char *module)
{
	return aw_function_is_wrapper(aw_function_group(function, module));
}

static enum aw_function_group group_of(const struct aw_frame *frame)
{
	return frame->name[0] ? aw_function_group(frame->name, frame->module) : AW_FN_OTHER;
}

static bool is_wrapper(const struct aw_frame *frame)
{
	return aw_function_is_wrapper(group_of(frame));
}

/*
 * The first frame from `from` on that is no wrapper; stack->count: none.  Adds
 * the groups of the wrappers before it to `groups`.
 */
static unsigned int outside(const struct aw_stack *stack, unsigned int from, uint64_t *groups)
{
	for (; from < stack->count; from++) {
		enum aw_function_group group = group_of(&stack->frames[from]);

		if (!aw_function_is_wrapper(group))
			break;
		*groups |= UINT64_C(1) << group;
	}
	return from;
}

static bool is_stale(const struct aw_stack *stack)
{
	for (unsigned int i = 0; i < stack->count; i++)
		if (stack->frames[i].flags & AW_FRAME_STALE)
			return true;
	return false;
}

/* A frame of the allocator close behind `at`; `at` itself: there is none. */
static unsigned int next_wrapper(const struct aw_stack *stack, unsigned int at)
{
	uint64_t irq = stack->frames[at].flags & AW_FRAME_IRQ;

	for (unsigned int i = at; i < stack->count && i <= at + STALE_BETWEEN; i++) {
		const struct aw_frame *frame = &stack->frames[i];

		if (group_of(frame) == AW_FN_END || (frame->flags & AW_FRAME_IRQ) != irq)
			break;
		/* page tables are what most faults allocated before */
		if (is_wrapper(frame) && group_of(frame) != AW_FN_PAGETABLE)
			return i;
	}
	return at;
}

static unsigned int behind_last(const struct aw_stack *stack, unsigned int at, uint64_t *groups)
{
	while (at < stack->count) {
		unsigned int next = next_wrapper(stack, at);

		if (next == at)
			break;
		at = outside(stack, next, groups);
	}
	return at;
}

/* Whatever helps the OOM killer to choose, a program of BPF or a module, stands between its functions. */
static unsigned int behind_killer(const struct aw_stack *stack, unsigned int at, uint64_t *groups)
{
	unsigned int last = at;

	for (unsigned int i = at; i < stack->count && i < last + STALE_BETWEEN; i++)
		if (group_of(&stack->frames[i]) == AW_FN_KILLING)
			last = i;
	return last == at ? at : outside(stack, last, groups);
}

/* The panic of the OOM killer, which found no task that it may kill, stands in front of it. */
static bool is_panic_of_killer(const struct aw_stack *stack, unsigned int at)
{
	return at + 1 < stack->count && !strcmp(stack->frames[at].name, "panic") && group_of(&stack->frames[at + 1]) == AW_FN_KILLING;
}

/*
 * "? snd_dma_vmalloc_free+0x40/0x40": the end of one function is the start of the next, so this is the address of a
 * function that lay on the stack, as in a table of callbacks, and nobody returns there.
 */
static bool is_callback(const struct aw_frame *frame)
{
	return frame->flags & AW_FRAME_STALE && frame->size && frame->offset >= frame->size;
}

/* Into the stack; stack->count: no frame is left. */
static unsigned int find(const struct aw_stack *stack, bool stale, uint64_t *groups)
{
	unsigned int at = outside(stack, 0, groups);

	if (is_panic_of_killer(stack, at))
		at = outside(stack, at + 1, groups);
	if (*groups & AW_FN(KILLING))
		at = behind_killer(stack, at, groups);

	if (!stale)
		return at;
	at = behind_last(stack, at, groups);
	while (at < stack->count && (group_of(&stack->frames[at]) == AW_FN_NEVER || is_callback(&stack->frames[at])))
		at++;
	return at;
}

const struct aw_frame *aw_site_find(const struct aw_stack *stack, bool *likely)
{
	bool stale = is_stale(stack);
	uint64_t groups = 0;
	unsigned int at = find(stack, stale, &groups);

	if (likely)
		*likely = stale;
	if (at == stack->count || group_of(&stack->frames[at]) == AW_FN_END || group_of(&stack->frames[at]) == AW_FN_NEVER)
		return NULL;
	/* A frame without a name cannot be told from a wrapper, except by its address. */
	if (!stack->frames[at].name[0] && !stack->frames[at].addr)
		return NULL;
	return &stack->frames[at];
}

const struct aw_frame *aw_site_of(const struct aw_stack *stack)
{
	return aw_site_find(stack, NULL);
}

uint64_t aw_site_groups(const struct aw_stack *stack)
{
	uint64_t groups = 0;
	unsigned int site;

	if (stack->groups)
		return stack->groups;
	site = find(stack, is_stale(stack), &groups);
	return site < stack->count ? groups | UINT64_C(1) << group_of(&stack->frames[site]) : groups;
}
