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
#include "kernel/kernel.h"
#include "verdict/allows.h"
#include "verdict/blocks.h"
#include "verdict/era.h"
#include "verdict/sentence.h"
#include "verdict/verdict.h"
#include "verdict/watermark.h"

/* What one zone had for the request. */
struct aw_finding {
	const struct aw_zone *zone;
	enum aw_bar bar;
	struct aw_blocks blocks;
	struct aw_check check;
	enum aw_cause cause;	/* of this zone alone; TRANSIENT: the check passes */
	int64_t open;		/* pages free, open to the request, and no block of the Reserve */
	bool roomy;		/* `open` is enough to compact a block out of it */
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
	bool silent;		/* warn_alloc() was watched and not called: buddy did not fail */
	bool several_nodes;
	unsigned int nr_findings;
	unsigned int nr_open;			/* findings that the request may use */
	const struct aw_finding *decisive;	/* the open zone that the cause is told from */
	const struct aw_finding *elsewhere;	/* a barred zone that has the memory; NULL: none */
	/* Of both the first nr_findings; the rest is not set. */
	struct aw_zone zones[AW_MAX_ZONES];	/* the event's, absurd numbers capped */
	struct aw_finding findings[AW_MAX_ZONES];	/* in the order that the kernel tries */
};

/* All but era.name. */
void aw_case_make(const struct aw_event *event, const struct aw_kernel *kernel,
		  struct aw_case *out);

/* Pages in words: "1.8 MiB", or "491 pages" where the page size is not known. */
struct aw_words aw_case_size(const struct aw_case *c, int64_t pages);

/* A block of `order` in words: "64 KiB", or "16 pages". */
struct aw_words aw_case_order_size(const struct aw_case *c, unsigned int order);

/* The same as Mem-Info means it, for orders below AW_MAX_ORDERS: "64K", or "order 4". */
struct aw_words aw_case_block(const struct aw_case *c, unsigned int order);

/* Appends "zone DMA" or "node 1 zone Normal". */
void aw_case_add_zone(const struct aw_case *c, const struct aw_zone *zone, struct aw_sentence *s);

/* A request in hard or soft interrupt context, or one that may not sleep. */
static inline bool aw_case_is_atomic(const struct aw_case *c)
{
	return !c->allows.direct_reclaim;
}

#endif
