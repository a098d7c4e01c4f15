// SPDX-License-Identifier: GPL-2.0
/*
 * One line of a trace in text.
 */
#include "import/line.h"

#include "source/tracefs/record.h"

/* ---- the line of an event ---- */

/* The task column ends before `end`: "comm-89", "comm-89 (  89)", "comm 89", "comm 89/90". */
static bool parse_task(const char *start, const char *end, struct aw_import_line *out)
{
	struct aw_text digits, t = { start, end };
	uint64_t number, group = 0;

	aw_text_trim(&t);
	if (t.end > t.p && t.end[-1] == ')') {
		const char *open = memrchr(t.p, '(', aw_text_left(&t));
		struct aw_text inner = { open ? open + 1 : t.p, t.end - 1 };

		if (!open)
			return false;
		aw_text_spaces(&inner);
		aw_text_u64(&inner, &group);	/* "-------" where it is not known */
		t.end = open;
		aw_text_trim(&t);
	}
	digits = (struct aw_text){ t.end, t.end };
	while (digits.p > t.p && aw_is_digit(digits.p[-1]))
		digits.p--;
	if (digits.p == t.p || !aw_text_u64(&digits, &number) || number > INT32_MAX)
		return false;
	while (digits.p > t.p && aw_is_digit(digits.p[-1]))
		digits.p--;
	t.end = digits.p - 1;
	out->tid = (uint32_t)number;
	out->pid = (uint32_t)group;
	if (*t.end == '/') {
		digits = (struct aw_text){ t.end, t.end };
		while (digits.p > t.p && aw_is_digit(digits.p[-1]))
			digits.p--;
		if (digits.p == t.p || !aw_text_u64(&digits, &number))
			return false;
		out->pid = (uint32_t)number;
		while (digits.p > t.p && aw_is_digit(digits.p[-1]))
			digits.p--;
		t.end = digits.p - 1;
	}
	if (*t.end != '-' && *t.end != ' ')
		return false;
	aw_text_trim(&t);
	/* trace-cmd report puts the instance before it: "sub:            repro-89" */
	for (const char *p = t.p; p + 1 < t.end; p++)
		if (p[0] == ' ' && p[1] == ' ')
			t.p = p + 2;
	aw_text_spaces(&t);
	aw_text_copy(out->comm, sizeof(out->comm), t.p, aw_text_left(&t));
	return t.p < t.end;
}

/* "[000] ": the cpu, and what stands before it. */
static bool parse_cpu(struct aw_text *t, struct aw_import_line *out)
{
	const char *start = t->p;

	for (const char *open = start; (open = memchr(open, '[', (size_t)(t->end - open))); open++) {
		struct aw_text rest = { open + 1, t->end };
		uint64_t cpu;

		if (open == start || !aw_is_space(open[-1]) || !aw_is_digit(aw_text_at(&rest, 2)) ||
		    !aw_text_u64(&rest, &cpu) || !aw_text_skip(&rest, "] ") || cpu > UINT16_MAX)
			continue;
		if (!parse_task(start, open, out))
			continue;
		out->cpu = (uint32_t)cpu;
		*t = rest;
		return true;
	}
	return false;
}

/* "d.s2.": interrupts off, need to reschedule, in an interrupt, preempt count; not in all forms. */
static void parse_flags(struct aw_text *t, struct aw_import_line *out)
{
	char level;

	aw_text_spaces(t);
	if (aw_is_digit(aw_text_at(t, 0)) && memchr(t->p, '.', aw_text_left(t)) && !aw_is_alpha(aw_text_at(t, 1)) &&
	    aw_text_at(t, 1) != '.')
		return;
	level = aw_text_at(t, 2);
	if (level == 'h' || level == 'H' || level == 'Z')
		out->flags |= AW_TRACE_FLAG_HARDIRQ;
	if (level == 's' || level == 'H')
		out->flags |= AW_TRACE_FLAG_SOFTIRQ;
	if (level == 'z' || level == 'Z')
		out->flags |= AW_TRACE_FLAG_NMI;
	while (t->p < t->end && !aw_is_space(*t->p))
		t->p++;
	aw_text_spaces(t);
}

/* "124.010482: " */
static bool parse_time(struct aw_text *t, struct aw_import_line *out)
{
	uint64_t seconds, part = 0, unit = 1000000000;

	if (!aw_text_u64(t, &seconds) || seconds > UINT32_MAX || !aw_text_skip_char(t, '.'))
		return false;
	for (; aw_is_digit(aw_text_at(t, 0)); t->p++) {
		unit /= 10;
		part += unit * (uint64_t)(*t->p - '0');
	}
	out->time_ns = seconds * 1000000000 + part;
	return aw_text_skip_char(t, ':') && aw_text_spaces(t);
}

/* "mm_page_alloc:", "kmem:mm_page_alloc:", "<stack trace>" */
static bool parse_event(struct aw_text *t, struct aw_import_line *out)
{
	const char *start = t->p, *end;

	while (t->p < t->end && !aw_is_space(*t->p))
		t->p++;
	end = t->p;
	if (end > start && end[-1] == ':')
		end--;
	else if (*start != '<')
		return false;
	for (const char *p = start; p < end; p++)
		if (*p == ':')
			start = p + 1;
	aw_text_copy(out->event, sizeof(out->event), start, (size_t)(end - start));
	aw_text_spaces(t);
	out->fields = *t;
	return out->event[0];
}

