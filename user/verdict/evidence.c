// SPDX-License-Identifier: GPL-2.0
/* The facts that a verdict rests on, each with its number. */
#include "verdict/parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "verdict/fragmentation.h"

static void put(struct aw_verdict *v, const char *fact, int64_t value, const char *unit,
		const char *format, ...) __attribute__((format(printf, 5, 6)));

static void put(struct aw_verdict *v, const char *fact, int64_t value, const char *unit,
		const char *format, ...)
{
	struct aw_evidence *e;
	va_list args;

	if (v->nr_evidence >= AW_MAX_EVIDENCE)
		return;
	e = &v->evidence[v->nr_evidence++];
	e->fact = fact;
	e->value = value;
	e->unit = unit;
	va_start(args, format);
	vsnprintf(e->text, sizeof(e->text), format, args);
	va_end(args);
}

static void put_request(const struct aw_case *c, struct aw_verdict *v)
{
	put(v, "order", c->failure->order, "order", "order %u is %s", c->failure->order,
	    aw_case_order_size(c, c->failure->order).s);
	put(v, "order_limit", AW_COSTLY_ORDER, "order",
	    "orders above %u are not retried without %s (PAGE_ALLOC_COSTLY_ORDER)", AW_COSTLY_ORDER,
	    c->era.retry_flag);
	if (c->kernel->max_order && c->failure->order > c->kernel->max_order)
		put(v, "max_order", c->kernel->max_order, "order", "the largest order is %u",
		    c->kernel->max_order);
}

struct zone_words {
	char s[48];
};

static struct zone_words name_zone(const struct aw_case *c, const struct aw_finding *f)
{
	struct zone_words w;
	struct aw_sentence s;

	aw_sentence_start(&s, w.s, sizeof(w.s));
	aw_case_add_zone(c, f->zone, &s);
	return w;
}

static void put_pages(const struct aw_case *c, const struct aw_finding *f, struct aw_verdict *v)
{
	struct zone_words zone = name_zone(c, f);
	int64_t open = f->check.free - f->check.closed;

	put(v, "free_pages", f->check.free, "pages", "%s: %" PRId64 " pages (%s) free", zone.s,
	    f->check.free, aw_case_size(c, f->check.free).s);
	if (f->check.closed)
		put(v, "open_pages", open, "pages", "%s: %" PRId64 " pages (%s) of them open to this "
		    "request", zone.s, open, aw_case_size(c, open).s);
	if (!(f->zone->known & AW_ZONE_KNOWS_WATERMARKS))
		return;
	put(v, "min_watermark", f->check.mark, "pages", "%s: min watermark %" PRId64 " pages (%s)",
	    zone.s, f->check.mark, aw_case_size(c, f->check.mark).s);
	if (f->check.min + f->check.lowmem_reserve != f->check.mark)
		put(v, "must_leave", f->check.min + f->check.lowmem_reserve, "pages",
		    "%s: this request must leave more than %" PRId64 " pages: %" PRId64 " of the min "
		    "watermark, %" PRId64 " lowmem reserve", zone.s,
		    f->check.min + f->check.lowmem_reserve, f->check.min, f->check.lowmem_reserve);
}

static void put_closed(const struct aw_case *c, const struct aw_finding *f, struct aw_verdict *v)
{
	struct zone_words zone = name_zone(c, f);
	int64_t cma = (int64_t)f->blocks.closed_cma;
	int64_t highatomic = (int64_t)f->blocks.closed_highatomic;

	if (cma)
		put(v, "free_cma", cma, "pages", "%s: %" PRId64 " pages (%s) free in CMA, closed to "
		    "this request", zone.s, cma, aw_case_size(c, cma).s);
	if (highatomic)
		put(v, "highatomic", highatomic, "pages", "%s: %" PRId64 " pages (%s) in the "
		    "HighAtomic reserve, closed to this request", zone.s, highatomic,
		    aw_case_size(c, highatomic).s);
}

static int largest_open(const struct aw_finding *f)
{
	int o;

	for (o = AW_MAX_ORDERS - 1; o >= 0; o--)
		if (f->blocks.open[o] && !(f->blocks.only_reserve >> o & 1))
			break;
	return o;
}

