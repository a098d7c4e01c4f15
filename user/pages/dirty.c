// SPDX-License-Identifier: GPL-2.0
/*
 * Dirty pages of files that compaction cannot move.
 *
 * fallback_migrate_folio() of mm/migrate.c: without an operation that moves it, a dirty
 * page is written first; without one that writes it, it stays.
 */
#include "pages/dirty.h"

static uint64_t pointer_at(const struct aw_kernel_memory *memory, uint64_t address, bool *failed)
{
	uint64_t pointer = 0;

	*failed |= memory->read(memory->context, address, &pointer, sizeof(pointer)) != 0;
	return pointer;
}

static bool look(const struct aw_dirty_layout *layout, const struct aw_kernel_memory *memory, uint64_t mapping)
{
	bool failed = false;
	uint64_t operations = pointer_at(memory, mapping + layout->operations, &failed);
	uint64_t move = pointer_at(memory, operations + layout->move, &failed);
	uint64_t write = layout->writes ? pointer_at(memory, operations + layout->write, &failed) : 0;

	return failed || move || write;
}

bool aw_dirty_moves(struct aw_dirty *dirty, const struct aw_dirty_layout *layout, const struct aw_kernel_memory *memory,
		    uint64_t mapping)
{
	unsigned int at = (unsigned int)(mapping >> 6 ^ mapping >> 14) & (AW_DIRTY_KNOWN - 1);

	if (!layout->known || !mapping)
		return true;
	if (dirty->known[at].mapping != mapping) {
		dirty->known[at].moves = look(layout, memory, mapping);
		dirty->known[at].mapping = mapping;
	}
	return dirty->known[at].moves;
}
