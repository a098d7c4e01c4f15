// SPDX-License-Identifier: GPL-2.0
/*
 * Prefixes of a form that nobody listed, learned from the lines of a report.
 *
 * "CPU: 0 PID: 89 Comm:", "Call trace:", "Mem-Info:" and frames of a trace look
 * the same on every kernel.  Whatever stands before them, and has the same
 * shape on several lines, is a prefix.
 */
#include "klog/prefix.h"

#include "base/array.h"
#include "klog/goes_on.h"
#include "klog/header.h"

#define LEAST_VOTES 2

/* "CPU: 0 PID: 89", "CPU: 0 UID: 0 PID: 89", "CPU: 0 Not tainted" */
static bool is_cpu(struct aw_text t)
{
	uint64_t cpu;

	if (!aw_text_skip(&t, "CPU: ") || !aw_text_u64(&t, &cpu) || !aw_text_spaces(&t))
		return false;
	return aw_text_starts(&t, "PID: ") || aw_text_starts(&t, "UID: ") || aw_text_starts(&t, "Not tainted") ||
	       aw_text_starts(&t, "Tainted: ");
}

/* "Node 0 DMA", "Node 0 active_anon:" */
static bool is_node(struct aw_text t)
{
	uint64_t node;

	return aw_text_skip(&t, "Node ") && aw_text_u64(&t, &node) && aw_text_at(&t, 0) == ' ' &&
	       aw_is_alpha(aw_text_at(&t, 1));
}

static bool is_said(struct aw_text t)
{
	(void)t;
	return true;
}

/* Words that begin lines of a report, whatever the kernel. */
static const struct {
	const char *words;
	bool (*is)(struct aw_text t);
} anchors[] = {
	{ "CPU: ", is_cpu }, { "Node ", is_node }, { "Call trace:", is_said }, { "Call Trace:", is_said },
	{ "Mem-Info:", is_said }, { "Mem-info:", is_said }, { "Hardware name: ", is_said }, { "lowmem_reserve[]:", is_said },
	{ "Backtrace:", is_said }, { "Pid: ", is_said }, { "Free swap  =", is_said }, { "Total swap =", is_said },
};

static bool is_symbol(char c)
{
	return aw_is_word(c) || c == '.' || c == '$';
}

/* The start of the frame whose offset is at `plus`: before its address, "? " and "(". */
static const char *frame_start(const struct aw_text *t, const char *plus)
{
	const char *p = plus;

	while (p > t->p && is_symbol(p[-1]))
		p--;
	if (p == plus)
		return NULL;
	while (p > t->p && (p[-1] == ' ' || p[-1] == '?' || p[-1] == '('))
		p--;
	while (p > t->p && p[-1] == ']') {
		const char *open = memrchr(t->p, '[', (size_t)(p - t->p));

		if (!open || (size_t)(p - open) < 6 || (open[1] != '<' && aw_hex_digit(open[1]) < 0))
			break;
		if (open[1] != '<' && memchr(open, '.', (size_t)(p - open)))
			break;	/* "[   12.345678]" */
		for (p = open; p > t->p && p[-1] == ' ';)
			p--;
	}
	return p;
}

/* " unwind_backtrace from show_stack+0x10/0x14": arm from 5.18 on */
static const char *name_before(const struct aw_text *t, const char *start)
{
	static const char from[] = " from";
	const struct aw_text before = { t->p, start };
	const char *p;

	if (aw_text_left(&before) < sizeof(from) || memcmp(start - strlen(from), from, strlen(from)))
		return start;
	p = start - strlen(from);
	if (!is_symbol(p[-1]))
		return start;
	while (p > t->p && is_symbol(p[-1]))
		p--;
	while (p > t->p && p[-1] == ' ')
		p--;
	return p;
}

/* On arm the one that was called stands before the one that called: "[<c0110a2c>] (unwind_backtrace) from [<c010c5e4>] (show_stack+0x10/0x14)" */
static const char *called_start(const struct aw_text *t, const char *start)
{
	static const char from[] = ") from";
	const struct aw_text before = { t->p, start };
	const char *open, *address;

	if (aw_text_left(&before) < sizeof(from) || memcmp(start - strlen(from), from, strlen(from)))
		return name_before(t, start);
	open = memrchr(t->p, '(', aw_text_left(&before));
	address = open ? memrchr(t->p, '[', (size_t)(open - t->p)) : NULL;
	return address && address[1] == '<' && memchr(address, '>', (size_t)(open - address)) ? address : start;
}

/* "dump_stack+0x18/0x34", with what stands before it in a trace; NULL: no frame in the line */
static const char *find_frame(const struct aw_text *t)
{
	const char *plus = aw_text_find(t, "+0x"), *start;
	struct aw_text s;
	uint64_t offset;

	if (!plus)
		return NULL;
	s = (struct aw_text){ plus + 1, t->end };
	if (!aw_text_hex(&s, &offset) || !aw_text_starts(&s, "/0x"))
		return NULL;
	start = frame_start(t, plus);
	return start ? called_start(t, start) : NULL;
}

