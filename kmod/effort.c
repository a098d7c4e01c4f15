// SPDX-License-Identifier: GPL-2.0
/*
 * The tracepoints of the slow path; they feed the state machine of bpf/effort.h.
 *
 * Only scalar arguments are used.  A part is not watched if this tree lacks its
 * tracepoints or declares them in an unknown way, and the records say so.
 */
#include "kmod.h"

#include <linux/compaction.h>
#include <linux/kernel.h>

struct compact_control;
struct mem_cgroup;
struct zoneref;

/* The state of the current request, a new one if there is none.  NULL: no room. */
static struct aw_request *slow_path(int order)
{
	struct aw_request *request = aw_request_begin(AW_REQUEST_HERE);

	if (!request)
		return NULL;
	if (request->warn_ns)
		aw_request_unpaired(request);
	if (aw_effort_forgets(&request->tried, order))
		aw_count_lost(AW_LOST_EXPIRED);
	return request;
}

/* ---- direct reclaim ---- */

/*
 * 4.14 added the zone; 5.4 ("mm/vmscan: remove unused arguments") left order and
 * mask; 7.1 put the mask first and the cgroup last.
 */
#if defined(HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE)
#define RECLAIM_BEGIN_ARGS int order, int may_writepage, gfp_t gfp
#elif defined(HAVE_RECLAIM_BEGIN_ORDER_WRITEPAGE_ZONE)
#define RECLAIM_BEGIN_ARGS int order, int may_writepage, gfp_t gfp, int zone
#elif defined(HAVE_RECLAIM_BEGIN_ORDER)
#define RECLAIM_BEGIN_ARGS int order, gfp_t gfp
#elif defined(HAVE_RECLAIM_BEGIN_GFP_MEMCG)
#define RECLAIM_BEGIN_ARGS gfp_t gfp, int order, struct mem_cgroup *memcg
#endif

#if defined(HAVE_RECLAIM_END)
#define RECLAIM_END_ARGS unsigned long pages
#elif defined(HAVE_RECLAIM_END_MEMCG)
#define RECLAIM_END_ARGS unsigned long pages, struct mem_cgroup *memcg
#endif

#if defined(RECLAIM_BEGIN_ARGS) && defined(RECLAIM_END_ARGS)
#define KNOWS_RECLAIM
static void reclaim_begin(void *data, RECLAIM_BEGIN_ARGS)
{
	struct aw_request *request = slow_path(order);

	if (!request)
		return;
	aw_effort_begin_reclaim(&request->tried, order, aw_now());
	aw_effort_note_mask(&request->tried, (__force u32)gfp);
}

static void reclaim_end(void *data, RECLAIM_END_ARGS)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_end_reclaim(&request->tried, pages, aw_now());
}
#endif

/* ---- compaction ---- */

/*
 * try_to_compact_pages has its event since 4.0 ("mm/compaction: add tracepoint
 * to observe behaviour of compaction defer" and its neighbours).  Up to 4.7 it
 * carries enum migrate_mode: async 0, light 1, full 2; then enum
 * compact_priority, which counts the other way.
 */
#if defined(HAVE_COMPACT_TRY)
#define COMPACT_TRY_ARGS int order, gfp_t gfp, int prio
#define COMPACT_PRIO prio
#elif defined(HAVE_COMPACT_TRY_MODE)
#define COMPACT_TRY_ARGS int order, gfp_t gfp, enum migrate_mode mode
#define COMPACT_PRIO (2 - (int)mode)
#endif

/*
 * The status is the last argument: of six up to 5.18, of five since 5.19
 * ("mm: compaction: use compact_control in trace events").
 */
#if defined(HAVE_COMPACT_BEGIN_PFNS_SYNC)
#define COMPACT_BEGIN_ARGS unsigned long start, unsigned long migrate, unsigned long free, \
	unsigned long end, bool sync
#elif defined(HAVE_COMPACT_BEGIN_CONTROL)
#define COMPACT_BEGIN_ARGS struct compact_control *control, unsigned long start, \
	unsigned long end, bool sync
