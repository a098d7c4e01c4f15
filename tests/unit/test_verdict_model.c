// SPDX-License-Identifier: GPL-2.0
/*
 * Holds verdicts against a model of the allocator's last tries, made of the kernel's source without a look at verdict/:
 * states of a zone and requests by chance.  Where the model gets no page, the check must not pass; where it gets one, it
 * must, and nothing may be certain.  The cause must hold, too: a fragmented zone would
 * serve the request with one more block, a short one would not, and so on.
 */
#include <stdbool.h>
#include <stdlib.h>

#include "event_builder.h"
#include "verdict/causes.h"

/* get_page_from_freelist(), __zone_watermark_ok() and rmqueue_buddy() of five releases; 4.19 has no boost. */
enum release { R4_19, R5_10, R6_6, R6_1, R7_2, RELEASES };
static const char *const releases[] = { "4.19.200", "5.10.251", "6.6.30", "6.1.192", "7.2.13" };
#define IS_OLD(r) ((r)->release <= R5_10)	/* before ALLOC_NON_BLOCK */

#define ORDERS 11
enum list { UNMOVABLE, MOVABLE, RECLAIMABLE, HIGHATOMIC, CMA, LISTS };
static const char letters[] = "UMEHC";

#define ALLOC_NO_WATERMARKS	0x1u
#define ALLOC_OOM		0x2u
#define ALLOC_HIGH		0x4u	/* ALLOC_MIN_RESERVE */
#define ALLOC_HARDER		0x8u	/* 5.10 */
#define ALLOC_NON_BLOCK		0x10u	/* 6.3 on, and 6.1.116 */
#define ALLOC_HIGHATOMIC	0x20u
#define ALLOC_CMA		0x40u
#define ALLOC_RESERVES		(ALLOC_HIGH | ALLOC_NON_BLOCK | ALLOC_HIGHATOMIC | ALLOC_OOM)

struct state {
	long blocks[ORDERS][LISTS];
	long free, free_cma, free_highatomic, reserved_highatomic;
	long min, boost, reserve;
};

struct request {
	enum release release;
	unsigned int order;
	bool movable;
	bool high, atomic, direct, memalloc, nomemalloc;	/* of the mask */
	bool pf_memalloc, victim, realtime;
};

static unsigned int first_flags(const struct request *r)
{
	unsigned int flags = (r->high ? ALLOC_HIGH : 0) | (r->movable ? ALLOC_CMA : 0);

	if (IS_OLD(r)) {
		if (r->atomic)
			return flags | (r->nomemalloc ? 0 : ALLOC_HARDER);
		return flags | (r->realtime ? ALLOC_HARDER : 0);
	}
	if (r->direct)
		return flags | (r->realtime ? ALLOC_HIGH : 0);
	if (r->nomemalloc)
		return flags;
	return flags | ALLOC_NON_BLOCK | (r->order && (r->high || r->release == R6_6) ? ALLOC_HIGHATOMIC : 0);
}

/* __gfp_pfmemalloc_flags(): they take the place of the first ones; 0: there is no second try. */
static unsigned int reserve_flags(const struct request *r)
{
	unsigned int flags = 0;

	if (r->nomemalloc)
		return 0;
	if (r->memalloc || r->pf_memalloc)
		flags = ALLOC_NO_WATERMARKS;
	else if (r->victim)
		flags = ALLOC_OOM;
	return flags ? flags | (r->movable ? ALLOC_CMA : 0) : 0;
}

static bool has(const struct state *s, unsigned int order, enum list list)
{
	for (; order < ORDERS; order++)
		if (s->blocks[order][list])
			return true;
	return false;
}

