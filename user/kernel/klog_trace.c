// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of a call trace, of every architecture.
 *
 * A frame is nothing but a symbol with its offset, behind an address or not;
 * a line that says anything else ("PC is at f+0x1/0x2") is none.
 */
#include "kernel/klog_trace.h"

static bool is_symbol(char c)
{
	return aw_is_word(c) || c == '.' || c == '$';
}

/* "[<ffffffc000086fd8>] ", "[c0000000001a2b3c] " (powerpc: stack and address) */
static bool address(struct aw_text *t, uint64_t *addr)
{
	struct aw_text s = *t;
	bool angle;
	uint64_t v;

	aw_text_skip_char(&s, '(');	/* s390: "([<00112233>] f+0x1/0x2)" */
	if (!aw_text_skip_char(&s, '['))
		return false;
	angle = aw_text_skip_char(&s, '<');
	if (!aw_text_hex(&s, &v))
		return false;
	if (angle && !aw_text_skip_char(&s, '>'))
		return false;
	if (!aw_text_skip_char(&s, ']'))
		return false;
	aw_text_spaces(&s);
	*addr = v;
	*t = s;
	return true;
}

/* "+0x24/0x38", "+0x24" */
static bool offset(struct aw_text *t, struct aw_klog_frame *f)
{
	struct aw_text s = *t;

	if (!aw_text_skip(&s, "+0x") || !aw_text_hex(&s, &f->offset))
		return false;
	if (aw_text_skip(&s, "/0x"))
		aw_text_hex(&s, &f->size);
	*t = s;
	return true;
}

/* "hog_get_buffer+0x24/0x38", "unwind_backtrace" */
static bool symbol(struct aw_text *t, struct aw_klog_frame *f, bool need_offset)
{
	struct aw_text s = *t;
	const char *start = s.p;

	while (s.p < s.end && is_symbol(*s.p))
		s.p++;
	if (s.p == start || aw_is_digit(*start))
		return false;
	aw_text_copy(f->name, sizeof(f->name), start, (size_t)(s.p - start));
	if (!offset(&s, f) && need_offset)
		return false;
	*t = s;
	return true;
}

/* " [hog]", " [nfsd 0123abcd]", " [hog(O)]" */
static void module(struct aw_text *t, struct aw_klog_frame *f)
{
	struct aw_text s = *t;
	const char *start, *close;

	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, '['))
		return;
	start = s.p;
	close = memchr(start, ']', aw_text_left(&s));
	if (!close)
		return;
	while (s.p < close && (aw_is_word(*s.p) || *s.p == '-'))
		s.p++;
	if (s.p == start)
		return;
	aw_text_copy(f->module, sizeof(f->module), start, (size_t)(s.p - start));
	t->p = close + 1;
}

/* What may stand behind a frame: "(P)", "(unreliable)", ")" */
static bool only_marks_left(struct aw_text t)
{
	aw_text_skip_char(&t, ')');
	for (;;) {
		aw_text_spaces(&t);
		if (t.p == t.end)
			return true;
		if (!aw_text_skip_char(&t, '('))
			return false;
		while (aw_is_alpha(aw_text_at(&t, 0)))
			t.p++;
		if (!aw_text_skip_char(&t, ')'))
			return false;
	}
}

/* "[<c0033a4c>] (unwind_backtrace+0x0/0xfc)", "unwind_backtrace", "[<c0033a4c>]" */
static bool arm_side(struct aw_text *t, struct aw_klog_frame *f)
{
	bool addr = address(t, &f->addr);
	bool paren = aw_text_skip_char(t, '(');

	if ((paren || !addr) && symbol(t, f, false))
		module(t, f);
	else if (!addr)
		return false;
	if (paren && !aw_text_skip_char(t, ')'))
		return false;
	return true;
}

/*
 * "[<c0033a4c>] (unwind_backtrace+0x0/0xfc) from [<c00b6a3c>] (__alloc_pages_nodemask+0x4dc/0x5b8)"
 * "unwind_backtrace from show_stack+0x10/0x14"
 * "Function entered at [<c0033a4c>] from [<c00b6a3c>]"
 */
