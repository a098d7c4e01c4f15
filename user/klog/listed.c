// SPDX-License-Identifier: GPL-2.0
/*
 * A trace that somebody wrote down as a list of functions, without addresses
 * and offsets.  A word alone is no frame: only under a header that has no trace
 * yet, and only from a function of the allocator on.
 */
#include "klog/listed.h"

#include <string.h>

#include "mm/function.h"

#define NEAR 4	/* lines from the header to the list at most */

static bool is_open(const struct aw_klog_open *o)
{
	return !o->closed && !o->headless && !o->no_frames && !o->r.mem_info && !o->r.one_line && (o->r.order >= 0 || o->r.above_limit);
}

/* "refill_objects", "kmalloc_large()", "amdgpu_sa_bo_new [amdgpu]", and nothing else on the line */
static bool take_name(struct aw_text t, struct aw_klog_frame *frame)
{
	const char *start;

	aw_text_trim(&t);
	start = t.p;
	while (t.p < t.end && aw_is_word(*t.p))
		t.p++;
	if (t.p == start || aw_is_digit(*start) || !memchr(start, '_', (size_t)(t.p - start)) ||
	    (size_t)(t.p - start) >= sizeof(frame->name))
		return false;
	memset(frame, 0, sizeof(*frame));
	aw_text_copy(frame->name, sizeof(frame->name), start, (size_t)(t.p - start));
	aw_text_skip(&t, "()");
	if (aw_text_skip(&t, " [")) {
		start = t.p;
		while (t.p < t.end && aw_is_word(*t.p))
			t.p++;
		aw_text_copy(frame->module, sizeof(frame->module), start, (size_t)(t.p - start));
		aw_text_skip_char(&t, ']');
	}
	return t.p == t.end;
}

bool aw_klog_listed(const struct aw_klog_line *line, struct aw_klog_open *o, uint64_t serial, struct aw_klog_trace_line *out)
{
	struct aw_klog_frame *frame = &out->frames[0];

	if (!is_open(o) || !take_name(line->text, frame))
		return false;
	if (o->listed ? o->touched + 1 != serial :
			o->r.nr_frames > (o->r.frames[0].pc ? 1 : 0) || o->touched + NEAR < serial || aw_function_group(frame->name, frame->module) == AW_FN_OTHER)
		return false;
	out->mark = AW_KLOG_MARK_NONE;
	out->place = AW_KLOG_ON_STACK;
	out->pair = false;
	out->count = 1;
	o->listed = true;
	o->r.trace_cut = true;	/* nobody tells what was left out */
	return true;
}
