// SPDX-License-Identifier: GPL-2.0
/* What to change in the code that asked. */
#include "verdict/advice.h"

static bool fits_fallback(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)v;
	return !aw_advice_is_hard(c);
}

static void write_fallback(const struct aw_case *c, const struct aw_verdict *v,
			   struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "nothing: %s", c->failure->class_why && c->failure->class_why[0] ?
	    c->failure->class_why : "the caller is known to fall back");
}

static bool fits_kvmalloc(const struct aw_case *c, const struct aw_verdict *v)
{
	if (!aw_advice_wants_block(c, v) || !c->allows.direct_reclaim)
		return false;
	/* single pages do not help where they are short as well */
	if (c->decisive && c->decisive->check.failed == AW_CLAUSE_PAGES)
		return false;
	return c->allows.fs || c->era.kvmalloc_nofs;
}

static void write_kvmalloc(const struct aw_case *c, const struct aw_verdict *v,
			   struct aw_advice *a)
{
	(void)v;
	if (c->era.kvmalloc)
		aw_advice_say(a->text, "kvmalloc() if the memory need not be physically contiguous; else ask at "
		    "boot or from CMA");
	else
		aw_advice_say(a->text, "vmalloc() (%s has no kvmalloc()) if the memory need not be physically "
		    "contiguous; else ask at boot or from CMA", c->era.name);
	if (c->decisive)
		aw_advice_say(a->helps, "because it takes single pages: %s is free and open to them",
		    aw_case_size(c, c->decisive->check.free - c->decisive->check.closed).s);
}

static bool fits_smaller(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return v->rule == AW_RULE_COSTLY_ORDER;
}

static void write_smaller(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "ask for pieces of %s (order %u) or less, scatter-gather for a device",
	    aw_case_order_size(c, AW_COSTLY_ORDER).s, AW_COSTLY_ORDER);
	if (c->era.retry == AW_RETRY_SHOULD_ALLOC)
		aw_advice_say(a->helps, "because %s retries orders <= %u for ever", c->era.name,
		    AW_COSTLY_ORDER);
	else
		aw_advice_say(a->helps, "because %s retries orders <= %u until the OOM killer has freed memory",
		    c->era.name, AW_COSTLY_ORDER);
}

static bool fits_retry(const struct aw_case *c, const struct aw_verdict *v)
{
	return v->rule == AW_RULE_COSTLY_ORDER && c->allows.compaction &&
	       aw_advice_cause(v) == AW_CAUSE_FRAGMENTATION && aw_advice_compaction_helps(c);
}

static void write_retry(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	(void)v;
	if (c->era.retry == AW_RETRY_ROUNDS) {
		aw_advice_say(a->text, "%s: up to 16 rounds of reclaim and compaction, each up to "
		    "milliseconds long and at the cost of page cache", c->era.retry_flag);
		aw_advice_say(a->helps, "only if movable or reclaimable pages fill the holes");
	} else {
		aw_advice_say(a->text, "%s: more rounds of reclaim and compaction, at the cost of page cache",
		    c->era.retry_flag);
		aw_advice_say(a->helps, "little: %s stops as soon as %u pages were reclaimed, block or no block",
		    c->era.name, 1u << c->shift);
	}
}

static void write_nofail(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "not __GFP_NOFAIL: order %u > 1 makes the kernel warn, and the task loops for as "
	    "long as memory stays in pieces", c->failure->order);
}

static bool fits_can_sleep(const struct aw_case *c, const struct aw_verdict *v)
{
	return v->rule == AW_RULE_NO_DIRECT_RECLAIM &&
	       c->task->context == AW_IN_TASK;
}

static void write_can_sleep(const struct aw_case *c, const struct aw_verdict *v,
			    struct aw_advice *a)
{
	(void)c;
	(void)v;
	aw_advice_say(a->text, "GFP_KERNEL, so that it may reclaim: it asked in task context");
	aw_advice_say(a->helps, "only if no spinlock is held there and interrupts are on");
}

static bool fits_mempool(const struct aw_case *c, const struct aw_verdict *v)
{
	enum aw_cause cause = aw_advice_cause(v);

	return v->rule == AW_RULE_NO_DIRECT_RECLAIM &&
	       (cause == AW_CAUSE_SHORTAGE || aw_advice_wants_block(c, v));
}

