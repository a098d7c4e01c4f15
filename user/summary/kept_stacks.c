// SPDX-License-Identifier: GPL-2.0
/*
 * Copies of stacks that outlive their events.
 */
#include "summary/kept_stacks.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/hash.h"
#include <uthash.h>

struct entry {
	UT_hash_handle hh;
	uint64_t holders;
	struct aw_stack stack;	/* its id is the key; only frames[count] of it are there */
};

/* What there is without memory: nobody counts who holds it. */
static const struct aw_stack none;

struct aw_kept_stacks {
	struct entry *entries;
	struct aw_intern *texts;
};

struct aw_kept_stacks *aw_kept_stacks_new(struct aw_intern *texts)
{
	struct aw_kept_stacks *stacks = calloc(1, sizeof(*stacks));

	if (stacks)
		stacks->texts = texts;
	return stacks;
}

void aw_kept_stacks_free(struct aw_kept_stacks *stacks)
{
	struct entry *entry, *next;

	if (!stacks)
		return;
	HASH_ITER(hh, stacks->entries, entry, next) {
		HASH_DEL(stacks->entries, entry);
		free(entry);
	}
	free(stacks);
}

static struct entry *copy(struct aw_kept_stacks *stacks, const struct aw_stack *stack)
{
	struct entry *entry = malloc(offsetof(struct entry, stack.frames) + stack->count * sizeof(stack->frames[0]));

	if (!entry)
		return NULL;
	entry->holders = 0;
	entry->stack.id = stack->id;
	entry->stack.count = stack->count;
	for (unsigned int i = 0; i < stack->count; i++) {
		struct aw_frame *frame = &entry->stack.frames[i];

		*frame = stack->frames[i];
		frame->name = aw_intern(stacks->texts, frame->name);
		frame->module = aw_intern(stacks->texts, frame->module);
	}
	HASH_ADD(hh, stacks->entries, stack.id, sizeof(entry->stack.id), entry);
	return entry;
}

const struct aw_stack *aw_kept_stacks_hold(struct aw_kept_stacks *stacks, const struct aw_stack *stack)
{
	struct entry *entry;

	HASH_FIND(hh, stacks->entries, &stack->id, sizeof(stack->id), entry);
	if (!entry)
		entry = copy(stacks, stack);
	if (!entry)
		return &none;
	entry->holders++;
	return &entry->stack;
}

void aw_kept_stacks_drop(struct aw_kept_stacks *stacks, const struct aw_stack *kept)
{
	struct entry *entry;

	if (!kept || kept == &none)
		return;
	HASH_FIND(hh, stacks->entries, &kept->id, sizeof(kept->id), entry);
	if (--entry->holders)
		return;
	HASH_DEL(stacks->entries, entry);
	free(entry);
}