static bool watermark_ok(const struct state *s, const struct request *r, unsigned int flags, long mark)
{
	bool harder = IS_OLD(r) ? flags & (ALLOC_HARDER | ALLOC_OOM) : flags & ALLOC_RESERVES;
	long min = mark, free = s->free - ((1l << r->order) - 1);

	if (!harder)
		free -= r->release == R7_2 ? s->free_highatomic : s->reserved_highatomic;
	if (!(flags & ALLOC_CMA))
		free -= s->free_cma;
	if (flags & ALLOC_HIGH)
		min -= min / 2;
	if (IS_OLD(r)) {
		if (flags & ALLOC_OOM)
			min -= min / 2;
		else if (flags & ALLOC_HARDER)
			min -= min / 4;
	} else {
		if (flags & ALLOC_HIGH && flags & ALLOC_NON_BLOCK)
			min -= min / 4;
		if (flags & ALLOC_OOM)
			min -= min / 2;
	}
	if (free <= min + s->reserve)
		return false;
	if (!r->order)
		return true;
	if (has(s, r->order, UNMOVABLE) || has(s, r->order, MOVABLE) || has(s, r->order, RECLAIMABLE))
		return true;
	if (flags & ALLOC_CMA && has(s, r->order, CMA))
		return true;
	return (IS_OLD(r) ? harder : flags & (ALLOC_HIGHATOMIC | ALLOC_OOM)) && has(s, r->order, HIGHATOMIC);
}

/* zone_watermark_fast() at the min watermark */
static bool passes(const struct state *s, const struct request *r, unsigned int flags)
{
	bool ignores = !r->order && s->boost && (IS_OLD(r) ? r->atomic : flags & ALLOC_HIGH);

	if (flags & ALLOC_NO_WATERMARKS)
		return true;
	return watermark_ok(s, r, flags, s->min + s->boost) || (ignores && watermark_ok(s, r, flags, s->min));
}

static bool rmqueue(const struct state *s, const struct request *r, unsigned int flags)
{
	if (has(s, r->order, UNMOVABLE) || has(s, r->order, MOVABLE) || has(s, r->order, RECLAIMABLE))
		return true;
	if (r->movable && flags & ALLOC_CMA && has(s, r->order, CMA))
		return true;
	if (!has(s, r->order, HIGHATOMIC))
		return false;
	if (IS_OLD(r))
		return r->order && flags & ALLOC_HARDER;
	/* order 0 of those who may not wait: 6.12, 6.6.60, 6.1.116 */
	return flags & (ALLOC_HIGHATOMIC | ALLOC_OOM | (r->release == R6_6 ? 0 : ALLOC_NON_BLOCK));
}

static bool gets_page(const struct state *s, const struct request *r)
{
	unsigned int first = first_flags(r), second = reserve_flags(r);

	return (passes(s, r, first) && rmqueue(s, r, first)) ||
	       (second && passes(s, r, second) && rmqueue(s, r, second));
}

/* ---- chance ---- */

static unsigned int seed;

static unsigned int below(unsigned int n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 8) % n;
}

static bool one_of(unsigned int n)
{
	return !below(n);
}

static void make_state(struct state *s)
{
	unsigned int highest = below(ORDERS);

	memset(s, 0, sizeof(*s));
	for (unsigned int order = 0; order <= highest; order++)
		for (unsigned int list = 0; list < LISTS; list++)
			if (one_of(list < HIGHATOMIC ? 3 : 4)) {
				s->blocks[order][list] = 1 + below(3);
				s->free += s->blocks[order][list] << order;
				s->free_cma += list == CMA ? s->blocks[order][list] << order : 0;
				s->free_highatomic += list == HIGHATOMIC ? s->blocks[order][list] << order : 0;
			}
	s->reserved_highatomic = s->free_highatomic ? s->free_highatomic + below(20) : 0;
	s->min = 1 + below(s->free ? 2 * (unsigned int)s->free : 10);
	s->boost = one_of(3) ? below((unsigned int)s->min) : 0;
	s->reserve = one_of(3) ? below((unsigned int)s->min) : 0;
}

