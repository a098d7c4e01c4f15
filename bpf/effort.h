/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a request tries in its slow path: the one state machine that the BPF
 * programs, the module and the tracefs source feed with the trace events of the
 * slow path.
 *
 * Only direct_reclaim_begin and try_to_compact_pages begin a slow path:
 * kswapd, kcompactd and /proc/sys/vm/compact_memory fire the other events,
 * too.
 *
 * A request can begin inside the slow path of another one: in a shrinker that
 * allocates (PF_MEMALLOC keeps such a request from reclaiming, but a costly order
 * with __GFP_NOMEMALLOC is compacted before __alloc_pages_slowpath() checks for
 * it), in page_owner, or in an OOM notifier.  Both are then kept, and events
 * belong to the inner request until it ends.
 *
 * There is one state for each context: a thread, or an interrupt level of a cpu.
 * Times are CLOCK_MONOTONIC in ns; numbers are those of the running kernel.
 *
 * C89 with gnu extensions, as wire.h.  Every index is checked right before its
 * use, which the BPF verifier needs.
 */
#ifndef AW_EFFORT_H
#define AW_EFFORT_H

#include "wire.h"

/* 32-bit kernels have no 64-bit division; the module defines this as div_u64(). */
#ifndef aw_ns_to_us
#define aw_ns_to_us(ns) ((ns) / 1000)
#endif

#define AW_EFFORT_COSTLY_ORDER 3	/* PAGE_ALLOC_COSTLY_ORDER of every kernel */

/* Of one request. */
struct aw_effort_run {
	struct aw_wire_effort effort;		/* for the record */
	struct aw_wire_attempts attempts;
	__u64 reclaim_ns;	/* when the direct reclaim that runs began; 0: none runs */
	__u64 attempt_ns;	/* when the compaction that is tried began; 0: none is */
	__s32 order;		/* -1: nothing was tried yet */
	__u32 compacting;	/* a zone is being compacted */
	__u64 gfp;		/* the mask with which reclaim or compaction was last tried; 0: not known */
};

struct aw_effort_state {
	struct aw_effort_run now;
	struct aw_effort_run outer;	/* the request inside which `now` began; order -1: none */
	__u32 forgot;			/* a request between the two was dropped before it ended */
	__u32 pad0;
};

#define AW_EFFORT_RUN_NONE {								\
	.effort = { .size = sizeof(struct aw_wire_effort) },				\
	.attempts = { .size = sizeof(struct aw_wire_attempts),				\
		      .attempt_size = sizeof(struct aw_wire_attempt) },			\
	.order = -1,									\
}
#define AW_EFFORT_STATE_NONE { .now = AW_EFFORT_RUN_NONE, .outer = AW_EFFORT_RUN_NONE }

AW_WIRE_INLINE void aw_effort_clear_run(struct aw_effort_run *run)
{
	__builtin_memset(run, 0, sizeof(*run));
	aw_wire_size_effort(&run->effort, &run->attempts);
	run->order = -1;
}

AW_WIRE_INLINE void aw_effort_clear(struct aw_effort_state *state)
{
	aw_effort_clear_run(&state->now);
	aw_effort_clear_run(&state->outer);
	state->forgot = 0;
	state->pad0 = 0;
}

/* A request that is made in here is another one. */
AW_WIRE_INLINE int aw_effort_is_inside(const struct aw_effort_run *run)
{
	return run->reclaim_ns || run->compacting;
}

/* try_to_compact_pages() has no event at its end; the next event of the request stands for it. */
AW_WIRE_INLINE void aw_effort_end_attempt(struct aw_effort_run *run, __u64 now)
{
	__u32 index = run->effort.compact_calls - 1;
	__u64 took = now - run->attempt_ns;

	if (!run->attempt_ns)
		return;
	run->effort.compact_ns += took;
	if (index < AW_WIRE_ATTEMPTS)
		run->attempts.attempt[index].us = aw_ns_to_us(took);
	run->attempt_ns = 0;
	run->compacting = 0;
}

/* A request does not change its order, and does not begin reclaim or compaction inside its own. */
AW_WIRE_INLINE int aw_effort_begins_inner(const struct aw_effort_state *state, __s32 order)
{
	return state->now.order >= 0 && (state->now.order != order || aw_effort_is_inside(&state->now));
}

/* Would a slow path of this order, if it began now, displace one that has not ended? */
AW_WIRE_INLINE int aw_effort_forgets(const struct aw_effort_state *state, __s32 order)
{
	return state->outer.order >= 0 && aw_effort_begins_inner(state, order);
}

/*
 * Of three nested requests, the outermost and the innermost are kept.  The
 * figures are a lower bound if this may be the rest of a request that was
 * followed before: one that was displaced, or, if the order is the same, the
 * outer one after the end of its reclaim or compaction was missed.
 */
AW_WIRE_INLINE void aw_effort_begin_inner(struct aw_effort_state *state, __s32 order)
{
	int same = state->now.order == order;

	if (state->outer.order >= 0)
		state->forgot = 1;
	else
		state->outer = state->now;
	aw_effort_clear_run(&state->now);
	if (same || state->forgot)
		state->now.effort.known = AW_EFFORT_NESTED;
}

