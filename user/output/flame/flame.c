// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks merged into a tree of callers and callees, with the failures that passed through each.
 */
#include "output/flame/flame.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

struct aw_flame *aw_flame_new(void)
{
	struct aw_flame *flame = calloc(1, sizeof(*flame));

	if (!flame)
		return NULL;
	flame->nr_frames = 1;
	flame->frames[0] = (struct aw_flame_frame){ .type = AW_FLAME_ROOT, .name = "", .module = "",
						    .child = AW_FLAME_NONE, .next = AW_FLAME_NONE };
	return flame;
}

/* Siblings are sorted by name, so that the same stacks always give the same graph. */
static int compare(const struct aw_flame_frame *a, const struct aw_flame_frame *b)
{
	int result = strcmp(a->name, b->name);

	if (!result)
		result = strcmp(a->module, b->module);
	if (!result)
		result = a->addr < b->addr ? -1 : a->addr > b->addr;
	if (!result)
		result = (int)a->type - (int)b->type;
	return result;
}

/* Finds or adds the child of `parent` that equals `wanted`.  AW_FLAME_NONE: no room. */
static uint32_t find_child(struct aw_flame *flame, uint32_t parent, const struct aw_flame_frame *wanted)
{
	uint32_t *link = &flame->frames[parent].child;
	struct aw_flame_frame *frame;

	while (*link != AW_FLAME_NONE && compare(&flame->frames[*link], wanted) < 0)
		link = &flame->frames[*link].next;
	if (*link != AW_FLAME_NONE && !compare(&flame->frames[*link], wanted))
		return *link;
	if (flame->nr_frames == AW_FLAME_FRAMES)
		return AW_FLAME_NONE;
	frame = &flame->frames[flame->nr_frames];
	*frame = *wanted;
	frame->depth = flame->frames[parent].depth + 1;
	frame->child = AW_FLAME_NONE;
	frame->next = *link;
	*link = flame->nr_frames++;
	if (frame->depth > flame->depth)
		flame->depth = frame->depth;
	return *link;
}

static struct aw_flame_frame from_stack(const struct aw_frame *frame)
{
	return (struct aw_flame_frame){
		.type = frame->name[0] ? AW_FLAME_FRAME : AW_FLAME_UNRESOLVED,
		.name = frame->name, .module = frame->module,
		.addr = frame->name[0] ? 0 : frame->addr,
	};
}

void aw_flame_add(struct aw_flame *flame, const struct aw_stack *stack, uint64_t count)
{
	static const struct aw_flame_frame no_stack = { .type = AW_FLAME_NO_STACK, .name = "", .module = "" };
	uint32_t at = 0;

	flame->frames[0].count += count;
	for (unsigned int i = stack->count ? stack->count : 1; i--;) {
		struct aw_flame_frame wanted = stack->count ? from_stack(&stack->frames[i]) : no_stack;

		at = find_child(flame, at, &wanted);
		if (at == AW_FLAME_NONE) {
			flame->cut += count;
			return;
		}
		flame->frames[at].count += count;
	}
}

int aw_flame_add_groups(struct aw_flame *flame, const struct aw_groups *groups)
{
	unsigned int count = aw_groups_count(groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(groups, "count");

	if (count && !sorted)
		return -ENOMEM;
	for (unsigned int i = 0; i < count; i++) {
		struct aw_sample_room room;

		aw_flame_add(flame, aw_group_sample(sorted[i], &room)->stack, sorted[i]->count);
	}
	return 0;
}
