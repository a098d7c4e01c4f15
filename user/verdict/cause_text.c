// SPDX-License-Identifier: GPL-2.0
/* The cause in words: the headline, and the numbers that show it. */
#include "verdict/parts.h"

#include <inttypes.h>

#define MAX_OTHER_ZONES 2

static const char *article(const char *word)
{
	return word[0] == 'U' ? "an" : "a";
}

static uint16_t orders_from(uint16_t orders, unsigned int order)
{
	return order < AW_MAX_ORDERS ? (uint16_t)(orders >> order) : 0;
}

/* "17664 x 4K, 4 x 8K": the orders of `which`, from the lowest. */
static bool add_blocks(const struct aw_case *c, const uint64_t *counts, uint16_t which,
		       struct aw_sentence *s)
{
	bool any = false;
	unsigned int o;

	for (o = 0; o < AW_MAX_ORDERS; o++) {
		if (!(which >> o & 1) || !counts[o])
			continue;
		aw_sentence_add(s, "%s%" PRIu64 " x %s", any ? ", " : "", counts[o],
				aw_case_block(c, o).s);
		any = true;
	}
	return any;
}

/* Free blocks that may be the request's, and whether all of them are. */
static void add_open_blocks(const struct aw_case *c, const struct aw_finding *f,
			    struct aw_sentence *s)
{
	uint16_t which = (uint16_t)~f->blocks.only_reserve;

	if (!f->blocks.known)
		aw_sentence_add(s, "%s free", aw_case_size(c, f->check.free).s);
	else if (!add_blocks(c, f->blocks.open, which, s))
		aw_sentence_add(s, "nothing free");
	else if (f->blocks.mixed & which)
		aw_sentence_add(s, " free, part of it closed to this request");
	else
		aw_sentence_add(s, " free%s", f->blocks.reserve ? "" : " and open to this request");
}

