// SPDX-License-Identifier: GPL-2.0
/*
 * Warnings of the page allocator about what a request asks for.
 *
 * None of them refuses a request: one that fails all the same prints a report
 * of its own.  Only the order above the largest is a failure (header.c).
 */
#include "klog/mask_warning.h"

#include <string.h>

#include "mm/function.h"
#include "mm/kernel.h"

/*
 * "__alloc_pages_slowpath+0x6f/0x724": up to 4.19 the order is the first that this function checks, its other warnings
 * are of masks.
 */
static bool is_at_start(struct aw_text t)
{
	uint64_t at, size;

	return aw_text_skip_past(&t, "+0x") && aw_text_hex(&t, &at) && aw_text_skip(&t, "/") && aw_text_skip(&t, "0x") &&
	       aw_text_hex(&t, &size) && at <= size / 10;
}

bool aw_klog_warns_of_mask(struct aw_text function)
{
	return aw_text_find(&function, "slowpath") ? !is_at_start(function) : aw_text_find(&function, "get_page_from_freelist") != NULL;
}

/*
 * From 5.0 on the order is checked before the slow path, which warns of masks alone: at its start up to 6.2 of
 * __GFP_ATOMIC with __GFP_DIRECT_RECLAIM, from 6.12 on of __GFP_NOFAIL where it may not wait or, in some releases, of an
 * order above 1.
 */
bool aw_klog_is_mask_warning(const struct aw_klog_report *r)
{
	return r->of_mask || (r->above_limit && r->of_slowpath && !r->release_guess &&
			      aw_version_parse(r->release) >= AW_VERSION(5, 0, 0));
}

/* Who asked: the first function that is none of the allocator's. */
static const struct aw_klog_frame *site_of(const struct aw_klog_report *r)
{
	for (unsigned int i = 0; i < r->nr_frames; i++) {
		const struct aw_klog_frame *frame = &r->frames[i];
		enum aw_function_group group = aw_function_group(frame->name, frame->module);

		if (frame->name[0] && !frame->guess && !frame->pc && !aw_function_is_wrapper(group))
			return group == AW_FN_END ? NULL : frame;
	}
	return NULL;
}

void aw_klog_note_mask_warning(struct aw_klog_stats *stats, const struct aw_klog_report *r)
{
	struct aw_klog_mask_warning *warning = &stats->mask_warning;
	const struct aw_klog_frame *site = site_of(r);

	if (stats->mask_warnings++)
		return;
	*warning = (struct aw_klog_mask_warning){ .line = r->line, .pid = r->pid, .of_order = !r->of_slowpath };
	memcpy(warning->comm, r->comm, sizeof(warning->comm));
	memcpy(warning->release, r->release, sizeof(warning->release));
	if (!site)
		return;
	memcpy(warning->function, site->name, sizeof(warning->function));
	memcpy(warning->module, site->module, sizeof(warning->module));
}