/* The current request is over.  1: the outer one goes on; 0: there is none. */
AW_WIRE_INLINE int aw_effort_resume_outer(struct aw_effort_state *state)
{
	if (state->outer.order < 0)
		return 0;
	state->now = state->outer;
	aw_effort_clear_run(&state->outer);
	return 1;
}

AW_WIRE_INLINE void aw_effort_begin(struct aw_effort_state *state, __s32 order, __u64 now)
{
	if (aw_effort_begins_inner(state, order))
		aw_effort_begin_inner(state, order);
	aw_effort_end_attempt(&state->now, now);
	if (!state->now.effort.begin_ns)
		state->now.effort.begin_ns = now;
	state->now.order = order;
}

/* mm_vmscan_direct_reclaim_begin */
AW_WIRE_INLINE void aw_effort_begin_reclaim(struct aw_effort_state *state, __s32 order, __u64 now)
{
	aw_effort_begin(state, order, now);
	state->now.reclaim_ns = now;
}

/*
 * mm_vmscan_direct_reclaim_end.  For costly orders, do_try_to_free_pages()
 * returns 1 without having freed anything if compaction_ready(): a sentinel, not
 * a page.
 */
AW_WIRE_INLINE void aw_effort_end_reclaim(struct aw_effort_state *state, __u64 pages, __u64 now)
{
	struct aw_effort_run *run = &state->now;

	/* It is that of the outer request, so the inner one has ended unnoticed. */
	if (!run->reclaim_ns && state->outer.reclaim_ns)
		aw_effort_resume_outer(state);
	if (!run->reclaim_ns)
		return;
	run->effort.reclaim_calls++;
	run->effort.reclaim_ns += now - run->reclaim_ns;
	run->effort.reclaim_pages += pages;
	if (pages == 1 && run->order > AW_EFFORT_COSTLY_ORDER)
		run->effort.reclaim_declined++;
	run->reclaim_ns = 0;
}

/* mm_compaction_try_to_compact_pages; `prio`: enum compact_priority */
AW_WIRE_INLINE void aw_effort_begin_attempt(struct aw_effort_state *state, __s32 order, int prio, __u64 now)
{
	struct aw_effort_run *run = &state->now;
	__u32 index;

	aw_effort_begin(state, order, now);
	run->attempt_ns = now;
	index = run->effort.compact_calls++;
	if (index < AW_WIRE_ATTEMPTS) {
		run->attempts.attempt[index].prio = prio;
		run->attempts.attempt[index].result = -1;
	}
}

/*
 * A result of the current attempt: try_to_compact_pages() returns the largest of
 * all zones.  Reclaim calls compaction_suitable() as well; that is no result.
 */
AW_WIRE_INLINE void aw_effort_result(struct aw_effort_run *run, int result, __u8 flags, __u8 zones)
{
	__u32 index = run->effort.compact_calls - 1;

	if (!run->attempt_ns || run->reclaim_ns || index >= AW_WIRE_ATTEMPTS)
		return;
	run->attempts.attempt[index].flags |= flags;
	run->attempts.attempt[index].zones += zones;
	if (result > run->attempts.attempt[index].result)
		run->attempts.attempt[index].result = result;
}

/* mm_compaction_suitable; COMPACT_CONTINUE is not a result yet */
AW_WIRE_INLINE void aw_effort_suitable(struct aw_effort_state *state, int result, int compact_continue)
{
	if (result != compact_continue)
		aw_effort_result(&state->now, result, 0, 0);
}

/* mm_compaction_deferred */
AW_WIRE_INLINE void aw_effort_deferred(struct aw_effort_state *state, int compact_deferred)
{
	aw_effort_result(&state->now, compact_deferred, AW_ATTEMPT_DEFERRED, 0);
}

/* mm_compaction_begin and mm_compaction_end, of one zone */
AW_WIRE_INLINE void aw_effort_begin_zone(struct aw_effort_state *state)
{
	if (state->now.attempt_ns)
		state->now.compacting = 1;
}

AW_WIRE_INLINE void aw_effort_end_zone(struct aw_effort_state *state, int status)
{
	/* It is that of the outer request, so the inner one has ended unnoticed. */
	if (!state->now.compacting && state->outer.compacting)
		aw_effort_resume_outer(state);
	state->now.compacting = 0;
	aw_effort_result(&state->now, status, 0, 1);
}

/*
 * mm_compaction_isolate_migratepages, mm_compaction_isolate_freepages and mm_compaction_migratepages: CMA, too, isolates
 * pages, so they count only while a zone is compacted for the request.
 */
AW_WIRE_INLINE void aw_effort_scanned(struct aw_effort_state *state, __u64 scanned, __u64 taken)
{
	if (!state->now.compacting)
		return;
	state->now.effort.compact_scanned += scanned;
	state->now.effort.compact_taken += taken;
}

