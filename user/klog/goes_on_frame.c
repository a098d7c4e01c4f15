// SPDX-License-Identifier: GPL-2.0
/*
 * How much of a frame of a trace is there, and does another line go on where it ends?
 */
#include "klog/goes_on.h"

#include <string.h>

#include "klog/trace.h"

#define LONGEST_ID 8	/* hex digits of a word that is a build id rather than the end of a module's name */

/* "<IRQ>", "</IRQ>", "<EOI>" before a frame */
static void skip_marks(struct aw_text *t)
{
	while (aw_text_at(t, 0) == '<') {
		const char *close = memchr(t->p, '>', aw_text_left(t));

		if (!close)
			return;
		t->p = close + 1;
		aw_text_spaces(t);
	}
}

static void skip_function(struct aw_text *t)
{
	while (t->p < t->end && (aw_is_word(*t->p) || *t->p == '.' || *t->p == '+'))
		t->p++;
}

/* powerpc's "[e2a53b50] [c0531be8] ", of which the last may be cut: "[e2a53b50] [c05" */
static bool skip_addresses(struct aw_text *t)
{
	bool any = false;

	while (aw_text_at(t, 0) == '[' && aw_is_lower_hex(aw_text_at(t, 1))) {
		struct aw_text s = { t->p + 1, t->end };
		const char *start = s.p;

		while (aw_is_lower_hex(aw_text_at(&s, 0)))
			s.p++;
		if (s.p == s.end && any) {
			t->p = s.p;
			return true;
		}
		if (s.p - start < 8 || !aw_text_skip_char(&s, ']'))
			return false;
		aw_text_spaces(&s);
		*t = s;
		any = true;
	}
	return any;
}

/* " (mm/slab_common.c:1120 (discriminator": a decoded frame that goes on */
static bool is_open_place(struct aw_text t)
{
	int depth = 0;

	if (!aw_text_starts(&t, " (") || !memchr(t.p, '/', aw_text_left(&t)))
		return false;
	for (; t.p < t.end; t.p++)
		depth += (*t.p == '(') - (*t.p == ')');
	return depth > 0;
}

enum aw_klog_frame_part aw_klog_frame_part(const struct aw_klog_line *line)
{
	struct aw_klog_trace_line trace;
	struct aw_text t = line->text;
	bool addresses;

	if (aw_klog_trace(line, &trace)) {
		if (!trace.count)
			return AW_KLOG_FRAME_NONE;
		/* an address alone waits for its function */
		return trace.frames[0].name[0] ? AW_KLOG_FRAME_WHOLE : AW_KLOG_FRAME_FRONT;
	}
	skip_marks(&t);
	if (aw_text_starts(&t, "[<") || aw_text_find(&t, "+0x"))
		return AW_KLOG_FRAME_FRONT;
	addresses = skip_addresses(&t);
	if (aw_text_skip_char(&t, '?'))
		aw_text_spaces(&t);
	skip_function(&t);
	/* mail's '=' may stand behind them */
	if (addresses && (t.p + 1 == t.end ? *t.p == '=' || *t.p == '\\' : t.p == t.end && t.end[-1] == ']'))
		return AW_KLOG_FRAME_ADDRESSES;
	if (addresses)
		return t.p == t.end ? AW_KLOG_FRAME_FRONT : AW_KLOG_FRAME_NONE;
	if (t.p > line->text.p && is_open_place(t))
		return AW_KLOG_FRAME_FRONT;
	if (t.p > line->text.p) {
		/* "warn_alloc from __alloc_pages_slowpat" */
		for (const char *c = " from "; *c && aw_text_skip_char(&t, *c); c++)
			;
		skip_function(&t);
	}
	return t.p == t.end && t.p > line->text.p ? AW_KLOG_FRAME_FRONT : AW_KLOG_FRAME_NONE;
}

