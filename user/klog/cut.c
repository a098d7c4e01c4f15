// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that were cut at a column.
 */
#include "klog/cut.h"

#include <string.h>

#include "klog/wrap.h"

/* The last word may be half of one: it goes, as far as it may be wrong. */
static void drop_half_word(struct aw_klog_slot *slot)
{
	struct aw_text *text = &slot->line.text;
	const char *word = memrchr(text->p, ' ', aw_text_left(text));
	struct aw_text t = { word ? word + 1 : text->p, text->end }, s = t;

	if (aw_text_skip_past(&s, "+0x")) {
		/* a frame's name is whole, its numbers are not */
		aw_klog_slot_shorten(slot, aw_text_left(&s));
		aw_klog_slot_append(slot, "0/0x0", 5);
		return;
	}
	if (t.p < t.end && strchr(")]", t.end[-1]))
		return;
	if (memchr(t.p, '(', aw_text_left(&t))) {
		const char *bar = memrchr(t.p, '|', aw_text_left(&t));
		const char *paren = memchr(t.p, '(', aw_text_left(&t));

		aw_klog_slot_shorten(slot, (size_t)(t.end - (bar ? bar : paren + 1)));
		return;
	}
	aw_klog_slot_shorten(slot, aw_text_left(&t));
}

void aw_klog_note_cut(struct aw_klog_window *window)
{
	struct aw_klog_slot *slot = window->line[0];

	/* in a log that is wrapped nothing was cut, unless that came before */
	if (window->wrapped.any ? !aw_klog_window_was_cut(window, slot) : !aw_klog_window_is_cut(window, slot))
		return;
	slot->line.cut = true;
	if (!slot->space)
		drop_half_word(slot);
}
