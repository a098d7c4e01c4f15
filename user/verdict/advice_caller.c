// SPDX-License-Identifier: GPL-2.0
/* What to change in the code that asked. */
#include "verdict/advice.h"

#include <inttypes.h>

#include "mm/class.h"

static bool fits_fallback(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)verdict;
	return !aw_advice_is_hard(request);
}

static void write_fallback(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text, "nothing: %s",
	    request->failure->class_why && request->failure->class_why[0] ?
		request->failure->class_why :
		"the caller is known to fall back");
}

/*
 * Is contiguous memory all that will do, or does the caller take single pages
 * already?  A huge page is contiguous by definition, a device without an IOMMU
 * sees physical addresses, and vmalloc() and kvmalloc() map single pages.
 */
static bool kvmalloc_is_no_answer(const struct aw_stack *stack)
{
	switch (aw_caller_of(stack)) {
	case AW_CALLER_HUGETLB:
	case AW_CALLER_THP:
	case AW_CALLER_VMALLOC:
	case AW_CALLER_KVMALLOC:
	case AW_CALLER_DMA:
		return true;
	case AW_CALLER_OTHER:
	case AW_CALLER_SLAB:
	case AW_CALLERS:
		break;
	}
	return false;
}

static bool fits_kvmalloc(const struct aw_case *request, const struct aw_verdict *verdict)
{
	bool boosted = request->failure->order && request->decisive && request->decisive->boost_decides;

	if ((!aw_advice_wants_block(request, verdict) && !boosted) || !request->allows.direct_reclaim)
		return false;
	if (request->failure->nommu || kvmalloc_is_no_answer(request->event->stack))
		return false;
	/* single pages do not help where they are short as well */
	if (request->decisive && request->decisive->check.failed == AW_CLAUSE_PAGES && !request->decisive->boost_decides)
		return false;
	return request->allows.fs || request->era.kvmalloc_nofs;
}

static void write_kvmalloc(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_advice *advice)
{
	(void)verdict;
	if (request->era.kvmalloc)
		aw_advice_say(advice->text,
		    "kvmalloc() if the memory need not be physically contiguous; else ask at "
		    "boot or from CMA");
	else
		aw_advice_say(advice->text,
		    "vmalloc() (%s has no kvmalloc()) if the memory need not be physically "
		    "contiguous; else ask at boot or from CMA",
		    request->era.name);
	if (request->decisive && request->decisive->zone->known & AW_ZONE_KNOWS_WATERMARKS)
		aw_advice_say(advice->helps,
		    "because it takes single pages: %s is free and open to them",
		    aw_case_size(request, aw_check_open(&request->decisive->check)).s);
}

/*
 * Costly orders are not retried: smaller ones are a way out if one passes the
 * check now.  Where none does, the kernel would call the OOM killer for
 * orders up to 3, which is no help.
 */
static bool fits_smaller(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return verdict->rule == AW_RULE_COSTLY_ORDER && aw_case_largest_order(request) &&
	       !kvmalloc_is_no_answer(request->event->stack);
}

static void write_smaller(const struct aw_case *request, const struct aw_verdict *verdict,
			  struct aw_advice *advice)
{
	unsigned int order = aw_case_largest_order(request);

	(void)verdict;
	aw_advice_say(advice->text, "ask for pieces of %s (order %u) or less, scatter-gather for a device",
	    aw_case_order_size(request, order).s, order);
	aw_advice_say(advice->helps, "because a request of order %u passes the check of zone %s now%s", order,
	    request->decisive->zone->name,
	    order <= AW_COSTLY_ORDER && request->era.retry == AW_RETRY_SHOULD_ALLOC ?
		", and orders <= 3 are retried for ever" : "");
}

static bool fits_can_sleep(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return verdict->rule == AW_RULE_NO_DIRECT_RECLAIM && request->task->context == AW_IN_TASK &&
	       !request->allows.no_watermarks && aw_advice_gain(request, verdict) != AW_GAIN_NONE;
}

static void write_can_sleep(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_advice *advice)
{
	char gain[AW_VERDICT_TEXT];

	aw_advice_tell_gain(request, verdict, gain, sizeof(gain));
	aw_advice_say(advice->text, "GFP_KERNEL, so that it may reclaim: it asked in task context");
	aw_advice_say(advice->helps, "only if no spinlock is held there and interrupts are on, and %.150s", gain);
}

static bool fits_mempool(const struct aw_case *request, const struct aw_verdict *verdict)
{
	enum aw_cause cause = aw_advice_cause(verdict);

	/* nothing is left of the mask in early boot: gfp_allowed_mask is GFP_BOOT_MASK there */
	return verdict->rule == AW_RULE_NO_DIRECT_RECLAIM && (request->failure->gfp.raw || request->failure->gfp.flags) &&
	       (cause == AW_CAUSE_SHORTAGE || aw_advice_wants_block(request, verdict));
}