static void add_mark(const struct aw_case *c, const struct aw_finding *f, struct aw_sentence *s)
{
	if (c->allows.no_watermarks || !(f->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	aw_sentence_item(s, "min watermark %s", aw_case_size(c, f->check.mark).s);
	if (f->check.min < f->check.mark)
		aw_sentence_add(s, " (%s for this request)", aw_case_size(c, f->check.min).s);
	if (f->check.lowmem_reserve)
		aw_sentence_item(s, "lowmem reserve %s", aw_case_size(c, f->check.lowmem_reserve).s);
}

/* Free memory that exists but may not be used. */
static void add_closed(const struct aw_case *c, const struct aw_finding *f, struct aw_sentence *s)
{
	const char *type = aw_migratetype_name(c->allows.migratetype);

	if (f->blocks.closed_cma)
		aw_sentence_add(s, "; %s more is CMA, closed to %s %s request",
				aw_case_size(c, (int64_t)f->blocks.closed_cma).s, article(type), type);
	if (f->blocks.closed_highatomic)
		aw_sentence_add(s, "; %s more is kept for high-order atomic requests (HighAtomic)",
				aw_case_size(c, (int64_t)f->blocks.closed_highatomic).s);
}

/* Up to 4.3: why blocks that are there do not count. */
static void add_order_mark(const struct aw_case *c, const struct aw_finding *f,
			   struct aw_sentence *s)
{
	uint16_t kept = orders_from(f->blocks.only_reserve, c->failure->order);

	if (kept) {
		aw_sentence_add(s, " but ");
		add_blocks(c, f->zone->nr_free, (uint16_t)(kept << c->shift), s);
		aw_sentence_add(s, " of the reserve");
	}
	if (f->check.failed == AW_CLAUSE_ORDER)
		aw_sentence_add(s, "; above order %u are %" PRId64 " pages, %s wants more than %"
				PRId64 " there", f->check.order, f->check.order_pages, c->era.name,
				f->check.order_min);
}

static void tell_fragments(const struct aw_case *c, const struct aw_finding *f,
			   struct aw_sentence *s)
{
	bool some_open = f->check.failed == AW_CLAUSE_ORDER && f->blocks.fits == AW_YES &&
			 orders_from((uint16_t)~f->blocks.only_reserve, c->failure->order) &&
			 !orders_from(f->blocks.only_reserve, c->failure->order);

	add_open_blocks(c, f, s);
	add_mark(c, f, s);
	if (!some_open)
		aw_sentence_item(s, "nothing %sof order >= %u",
				 f->blocks.mixed ? "open " : "", c->failure->order);
	add_order_mark(c, f, s);
	add_closed(c, f, s);
}

/* "(min watermark)", or how the mark of this request comes about. */
static void add_need(const struct aw_case *c, const struct aw_finding *f, struct aw_sentence *s)
{
	if (c->allows.no_watermarks || !(f->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	if (f->check.min + f->check.lowmem_reserve == f->check.mark) {
		aw_sentence_add(s, " (min watermark)");
		return;
	}
	aw_sentence_add(s, " (min watermark %s", aw_case_size(c, f->check.mark).s);
	if (f->check.min < f->check.mark)
		aw_sentence_add(s, ", %s of it for this request", aw_case_size(c, f->check.min).s);
	if (f->check.lowmem_reserve)
		aw_sentence_add(s, ", lowmem reserve %s",
				aw_case_size(c, f->check.lowmem_reserve).s);
	aw_sentence_add(s, ")");
}

static void tell_pages(const struct aw_case *c, const struct aw_finding *f, struct aw_sentence *s)
{
	aw_sentence_add(s, "%s free and open to this request, which must leave more than %s",
			aw_case_size(c, f->check.free - f->check.closed).s,
			aw_case_size(c, f->check.min + f->check.lowmem_reserve).s);
	add_need(c, f, s);
	add_closed(c, f, s);
	if (aw_case_is_atomic(c) && c->allows.kswapd && f->zone->free < f->zone->low)
		aw_sentence_add(s, "; below the low watermark (%s), so kswapd had not caught up",
				aw_case_size(c, (int64_t)f->zone->low).s);
}

static void tell_passing(const struct aw_case *c, const struct aw_finding *f,
			 struct aw_sentence *s)
{
	add_open_blocks(c, f, s);
	add_mark(c, f, s);
	aw_sentence_add(s, ": the check passes on this picture");
}

/* What one zone had, in as many words as its verdict needs. */
static void tell_zone(const struct aw_case *c, const struct aw_finding *f, struct aw_sentence *s)
{
	aw_case_add_zone(c, f->zone, s);
	aw_sentence_add(s, ", ");
	switch (f->check.failed) {
	case AW_CLAUSE_PASSES:
		tell_passing(c, f, s);
		break;
	case AW_CLAUSE_PAGES:
		tell_pages(c, f, s);
		break;
	case AW_CLAUSE_ORDER:
	case AW_CLAUSE_BLOCK:
		tell_fragments(c, f, s);
		break;
	case AW_CLAUSE_NOT_KNOWN:
		add_open_blocks(c, f, s);
		add_mark(c, f, s);
		add_closed(c, f, s);
		break;
	}
}

/* The other zones that were open, shortly. */
static void tell_others(const struct aw_case *c, struct aw_sentence *s)
{
	unsigned int told = 0;
	unsigned int i;

	for (i = 0; i < c->nr_findings && told < MAX_OTHER_ZONES; i++) {
		const struct aw_finding *f = &c->findings[i];

		if (f->bar != AW_BAR_NONE || f == c->decisive)
			continue;
		aw_sentence_add(s, "; ");
		aw_case_add_zone(c, f->zone, s);
		aw_sentence_add(s, " has %s free", aw_case_size(c, f->check.free).s);
		if (f->check.failed == AW_CLAUSE_PAGES)
			aw_sentence_add(s, " and must keep %s",
					aw_case_size(c, f->check.min + f->check.lowmem_reserve).s);
		else if (f->check.failed != AW_CLAUSE_PASSES && c->failure->order)
			aw_sentence_add(s, ", no block of order >= %u that counts",
					c->failure->order);
		told++;
	}
}

static void tell_restriction(const struct aw_case *c, struct aw_sentence *s)
{
	if (c->decisive)
		tell_zone(c, c->decisive, s);
	else
		aw_sentence_add(s, "no zone with memory is open to this request (up to zone %s)",
				aw_zone_type_name(c->allows.highest_zone));
	if (!c->elsewhere)
		return;
	aw_sentence_add(s, "; ");
	aw_case_add_zone(c, c->elsewhere->zone, s);
	aw_sentence_add(s, " has %s free, but %s", aw_case_size(c, c->elsewhere->check.free).s,
			c->elsewhere->bar == AW_BAR_NODE ? "the cpuset leaves its node out" :
							   "the mask does not reach it");
}

static void tell_charge(const struct aw_case *c, struct aw_sentence *s)
{
	if (c->decisive && c->decisive->cause == AW_CAUSE_TRANSIENT) {
		tell_zone(c, c->decisive, s);
		aw_sentence_add(s, "; ");
	}
	aw_sentence_add(s, "the charge to its memory cgroup was refused");
}

/* How old the picture is, where it is not the failure's own. */
static void add_age(const struct aw_case *c, struct aw_sentence *s)
{
	if (!c->nr_findings)
		return;
	if (c->failure->zones_when == AW_ZONES_AFTER_PRINT)
		aw_sentence_add(s, " (zones taken after printing)");
	else if (c->failure->zones_when == AW_ZONES_READ_LATER)
		aw_sentence_add(s, " (zones read %s later)",
				aw_words_time(c->failure->zones_late_ns).s);
}

static void tell_unknown(const struct aw_case *c, const struct aw_verdict *v,
			 struct aw_sentence *s)
{
	unsigned int i;

	if (c->failure->unsampled) {
		aw_sentence_add(s, "only counted, nobody looked at memory");
		return;
	}
	if (c->decisive)
		tell_zone(c, c->decisive, s);
	else if (v->likely_cause != AW_CAUSE_UNKNOWN)
		aw_sentence_add(s, "order %u %s %u", c->failure->order,
				c->failure->order > AW_COSTLY_ORDER ? ">" : "<=", AW_COSTLY_ORDER);
	for (i = 0; i < v->nr_missing; i++)
		aw_sentence_item(s, "%s%s", i ? "" : "not known: ", v->missing[i]);
}

static void tell_text(const struct aw_case *c, const struct aw_verdict *v, struct aw_sentence *s)
{
	switch (v->cause) {
	case AW_CAUSE_ORDER_TOO_LARGE:
		aw_sentence_add(s, "order %u (%s) > %u (%s), the largest that this kernel keeps",
				c->failure->order, aw_case_order_size(c, c->failure->order).s,
				c->kernel->max_order,
				aw_case_order_size(c, c->kernel->max_order).s);
		return;
	case AW_CAUSE_MEMCG_LIMIT:
		tell_charge(c, s);
		break;
	case AW_CAUSE_ZONE_RESTRICTED:
		tell_restriction(c, s);
		break;
	case AW_CAUSE_UNKNOWN:
		tell_unknown(c, v, s);
		break;
	default:
		tell_zone(c, c->decisive, s);
		if (v->cause != AW_CAUSE_TRANSIENT)
			tell_others(c, s);
		break;
	}
	add_age(c, s);
}

static const char *headline_of(const struct aw_case *c, const struct aw_verdict *v)
{
	switch (v->cause) {
	case AW_CAUSE_FRAGMENTATION:
		return c->decisive->roomy ? "memory is fragmented, not short" :
					    "what little is free is fragmented";
	case AW_CAUSE_SHORTAGE:
		return aw_case_is_atomic(c) ? "memory is short, and the request may not wait" :
					      "memory is short";
	case AW_CAUSE_CMA_ONLY:
		return "the free memory is CMA, closed to this request";
	case AW_CAUSE_RESERVE_ONLY:
		return "the free memory is a reserve, closed to this request";
	case AW_CAUSE_ZONE_RESTRICTED:
		return c->nr_open ? "the zones open to it are exhausted, others are not" :
				    "no zone with memory is open to it";
	case AW_CAUSE_MEMCG_LIMIT:
		return "its memory cgroup is at its limit";
	case AW_CAUSE_ORDER_TOO_LARGE:
		return "larger than any block that the kernel keeps";
	case AW_CAUSE_TRANSIENT:
		return c->allows.nolock ? "a lock was held, memory was there" :
					  "memory was there when looked at";
	default:
		return c->failure->unsampled ? "only counted, cause not known" : "cause not known";
	}
}

void aw_verdict_tell_cause(const struct aw_case *c, struct aw_verdict *v)
{
	struct aw_sentence s;

	aw_sentence_start(&s, v->headline, sizeof(v->headline));
	aw_sentence_add(&s, "%s", headline_of(c, v));
	if (v->cause == AW_CAUSE_UNKNOWN && v->likely_cause != AW_CAUSE_UNKNOWN)
		aw_sentence_add(&s, ", likely %s", aw_cause_name(v->likely_cause));
	else if (v->cause_certainty == AW_LIKELY)
		aw_sentence_add(&s, " (likely)");
	aw_sentence_start(&s, v->cause_text, sizeof(v->cause_text));
	tell_text(c, v, &s);
}
