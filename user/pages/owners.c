// SPDX-License-Identifier: GPL-2.0
/*
 * Whose anonymous memory is pinned, by the structures of the kernel.
 *
 * They change while they are read: what is found counts only if it leads back to
 * where the way began, and a way has an end.
 */
#include "pages/owners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define MOST_NODES 64	/* of the tree of an anon_vma: one for each process that shares it */

struct walk {
	const struct aw_owner_layout *layout;
	const struct aw_kernel_memory *memory;
};

/* 0: it cannot be read. */
static uint64_t pointer_at(const struct walk *walk, uint64_t address)
{
	uint64_t pointer;

	return address && !walk->memory->read(walk->memory->context, address, &pointer, sizeof(pointer)) ? pointer : 0;
}

/* The mapping of `anon_vma` that made it: those of children that were forked later have one of their own. */
static uint64_t mapping_of(const struct walk *walk, uint64_t anon_vma)
{
	const struct aw_owner_layout *layout = walk->layout;
	uint64_t nodes[MOST_NODES] = { pointer_at(walk, anon_vma + layout->root) };
	unsigned int count = nodes[0] != 0;

	for (unsigned int i = 0; i < count; i++) {
		uint64_t vma = pointer_at(walk, nodes[i] - layout->node + layout->vma);
		const uint64_t children[] = { pointer_at(walk, nodes[i] + layout->left),
					      pointer_at(walk, nodes[i] + layout->right) };

		if (vma && pointer_at(walk, vma + layout->anon_vma) == anon_vma)
			return vma;
		for (unsigned int k = 0; k < 2; k++)
			if (children[k] && count < MOST_NODES)
				nodes[count++] = children[k];
	}
	return 0;
}

/* Its number in holders->list plus 1; 0: not known. */
static uint16_t process_of(const struct walk *walk, struct aw_holders *holders, uint64_t anon_vma, enum aw_page_class class)
{
	const struct aw_owner_layout *layout = walk->layout;
	uint64_t vma = mapping_of(walk, anon_vma);
	uint64_t mm = vma ? pointer_at(walk, vma + layout->mm) : 0;
	uint64_t task = mm ? pointer_at(walk, mm + layout->owner) : 0;
	char comm[AW_COMM_LEN + 1] = "";
	int32_t pid;
	uint16_t number;

	if (!task || walk->memory->read(walk->memory->context, task + layout->pid, &pid, sizeof(pid)) || pid <= 0 ||
	    walk->memory->read(walk->memory->context, task + layout->comm, comm, AW_COMM_LEN))
		return 0;
	number = aw_holder_of(holders, AW_HOLDER_PROCESS, class, (uint64_t)pid);
	if (number && !holders->list[number - 1].name[0])
		snprintf(holders->list[number - 1].name, AW_HOLDER_NAME, "%s", comm);
	return number;
}

void aw_owners_find(const struct aw_owner_layout *layout, const struct aw_kernel_memory *memory,
		    struct aw_zone_pages *zone, struct aw_holders *holders)
{
	const struct walk walk = { layout, memory };
	unsigned int count = holders->count;
	AW_FREE uint16_t *is_now = calloc(count + 1, sizeof(*is_now));

	for (unsigned int i = 0; i < count && is_now; i++)
		if (holders->list[i].type == AW_HOLDER_ANON)
			is_now[i] = process_of(&walk, holders, holders->list[i].key, holders->list[i].class);
	for (uint64_t i = 0; i < zone->count; i++) {
		uint16_t holder = zone->holder[i];

		if (holder && holder <= count && holders->list[holder - 1].type == AW_HOLDER_ANON)
			zone->holder[i] = is_now ? is_now[holder - 1] : 0;
	}
}
