// SPDX-License-Identifier: GPL-2.0
/*
 * What a trace that somebody recorded cannot tell.
 */
#include "import/missing.h"

#include <stdio.h>

#include "base/array.h"
#include "source/tracefs/record.h"

static const struct aw_missing always[] = {
	{ "zones at the failure", "a trace has none", "how much was free, and in which blocks, is not known: the cause is at most likely" },
	{ "warn_alloc", "it has no trace event", "whether a failure was printed is not known; its report is in the kernel log: allocwatch explain" },
	{ "stalls, OOM kills", "they are not recorded", "requests that got memory late are not seen" },
	{ "cgroups, containers", "trace records do not name them", "groups by cgroup, container or pod are empty" },
};

static const struct {
	enum aw_trace_type type;
	const char *what, *why, *cost;
} optional[] = {
	{ AW_TRACE_EXTFRAG, "steals", "no kmem:mm_page_alloc_extfrag in the trace", "who fragments memory is not seen" },
	{ AW_TRACE_RECLAIM_BEGIN, "direct reclaim", "no vmscan:mm_vmscan_direct_reclaim_begin and _end in the trace",
	  "what reclaim did is not known" },
	{ AW_TRACE_COMPACT_TRY, "compaction", "no compaction:* in the trace", "what compaction did is not known" },
	{ AW_TRACE_RECLAIM_RETRY, "retries", "no oom:reclaim_retry_zone in the trace", "why the kernel retried is not known" },
};

unsigned int aw_import_missing(const struct aw_import_seen *source, struct aw_missing out[AW_MAX_MISSING_FEATURES])
{
	unsigned int count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		out[count++] = always[i];
	for (size_t i = 0; i < ARRAY_SIZE(optional); i++) {
		if (source->seen >> optional[i].type & 1)
			continue;
		out[count] = (struct aw_missing){ .what = optional[i].what, .cost = optional[i].cost };
		snprintf(out[count++].why, sizeof(out[0].why), "%s", optional[i].why);
	}
	if (source->failures && source->stackless == source->failures)
		out[count++] = (struct aw_missing){ "stacks", "the trace has none (trace-cmd record -T, perf record -g)",
						    "the call site is not known" };
	if (source->no_symbols) {
		out[count] = (struct aw_missing){ .what = "kernel symbols",
						  .cost = "stacks are addresses and the site is not known; give --kallsyms FILE, a copy of "
							  "that kernel's /proc/kallsyms from before it rebooted" };
		snprintf(out[count++].why, sizeof(out[0].why), "%s", source->no_symbols);
	}
	if (source->release_is_guessed)
		out[count++] = (struct aw_missing){ "kernel release", "the text does not name it",
						    "rules that changed with releases are not applied; give --kernel RELEASE" };
	if (!source->page_size)
		out[count++] = (struct aw_missing){ "page size", "the text does not name it", "sizes are those of 4 KiB pages" };
	return count;
}