/* "[nfsd]", "[mhi a96cb91d]" and nothing else */
static bool is_module(struct aw_text t)
{
	if (!aw_text_skip_char(&t, '['))
		return false;
	while (t.p < t.end && (aw_is_word(*t.p) || *t.p == '-'))
		t.p++;
	aw_text_spaces(&t);
	while (aw_is_lower_hex(aw_text_at(&t, 0)))
		t.p++;
	return aw_text_skip_char(&t, ']') && t.p == t.end && t.end[-2] != '[';
}

static bool few_hex_digits(struct aw_text *t)
{
	const char *start = t->p;

	while (aw_is_lower_hex(aw_text_at(t, 0)))
		t->p++;
	return t->p > start && t->p - start <= 6;
}

/* "0", "a0 [nfsd]", "/0x1a0", "8/0x1a0": the last digits of "f+0x48/0x1a0" */
static bool rest_of_size(struct aw_text t)
{
	bool digits = few_hex_digits(&t);

	if (aw_text_skip(&t, "/0x"))
		digits = few_hex_digits(&t);
	if (!digits)
		return false;
	aw_text_spaces(&t);
	return t.p == t.end || is_module(t) || (*t.p == '[' && !memchr(t.p, ']', aw_text_left(&t)));
}

/* The text behind the last '[', when it is a module's name that goes on. */
static bool open_module(struct aw_text t, struct aw_text *name)
{
	const char *open = memrchr(t.p, '[', aw_text_left(&t));

	if (!open || memchr(open, ']', (size_t)(t.end - open)) || !aw_text_find(&t, "+0x"))
		return false;
	*name = (struct aw_text){ open + 1, t.end };
	return true;
}

/* The build id behind a module's name is a word of its own; the end of a name is not. */
static const char *gap_in_module(struct aw_text name, struct aw_text next)
{
	const char *start = next.p;

	if (memchr(name.p, ' ', aw_text_left(&name)))
		return "";
	while (aw_is_lower_hex(aw_text_at(&next, 0)))
		next.p++;
	return aw_text_at(&next, 0) == ']' && next.p - start >= LONGEST_ID ? " " : "";
}

/* "[<c0084dcc>] (__alloc_pages_nodemask+0x7a4/0x9cc) from [<c008df24>] (slob_new": the second function is not all there */
bool aw_klog_frame_is_torn(const struct aw_text *text, const struct aw_text *next)
{
	struct aw_text t = *text, name;

	/* "mhi_fw_load_handler+0x126/0x340 [mhi", "a96cb91daba500cc77f86bad60c1f332dc3babdf]" */
	if (open_module(t, &name) && next->p < next->end && next->end[-1] == ']' && !memchr(next->p, ' ', aw_text_left(next)))
		return true;
	return aw_text_starts(&t, "[<") && aw_text_skip_past(&t, ") from") && (t.p == t.end || t.end[-1] != ')');
}

/* "[<c0084dcc>] (__alloc_pages_nodemask+0x7a4/0x9cc)", "from [<c008df24>] (slob_new_pages+0x14/0x50)" */
static bool is_of_pair(const struct aw_klog_line *line, struct aw_text next)
{
	aw_text_spaces(&next);
	return aw_text_starts(&line->text, "[<") && line->text.end[-1] == ')' && aw_text_starts(&next, "from [<");
}

bool aw_klog_frame_goes_on(const struct aw_klog_line *line, const struct aw_text *next, const char **gap)
{
	struct aw_text name;

	if (is_of_pair(line, *next)) {
		*gap = " ";
		return true;
	}
	*gap = "";
	if (open_module(line->text, &name)) {
		*gap = gap_in_module(name, *next);
		return memchr(next->p, ']', aw_text_left(next));
	}
	if (aw_klog_frame_part(line) == AW_KLOG_FRAME_WHOLE) {
		if (rest_of_size(*next) && line->text.end[-1] != ']')
			return true;
		*gap = " ";
		return is_module(*next) && line->text.end[-1] != ']';
	}
	return true;
}
