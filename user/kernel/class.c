// SPDX-License-Identifier: GPL-2.0
/*
 * Which failures nobody suffers from: a table over mask, order and callers.
 *
 * The first row that fits decides; a request that fits none is hard.
 * __GFP_NOWARN alone is no sign of a fallback: pipe_resize_ring() asks
 * silently and returns ENOMEM to its user.  SLUB needs no row: its try for a
 * large slab carries NORETRY as well, and when the smallest one fails, too,
 * the caller goes without.
 */
#include "kernel/class.h"

#include "base/glob.h"

#define FLAG(name) (UINT64_C(1) << AW_GFP_##name)

struct class_row {
	uint64_t all;		/* flags that must be set */
	uint64_t none;		/* flags that must not */
	unsigned int min_order;
	const char *caller;	/* glob that some frame of the kernel itself must match; NULL: any */
	enum aw_class class;
	const char *why;
};

static const struct class_row rows[] = {
	{ 0, 0, 0, "alloc_pages_nolock*", AW_CLASS_OPPORTUNISTIC,
	  "alloc_pages_nolock() may fail on a contended lock, its callers expect that" },
	{ 0, 0, 0, "try_alloc_pages*", AW_CLASS_OPPORTUNISTIC,
	  "try_alloc_pages() may fail on a contended lock, its callers expect that" },
	{ FLAG(NORETRY) | FLAG(NOWARN), 0, 0, NULL, AW_CLASS_OPPORTUNISTIC,
	  "__GFP_NORETRY|__GFP_NOWARN: the caller has a fallback" },
	{ 0, 0, 1, "*do_huge_pmd*", AW_CLASS_OPPORTUNISTIC,
	  "a huge page was tried, small pages serve as well" },
	{ FLAG(COMP) | FLAG(NOMEMALLOC) | FLAG(NOWARN) | FLAG(MOVABLE), 0, 1, NULL,
	  AW_CLASS_OPPORTUNISTIC, "a huge page was tried, small pages serve as well" },
	{ 0, 0, 0, "collapse_huge_page*", AW_CLASS_OPPORTUNISTIC,
	  "khugepaged tries again later" },
	{ FLAG(NOWARN), 0, 1, "*kvmalloc*", AW_CLASS_OPPORTUNISTIC,
	  "kvmalloc() falls back to vmalloc()" },
	{ FLAG(NOWARN), 0, 1, "alloc_skb_with_frags*", AW_CLASS_OPPORTUNISTIC,
	  "the socket buffer is built of smaller pieces" },
	{ FLAG(NOWARN), 0, 1, "*page_cache_ra_order*", AW_CLASS_OPPORTUNISTIC,
	  "readahead goes on with smaller folios" },
	{ FLAG(NOWARN), FLAG(DIRECT_RECLAIM) | FLAG(WAIT) | FLAG(HIGH), 0, "mempool_alloc*",
	  AW_CLASS_OPPORTUNISTIC, "mempool_alloc() takes from its reserve" },
};

static bool has_caller(const struct aw_stack *stack, const char *pattern)
{
	for (unsigned int i = 0; i < stack->count; i++)
		if (!stack->frames[i].module[0] && aw_glob_match(pattern, stack->frames[i].name))
			return true;
	return false;
}

enum aw_class aw_class_of(const struct aw_gfp *gfp, unsigned int order,
			  const struct aw_stack *stack, const char **why)
{
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct class_row *row = &rows[i];

		if ((gfp->flags & row->all) != row->all || gfp->flags & row->none ||
		    order < row->min_order)
			continue;
		if (row->caller && !has_caller(stack, row->caller))
			continue;
		*why = row->why;
		return row->class;
	}
	*why = "no fallback of this caller is known";
	return AW_CLASS_HARD;
}
