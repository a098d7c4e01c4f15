/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The order of a pageblock, by the rules of include/linux/pageblock-flags.h.
 *
 * /proc/pagetypeinfo says it, too, but counts all free lists with interrupts off
 * to do so, for milliseconds where they are long.
 */
#ifndef AW_SYSTEM_PAGEBLOCK_H
#define AW_SYSTEM_PAGEBLOCK_H

#include <stdbool.h>

#include "mm/kernel.h"

/* What decides it, of the running kernel. */
struct aw_pageblock_facts {
	bool hugetlb;			/* CONFIG_HUGETLB_PAGE */
	bool transparent;		/* CONFIG_TRANSPARENT_HUGEPAGE */
	uint64_t huge_bytes;		/* of a transparent huge page; 0: not known */
	unsigned int configured;	/* CONFIG_PAGE_BLOCK_MAX_ORDER; 0: not known, or the kernel has none */
};

/* `*from` says what decided, in words. */
unsigned int aw_pageblock_order_by(const struct aw_pageblock_facts *facts, const struct aw_kernel *kernel, const char **from);

/* CONFIG_PAGE_BLOCK_MAX_ORDER in a kernel's configuration, plain or gzip; 0: it is not there. */
unsigned int aw_pageblock_configured(const char *path);

/* Of the running kernel. */
unsigned int aw_pageblock_order(const struct aw_kernel *kernel, const char **from);

#endif
