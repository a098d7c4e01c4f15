// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks that outlive their events.
 */
#include "summary/kept_stacks.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/pack.h"
#include "base/table.h"

struct aw_kept_stack {
	UT_hash_handle hh;
	uint64_t id;		/* the key */
	uint32_t holders;
	uint32_t count;
	uint8_t frames[];	/* packed */
};
_Static_assert(sizeof(struct aw_frame) % 8 == 0, "frames are packed");

struct aw_kept_stacks {
	struct aw_kept_stack *all;
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
	struct aw_kept_stack *kept, *next;

	if (!stacks)
		return;
	HASH_ITER(hh, stacks->all, kept, next) {
		HASH_DEL(stacks->all, kept);
		free(kept);
	}
	free(stacks);
}

static struct aw_kept_stack *keep(struct aw_kept_stacks *stacks, const struct aw_stack *stack)
{
	uint8_t packed[AW_PACKED_MAX(sizeof(stack->frames))];
	size_t size = 0;
	struct aw_kept_stack *kept;

	for (unsigned int i = 0; i < stack->count; i++) {
		struct aw_frame frame = stack->frames[i];

		frame.name = aw_intern(stacks->texts, frame.name);
		frame.suffix = *aw_frame_suffix(&frame) ? aw_intern(stacks->texts, frame.suffix) : NULL;
		frame.module = aw_intern(stacks->texts, frame.module);
		size += aw_pack(&frame, sizeof(frame), packed + size);
	}
	kept = malloc(sizeof(*kept) + size);
	if (!kept) {
		aw_intern_note_failure(stacks->texts);
		return NULL;
	}
	kept->id = stack->id;
	kept->holders = 0;
	kept->count = stack->count;
	memcpy(kept->frames, packed, size);
	HASH_ADD(hh, stacks->all, id, sizeof(kept->id), kept);
	if (aw_table_took(kept))
		return kept;
	aw_intern_note_failure(stacks->texts);
	free(kept);
	return NULL;
}

static struct aw_kept_stack *find(const struct aw_kept_stacks *stacks, uint64_t id)
{
	struct aw_kept_stack *kept;

	HASH_FIND(hh, stacks->all, &id, sizeof(id), kept);
	return kept;
}

const struct aw_kept_stack *aw_kept_stacks_hold(struct aw_kept_stacks *stacks, const struct aw_stack *stack)
{
	struct aw_kept_stack *kept = find(stacks, stack->id);

	if (!kept)
		kept = keep(stacks, stack);
	if (kept)
		kept->holders++;
	return kept;
}

void aw_kept_stacks_drop(struct aw_kept_stacks *stacks, const struct aw_kept_stack *held)
{
	struct aw_kept_stack *kept = held ? find(stacks, held->id) : NULL;

	if (!kept || --kept->holders)
		return;
	HASH_DEL(stacks->all, kept);
	free(kept);
}

uint64_t aw_kept_stack_id(const struct aw_kept_stack *kept)
{
	return kept->id;
}

void aw_kept_stack_get(const struct aw_kept_stack *kept, struct aw_stack *out)
{
	const uint8_t *packed = kept ? kept->frames : NULL;

	out->id = kept ? kept->id : 0;
	out->count = kept ? kept->count : 0;
	out->groups = 0;
	for (unsigned int i = 0; i < out->count; i++)
		packed = aw_unpack(packed, &out->frames[i], sizeof(out->frames[i]));
}
