// SPDX-License-Identifier: GPL-2.0
/*
 * Effort: what a request tried in its slow path, from the tracepoints that
 * fire there.
 *
 * Only direct_reclaim_begin and try_to_compact_pages begin notes: kswapd,
 * kcompactd and /proc/sys/vm/compact_memory fire the other events as well.
 * Only scalar arguments are looked at.  A part whose tracepoints this tree
 * lacks, or declares in a way that is not known here, is not watched, and
 * the records say so.
 */
#include "kmod.h"

#include <linux/compaction.h>
#include <linux/kernel.h>
#include <linux/math64.h>

struct compact_control;
struct mem_cgroup;
struct zoneref;

/* Compaction has no event at its end: the next sign of the request is it. */
static void attempt_end(struct aw_request *request, u64 now)
{
	struct aw_wire_effort *effort = &request->effort;
	u32 index = effort->compact_calls - 1;
	u64 took;

	if (!request->attempt_ns)
		return;
	took = now - request->attempt_ns;
	effort->compact_ns += took;
	if (index < AW_WIRE_ATTEMPTS)
		effort->attempts[index].us = div_u64(took, 1000);
	request->attempt_ns = 0;
	request->compacting = 0;
}

/* The slow path is over: what is open is closed. */
void aw_effort_end(struct aw_request *request)
{
	u64 now = aw_now();

	attempt_end(request, now);
	if (request->reclaim_ns)
		request->effort.reclaim_ns += now - request->reclaim_ns;
	request->reclaim_ns = 0;
}

/* The notes of the request that runs here, begun if need be. */
static struct aw_request *slow_path(int order, u64 now)
{
	struct aw_request *request = aw_request_begin();

	if (!request)
		return NULL;
	/* Notes left by a request whose end was missed. */
	if (request->warn_ns || (request->order >= 0 && request->order != order)) {
		aw_count_lost(AW_LOST_EXPIRED);
		aw_request_reset(request);
	}
	if (!request->effort.begin_ns)
		request->effort.begin_ns = now;
	request->order = order;
	attempt_end(request, now);
	return request;
}

/* ---- direct reclaim ---- */

static void reclaim_began(int order)
{
	u64 now = aw_now();
	struct aw_request *request = slow_path(order, now);

	if (request)
		request->reclaim_ns = now;
}

/*
 * do_try_to_free_pages() returns 1 without having freed anything when
 * compaction_ready() says that costly orders had better be compacted: a
 * sentinel, not a page.
 */
static void reclaim_ended(unsigned long pages)
{
	struct aw_request *request = aw_request_find();

	if (!request || !request->reclaim_ns)
		return;
	request->effort.reclaim_calls++;
	request->effort.reclaim_ns += aw_now() - request->reclaim_ns;
	request->effort.reclaim_pages += pages;
	if (pages == 1 && request->order > 3)
		request->effort.reclaim_declined++;
	request->reclaim_ns = 0;
}

/*
 * 4.14 added the zone, 5.4 ("mm/vmscan: remove unused arguments") left order and
 * mask, 7.1 put the mask first and the cgroup last.
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
	reclaim_began(order);
}

static void reclaim_end(void *data, RECLAIM_END_ARGS)
{
	reclaim_ended(pages);
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
	u64 now = aw_now();
	struct aw_request *request = slow_path(order, now);
	u32 index;

	if (!request)
		return;
	request->attempt_ns = now;
	index = request->effort.compact_calls++;
	if (index < AW_WIRE_ATTEMPTS) {
		request->effort.attempts[index].prio = COMPACT_PRIO;
		request->effort.attempts[index].result = -1;
	}
}

/* The attempt that runs here now; NULL: none, or more than are kept one by one. */
static struct aw_wire_attempt *attempt_of(struct aw_request *request)
{
	u32 index;

	if (!request || !request->attempt_ns || request->reclaim_ns)
		return NULL;
	index = request->effort.compact_calls - 1;
	return index < AW_WIRE_ATTEMPTS ? &request->effort.attempts[index] : NULL;
}

/* try_to_compact_pages() returns the largest result of its zones. */
static void attempt_result(struct aw_wire_attempt *attempt, int result)
{
	if (result > attempt->result)
		attempt->result = result;
}

static void compact_suitable(void *data, struct zone *zone, int order, int result)
{
	struct aw_wire_attempt *attempt = attempt_of(aw_request_find());

	if (!attempt)
		return;
	attempt->flags |= AW_ATTEMPT_SUITABLE;
	if (result != COMPACT_CONTINUE)	/* "go on" is no result yet */
		attempt_result(attempt, result);
}

static void compact_deferred(void *data, struct zone *zone, int order)
{
	struct aw_wire_attempt *attempt = attempt_of(aw_request_find());

	if (!attempt)
		return;
	attempt->flags |= AW_ATTEMPT_DEFERRED;
	attempt_result(attempt, COMPACT_DEFERRED);
}

static void compact_begin(void *data, COMPACT_BEGIN_ARGS)
{
	struct aw_request *request = aw_request_find();

	if (request && request->attempt_ns)
		request->compacting = 1;
}

static void compact_end(void *data, COMPACT_END_ARGS)
{
	struct aw_request *request = aw_request_find();
	struct aw_wire_attempt *attempt = attempt_of(request);

	if (request)
		request->compacting = 0;
	if (!attempt)
		return;
	attempt->zones++;
	attempt_result(attempt, status);
}
#endif

/* ---- the kernel's own reasons, 4.11 on ---- */

#ifdef HAVE_RECLAIM_RETRY
static void reclaim_retry(void *data, struct zoneref *zoneref, int order, unsigned long reclaimable,
			  unsigned long available, unsigned long min_wmark, int no_progress, bool ok)
{
	struct aw_request *request = aw_request_find();

	if (!request)
		return;
	attempt_end(request, aw_now());
	request->effort.reclaim_retries++;
	request->effort.retry_reclaimable = reclaimable;
	request->effort.retry_available = available;
	request->effort.retry_min_wmark = min_wmark;
	request->effort.retry_no_progress = no_progress;
	request->effort.retry_wmark_ok = ok;
}
#endif

#ifdef HAVE_COMPACT_RETRY
static void compact_retry(void *data, int order, enum compact_priority prio, enum compact_result result,
			  int retries, int max_retries, bool again)
{
	struct aw_request *request = aw_request_find();

	if (!request)
		return;
	attempt_end(request, aw_now());
	request->effort.compact_retries++;
	request->effort.compact_retry_prio = prio;
	request->effort.compact_retry_result = result;
	request->effort.compact_retry_loops = retries;
	request->effort.compact_retry_max = max_retries;
	request->effort.compact_retry_ret = again;
}
#endif

/* A row without a name: this tree cannot have that part. */
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
	{ "mm_compaction_begin", compact_begin, AW_KMOD_COMPACTION },
	{ "mm_compaction_end", compact_end, AW_KMOD_COMPACTION },
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