static int type_of(const char *event)
{
	for (int type = 0; type < AW_TRACE_TYPES; type++)
		if (type != AW_TRACE_STACK && !strcmp(aw_trace_events[type].name, event))
			return type;
	return -1;
}

bool aw_import_line_parse(const char *text, size_t len, struct aw_import_line *out)
{
	struct aw_text t = aw_text_of(text, len);

	*out = (struct aw_import_line){ .cpu = 0 };
	while (t.end > t.p && aw_is_space(t.end[-1]))
		t.end--;
	if (!parse_cpu(&t, out))
		return false;
	parse_flags(&t, out);
	if (!parse_time(&t, out) || t.p == t.end || !parse_event(&t, out))
		return false;
	out->type = type_of(out->event);
	return true;
}

struct aw_text aw_import_line_word(const struct aw_import_line *line, const char *key)
{
	struct aw_text t = line->fields, word;
	size_t len = strlen(key);

	while (t.p < t.end && !(aw_text_starts(&t, key) && aw_text_at(&t, len) == '=' &&
				(t.p == line->fields.p || aw_is_space(t.p[-1]) || t.p[-1] == ',')))
		t.p++;
	word = (struct aw_text){ t.p, t.p };
	if (t.p == t.end)
		return word;
	t.p += len + 1;
	aw_text_spaces(&t);	/* "page=          (null)" */
	word.p = word.end = t.p;
	while (word.end < t.end && !aw_is_space(*word.end) && *word.end != ',')
		word.end++;
	return word;
}

bool aw_import_line_number(const struct aw_import_line *line, const char *key, uint64_t *out)
{
	struct aw_text word = aw_import_line_word(line, key);
	bool negative = aw_text_skip_char(&word, '-');

	if (aw_text_starts(&word, "0x") ? !aw_text_hex(&word, out) : !aw_text_u64(&word, out))
		return false;
	if (negative)
		*out = -*out;
	return true;
}

/* ---- a frame ---- */

/* "name+0x1c/0x130", "name" */
static bool parse_name(struct aw_text *t, struct aw_import_frame *out)
{
	out->name = (struct aw_text){ t->p, t->p };
	while (t->p < t->end && !aw_is_space(*t->p) && *t->p != '+')
		t->p++;
	out->name.end = t->p;
	if (aw_text_skip_char(t, '+') && aw_text_hex(t, &out->offset) && aw_text_skip_char(t, '/'))
		aw_text_hex(t, &out->size);
	return out->name.end > out->name.p;
}

/* " [mod]", " <ffffffff81000000>", " (ffffffff81000000)", in any order */
static void parse_rest(struct aw_text *t, struct aw_import_frame *out)
{
	while (t->p < t->end) {
		char c = *t->p++;
		const char *start = t->p;
		struct aw_text hex;

		if (c != '[' && c != '<' && c != '(')
			continue;
		while (t->p < t->end && !strchr("]>)", *t->p))
			t->p++;
		hex = (struct aw_text){ start, t->p };
		if (c == '[')
			out->module = hex;
		else if (aw_text_hex(&hex, &out->addr) && hex.p != hex.end)
			out->addr = 0;
	}
}

/* perf: "ffffffff8132cd00 __alloc_pages+0x210 ([kernel.kallsyms])" */
static bool parse_perf_frame(struct aw_text *t, struct aw_import_frame *out)
{
	const char *start = t->p, *object;

	if (!aw_text_hex(t, &out->addr) || t->p - start < 8 || !aw_text_spaces(t))
		return false;
	/* of user space */
	if (out->addr >> 63 == 0 || !parse_name(t, out))
		return false;
	if (aw_text_left(&out->name) == 9 && !memcmp(out->name.p, "[unknown]", 9))
		out->name.end = out->name.p;
	object = aw_text_find(t, "([");
	if (!object)
		return true;
	out->module = (struct aw_text){ object + 2, object + 2 };
	while (out->module.end < t->end && *out->module.end != ']')
		out->module.end++;
	if (aw_text_starts(&out->module, "kernel") || aw_text_starts(&out->module, "guest"))
		out->module.end = out->module.p;
	return true;
}

bool aw_import_frame_parse(const char *text, size_t len, struct aw_import_frame *out)
{
	struct aw_text t = aw_text_of(text, len);

	memset(out, 0, sizeof(*out));
	aw_text_trim(&t);
	if (!aw_text_skip(&t, "=>"))
		return text[0] == '\t' || text[0] == ' ' ? parse_perf_frame(&t, out) : false;
	aw_text_spaces(&t);
	/* "=> " alone: freed code of init has no name */
	if (t.p == t.end)
		return true;
	if (!parse_name(&t, out))
		return false;
	/* "=> 0xffffffff81000000", and "=> 0" at the end */
	if (aw_text_starts(&out->name, "0x")) {
		struct aw_text hex = out->name;

		aw_text_hex(&hex, &out->addr);
		out->name.end = out->name.p;
	}
	parse_rest(&t, out);
	return true;
}
