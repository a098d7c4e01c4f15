// SPDX-License-Identifier: GPL-2.0
/*
 * What a warning of the page allocator about a mask means.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/escape.h"
#include "explain/said.h"
#include "mm/kernel.h"

#define V(major, minor) AW_VERSION(major, minor, 0)

/* What __alloc_pages_slowpath() of each release warns of; the order above the largest is none of these. */
static const struct {
	uint32_t since;
	const char *what;
} slowpath[] = {
	{ V(2, 6), "__GFP_NOFAIL where it may not wait" },
	/* commit "mm, page_alloc: distinguish between being unable to sleep, unwilling to sleep and avoiding waking kswapd" */
	{ V(4, 4), "__GFP_ATOMIC with __GFP_DIRECT_RECLAIM, or __GFP_NOFAIL where it may not wait or frees memory itself (PF_MEMALLOC)" },
	/* commit "mm: consolidate GFP_NOFAIL checks in the allocator slowpath" */
	{ V(4, 12), "__GFP_ATOMIC with __GFP_DIRECT_RECLAIM, or __GFP_NOFAIL where it may not wait, frees memory itself "
		    "(PF_MEMALLOC) or is above order 3" },
	/* commit "mm: discard __GFP_ATOMIC" */
	{ V(6, 3), "__GFP_NOFAIL where it may not wait, frees memory itself (PF_MEMALLOC) or is above order 3" },
	/* commit "mm: warn about illegal __GFP_NOFAIL usage in a more appropriate location and manner" */
	{ V(6, 12), "__GFP_NOFAIL where it may not wait, frees memory itself (PF_MEMALLOC) or is above order 1" },
};

static const char *what_of(const struct aw_klog_mask_warning *warning)
{
	uint32_t version = aw_version_parse(warning->release);
	const char *what = "__GFP_NOFAIL, or of another mask that contradicts itself";

	if (warning->of_order)
		return "__GFP_NOFAIL with an order above 1, which may keep it waiting for long";
	for (size_t i = 0; i < ARRAY_SIZE(slowpath); i++)
		if (version >= slowpath[i].since)
			what = slowpath[i].what;
	return what;
}

/* ", by exqueue_add [exqueue]", ", exworker[733]", ", Linux 6.12.40" */
static void say_who(const struct aw_klog_mask_warning *warning, char *text, size_t size)
{
	char safe[260], module[130];
	size_t n = 0;

	text[0] = '\0';
	if (warning->function[0])
		n += (size_t)snprintf(text + n, size - n, ", by %s", aw_escape_terminal(warning->function, safe, sizeof(safe)));
	if (warning->module[0])
		n += (size_t)snprintf(text + n, size - n, " [%s]", aw_escape_terminal(warning->module, module, sizeof(module)));
	if (warning->comm[0])
		n += (size_t)snprintf(text + n, size - n, ", %s", aw_escape_terminal(warning->comm, safe, sizeof(safe)));
	if (warning->comm[0] && warning->pid >= 0)
		n += (size_t)snprintf(text + n, size - n, "[%" PRId64 "]", warning->pid);
	if (warning->release[0])
		snprintf(text + n, size - n, ", Linux %s", aw_escape_terminal(warning->release, safe, sizeof(safe)));
}

bool aw_explain_mask_warning(const struct aw_klog_stats *stats, char text[AW_EXPLAIN_SAID])
{
	const struct aw_klog_mask_warning *warning = &stats->mask_warning;
	uint32_t version = aw_version_parse(warning->release);
	/* where the order is checked in that function, too, what its offset is taken for is a guess */
	bool likely = !warning->of_order && version < V(5, 0);
	char who[700], more[48] = "";

	if (!stats->mask_warnings)
		return false;
	say_who(warning, who, sizeof(who));
	if (stats->mask_warnings > 1)
		snprintf(more, sizeof(more), ", and %" PRIu64 " more", stats->mask_warnings - 1);
	snprintf(text, AW_EXPLAIN_SAID,
		 "%sno failure: the page allocator warned of what a request asks for (line %" PRIu64 "%s%s): %s. The request goes "
		 "on; if it failed, a page allocation failure of its own is printed. It is for that code to change: no sysctl helps.",
		 likely ? "likely " : "", warning->line, who, more, what_of(warning));
	return true;
}