#endif
#if defined(HAVE_COMPACT_END_PFNS_SYNC)
#define COMPACT_END_ARGS unsigned long start, unsigned long migrate, unsigned long free, \
	unsigned long end, bool sync, int status
#elif defined(HAVE_COMPACT_END_CONTROL)
#define COMPACT_END_ARGS struct compact_control *control, unsigned long start, \
	unsigned long end, bool sync, int status
#endif

#if defined(COMPACT_TRY_ARGS) && defined(COMPACT_BEGIN_ARGS) && defined(COMPACT_END_ARGS) && \
	defined(HAVE_COMPACT_SUITABLE) && defined(HAVE_COMPACT_DEFERRED)
#define KNOWS_COMPACTION

static void compact_try(void *data, COMPACT_TRY_ARGS)
{
	struct aw_request *request = slow_path(order);

	if (!request)
		return;
	aw_effort_begin_attempt(&request->tried, order, COMPACT_PRIO, aw_now());
	aw_effort_note_mask(&request->tried, (__force u32)gfp);
}

static void compact_suitable(void *data, struct zone *zone, int order, int result)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_suitable(&request->tried, result, COMPACT_CONTINUE);
}

static void compact_deferred(void *data, struct zone *zone, int order)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_deferred(&request->tried, COMPACT_DEFERRED);
}

static void compact_begin(void *data, COMPACT_BEGIN_ARGS)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_begin_zone(&request->tried);
}

static void compact_end(void *data, COMPACT_END_ARGS)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_end_zone(&request->tried, status);
}
#endif

/* ---- the retry rules, 4.11 on ---- */

#ifdef HAVE_RECLAIM_RETRY
static void reclaim_retry(void *data, struct zoneref *zoneref, int order, unsigned long reclaimable,
			  unsigned long available, unsigned long min_wmark, int no_progress, bool ok)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_reclaim_retry(&request->tried, reclaimable, available, min_wmark, no_progress, ok,
					aw_now());
}
#endif

#ifdef HAVE_COMPACT_RETRY
static void compact_retry(void *data, int order, enum compact_priority prio, enum compact_result result,
			  int retries, int max_retries, bool again)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (request)
		aw_effort_compact_retry(&request->tried, result, retries, max_retries, again, aw_now());
}
#endif

/* A row without a name: this tree does not have the part.  What ends something stands before what begins it. */
struct aw_hook aw_effort_hooks[] = {
#ifdef KNOWS_RECLAIM
	{ "mm_vmscan_direct_reclaim_end", reclaim_end, AW_KMOD_RECLAIM },
	{ "mm_vmscan_direct_reclaim_begin", reclaim_begin, AW_KMOD_RECLAIM },
#else
	{ NULL, NULL, AW_KMOD_RECLAIM },
#endif
#ifdef KNOWS_COMPACTION
	{ "mm_compaction_suitable", compact_suitable, AW_KMOD_COMPACTION },
	{ "mm_compaction_deferred", compact_deferred, AW_KMOD_COMPACTION },
	{ "mm_compaction_end", compact_end, AW_KMOD_COMPACTION },
	{ "mm_compaction_begin", compact_begin, AW_KMOD_COMPACTION },
	{ "mm_compaction_try_to_compact_pages", compact_try, AW_KMOD_COMPACTION },
#else
	{ NULL, NULL, AW_KMOD_COMPACTION },
#endif
#ifdef HAVE_RECLAIM_RETRY
	{ "reclaim_retry_zone", reclaim_retry, AW_KMOD_RETRY },
#else
	{ NULL, NULL, AW_KMOD_RETRY },
#endif
#ifdef HAVE_COMPACT_RETRY
	{ "compact_retry", compact_retry, AW_KMOD_RETRY },
#else
	{ NULL, NULL, AW_KMOD_RETRY },
#endif
};
const unsigned int aw_effort_hooks_count = ARRAY_SIZE(aw_effort_hooks);
