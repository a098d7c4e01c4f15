/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One failure laid out for judgement: the rules that apply, what the request
 * was allowed, and what the watermark check says of every zone.
 */
#ifndef AW_VERDICT_CASE_H
#define AW_VERDICT_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/allows.h"
#include "verdict/blocks.h"
#include "verdict/era.h"
#include "verdict/sentence.h"
#include "verdict/verdict.h"
#include "verdict/watermark.h"

/* Numbers of a damaged file are capped at this. */
#define AW_CASE_PAGES (UINT64_C(1) << 48)

/* What one zone had for the request. */
struct aw_finding {
	const struct aw_zone *zone;
	enum aw_bar bar;
	struct aw_blocks blocks;
	struct aw_check check;
	enum aw_cause cause;	/* of this zone alone; TRANSIENT: the check passes */
	int64_t open;		/* pages free, open to the request, and no block of the Reserve */
	bool roomy;		/* `open` is enough to compact a block out of it */
	bool boost_decides;	/* without the watermark boost the check would pass */
	bool damaged;		/* its numbers cannot be a zone's: the log is damaged */
};

/*
 * How many of the decisive zone's used pages compaction can move: those on its
 * LRU lists, but for huge pages.  In the states that were measured direct and manual compaction
 * gained nothing at 6 and at 11 %, and many blocks at 62 to 86 %; between a
 * fifth and a half it depends on where they lie.
 */
enum aw_movable_share { AW_MOVABLE_UNKNOWN, AW_MOVABLE_FEW, AW_MOVABLE_SOME, AW_MOVABLE_MOST };

struct aw_movable {
	enum aw_movable_share share;
	uint64_t pages, used;
	uint64_t huge;		/* on the LRU lists, and not among `pages` */
};

/* What the page scan found that was made about then, in the zones that the request may use. */
struct aw_seen {
	bool known;
	bool likely;			/* not of that moment, or its source cannot know all */
	bool few;			/* 1 % of the windows or below: in such states compaction gained none, or several times as many */
	int64_t after_ns;		/* from the failure to the scan; below 0: it was before */
	uint64_t windows, free, blocked, movable;	/* windows of the order */
	uint64_t makeable, makeable_most;	/* by a full compaction, net */
	bool hardly;			/* it may gain nothing, and few blocks at most */
	bool strides;			/* the free scanner of compact_memory strides over free pages */
	enum aw_page_class most;	/* what blocks most of them; NONE: nothing does */
	uint64_t most_windows, most_alone;
};

struct aw_case {
	const struct aw_event *event;
	const struct aw_failure *failure;
	const struct aw_task *task;
	const struct aw_kernel *kernel;
	struct aw_era era;
	struct aw_allows allows;
	uint64_t page_size;			/* bytes; 0: not known */
	unsigned int shift;			/* the order, capped so that 1 << shift is safe */
	bool silent;		/* warn_alloc() was watched and not called */
	bool several_nodes;
	bool node_decides;	/* __GFP_THISNODE, its node is not known, and the nodes differ in the cause */
	bool contradicted;	/* its slow path tried a zone that is taken for closed */
	bool damaged;		/* of some zone that the request may use */
	unsigned int nr_findings;
	unsigned int nr_open;			/* findings that the request may use */
	const struct aw_finding *decisive;	/* the open zone that gives the cause */
	struct aw_movable movable;
	struct aw_seen seen;
	const struct aw_finding *elsewhere;	/* a barred zone that has the memory; NULL: none */
	/* Of both the first nr_findings; the rest is not set. */
	struct aw_zone zones[AW_MAX_ZONES];	/* the event's, absurd numbers capped */
	struct aw_finding findings[AW_MAX_ZONES];	/* in the order that the kernel tries */
};

/* All but era.name.  `newest`: see aw_era_rules(). */
void aw_case_make(const struct aw_event *event, const struct aw_kernel *kernel, bool newest,
		  struct aw_case *out);

/* Of a finding with its zone and bar: all else.  `highest`: the highest zone of a request that could use it. */
void aw_finding_judge(struct aw_finding *finding, const struct aw_case *request, enum aw_zone_type highest);

/* Fills request->seen from the scan of its event. */
void aw_case_look_at_pages(struct aw_case *request);

/* Where compaction makes no block: why, as a clause after "compaction cannot help: ". */
void aw_case_why_blocked(const struct aw_case *request, char *text, size_t size);

/* "about 120", or "about 100 to 120". */
void aw_case_makeable(const struct aw_case *request, char *text, size_t size);

/* When the scan was made: "12 ms after the failure". */
void aw_case_seen_when(const struct aw_case *request, char *text, size_t size);

/*
 * The largest order below the request's for which the check passes on the
 * decisive zone, and whose open blocks hold the request several times; 0: none
 * above single pages, or the lists are not known.
 */
unsigned int aw_case_largest_order(const struct aw_case *request);

/* Would it have got memory, had the watermarks not counted (ALLOC_NO_WATERMARKS)? */
bool aw_case_passes_below(const struct aw_case *request);

/*
 * Did memory come back before the request failed?  The kernel's own check of its
 * only zone failed last time it retried (oom:reclaim_retry_zone), for want of
 * pages even if all were reclaimed that could be, and more are free now.
 */
bool aw_case_came_back(const struct aw_case *request);

/*
 * Is the request charged to a memory cgroup?  From 4.8 on a refused charge turns
 * a page that was found into NULL after the fact (__memcg_kmem_charge_page() at
 * the end of __alloc_pages()).
 */
bool aw_case_may_be_charge(const struct aw_case *request);

/*
 * And can a refused charge be what is seen: nothing tells whether warn_alloc()
 * was called, and no compaction was tried?  Where it was tried, no page was
 * there at first, and a snapshot that came too late is more likely.
 */
bool aw_case_is_likely_charge(const struct aw_case *request);

/*
 * A log does not tell whether the task was freeing memory (PF_MEMALLOC), an OOM
 * victim or real-time: would the request then have failed for another cause?
 */
bool aw_case_depends_on_task(const struct aw_case *request);

/* Where the rules are open: is the cause another one by the rules of the series' first release? */
bool aw_case_depends_on_stable(const struct aw_case *request);

/* Pages in words: "1.8 MiB", or "491 pages" where the page size is not known. */
struct aw_words aw_case_size(const struct aw_case *request, int64_t pages);

/* A block of `order` in words: "64 KiB", or "16 pages". */
struct aw_words aw_case_order_size(const struct aw_case *request, unsigned int order);

/* The same as Mem-Info means it, for orders below AW_MAX_ORDERS: "64K", or "order 4". */
struct aw_words aw_case_block(const struct aw_case *request, unsigned int order);

/* Appends "zone DMA" or "node 1 zone Normal". */
void aw_case_add_zone(const struct aw_case *request, const struct aw_zone *zone,
		      struct aw_sentence *sentence);

/* It may not sleep: the mask does not allow direct reclaim. */
static inline bool aw_case_is_atomic(const struct aw_case *request)
{
	return !request->allows.direct_reclaim;
}

#endif
