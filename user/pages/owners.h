/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whose anonymous memory is pinned, by the structures of the kernel: from the
 * page to its struct anon_vma, the mapping that made it, and the process of that.
 * /proc/PID/pagemap says more (see processes.h), but needs privileges.
 */
#ifndef AW_PAGES_OWNERS_H
#define AW_PAGES_OWNERS_H

#include "pages/holders.h"
#include "pages/layout.h"
#include "pages/memory.h"
#include "pages/zone.h"

/*
 * Gives the pages whose holder is an anon_vma (AW_HOLDER_ANON) the process that it
 * belongs to, or no holder where that cannot be told.
 */
void aw_owners_find(const struct aw_owner_layout *layout, const struct aw_kernel_memory *memory,
		    struct aw_zone_pages *zone, struct aw_holders *holders);

#endif
