/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dirty pages of files that compaction cannot move, because their file system
 * neither moves nor writes them: ramfs, which the files of an initramfs are in.
 */
#ifndef AW_PAGES_DIRTY_H
#define AW_PAGES_DIRTY_H

#include <stdbool.h>
#include <stdint.h>

#include "pages/layout.h"
#include "pages/memory.h"

#define AW_DIRTY_KNOWN 256	/* a power of two */

/* Mappings (struct address_space) that were asked for.  All zero: none. */
struct aw_dirty {
	struct {
		uint64_t mapping;
		bool moves;
	} known[AW_DIRTY_KNOWN];
};

/* Can compaction move dirty pages of this mapping?  Yes, if that cannot be told. */
bool aw_dirty_moves(struct aw_dirty *dirty, const struct aw_dirty_layout *layout, const struct aw_kernel_memory *memory,
		    uint64_t mapping);

#endif