static void make_request(struct request *r)
{
	memset(r, 0, sizeof(*r));
	r->release = below(RELEASES);
	r->order = one_of(2) ? 0 : below(ORDERS);
	r->movable = one_of(4);
	r->direct = one_of(2);
	r->high = !r->direct ? one_of(2) : one_of(8);
	r->atomic = r->high && !r->direct;
	r->memalloc = one_of(8);
	r->nomemalloc = one_of(6);
	r->pf_memalloc = one_of(8);
	r->victim = one_of(6);
	r->realtime = one_of(6);
}

static void make_both(struct state *s, struct request *r)
{
	make_state(s);
	make_request(r);
	if (r->release == R4_19)
		s->boost = 0;
}

/* ---- the same for a verdict ---- */

static const char *mask_of(const struct request *r, char *text, size_t size)
{
	const char *first = r->direct ? "GFP_KERNEL|__GFP_NORETRY" : r->atomic ? "GFP_ATOMIC" : "__GFP_KSWAPD_RECLAIM";

	snprintf(text, size, "%s%s%s%s%s", first, r->direct && r->high ? "|__GFP_HIGH" : "", r->movable ? "|__GFP_MOVABLE" : "",
		 r->memalloc ? "|__GFP_MEMALLOC" : "", r->nomemalloc ? "|__GFP_NOMEMALLOC" : "");
	return text;
}

static void lay_out(const struct state *s, const struct request *r, struct built *b)
{
	char text[200];
	struct aw_zone *z;

	build(b, releases[r->release], r->order, mask_of(r, text, sizeof(text)));
	b->kernel.version_exact = true;
	b->event.failure.migratetype = r->movable ? AW_MT_MOVABLE : AW_MT_UNMOVABLE;
	b->event.task.known = AW_TASK_KNOWS_FLAGS | AW_TASK_KNOWS_VICTIM | AW_TASK_KNOWS_POLICY;
	b->event.task.memalloc = r->pf_memalloc;
	b->event.task.oom_victim = r->victim;
	b->event.task.realtime = r->realtime;
	z = build_zone(b, "Normal", (uint64_t)s->free, (uint64_t)s->min, (uint64_t)s->min + s->min / 4);
	z->free_cma = (uint64_t)s->free_cma;
	z->reserved_highatomic = (uint64_t)s->reserved_highatomic;
	z->free_highatomic = (uint64_t)s->free_highatomic;
	z->known |= r->release == R7_2 ? AW_ZONE_KNOWS_FREE_HIGHATOMIC : 0;
	z->boost = (uint64_t)s->boost;
	z->nr_reserves = 1;
	z->lowmem_reserve[0] = s->reserve;
	for (unsigned int order = 0; order < ORDERS; order++) {
		char types[LISTS + 1] = "";
		uint64_t count = 0;

		for (unsigned int list = 0; list < LISTS; list++)
			if (s->blocks[order][list]) {
				count += (uint64_t)s->blocks[order][list];
				types[strlen(types)] = letters[list];
			}
		build_blocks(z, order, count, types);
	}
}

static bool says_it_passes(const struct aw_verdict *v)
{
	return v->cause == AW_CAUSE_UNKNOWN || v->cause == AW_CAUSE_TRANSIENT;
}

/* The state, had it one more block of the order: what fragmentation lacks. */
static bool gets_with_block(struct state s, const struct request *r)
{
	s.blocks[r->order][UNMOVABLE]++;
	return gets_page(&s, r);
}

/* The state, were its CMA and its HighAtomic reserve open to all, and had it a block of the order then. */
static bool gets_if_open(struct state s, const struct request *r)
{
	for (unsigned int order = 0; order < ORDERS; order++) {
		s.blocks[order][MOVABLE] += s.blocks[order][CMA] + s.blocks[order][HIGHATOMIC];
		s.blocks[order][CMA] = s.blocks[order][HIGHATOMIC] = 0;
	}
	s.free_cma = s.free_highatomic = s.reserved_highatomic = 0;
	return gets_with_block(s, r);
}