/* Where the kernel's words begin; NULL: they are not known. */
static const char *find_anchor(const struct aw_text *t)
{
	const char *first = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(anchors); i++) {
		const char *found = aw_text_find(t, anchors[i].words);

		if (found && (!first || found < first) && anchors[i].is((struct aw_text){ found, t->end }))
			first = found;
	}
	return first ? first : find_frame(t);
}

static void vote(struct aw_klog_lesson *lesson, const struct aw_log_shape *shape)
{
	const unsigned int most = sizeof(lesson->seen) / sizeof(lesson->seen[0]);

	for (unsigned int i = 0; i < lesson->nr_seen; i++)
		if (aw_log_shape_same(&lesson->seen[i], shape)) {
			aw_log_shape_widen(&lesson->seen[i], shape);
			lesson->votes[i]++;
			return;
		}
	if (lesson->nr_seen == most)
		return;
	lesson->seen[lesson->nr_seen] = *shape;
	lesson->votes[lesson->nr_seen++] = 1;
}

void aw_klog_lesson_line(struct aw_klog_lesson *lesson, const struct aw_text *text)
{
	const char *anchor = find_anchor(text);
	struct aw_klog_line line = { .text = *text, .mono_us = -1, .wall_us = -1, .tid = -1, .cpu = -1 };
	struct aw_log_shape shape;

	if (!anchor) {
		/* printk's stamp is as good: it is behind the prefix */
		aw_klog_line_find_stamp(&line);
		anchor = line.found ? line.text.p : NULL;
	}
	if (!anchor)
		return;
	if (anchor == text->p)
		lesson->plain++;
	else if (aw_log_shape_of(text->p, (size_t)(anchor - text->p), &shape))
		vote(lesson, &shape);
	else if (anchor - text->p < 4)
		lesson->plain++;
}

/* Does the line have a prefix of this shape, and a header with a task's name behind it? */
static bool has_shape(const struct aw_log_shape *shape, const struct aw_text *text)
{
	size_t len = aw_log_shape_match(shape, text->p, aw_text_left(text));
	struct aw_klog_line line = { .text = { text->p + len, text->end } };
	struct aw_klog_report r = { 0 };

	return shape->count > 1 && len && aw_klog_header(&line, &r) != AW_KLOG_NO && r.comm[0];
}

bool aw_klog_lesson_end(const struct aw_klog_lesson *lesson, const struct aw_text *first, struct aw_klog_prefix *prefix)
{
	unsigned int best = 0;

	for (unsigned int i = 1; i < lesson->nr_seen; i++)
		if (lesson->votes[i] > lesson->votes[best])
			best = i;
	if (!lesson->nr_seen || lesson->votes[best] <= lesson->plain)
		return false;
	if (lesson->votes[best] < LEAST_VOTES && !has_shape(&lesson->seen[best], first))
		return false;
	prefix->shape = lesson->seen[best];
	return true;
}

/* Can a prefix end with this part, and the kernel's words begin at `p`? */
static bool may_end(const struct aw_log_shape_part *last, const char *p)
{
	if (last->type == AW_LOG_SHAPE_NUMBER)
		return aw_is_space(p[-1]);
	return last->type != AW_LOG_SHAPE_WORD_PART;
}

/* As much of the prefix as makes the kernel's words begin behind it; 0: no part of it does. */
static size_t match_part(const struct aw_klog_prefix *prefix, const struct aw_text *t)
{
	struct aw_log_shape part = prefix->shape;

	while (--part.count) {
		size_t len = aw_log_shape_match(&part, t->p, aw_text_left(t));
		struct aw_klog_line line = { .text = { t->p + len, t->end } };

		if (len && may_end(&part.part[part.count - 1], line.text.p) && aw_klog_is_body(&line))
			return len;
	}
	return 0;
}

static bool has_bracket(const struct aw_log_shape *shape)
{
	for (unsigned int i = 0; i < shape->count; i++)
		if (shape->part[i].type == AW_LOG_SHAPE_BRACKET)
			return true;
	return false;
}

/* The learned prefix, and known ones behind it; false: the line lacks it. */
static bool take_off(const struct aw_klog_prefix *prefix, struct aw_klog_line *line)
{
	struct aw_text *t = &line->text;
	size_t whole = aw_log_shape_match(&prefix->shape, t->p, aw_text_left(t)), len = whole ? whole : match_part(prefix, t);

	if (!len)
		return false;
	aw_klog_line_harvest(aw_text_of(t->p, len), line);
	t->p += len;
	aw_klog_line_peel(t, line);
	/* a line that lacks the stamp of the others may be the rest of one */
	line->prefixed = line->prefixed || whole || !has_bracket(&prefix->shape);
	return true;
}

void aw_klog_prefix_parse(const struct aw_klog_prefix *prefix, const char *raw, size_t len, struct aw_klog_line *out)
{
	aw_klog_line_parse_known(raw, len, out);
	if (prefix->shape.count && !take_off(prefix, out))
		out->text.p += aw_log_shape_match_front(&prefix->shape, out->text.p, aw_text_left(&out->text));
	if (out->mono_us < 0)
		aw_klog_line_find_stamp(out);
	aw_text_spaces(&out->text);
}
