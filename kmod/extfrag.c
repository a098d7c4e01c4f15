// SPDX-License-Identifier: GPL-2.0
/*
 * Steals (mm_page_alloc_extfrag): a request took a block from the free list of
 * another migratetype.  Fires under the zone lock with interrupts off.
 */
#include "kmod.h"

static void send_steal(struct page *page, int alloc_order, int fallback_order,
		       int alloc_migratetype, int fallback_migratetype, int change_ownership)
{
	struct aw_wire_extfrag *record;
	unsigned long flags;

	if (!aw_wanted(alloc_order))
		return;
	record = aw_record_begin(AW_WIRE_EXTFRAG, sizeof(*record), aw_now(), &flags);
	if (!record)
		return;
	aw_wire_size_extfrag(record);
	aw_fill_task(&record->task);
	record->steal.pfn = page_to_pfn(page);
	record->steal.alloc_order = alloc_order;
	record->steal.fallback_order = fallback_order;
	record->steal.alloc_migratetype = alloc_migratetype;
	record->steal.fallback_migratetype = fallback_migratetype;
	record->steal.change_ownership = change_ownership;
	aw_stack_here(&record->stack);
	aw_record_commit(flags);
}

/*
 * Whether the pageblock changes hands was an argument up to 3.11; since 3.12
 * ("mm: add mm_page_alloc_extfrag trace arguments") the trace record computes it
 * with functions that modules cannot call.
 */
#if defined(HAVE_EXTFRAG)
static void extfrag(void *data, struct page *page, int alloc_order, int fallback_order,
		    int alloc_migratetype, int fallback_migratetype)
{
	send_steal(page, alloc_order, fallback_order, alloc_migratetype, fallback_migratetype, -1);
}
#elif defined(HAVE_EXTFRAG_OWNERSHIP)
static void extfrag(void *data, struct page *page, int alloc_order, int fallback_order,
		    int alloc_migratetype, int fallback_migratetype, int change_ownership)
{
	send_steal(page, alloc_order, fallback_order, alloc_migratetype, fallback_migratetype,
		   change_ownership);
}
#endif

struct aw_hook aw_extfrag_hooks[] = {
#if defined(HAVE_EXTFRAG) || defined(HAVE_EXTFRAG_OWNERSHIP)
	{ "mm_page_alloc_extfrag", extfrag, AW_KMOD_EXTFRAG },
#else
	{ NULL, NULL, AW_KMOD_EXTFRAG },
#endif
};
const unsigned int aw_extfrag_hooks_count = ARRAY_SIZE(aw_extfrag_hooks);
