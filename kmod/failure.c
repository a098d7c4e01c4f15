// SPDX-License-Identifier: GPL-2.0
/*
 * The end of a request: mm_page_alloc with no page, with a page that came
 * late, or with a page at once, which must cost nothing.
 */
#include "kmod.h"

#include <linux/bug.h>
#include <linux/errno.h>
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

/* What the notes of a request add to its record. */
static void add_request(struct aw_wire_failure *record, const struct aw_request *request)
{
	record->effort = request->effort;
	record->effort.known = known_effort();
	record->head.id = request->zones_id;
	record->nr_zones = request->nr_zones;
	record->seen |= request->zones_flags;
	if (!request->warn_ns)
		return;
	record->head.time_ns = request->warn_ns;
	record->caller = request->warn_caller;
	record->seen |= AW_SEEN_WARN | (request->printed ? AW_SEEN_PRINTED : 0);
}

void aw_send_failure(enum aw_wire_type type, const struct aw_failed *failed,
		     const struct aw_request *request, struct pt_regs *regs)
{
	struct aw_wire_failure *record;
	unsigned long flags;
	u64 now = aw_now();

	BUILD_BUG_ON(sizeof(*record) > AW_KMOD_RECORD_MAX);
	BUILD_BUG_ON(sizeof(struct aw_wire_zone) > AW_KMOD_RECORD_MAX);
	if (!aw_wanted(failed->order))
		return;
	record = aw_record_begin(type, sizeof(*record), now, &flags);
	if (!record)
		return;
	aw_fill_task(&record->task);
	record->end_ns = now;
	record->gfp = failed->gfp;
	record->order = failed->order;
	record->migratetype = failed->migratetype;
	record->seen = failed->seen | watched();
	record->effort.known = known_effort();
	if (request)
		add_request(record, request);
	record->nr_frames = regs ? aw_stack_at(regs, record->stack, AW_WIRE_STACK)
				 : aw_stack_here(record->stack, AW_WIRE_STACK);
	if (!record->nr_frames)
		record->stack_error = ENOENT;
	aw_record_commit(flags);
}

/*
 * Is this mm_page_alloc the end of the request that is followed?  Not when it
 * fires inside its reclaim or compaction, for another order (memory that the
 * slow path itself asks for), or, once it was warned about, with a page.
 */
static int is_end(const struct aw_request *request, u32 order, int got_page)
{
	if (request->warn_ns)
		return !got_page && request->warn_order == order;
	if (request->reclaim_ns || request->compacting)
		return 0;
	return request->order < 0 || (u32)request->order == order;
}

static void no_page(const struct aw_failed *failed)
{
	struct aw_request *request = aw_request_find();

	/* Memory that the slow path of a followed request asks for: no notes of its own. */
	if (request && !is_end(request, failed->order, 0)) {
		aw_send_failure(AW_WIRE_FAILURE, failed, NULL, NULL);
		return;
	}
	if (!request)
		request = aw_request_begin();	/* what pictures are noted in */
	if (request && !request->warn_ns) {
		aw_effort_end(request);
		if (aw_wanted(failed->order))
			aw_take_zones(request);
	}
	aw_send_failure(AW_WIRE_FAILURE, failed, request, NULL);
	if (request)
		aw_request_end(request);
}

/* A page came for a request that may be followed: its slow path is over. */
static void got_page(const struct aw_failed *late)
{
	struct aw_request *request = aw_request_find();

	if (!request || !is_end(request, late->order, 1))
		return;
	aw_effort_end(request);
	if (request->effort.begin_ns && aw_now() - request->effort.begin_ns >= READ_ONCE(aw_stall_ns))
		aw_send_failure(AW_WIRE_STALL, late, request, NULL);
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