/* What must be so where a request got no page, by the cause. */
static bool is_true(enum aw_cause cause, const struct state *s, const struct request *r)
{
	switch (cause) {
	case AW_CAUSE_FRAGMENTATION:
		return gets_with_block(*s, r);
	case AW_CAUSE_CMA_ONLY:
		return s->free_cma && gets_if_open(*s, r);
	case AW_CAUSE_RESERVE_ONLY:
		return s->free_highatomic && gets_if_open(*s, r);
	case AW_CAUSE_SHORTAGE:
		/* it is none if fewer pages are open than a block has */
		return !gets_with_block(*s, r) ||
		       s->free - (r->movable ? 0 : s->free_cma) - s->reserved_highatomic < 1l << r->order;
	default:
		return false;
	}
}

static void tell(unsigned int number, const struct state *s, const struct request *r, const struct aw_verdict *v)
{
	char text[200];

	print_error("%u: %s order %u %s%s%s%s: %s, \"%s\"\n", number, releases[r->release], r->order, mask_of(r, text, sizeof(text)),
		    r->pf_memalloc ? " PF_MEMALLOC" : "", r->victim ? " victim" : "", r->realtime ? " realtime" : "",
		    gets_page(s, r) ? "gets a page" : "gets none", v->cause_text);
	print_error("  %s: free %ld cma %ld highatomic %ld of %ld min %ld boost %ld reserve %ld\n", aw_cause_name(v->cause), s->free, s->free_cma,
		    s->free_highatomic, s->reserved_highatomic, s->min, s->boost, s->reserve);
}

#define TRIES 60000

static void as_the_allocator(void **state)
{
	unsigned int got = 0, wrong = 0;

	(void)state;
	seed = 1;
	for (unsigned int i = 0; i < TRIES; i++) {
		struct aw_verdict v;
		struct request r;
		struct state s;
		struct built b;

		make_both(&s, &r);
		lay_out(&s, &r, &b);
		aw_verdict_make(&b.event, &b.kernel, &v);
		built_free(&b);
		got += gets_page(&s, &r);
		if ((gets_page(&s, &r) ? !says_it_passes(&v) || v.cause_certainty == AW_CERTAIN : !is_true(v.cause, &s, &r)) &&
		    ++wrong <= 10)
			tell(i, &s, &r, &v);
	}
	print_message("%u of %u requests got a page\n", got, TRIES);
	assert_int_equal(wrong, 0);
	/* both happen often, or this shows nothing */
	assert_in_range(got, TRIES / 10, TRIES * 9 / 10);
}

/* A log tells nothing of the task, which may be a victim, real-time or freeing memory: what is certain must be so all the same. */
static void from_a_log(void **state)
{
	unsigned int certain = 0, failed = 0, wrong = 0;

	(void)state;
	seed = 4711;
	for (unsigned int i = 0; i < TRIES; i++) {
		struct aw_verdict v;
		struct request r;
		struct state s;
		struct built b;

		make_both(&s, &r);
		if (gets_page(&s, &r))
			continue;
		lay_out(&s, &r, &b);
		b.event.task.known = 0;
		b.event.failure.saw = AW_SAW_LOG;
		b.event.failure.zones_when = AW_ZONES_FROM_LOG;
		aw_verdict_make(&b.event, &b.kernel, &v);
		built_free(&b);
		failed++;
		certain += v.cause_certainty == AW_CERTAIN;
		if (v.cause_certainty == AW_CERTAIN && !is_true(v.cause, &s, &r) && ++wrong <= 10)
			tell(i, &s, &r, &v);
	}
	print_message("%u of %u failures have a certain cause\n", certain, failed);
	assert_int_equal(wrong, 0);
	assert_in_range(certain, failed / 4, failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(as_the_allocator), cmocka_unit_test(from_a_log) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
