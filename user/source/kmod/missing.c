// SPDX-License-Identifier: GPL-2.0
/*
 * What is not known with the hooks of the module.
 */
#include "source/kmod/missing.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

static const struct {
	uint32_t hook;		/* AW_KMOD_* that provides it; 0: none does */
	const char *what, *why, *cost;
} features[] = {
	{ AW_KMOD_WARN, "warn_alloc kprobe", NULL,
	  "whether a failure was printed is not known, vmalloc errors are not seen, "
	  "and times are those of the tracepoint" },
	{ AW_KMOD_EXTFRAG, "mm_page_alloc_extfrag", "the tracepoint can't be hooked",
	  "steals are not seen" },
	{ AW_KMOD_RECLAIM, "direct reclaim events", "the tracepoints can't be hooked",
	  "what reclaim did is not known" },
	{ AW_KMOD_COMPACTION, "compaction events",
	  "the tracepoints can't be hooked (CONFIG_COMPACTION, and a kernel from 4.0 on)",
	  "what compaction did is not known" },
	{ AW_KMOD_STACKS, "stacks", "this kernel has none (CONFIG_STACKTRACE)",
	  "the call site is not known" },
	{ 0, "mm_page_alloc_extfrag record", "a module can't compute what it adds to the arguments",
	  "whether a pageblock changed hands is not known" },
	{ 0, "oom:mark_victim", "the module does not hook it", "OOM kills are not seen" },
	{ 0, "cma_alloc", "the module does not hook it", "failures of CMA areas are not seen" },
};

_Static_assert(ARRAY_SIZE(features) + 2 <= AW_MAX_MISSING_FEATURES, "all may be missing");

static void why_no_warn(const struct aw_kmod_info *info, char *why, size_t size)
{
	if (info->hooks & AW_KMOD_KPROBES && info->warn_error == -EPROTOTYPE)
		snprintf(why, size, "this kernel declares it in a way that the module does not know");
	else if (info->hooks & AW_KMOD_KPROBES)
		snprintf(why, size, "the module can't probe it: %s", strerror(-info->warn_error));
	else
		snprintf(why, size, "this kernel has no kprobes (CONFIG_KPROBES)");
}

unsigned int aw_kmod_missing(const struct aw_kmod_info *info, bool low_overhead,
			     struct aw_missing out[AW_MAX_MISSING_FEATURES])
{
	unsigned int count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
		struct aw_missing *missing = &out[count];

		if (features[i].hook & info->hooks)
			continue;
		count++;
		missing->what = features[i].what;
		missing->cost = features[i].cost;
		if (features[i].why)
			snprintf(missing->why, sizeof(missing->why), "%s", features[i].why);
		else
			why_no_warn(info, missing->why, sizeof(missing->why));
	}
	if ((info->hooks & (AW_KMOD_WARN | AW_KMOD_PRINTED)) == AW_KMOD_WARN)
		out[count++] = (struct aw_missing){
			.what = "kprobe on the report",
			.why = "none of the functions that warn_alloc prints with can be probed",
			.cost = "printed and rate-limited reports can't be distinguished",
		};
	if (low_overhead)
		out[count++] = (struct aw_missing){
			.what = "--low-overhead",
			.why = "the module always hooks mm_page_alloc",
			.cost = "every success costs the call of a function",
		};
	return count;
}
