// SPDX-License-Identifier: GPL-2.0
/*
 * Steals: mm_page_alloc_extfrag, a request took a block from the free list of
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
	aw_fill_task(&record->task);
	record->pfn = page_to_pfn(page);
	record->alloc_order = alloc_order;
	record->fallback_order = fallback_order;
	record->alloc_migratetype = alloc_migratetype;
	record->fallback_migratetype = fallback_migratetype;
	record->change_ownership = change_ownership;
	record->nr_frames = aw_stack_here(record->stack, AW_WIRE_STACK);
	aw_record_commit(flags);
}

/*
 * 3.12 ("mm: add mm_page_alloc_extfrag trace arguments"): whether the pageblock
 * changes hands is worked out when the trace record is made, from what modules
 * cannot call; an argument before.
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
