// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that a terminal or a mailer wrapped, put together again.
 *
 * A header without its mask, a zone line without its last field and a line of
 * blocks without its sum are cut; the rest is on the next line when that has
 * no prefix and begins like one.  A frame or a task line that is cut is only
 * believed to be one when the two pieces make a whole.
 */
#include "kernel/klog_join.h"
#include "kernel/klog_header.h"
#include "kernel/klog_task.h"
#include "kernel/klog_trace.h"

#define MAX_PIECES 16
#define WRAPPED_AT 70	/* no terminal wraps shorter lines */

static enum aw_klog_match header_match(const struct aw_klog_line *line, int *order)
{
	struct aw_klog_report r;
	enum aw_klog_match match;

	memset(&r, 0, sizeof(r));
	match = aw_klog_header(line, &r);
	*order = r.order;
	return match;
}

/* "[<ffffff8008b11d60>] cam_mem_get_cmd_bu"; "f+0x4" may be the front of "f+0x48/0x1a0" */
static bool is_cut_frame(const struct aw_klog_line *line)
{
	struct aw_klog_trace_line trace;
	struct aw_text t = line->text;

	if (!line->prefixed)
		return false;
	if (aw_klog_trace(line, &trace))
		return trace.count && aw_text_left(&line->raw) >= WRAPPED_AT;
	if (aw_text_starts(&t, "[<"))
		return true;
	while (t.p < t.end && (aw_is_word(*t.p) || strchr(".+/", *t.p)) && *t.p)
		t.p++;
	return t.p == t.end && aw_text_left(&line->text) >= 8;
}

static bool is_cut_task(const struct aw_klog_line *line)
{
	struct aw_klog_task task;

	return line->prefixed && aw_klog_task(line, &task) && !task.release[0];
}

static enum aw_klog_joining incomplete(const struct aw_klog_line *line, enum aw_klog_mem *mem)
{
	struct aw_klog_zone zone;
	int order;

	if (aw_klog_may_be_header(line) && header_match(line, &order) == AW_KLOG_MORE)
		return AW_KLOG_JOIN_HEADER;
	*mem = aw_klog_mem_line(&line->text, &zone);
	if (*mem != AW_KLOG_MEM_NONE)
		return aw_klog_mem_cut(*mem, &line->text, &zone) ? AW_KLOG_JOIN_MEM : AW_KLOG_JOIN_NOTHING;
	if (is_cut_task(line))
		return AW_KLOG_JOIN_TASK;
	return is_cut_frame(line) ? AW_KLOG_JOIN_FRAME : AW_KLOG_JOIN_NOTHING;
}

bool aw_klog_join_begin(struct aw_klog_join *join, const struct aw_klog_line *line, uint64_t number)
{
	size_t len = aw_text_left(&line->text);

	if (len > sizeof(join->buffer))
		return false;
	join->what = incomplete(line, &join->mem);
	if (join->what == AW_KLOG_JOIN_NOTHING)
		return false;
	memcpy(join->buffer, line->text.p, len);
	join->len = len;
	join->pieces = 1;
	join->number = number;
	join->line = *line;
	join->line.text = join->line.raw = aw_text_of(join->buffer, len);
	return true;
}

static void append(struct aw_klog_join *join, const char *gap, const struct aw_text *text)
{
	memcpy(join->buffer + join->len, gap, strlen(gap));
	memcpy(join->buffer + join->len + strlen(gap), text->p, aw_text_left(text));
	join->len += strlen(gap) + aw_text_left(text);
	join->line.text = join->line.raw = aw_text_of(join->buffer, join->len);
	join->pieces++;
}

static void cut_back(struct aw_klog_join *join, size_t len)
{
	join->len = len;
	join->line.text = join->line.raw = aw_text_of(join->buffer, len);
	join->pieces--;
}

/* A wrap ate a space or it did not: whichever makes a header of it. */
static bool add_header(struct aw_klog_join *join, const struct aw_klog_line *line)
{
	static const char *const gaps[] = { "", " " };
	size_t was = join->len;
	int order;

	for (size_t i = 0; i < 2; i++) {
		append(join, gaps[i], &line->text);
		if (header_match(&join->line, &order) == AW_KLOG_YES)
			return true;
		cut_back(join, was);
	}
	return false;
}

/* The space at a wrap may be lost: with it or without, whichever makes a whole. */
static bool add_if_whole(struct aw_klog_join *join, const struct aw_klog_line *line)
{
	static const char *const gaps[] = { "", " " };
	size_t was = join->len;

	for (size_t i = 0; i < 2; i++) {
		struct aw_klog_trace_line trace;
		struct aw_klog_task task;

		append(join, gaps[i], &line->text);
		if (join->what == AW_KLOG_JOIN_FRAME ? aw_klog_trace(&join->line, &trace) :
		    aw_klog_task(&join->line, &task) && task.release[0])
			return true;
		cut_back(join, was);
	}
	return false;
}

bool aw_klog_join_add(struct aw_klog_join *join, const struct aw_klog_line *line)
{
	if (line->prefixed && join->line.prefixed)
		return false;
	if (join->pieces >= MAX_PIECES || !aw_text_left(&line->text) ||
	    join->len + 1 + aw_text_left(&line->text) > sizeof(join->buffer))
		return false;
	if (join->what == AW_KLOG_JOIN_HEADER)
		return add_header(join, line);
	if (join->what != AW_KLOG_JOIN_MEM)
		return add_if_whole(join, line);
	if (!aw_klog_mem_goes_on(join->mem, &line->text))
		return false;
	/* numbers and names need no space between them, and may be cut in two */
	append(join, "", &line->text);
	return true;
}

bool aw_klog_join_whole(const struct aw_klog_join *join)
{
	enum aw_klog_mem mem;

	return incomplete(&join->line, &mem) == AW_KLOG_JOIN_NOTHING;
}
