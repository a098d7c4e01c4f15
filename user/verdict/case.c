// SPDX-License-Identifier: GPL-2.0
/* One failure laid out for judgement. */
#include "verdict/case.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers may come from a file that lies; sums and shifts of capped ones are safe. */
#define MAX_SHIFT 31u
#define MAX_PAGES (UINT64_C(1) << 48)
#define MAX_BLOCKS (UINT64_C(1) << 40)

static unsigned int cap_order(unsigned int order)
{
	return order < MAX_SHIFT ? order : MAX_SHIFT;
}

struct aw_words aw_case_size(const struct aw_case *c, int64_t pages)
{
	struct aw_words w;

	if (pages < 0)
		pages = 0;
	if (c->page_size)
		return aw_words_bytes((uint64_t)pages * c->page_size);
	snprintf(w.s, sizeof(w.s), "%" PRId64 " pages", pages);
	return w;
}

struct aw_words aw_case_order_size(const struct aw_case *c, unsigned int order)
{
	return aw_case_size(c, (int64_t)1 << cap_order(order));
}

struct aw_words aw_case_block(const struct aw_case *c, unsigned int order)
{
	struct aw_words w;

	if (c->page_size)
		return aw_words_block(c->page_size << order);
	snprintf(w.s, sizeof(w.s), "order %u", order);
	return w;
}

void aw_case_add_zone(const struct aw_case *c, const struct aw_zone *zone, struct aw_sentence *s)
{
	if (c->several_nodes)
		aw_sentence_add(s, "node %d ", zone->node);
	aw_sentence_add(s, "zone %s", zone->name[0] ? zone->name : aw_zone_type_name(zone->type));
}

static uint64_t page_size_of(const struct aw_failure *failure, const struct aw_kernel *kernel)
{
	if (kernel->page_size)
		return kernel->page_size;
	return failure->order < 64 ? failure->bytes >> failure->order : 0;
}