AW_WIRE_INLINE void aw_effort_free_scanned(struct aw_effort_state *state, __u64 scanned, __u64 taken)
{
	if (!state->now.compacting)
		return;
	state->now.effort.compact_free_scanned += scanned;
	state->now.effort.compact_free_taken += taken;
}

AW_WIRE_INLINE void aw_effort_moved(struct aw_effort_state *state, __u64 moved, __u64 failed)
{
	if (!state->now.compacting)
		return;
	state->now.effort.compact_moved += moved;
	state->now.effort.compact_failed += failed;
}

/* An event of the request named the zone with this bit. */
AW_WIRE_INLINE void aw_effort_named(struct aw_effort_state *state, __u32 bit)
{
	state->now.effort.zones |= 1u << bit;
}

/* oom:reclaim_retry_zone, in should_reclaim_retry() */
AW_WIRE_INLINE void aw_effort_reclaim_retry(struct aw_effort_state *state, __u64 reclaimable, __u64 available,
					    __u64 min_wmark, int no_progress, int wmark_ok, __u64 now)
{
	aw_effort_end_attempt(&state->now, now);
	state->now.effort.reclaim_retries++;
	state->now.effort.retry_reclaimable = reclaimable;
	state->now.effort.retry_available = available;
	state->now.effort.retry_min_wmark = min_wmark;
	state->now.effort.retry_no_progress = no_progress;
	state->now.effort.retry_wmark_ok = wmark_ok & 1;
}

/* oom:compact_retry, in should_compact_retry() */
AW_WIRE_INLINE void aw_effort_compact_retry(struct aw_effort_state *state, int result, int loops, int max, int again,
					    __u64 now)
{
	aw_effort_end_attempt(&state->now, now);
	state->now.effort.compact_retries++;
	state->now.effort.compact_retry_result = result;
	state->now.effort.compact_retry_loops = loops;
	state->now.effort.compact_retry_max = max;
	state->now.effort.compact_retry_ret = again & 1;
}

/*
 * A request of this order ends now: is it the current one?  Not if it was made
 * inside reclaim or compaction, has another order, or has a mask that allows
 * neither of the two.  The last is an atomic request, made by an interrupt or by
 * something that the slow path calls.
 */
AW_WIRE_INLINE int aw_effort_is_end(const struct aw_effort_state *state, __s32 order, int may_reclaim)
{
	if (aw_effort_is_inside(&state->now))
		return 0;
	if (state->now.order < 0)
		return 1;
	return may_reclaim && state->now.order == order;
}

/* The mask of what just began. */
AW_WIRE_INLINE void aw_effort_note_mask(struct aw_effort_state *state, __u64 gfp)
{
	state->now.gfp = gfp;
}

/*
 * With vm.defrag_mode, 7.2 tries reclaim and compaction for a whole pageblock in
 * place of the order that was asked for (__alloc_pages_direct_compact()): does
 * such a request end now?  The mask tells it from one that is made inside.
 */
AW_WIRE_INLINE int aw_effort_is_promoted_end(const struct aw_effort_state *state, __s32 order, __u64 gfp)
{
	return !aw_effort_is_inside(&state->now) && state->now.order > order && state->now.gfp && state->now.gfp == gfp;
}

/*
 * Where no event tells that a request got its pages, as with --low-overhead: reclaim or compaction of this order begins,
 * `first`: with what a request begins with.  That or another order is another request, unless it is inside the reclaim
 * or compaction of one.  It may also be one that starts over, because its nodes changed: the figures are a lower bound.
 */
AW_WIRE_INLINE void aw_effort_begins_anew(struct aw_effort_state *state, __s32 order, int first)
{
	int same = state->now.order == order;

	if (aw_effort_is_inside(&state->now) || (same && !first))
		return;
	aw_effort_clear(state);
	if (same)
		state->now.effort.known = AW_EFFORT_NESTED;
}

/*
 * Where no event tells that a request got its pages, what was tried may have been for an earlier one.  It was for this
 * one if both begin alike and this one cannot have tried anything else: above order 3, without a mask that asks for
 * more or fewer rounds, __alloc_pages_slowpath() compacts with the first priority, reclaims, compacts again, and fails.
 */
AW_WIRE_INLINE int aw_effort_is_one_round(const struct aw_effort_state *state, __s32 order, __u64 gfp, int first_prio)
{
	const struct aw_effort_run *run = &state->now;

	return order > AW_EFFORT_COSTLY_ORDER && run->order == order && run->gfp == gfp && !aw_effort_is_inside(run) &&
	       run->effort.reclaim_calls == 1 && run->effort.compact_calls == 2 &&
	       run->attempts.attempt[0].prio == first_prio && run->attempts.attempt[1].prio != first_prio;
}

/* The slow path is over: ends what still runs. */
AW_WIRE_INLINE void aw_effort_close(struct aw_effort_state *state, __u64 now)
{
	struct aw_effort_run *run = &state->now;

	aw_effort_end_attempt(run, now);
	if (run->reclaim_ns)
		run->effort.reclaim_ns += now - run->reclaim_ns;
	run->reclaim_ns = 0;
}

#endif
