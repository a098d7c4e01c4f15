// SPDX-License-Identifier: GPL-2.0
/*
 * The end of a request: mm_page_alloc with no page, with a page after a slow
 * path, or with a page at once, which must cost nothing.
 */
#include "kmod.h"

#include <linux/bug.h>
#include <linux/string.h>

u64 aw_stall_ns = ~0ull;

static u32 known_effort(void)
{
	return (aw_hooks & AW_KMOD_RECLAIM ? AW_EFFORT_RECLAIM : 0) |
	       (aw_hooks & AW_KMOD_COMPACTION ? AW_EFFORT_COMPACTION : 0) |
	       (aw_hooks & AW_KMOD_RETRY ? AW_EFFORT_RETRY : 0);
}

static u32 watched(void)
{
	return (aw_hooks & AW_KMOD_WARN ? AW_SEEN_WARN_WATCHED : 0) |
	       (aw_hooks & AW_KMOD_PRINTED ? AW_SEEN_PRINT_WATCHED : 0);
}

/* What the state of a request adds to its record. */
static void add_request(struct aw_wire_failure *record, const struct aw_request *request)
{
	record->effort = request->tried.now.effort;
	record->attempts = request->tried.now.attempts;
	record->head.id = request->zones_id;
	record->request.nr_zones = request->nr_zones;
	record->request.seen |= request->zones_flags;
	if (!request->warn_ns)
		return;
	record->head.time_ns = request->warn_ns;
	record->request.caller = request->warn_caller;
	record->request.seen |= AW_SEEN_WARN | (request->printed ? AW_SEEN_PRINTED : 0);
}

void aw_send_failure(enum aw_wire_type type, const struct aw_failed *failed,
		     const struct aw_request *request)
{
	struct aw_wire_failure *record;
	unsigned long flags;

	BUILD_BUG_ON(sizeof(*record) > AW_KMOD_RECORD_MAX);
	BUILD_BUG_ON(AW_WIRE_ZONE_SIZE > AW_KMOD_RECORD_MAX);
	if (!aw_wanted(failed->order))
		return;
	record = aw_record_begin(type, sizeof(*record), aw_now(), &flags);
	if (!record)
		return;
	aw_fill_task(&record->task);
	record->request.gfp = failed->gfp;
	record->request.order = failed->order;
	record->request.migratetype = failed->migratetype;
	record->request.seen = failed->seen | watched();
	if (request)
		add_request(record, request);
	record->effort.known |= known_effort();
	aw_wire_size_failure(record);
	aw_stack_here(&record->stack);
	aw_record_commit(flags);
}

/* A mask that allows direct reclaim allows direct compaction, too; 4.4 split __GFP_WAIT. */
static int may_reclaim(u64 gfp)
{
#ifdef __GFP_DIRECT_RECLAIM
	return !!(gfp & (__force u32)__GFP_DIRECT_RECLAIM);
#else
	return !!(gfp & (__force u32)__GFP_WAIT);
#endif
}

/*
 * Is this the end of the request that is followed?  After warn_alloc, only
 * mm_page_alloc with no page is; before, the slow path decides.
 */
static int is_end(const struct aw_request *request, u32 order, u64 gfp, int got_page)
{
	if (request->warn_ns)
		return !got_page && request->warn_order == order;
	return aw_effort_is_end(&request->tried, order, may_reclaim(gfp)) ||
	       aw_effort_is_promoted_end(&request->tried, order, gfp);
}

enum aw_request_which aw_failing(u32 order, u64 gfp)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	return request && !is_end(request, order, gfp, 0) ? AW_REQUEST_NESTED : AW_REQUEST_HERE;
}

void aw_request_unpaired(struct aw_request *request)
{
	struct aw_failed failed = {
		.gfp = request->warn_gfp, .order = request->warn_order, .migratetype = -1,
	};

	aw_count_lost(AW_LOST_UNPAIRED);
	aw_send_failure(AW_WIRE_FAILURE, &failed, request);
	aw_request_reset(request);
}

static void no_page(const struct aw_failed *failed)
{
	/* It also holds the id of the zone snapshots. */
	struct aw_request *request = aw_request_begin(aw_failing(failed->order, failed->gfp));

	if (!request) {
		aw_send_failure(AW_WIRE_FAILURE, failed, NULL);
		return;
	}
	if (!request->warn_ns) {
		aw_effort_close(&request->tried, aw_now());
		if (aw_wanted(failed->order))
			aw_take_zones(request);
	}
	aw_send_failure(AW_WIRE_FAILURE, failed, request);
	aw_request_end(request);
}

/* A request got a page; if it was followed, its slow path is over. */
static void got_page(const struct aw_failed *late)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);

	if (!request || !is_end(request, late->order, late->gfp, 1))
		return;
	aw_effort_close(&request->tried, aw_now());
	if (request->tried.now.effort.begin_ns && aw_now() - request->tried.now.effort.begin_ns >= READ_ONCE(aw_stall_ns))
		aw_send_failure(AW_WIRE_STALL, late, request);
	aw_request_end(request);
}

static noinline void slow_page_alloc(struct page *page, unsigned int order, gfp_t gfp, int migratetype)
{
	struct aw_failed request = {
		.gfp = (__force u32)gfp, .order = order, .migratetype = migratetype,
		.seen = AW_SEEN_TRACEPOINT,
	};

	if (page)
		got_page(&request);
	else
		no_page(&request);
}

static void page_alloc(void *data, struct page *page, unsigned int order, gfp_t gfp, int migratetype)
{
	if (likely(page && !atomic_read(&aw_following)))
		return;
	slow_page_alloc(page, order, gfp, migratetype);
}

#ifndef HAVE_PAGE_ALLOC
#error mm_page_alloc of this tree has other arguments than those of 3.10 to 7.1
#endif

struct aw_hook aw_page_alloc_hooks[] = {
	{ "mm_page_alloc", page_alloc, AW_KMOD_PAGE_ALLOC },
};
const unsigned int aw_page_alloc_hooks_count = ARRAY_SIZE(aw_page_alloc_hooks);