static bool arm_pair(struct aw_text t, struct aw_klog_trace_line *out)
{
	struct aw_klog_frame pair[2] = { 0 };

	aw_text_skip(&t, "Function entered at ");
	if (!arm_side(&t, &pair[0]))
		return false;
	aw_text_spaces(&t);
	if (!aw_text_skip(&t, "from ") || !arm_side(&t, &pair[1]))
		return false;
	if (!only_marks_left(t))
		return false;
	/* a sentence with "from" in it is no frame */
	if (!pair[1].offset && !pair[1].addr && !pair[1].size)
		return false;
	out->pair = true;
	out->count = 2;
	out->frames[0] = pair[0];
	out->frames[1] = pair[1];
	return true;
}

/*
 * "[<ffffffc000086fd8>] dump_backtrace+0x0/0x120", "show_stack+0x20/0x38 (C)",
 * "[<ffffffff8117e5a2>] ? warn_alloc_failed+0x112/0x190", "[c0000001f6cff7d0] [c000000000a2b5c8] f+0x1/0x2"
 */
static bool single(struct aw_text t, struct aw_klog_trace_line *out)
{
	struct aw_klog_frame f = { 0 };
	bool addr = false;

	while (address(&t, &f.addr))
		addr = true;
	if (aw_text_skip_char(&t, '?')) {
		f.guess = true;
		aw_text_spaces(&t);
	}
	if (symbol(&t, &f, true)) {
		module(&t, &f);
	} else if (addr && (aw_text_skip(&t, "0x") || t.p == t.end)) {
		uint64_t ignored;

		f.name[0] = '\0';	/* "[<ffffffc000082000>] 0xffffffc000082000" */
		aw_text_hex(&t, &ignored);
	} else {
		return false;
	}
	if (!only_marks_left(t))
		return false;
	out->frames[out->count++] = f;
	return true;
}

static const struct {
	const char *text;
	enum aw_klog_mark mark;
} marks[] = {
	{ "<IRQ>", AW_KLOG_MARK_IRQ },
	{ "<SOFTIRQ>", AW_KLOG_MARK_IRQ },
	{ "<NMI>", AW_KLOG_MARK_IRQ },
	{ "<#DF>", AW_KLOG_MARK_IRQ },
	{ "</IRQ>", AW_KLOG_MARK_TASK },
	{ "</SOFTIRQ>", AW_KLOG_MARK_TASK },
	{ "</NMI>", AW_KLOG_MARK_TASK },
	{ "<EOI>", AW_KLOG_MARK_TASK },
	{ "<<EOE>>", AW_KLOG_MARK_TASK },
	{ "<TASK>", AW_KLOG_MARK_TASK },
	{ "</TASK>", AW_KLOG_MARK_TASK },
	{ "Call trace:", AW_KLOG_MARK_TRACE },
	{ "Call Trace:", AW_KLOG_MARK_TRACE },
	{ "Backtrace:", AW_KLOG_MARK_TRACE },
	{ "backtrace:", AW_KLOG_MARK_TRACE },
};

static enum aw_klog_mark take_mark(struct aw_text *t)
{
	aw_text_spaces(t);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (aw_text_skip(t, marks[i].text)) {
			aw_text_spaces(t);
			return marks[i].mark;
		}
	return AW_KLOG_MARK_NONE;
}

bool aw_klog_trace(const struct aw_klog_line *line, struct aw_klog_trace_line *out)
{
	struct aw_text t = line->text;
	enum aw_klog_mark mark;

	out->mark = AW_KLOG_MARK_NONE;
	out->pair = false;
	out->count = 0;
	memset(out->frames, 0, sizeof(out->frames));
	while ((mark = take_mark(&t)) != AW_KLOG_MARK_NONE)
		out->mark = mark;
	if (t.p == t.end)
		return out->mark != AW_KLOG_MARK_NONE;
	return single(t, out) || arm_pair(t, out);
}
