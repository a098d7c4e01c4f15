/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The arguments of the tracepoints: a probe compiles if its prototype is the one
 * that the tree declares.  If none does, the event is not hooked.
 *
 * 3.10-5.3 and 5.4: "mm: vmscan: remove unused reclaim arguments"; 7.1 moved
 * gfp first and added the cgroup.  Compaction events: 4.0, 5.19.
 *
 * PROBE HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE (3.10 to 4.13)
 * PROBE HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE_ZONE (4.14 to 5.3)
 * PROBE HAVE_RECLAIM_BEGIN_ORDER (5.4 to 7.0)
 * PROBE HAVE_RECLAIM_BEGIN_GFP_MEMCG (7.1 on)
 * PROBE HAVE_RECLAIM_END
 * PROBE HAVE_RECLAIM_END_MEMCG (7.1 on)
 * PROBE HAVE_COMPACT_TRY (4.0 on)
 * PROBE HAVE_COMPACT_TRY_MODE (4.0 to 4.7)
 * PROBE HAVE_COMPACT_SUITABLE (4.0 on)
 * PROBE HAVE_COMPACT_DEFERRED (4.0 on)
 * PROBE HAVE_COMPACT_BEGIN_PFNS_SYNC (4.0 to 5.18)
 * PROBE HAVE_COMPACT_BEGIN_CONTROL (5.19 on)
 * PROBE HAVE_COMPACT_END_PFNS_SYNC (4.0 to 5.18)
 * PROBE HAVE_COMPACT_END_CONTROL (5.19 on)
 * PROBE HAVE_RECLAIM_RETRY (4.11 on)
 * PROBE HAVE_COMPACT_RETRY (4.11 on)
 * PROBE HAVE_EXTFRAG (3.12 on, and vendors' backports)
 * PROBE HAVE_EXTFRAG_OWNERSHIP (3.10, 3.11)
 * PROBE HAVE_PAGE_ALLOC
 */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/tracepoint.h>

struct compact_control;
struct mem_cgroup;
struct zoneref;

#include <trace/events/kmem.h>
#include <trace/events/vmscan.h>
#include <trace/events/compaction.h>
#if defined(HAVE_RECLAIM_RETRY) || defined(HAVE_COMPACT_RETRY)
#include <trace/events/oom.h>
#endif

/* check_trace_callback_type_*() takes a callback of the tracepoint's own type. */
#define EVENT(event, ...)				\
	void probed(void *data, __VA_ARGS__);		\
	void probe(void);				\
	void probe(void)				\
	{						\
		check_trace_callback_type_##event(probed); \
	}

#define UL unsigned long

#if defined(HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE)
EVENT(mm_vmscan_direct_reclaim_begin, int, int, gfp_t)
#elif defined(HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE_ZONE)
EVENT(mm_vmscan_direct_reclaim_begin, int, int, gfp_t, int)
#elif defined(HAVE_RECLAIM_BEGIN_ORDER)
EVENT(mm_vmscan_direct_reclaim_begin, int, gfp_t)
#elif defined(HAVE_RECLAIM_BEGIN_GFP_MEMCG)
EVENT(mm_vmscan_direct_reclaim_begin, gfp_t, int, struct mem_cgroup *)
#elif defined(HAVE_RECLAIM_END)
EVENT(mm_vmscan_direct_reclaim_end, UL)
#elif defined(HAVE_RECLAIM_END_MEMCG)
EVENT(mm_vmscan_direct_reclaim_end, UL, struct mem_cgroup *)
#elif defined(HAVE_COMPACT_TRY)
EVENT(mm_compaction_try_to_compact_pages, int, gfp_t, int)
#elif defined(HAVE_COMPACT_TRY_MODE)
EVENT(mm_compaction_try_to_compact_pages, int, gfp_t, enum migrate_mode)
#elif defined(HAVE_COMPACT_SUITABLE)
EVENT(mm_compaction_suitable, struct zone *, int, int)
#elif defined(HAVE_COMPACT_DEFERRED)
EVENT(mm_compaction_deferred, struct zone *, int)
#elif defined(HAVE_COMPACT_BEGIN_PFNS_SYNC)
EVENT(mm_compaction_begin, UL, UL, UL, UL, bool)
#elif defined(HAVE_COMPACT_BEGIN_CONTROL)
EVENT(mm_compaction_begin, struct compact_control *, UL, UL, bool)
#elif defined(HAVE_COMPACT_END_PFNS_SYNC)
EVENT(mm_compaction_end, UL, UL, UL, UL, bool, int)
#elif defined(HAVE_COMPACT_END_CONTROL)
EVENT(mm_compaction_end, struct compact_control *, UL, UL, bool, int)
#elif defined(HAVE_RECLAIM_RETRY)
EVENT(reclaim_retry_zone, struct zoneref *, int, UL, UL, UL, int, bool)
#elif defined(HAVE_COMPACT_RETRY)
EVENT(compact_retry, int, enum compact_priority, enum compact_result, int, int, bool)
#elif defined(HAVE_EXTFRAG)
EVENT(mm_page_alloc_extfrag, struct page *, int, int, int, int)
#elif defined(HAVE_EXTFRAG_OWNERSHIP)
EVENT(mm_page_alloc_extfrag, struct page *, int, int, int, int, int)
#elif defined(HAVE_PAGE_ALLOC)
EVENT(mm_page_alloc, struct page *, unsigned int, gfp_t, int)
#endif
