// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that no report takes: what else the kernel printed, and frames of which
 * nothing can be made.
 */
#include "klog/foreign.h"

#include "klog/close.h"
#include "klog/stack.h"

#define FOREIGN_LINES 100	/* of a warning, from its first line to the end of its trace */

void aw_klog_end_traces(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	for (unsigned int i = 0; i < a->nr_open; i++)
		if (aw_klog_same_printer(a->open[i], line) && (a->open[i]->r.type != AW_KLOG_OOM || a->open[i]->r.kill_alone))
			a->open[i]->no_frames = true;
}

bool aw_klog_is_own_panic(const struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	for (unsigned int i = 0; i < a->nr_open; i++) {
		const struct aw_klog_open *o = a->open[i];

		if (!o->closed && o->r.kill_alone && o->r.no_victim && !o->r.nr_frames && o->touched == a->serial && aw_klog_same_printer(o, line))
			return true;
	}
	return false;
}

void aw_klog_begin_foreign(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	aw_klog_end_traces(a, line);
	aw_klog_close_headless(a, line);
	a->foreign_until = a->serial + FOREIGN_LINES;
	a->unknown++;
}

bool aw_klog_is_own_warning(const struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	const struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;

	return last && last->r.type == AW_KLOG_POOL && !last->r.one_line && !last->r.nr_frames &&
	       last->touched + 1 == a->serial && aw_text_starts(&line->text, "WARNING: ");
}

/* powerpc: "[c2208a90] [c01beea8] " */
static void skip_addresses(struct aw_text *t)
{
	struct aw_text s = *t;
	uint64_t addr;

	for (; aw_text_skip_char(&s, '['); *t = s) {
		const char *digits = s.p;

		if (!aw_text_hex(&s, &addr) || s.p - digits < 8 || !aw_text_skip(&s, "] "))
			return;
	}
}

/*
 * "alloc_thread_stac", "[<ffffffc0001868fc>] alloc_thread_stac+0", "[c2208a90] [c01beea8] alloc_thread": a function without
 * what stands behind it in a frame
 */
static bool is_name(const struct aw_text *text)
{
	struct aw_text t = *text;
	const char *start;

	aw_text_spaces(&t);
	if (aw_text_skip(&t, "[<") && !aw_text_skip_past(&t, ">] "))
		return false;
	skip_addresses(&t);
	aw_text_trim(&t);
	/* of Rust: nothing else begins so, whatever a wrap made of the rest */
	if (aw_text_starts(&t, "_ZN") || aw_text_starts(&t, "_RN"))
		return true;
	start = t.p;
	while (t.p < t.end && (aw_is_word(*t.p) || *t.p == '.'))
		t.p++;
	if (t.p > start && aw_text_skip_char(&t, '+'))
		while (t.p < t.end && (aw_hex_digit(*t.p) >= 0 || strchr("x/", *t.p)))
			t.p++;
	return t.p == t.end && t.p > start;
}

void aw_klog_note_lost_frame(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	bool name = line->prefixed && is_name(&line->text), cut = line->cut || line->behind;

	for (unsigned int i = 0; (cut || name) && i < a->nr_open; i++)
		if ((cut || a->open[i]->r.nr_frames) && !a->open[i]->r.mem_info && !a->open[i]->no_frames &&
		    !aw_klog_reaches_site(&a->open[i]->r) && aw_klog_same_printer(a->open[i], line))
			a->open[i]->r.trace_cut = true;
}