static void write_mempool(const struct aw_case *c, const struct aw_verdict *v, struct aw_advice *a)
{
	(void)v;
	if (c->failure->order)
		aw_advice_say(a->text, "a mempool or buffers set aside at start for what must not fail; else "
		    "order 0 pages instead of order %u", c->failure->order);
	else
		aw_advice_say(a->text, "a mempool for what must not fail here");
}

static bool fits_allow_io(const struct aw_case *c, const struct aw_verdict *v)
{
	return v->rule == AW_RULE_NO_COMPACTION_WITHOUT_IO && aw_advice_wants_block(c, v);
}

static void write_allow_io(const struct aw_case *c, const struct aw_verdict *v,
			   struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "ask with GFP_KERNEL, outside any %s scope, so that compaction is allowed",
	    c->allows.io ? "memalloc_nofs" : "memalloc_noio");
	aw_advice_say(a->helps, "only if the caller is not itself in the path of I/O that reclaim would wait "
	    "for");
}

static bool fits_noretry(const struct aw_case *c, const struct aw_verdict *v)
{
	return v->rule == AW_RULE_NORETRY && !c->allows.thisnode_quick;
}

static void write_noretry(const struct aw_case *c, const struct aw_verdict *v,
			  struct aw_advice *a)
{
	(void)v;
	if (c->failure->order <= AW_COSTLY_ORDER)
		aw_advice_say(a->text, "fall back when it fails, or leave out __GFP_NORETRY: order %u <= %u is "
		    "then retried", c->failure->order, AW_COSTLY_ORDER);
	else
		aw_advice_say(a->text, "fall back when it fails: order %u > %u is not retried without "
		    "__GFP_NORETRY either", c->failure->order, AW_COSTLY_ORDER);
}

static bool fits_wider_zone(const struct aw_case *c, const struct aw_verdict *v)
{
	return aw_advice_cause(v) == AW_CAUSE_ZONE_RESTRICTED && c->elsewhere &&
	       c->elsewhere->bar == AW_BAR_ZONE && c->allows.highest_zone < AW_ZONE_TYPE_NORMAL;
}

static void write_wider_zone(const struct aw_case *c, const struct aw_verdict *v,
			     struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "leave out __GFP_%s where the device reaches more (dma_set_mask(), and "
	    "dma_alloc_coherent() instead of a zone flag)",
	    aw_zone_type_name(c->allows.highest_zone));
	aw_advice_say(a->helps, "because zone %s has %s free", c->elsewhere->zone->name,
	    aw_case_size(c, c->elsewhere->check.free).s);
}

static bool fits_too_large(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return v->cause == AW_CAUSE_ORDER_TOO_LARGE;
}

static void write_too_large(const struct aw_case *c, const struct aw_verdict *v,
			    struct aw_advice *a)
{
	(void)v;
	aw_advice_say(a->text, "vmalloc(), or dma_alloc_coherent() from CMA: the largest block is %s",
	    aw_case_order_size(c, c->kernel->max_order).s);
}

static bool fits_try_again(const struct aw_case *c, const struct aw_verdict *v)
{
	(void)c;
	return (v->cause == AW_CAUSE_TRANSIENT || v->rule == AW_RULE_TRYLOCK);
}

static void write_try_again(const struct aw_case *c, const struct aw_verdict *v,
			    struct aw_advice *a)
{
	(void)c;
	aw_advice_say(a->text, v->rule == AW_RULE_TRYLOCK ?
	    "try again later: alloc_pages_nolock() is allowed to fail at any time" :
	    "try again: the memory was there a moment later");
}

const struct aw_advice_row aw_advice_caller_rows[] = {
	{ "fallback", true, fits_fallback, write_fallback },
	{ "kvmalloc", false, fits_kvmalloc, write_kvmalloc },
	{ "can_sleep", false, fits_can_sleep, write_can_sleep },
	{ "mempool", false, fits_mempool, write_mempool },
	{ "allow_io", false, fits_allow_io, write_allow_io },
	{ "noretry", false, fits_noretry, write_noretry },
	{ "wider_zone", false, fits_wider_zone, write_wider_zone },
	{ "too_large", false, fits_too_large, write_too_large },
	{ "try_again", false, fits_try_again, write_try_again },
	{ "smaller_order", false, fits_smaller, write_smaller },
	{ "retry_mayfail", false, fits_retry, write_retry },
	{ "no_nofail", false, fits_smaller, write_nofail },
	{ NULL, false, NULL, NULL },
};