static void write_mempool(const struct aw_case *request, const struct aw_verdict *verdict,
			  struct aw_advice *advice)
{
	(void)verdict;
	if (request->failure->order)
		aw_advice_say(advice->text,
		    "a mempool or buffers set aside at start for what must not fail; else "
		    "order 0 pages instead of order %u",
		    request->failure->order);
	else
		aw_advice_say(advice->text, "a mempool for what must not fail here");
}

static bool fits_allow_io(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return verdict->rule == AW_RULE_NO_COMPACTION_WITHOUT_IO && !request->failure->suspended && !request->failure->loops &&
	       aw_advice_wants_block(request, verdict) && aw_advice_gain(request, verdict) != AW_GAIN_NONE;
}

/* pm_restrict_gfp_mask() takes I/O from every request, until the devices are back. */
static bool fits_suspend(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)verdict;
	return request->failure->suspended && aw_advice_is_hard(request);
}

static void write_suspend(const struct aw_case *request, const struct aw_verdict *verdict,
			  struct aw_advice *advice)
{
	(void)request;
	(void)verdict;
	aw_advice_say(advice->text,
	    "ask before suspend, or keep the buffer over it: until the devices are back no request may start I/O");
}

static void write_allow_io(const struct aw_case *request, const struct aw_verdict *verdict,
			   struct aw_advice *advice)
{
	char gain[AW_VERDICT_TEXT];

	aw_advice_tell_gain(request, verdict, gain, sizeof(gain));
	aw_advice_say(advice->text,
	    "ask with GFP_KERNEL, outside any %s scope, so that compaction is allowed",
	    request->allows.io ? "memalloc_nofs" : "memalloc_noio");
	aw_advice_say(advice->helps,
	    "only if the caller is not itself in the path of I/O that reclaim would wait for, and %.130s", gain);
}

static bool fits_wider_zone(const struct aw_case *request, const struct aw_verdict *verdict)
{
	return aw_advice_cause(verdict) == AW_CAUSE_ZONE_RESTRICTED && request->elsewhere &&
	       request->elsewhere->bar == AW_BAR_ZONE &&
	       request->allows.highest_zone < AW_ZONE_TYPE_NORMAL;
}

static void write_wider_zone(const struct aw_case *request, const struct aw_verdict *verdict,
			     struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "leave out __GFP_%s where the device reaches more (dma_set_mask(), and "
	    "dma_alloc_coherent() instead of a zone flag)",
	    aw_zone_type_name(request->allows.highest_zone));
	aw_advice_say(advice->helps, "because zone %s has %s free", request->elsewhere->zone->name,
	    aw_case_size(request, request->elsewhere->check.free).s);
}

static bool fits_too_large(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)request;
	return verdict->cause == AW_CAUSE_ORDER_TOO_LARGE;
}

static void write_too_large(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_advice *advice)
{
	(void)verdict;
	aw_advice_say(advice->text,
	    "vmalloc(), or dma_alloc_coherent() from CMA: the largest block is %s",
	    aw_case_order_size(request, request->kernel->max_order).s);
}

static bool fits_try_again(const struct aw_case *request, const struct aw_verdict *verdict)
{
	(void)request;
	return verdict->rule == AW_RULE_TRYLOCK;
}

static void write_try_again(const struct aw_case *request, const struct aw_verdict *verdict,
			    struct aw_advice *advice)
{
	(void)request;
	(void)verdict;
	aw_advice_say(advice->text, "try again later: alloc_pages_nolock() is allowed to fail at any time");
}

const struct aw_advice_row aw_advice_caller_rows[] = {
	{ .id = "fallback", .fits = fits_fallback, .write = write_fallback, .soft = true },
	{ .id = "kvmalloc", .fits = fits_kvmalloc, .write = write_kvmalloc },
	{ .id = "can_sleep", .fits = fits_can_sleep, .write = write_can_sleep },
	{ .id = "mempool", .fits = fits_mempool, .write = write_mempool },
	{ .id = "before_suspend", .fits = fits_suspend, .write = write_suspend },
	{ .id = "allow_io", .fits = fits_allow_io, .write = write_allow_io },
	{ .id = "wider_zone", .fits = fits_wider_zone, .write = write_wider_zone },
	{ .id = "too_large", .fits = fits_too_large, .write = write_too_large },
	{ .id = "try_again", .fits = fits_try_again, .write = write_try_again },
	{ .id = "smaller_order", .fits = fits_smaller, .write = write_smaller },
	{ .id = NULL },
};