static void put_indices(const struct aw_case *c, const struct aw_finding *f, struct aw_verdict *v)
{
	struct zone_words zone = name_zone(c, f);
	int index = aw_fragmentation_index(f->zone, c->shift);
	int unusable = aw_unusable_free_index(f->zone, c->shift);

	if (index != AW_FRAGMENTATION_FITS)
		put(v, "fragmentation_index", index, "thousandths", "%s: fragmentation index %s0.%03d "
		    "for order %u (0 lack of memory, 1 fragmentation)", zone.s,
		    index < 0 ? "-" : "", abs(index), c->failure->order);
	put(v, "unusable_index", unusable, "thousandths", "%s: %d.%d %% of the free memory is in "
	    "blocks below order %u", zone.s, unusable / 10, unusable % 10, c->failure->order);
}

static void put_blocks(const struct aw_case *c, const struct aw_finding *f, struct aw_verdict *v)
{
	struct zone_words zone = name_zone(c, f);
	int largest = largest_open(f);

	if (!f->blocks.known || !c->failure->order)
		return;
	put(v, "largest_open_order", largest, "order", "%s: %s%s", zone.s, largest < 0 ?
	    "no block is open to this request" : "the largest blocks open to this request, reserve left out, are ",
	    largest < 0 ? "" : aw_case_block(c, (unsigned int)largest).s);
	if (f->check.failed == AW_CLAUSE_ORDER)
		put(v, "order_mark", f->check.order_pages, "pages", "%s: %" PRId64 " pages in blocks "
		    "above order %u, and %s wants more than %" PRId64 " there", zone.s,
		    f->check.order_pages, f->check.order, c->era.name, f->check.order_min);
	put_indices(c, f, v);
}

static void put_zones(const struct aw_case *c, struct aw_verdict *v)
{
	unsigned int i;

	if (c->decisive) {
		put_pages(c, c->decisive, v);
		put_closed(c, c->decisive, v);
		put_blocks(c, c->decisive, v);
	}
	if (c->elsewhere)
		put(v, "free_elsewhere", c->elsewhere->check.free, "pages", "%s, not open to this "
		    "request: %s free", name_zone(c, c->elsewhere).s,
		    aw_case_size(c, c->elsewhere->check.free).s);
	for (i = 0; i < c->nr_findings; i++)
		if (c->findings[i].bar == AW_BAR_NONE && &c->findings[i] != c->decisive)
			put_pages(c, &c->findings[i], v);
}

static void put_effort(const struct aw_case *c, struct aw_verdict *v)
{
	const struct aw_effort *e = &c->failure->effort;

	if (!e->known)
		return;
	if (e->knows_reclaim) {
		put(v, "reclaim_calls", e->reclaim_calls, "calls", "direct reclaim was called %u x, %u x "
		    "of them declined", e->reclaim_calls, e->reclaim_declined);
		put(v, "reclaim_pages", (int64_t)e->reclaim_pages, "pages", "reclaim freed %" PRIu64
		    " pages", e->reclaim_pages);
	}
	if (e->knows_compaction)
		put(v, "compact_calls", e->compact_calls, "calls", "compaction was tried %u x",
		    e->compact_calls);
	if (e->knows_retry && e->reclaim_retries)
		put(v, "retry_available", (int64_t)e->retry_available, "pages",
		    "should_reclaim_retry() saw %" PRIu64 " pages free or reclaimable, min watermark %"
		    PRIu64, e->retry_available, e->retry_min_wmark);
	if (e->total_ns)
		put(v, "slow_path_time", (int64_t)e->total_ns, "ns", "%s in the slow path",
		    aw_words_time(e->total_ns).s);
}

/* The most telling first: a long list of zones must not push them out. */
void aw_verdict_list_evidence(const struct aw_case *c, struct aw_verdict *v)
{
	put_request(c, v);
	put_effort(c, v);
	if (c->failure->zones_when == AW_ZONES_READ_LATER && c->nr_findings)
		put(v, "zones_late", (int64_t)c->failure->zones_late_ns, "ns",
		    "the zones were read %s after the failure",
		    aw_words_time(c->failure->zones_late_ns).s);
	put_zones(c, v);
}
