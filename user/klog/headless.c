// SPDX-License-Identifier: GPL-2.0
/*
 * Reports without their header: which lines may begin one, and what proves
 * that a request failed.
 */
#include "klog/headless.h"

#include "base/array.h"
#include "klog/context.h"
#include "klog/stack.h"
#include "mm/function.h"

#define TAIL_LINES 4	/* of the totals: less may be quoted for another reason */

static const char *const words[] = {
	"Mem-Info:", "lowmem_reserve[]", "warn_alloc", "__alloc_pages", "dump_header", "oom_kill_process", "total pagecache pages",
	"anon-rss:",	/* of a kill, also where its spaces are no-break ones */
};
_Static_assert(ARRAY_SIZE(words) == AW_KLOG_HEADLESS_WORDS, "room for every word");

size_t aw_klog_headless_words(const char *out[AW_KLOG_HEADLESS_WORDS])
{
	memcpy(out, words, sizeof(words));
	return ARRAY_SIZE(words);
}

static bool has_free_memory(const struct aw_klog_report *r)
{
	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (r->zones[i].has & (AW_KLOG_ZONE_FREE | AW_KLOG_ZONE_BLOCKS))
			return true;
	return false;
}

/* Rows of free blocks, and nothing else of Mem-Info: somebody quotes them, from /proc or from another report. */
static bool is_only_rows(const struct aw_klog_report *r)
{
	for (unsigned int i = 0; i < r->nr_zones; i++)
		if (r->zones[i].has & AW_KLOG_ZONE_FREE)
			return false;
	return !r->totals.has && !r->mem_info_end && !r->nr_frames;
}

/*
 * The first line of the log is a frame of the allocator, below which its slow
 * path stands, or behind whose trace Mem-Info begins.
 */
static bool begins_in_allocator(const struct aw_klog_open *o)
{
	const struct aw_klog_frame *first = &o->r.frames[0];

	return o->begins_cut && o->r.nr_frames && !first->pc &&
	       aw_function_group(first->name, first->module) == AW_FN_PAGES &&
	       (o->r.mem_info || aw_klog_trace_has(&o->r) & AW_KLOG_TRACE_SLOW_PATH);
}

bool aw_klog_begins_in_kill(const struct aw_klog_open *o)
{
	const struct aw_klog_frame *first = &o->r.frames[0];

	return o->begins_cut && o->r.nr_frames && !first->pc && aw_function_group(first->name, first->module) == AW_FN_KILLING;
}

bool aw_klog_is_tail(const struct aw_klog_open *o)
{
	return o->r.mem_info && o->r.totals.has & AW_KLOG_HAS_RAM && o->r.lines >= TAIL_LINES;
}

bool aw_klog_headless_is_failure(const struct aw_klog_open *o)
{
	bool has_zones = has_free_memory(&o->r);

	if (has_zones ? is_only_rows(&o->r) : aw_klog_shows_another(&o->r))
		return false;
	if (aw_klog_trace_is_allocation_failure(&o->r) || aw_klog_trace_has(&o->r) & AW_KLOG_TRACE_OOM_REPORT || (has_zones && o->r.nr_frames))
		return true;
	return o->first && (has_zones || aw_klog_is_tail(o) || begins_in_allocator(o) || aw_klog_begins_in_kill(o) || (o->r.mem_info && o->r.nr_frames));
}
