/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does a failure have a consequence?  It has none when the caller is known to
 * fall back.
 */
#ifndef AW_MM_CLASS_H
#define AW_MM_CLASS_H

#include "mm/gfp.h"
#include "mm/stack.h"

enum aw_class {
	AW_CLASS_HARD,		/* the caller has no known fallback */
	AW_CLASS_OPPORTUNISTIC,	/* the caller is known to fall back */
	AW_CLASSES
};

/* Callers that advice has to know, as what helps others does not help them. */
enum aw_caller {
	AW_CALLER_OTHER,
	AW_CALLER_VMALLOC,	/* contiguous in addresses only: single pages do */
	AW_CALLER_KVMALLOC,	/* goes on with vmalloc() already */
	AW_CALLER_HUGETLB,	/* a huge page of hugetlbfs: nothing else will do */
	AW_CALLER_THP,		/* a huge page of anybody's memory */
	AW_CALLER_SLAB,		/* a slab of a cache, whose objects the caller wants */
	AW_CALLER_DMA,		/* for a device: dma_alloc_coherent() and its like */
	AW_CALLERS
};

struct aw_class_row {
	enum aw_class class;
	const char *why;	/* one sentence for people */
	const char *proof;	/* the kernel function that falls back, "" where the mask says it */
};

/*
 * The row that decides on a failed request, by mask, order and the frames up
 * to its site.  Never NULL: what no row fits is hard.
 * `prefers`: it may be the first of two tries for MPOL_PREFERRED_MANY, by the
 * kernel's release (5.15 on) and the request's nodemask.
 */
const struct aw_class_row *aw_class_find(const struct aw_gfp *gfp, unsigned int order,
					 const struct aw_stack *stack, bool prefers);

/* The class alone; `why` is set to a sentence for people (static string). */
enum aw_class aw_class_of(const struct aw_gfp *gfp, unsigned int order,
			  const struct aw_stack *stack, bool prefers, const char **why);

/* Which of the callers above asked, by the frames up to the site. */
enum aw_caller aw_caller_of(const struct aw_stack *stack);

#endif