/* The zonelist goes from the highest zone down; which node comes first is not known. */
static int compare_findings(const void *left, const void *right)
{
	const struct aw_zone *a = ((const struct aw_finding *)left)->zone;
	const struct aw_zone *b = ((const struct aw_finding *)right)->zone;

	if (a->type != b->type)
		return a->type > b->type ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

/* Pages of blocks that are Reserve and nothing else. */
static uint64_t reserve_pages(const struct aw_finding *f)
{
	uint64_t pages = 0;
	unsigned int o;

	for (o = 0; o < AW_MAX_ORDERS; o++)
		if (f->blocks.only_reserve >> o & 1)
			pages += f->zone->nr_free[o] << o;
	return pages;
}

/*
 * Free memory open to the request, enough over the mark to move pages around
 * in: compact_gap() over the mark that __compaction_suitable() takes, which is
 * low for costly orders and in old kernels, min else.  Unlike the kernel's
 * test it leaves CMA out.
 */
static bool is_roomy(const struct aw_finding *f, const struct aw_era *era, unsigned int order)
{
	bool over_min = era->compact_over_min && order <= AW_COSTLY_ORDER;
	int64_t mark = over_min ? (int64_t)f->zone->min : (int64_t)f->zone->low;

	return f->open > mark + f->check.lowmem_reserve + ((int64_t)2 << order);
}

/* Pages short of the mark: would closed memory have made up for it? */
static enum aw_cause cause_of_pages(const struct aw_finding *f)
{
	int64_t need = f->check.min + f->check.lowmem_reserve;
	int64_t cma = (int64_t)f->blocks.closed_cma;
	int64_t highatomic = (int64_t)f->blocks.closed_highatomic;

	if (f->check.usable + cma + highatomic <= need)
		return AW_CAUSE_SHORTAGE;
	return cma >= highatomic ? AW_CAUSE_CMA_ONLY : AW_CAUSE_RESERVE_ONLY;
}

/*
 * Does closed memory hold the blocks, while what is open is too little to
 * speak of?  Too little: no room to compact, or a quarter of the closed.
 */
static bool closed_holds_them(const struct aw_finding *f, uint16_t orders, uint64_t closed,
			      unsigned int order)
{
	if (!(orders >> order))
		return false;
	return !f->roomy || f->open * 4 < (int64_t)closed;
}

static enum aw_cause cause_of_blocks(const struct aw_finding *f, unsigned int order)
{
	const struct aw_blocks *b = &f->blocks;

	if (closed_holds_them(f, b->cma, b->closed_cma, order))
		return AW_CAUSE_CMA_ONLY;
	if (closed_holds_them(f, b->highatomic, b->closed_highatomic, order))
		return AW_CAUSE_RESERVE_ONLY;
	if (f->check.failed == AW_CLAUSE_ORDER && closed_holds_them(f, b->only_reserve,
								    reserve_pages(f), order))
		return AW_CAUSE_RESERVE_ONLY;
	return AW_CAUSE_FRAGMENTATION;
}

static void judge_zone(struct aw_finding *f, const struct aw_case *c, enum aw_zone_type highest)
{
	int64_t reserve = aw_watermark_reserve(f->zone, highest, c->zones, c->nr_findings);

	aw_blocks_of(f->zone, &c->allows, c->shift, &f->blocks);
	aw_watermark_check(f->zone, &c->era, &c->allows, &f->blocks, c->shift, reserve, &f->check);
	f->open = f->check.free - f->check.closed - (int64_t)reserve_pages(f);
	f->roomy = is_roomy(f, &c->era, c->shift);
	switch (f->check.failed) {
	case AW_CLAUSE_PASSES:
		f->cause = AW_CAUSE_TRANSIENT;
		break;
	case AW_CLAUSE_PAGES:
		f->cause = cause_of_pages(f);
		break;
	case AW_CLAUSE_ORDER:
	case AW_CLAUSE_BLOCK:
		f->cause = cause_of_blocks(f, c->shift);
		break;
	case AW_CLAUSE_NOT_KNOWN:
		f->cause = AW_CAUSE_UNKNOWN;
		break;
	}
}

/* Which zone's story is the request's: the one nearest to success. */
static int rank(enum aw_cause cause)
{
	static const int ranks[AW_CAUSES] = {
		[AW_CAUSE_TRANSIENT] = 6,
		[AW_CAUSE_UNKNOWN] = 5,
		[AW_CAUSE_FRAGMENTATION] = 4,
		[AW_CAUSE_CMA_ONLY] = 3,
		[AW_CAUSE_RESERVE_ONLY] = 2,
		[AW_CAUSE_SHORTAGE] = 1,
	};

	return ranks[cause];
}

static void pick_zones(struct aw_case *c)
{
	unsigned int i;

	for (i = 0; i < c->nr_findings; i++) {
		const struct aw_finding *f = &c->findings[i];

		if (f->bar == AW_BAR_NONE) {
			c->nr_open++;
			if (!c->decisive || rank(f->cause) > rank(c->decisive->cause))
				c->decisive = f;
		} else if (f->bar != AW_BAR_EMPTY && f->cause == AW_CAUSE_TRANSIENT &&
			   !c->elsewhere) {
			c->elsewhere = f;
		}
	}
}

static void cap(uint64_t *value, uint64_t most)
{
	if (*value > most)
		*value = most;
}

static void cap_zone(struct aw_zone *z)
{
	unsigned int i;

	cap(&z->free, MAX_PAGES);
	cap(&z->free_cma, MAX_PAGES);
	cap(&z->reserved_highatomic, MAX_PAGES);
	cap(&z->free_highatomic, MAX_PAGES);
	cap(&z->min, MAX_PAGES);
	cap(&z->low, MAX_PAGES);
	cap(&z->boost, MAX_PAGES);
	for (i = 0; i < AW_MAX_ORDERS; i++)
		cap(&z->nr_free[i], MAX_BLOCKS);
	for (i = 0; i < AW_MAX_RESERVES; i++) {
		if (z->lowmem_reserve[i] < 0)
			z->lowmem_reserve[i] = 0;
		if (z->lowmem_reserve[i] > (int64_t)MAX_PAGES)
			z->lowmem_reserve[i] = (int64_t)MAX_PAGES;
	}
	z->name[AW_COMM_LEN] = '\0';
}

static void judge_zones(struct aw_case *c)
{
	const struct aw_failure *failure = c->failure;
	unsigned int i;

	c->nr_findings = failure->zones_when == AW_ZONES_NONE ? 0 : failure->nr_zones;
	if (c->nr_findings > AW_MAX_ZONES)
		c->nr_findings = AW_MAX_ZONES;
	for (i = 0; i < c->nr_findings; i++) {
		struct aw_finding *f = &c->findings[i];

		c->zones[i] = failure->zones[i];
		cap_zone(&c->zones[i]);
		*f = (struct aw_finding){ .zone = &c->zones[i] };
	}
	for (i = 0; i < c->nr_findings; i++) {
		struct aw_finding *f = &c->findings[i];

		f->bar = aw_allows_zone(&c->allows, c->task, f->zone);
		/* a barred zone is asked what it would have for a request of its own */
		judge_zone(f, c, f->bar == AW_BAR_ZONE ? f->zone->type : c->allows.highest_zone);
		if (f->zone->node != c->zones[0].node)
			c->several_nodes = true;
	}
	if (c->nr_findings > 1)
		qsort(c->findings, c->nr_findings, sizeof(c->findings[0]), compare_findings);
	pick_zones(c);
}

static bool warn_was_silent(const struct aw_failure *failure)
{
	if (failure->log == AW_LOG_NONE)
		return true;
	return failure->log == AW_LOG_UNKNOWN && failure->warn_watched &&
	       (failure->saw & AW_SAW_TRACEPOINT) && !(failure->saw & AW_SAW_WARN);
}

void aw_case_make(const struct aw_event *event, const struct aw_kernel *kernel,
		  struct aw_case *out)
{
	/* All but the zones, which take longer to zero than to judge. */
	memset(out, 0, offsetof(struct aw_case, zones));
	out->event = event;
	out->failure = &event->failure;
	out->task = &event->task;
	out->kernel = kernel;
	out->page_size = page_size_of(out->failure, kernel);
	out->shift = cap_order(out->failure->order);
	out->silent = warn_was_silent(out->failure);
	aw_era_rules(kernel, &out->failure->gfp, &out->era);
	aw_allows_of(event, kernel, &out->era, &out->allows);
	judge_zones(out);
}
