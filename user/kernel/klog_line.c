// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in front of a kernel line: times, priorities, who printed it.
 *
 * Loggers stack their prefixes, so they are peeled off one by one until none
 * fits any more.
 */
#include "kernel/klog_line.h"
#include "kernel/klog_date.h"

#define MAX_PEELS 8

/* Mail quotes: "> > [    1.2] insmod: ..." */
static bool peel_quote(struct aw_text *t, struct aw_klog_line *line)
{
	(void)line;
	if (!aw_text_skip_char(t, '>'))
		return false;
	aw_text_skip_char(t, ' ');
	return true;
}

/* pstore, dmesg -r: "<4>[    1.2] insmod: ..."; MediaTek: "<1>.(3)[...]" */
static bool peel_level(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t level;

	(void)line;
	if (!aw_text_skip_char(&s, '<') || !aw_text_u64(&s, &level) || level > 255 ||
	    !aw_text_skip_char(&s, '>'))
		return false;
	aw_text_skip_char(&s, '.');
	*t = s;
	return true;
}

/* printk's caller: "T123", "C1" */
static bool caller(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	char kind = aw_text_at(&s, 0);
	uint64_t id;

	if (kind != 'T' && kind != 'C')
		return false;
	s.p++;
	if (!aw_text_u64(&s, &id) || id > INT32_MAX)
		return false;
	if (kind == 'T')
		line->tid = (int64_t)id;
	else
		line->cpu = (int64_t)id;
	*t = s;
	return true;
}

/* /dev/kmsg: "4,1234,617583,-;insmod: ...", "4,1234,617583,-,caller=T306;insmod: ..." */
static bool peel_devkmsg(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t level, seq, us;

	if (!aw_text_u64(&s, &level) || !aw_text_skip_char(&s, ',') ||
	    !aw_text_u64(&s, &seq) || !aw_text_skip_char(&s, ',') ||
	    !aw_text_u64(&s, &us) || !aw_text_skip_char(&s, ','))
		return false;
	while (s.p < s.end && *s.p != ';' && !aw_is_space(*s.p)) {
		if (aw_text_skip(&s, "caller=") && caller(&s, line))
			continue;
		if (s.p < s.end && *s.p != ';')
			s.p++;
	}
	if (!aw_text_skip_char(&s, ';'))
		return false;
	line->mono_us = us > INT64_MAX ? -1 : (int64_t)us;
	*t = s;
	return true;
}

/* "    1.234567", also with something of a vendor's behind: "1.234567,0" */
static bool stamp(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t sec, frac = 0, scale = 100000;

	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &sec) || sec > INT32_MAX || !aw_text_skip_char(&s, '.') ||
	    !aw_is_digit(aw_text_at(&s, 0)))
		return false;
	for (; s.p < s.end && aw_is_digit(*s.p); s.p++) {
		frac += (uint64_t)(*s.p - '0') * scale;
		scale /= 10;
	}
	line->mono_us = (int64_t)(sec * 1000000 + frac);
	*t = s;
	return true;
}

/* Vendors: "318, insmod", "0:      swapper/0:    1" (cpu:comm:pid), "123:comm", "c0" */
static bool vendor(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t, back = *t;
	uint64_t first, last;

	aw_text_spaces(&s);
	if (aw_text_skip_char(&s, 'c') && aw_text_u64(&s, &first) && s.p == s.end) {
		line->cpu = (int64_t)(first & INT32_MAX);
		return true;
	}
	s = *t;
	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &first) || first > INT32_MAX)
		return false;
	if (aw_text_skip_char(&s, ',')) {
		line->tid = (int64_t)first;
		return true;
	}
	if (!aw_text_skip_char(&s, ':') || aw_text_left(&s) < 1)
		return false;
	while (back.end > s.p && aw_is_digit(back.end[-1]))
		back.end--;
	back.p = back.end;
	back.end = t->end;
	while (back.p > s.p && aw_is_space(back.p[-1]))
		back.p--;
	aw_text_spaces(&back);
	if (back.p - s.p > 1 && aw_text_u64(&back, &last) && memrchr(s.p, ':', (size_t)(back.p - s.p))) {
		line->cpu = (int64_t)first;
		line->tid = (int64_t)(last & INT32_MAX);
	} else {
		line->tid = (int64_t)first;
	}
	return true;
}

/* What stands between brackets; false: not a prefix. */
static bool bracket_content(struct aw_text content, struct aw_klog_line *line)
{
	int64_t us;
	bool year;

	if (stamp(&content, line))
		return true;
	aw_text_spaces(&content);
	if (aw_klog_date(&content, &us, &year)) {
		line->wall_us = us;
		line->wall_has_year = year;
		return true;
	}
	if (caller(&content, line) && content.p == content.end)
		return true;
	if (aw_text_skip_char(&content, '+')) /* dmesg -d, -H: "[  +0.000012]" */
		return aw_is_digit(aw_text_at(&content, 0));
	return vendor(&content, line);
}

/* "[    1.234567]", "[T123]", "[Mon Jan  9 04:55:23 2023]", "I[0: comm: 1]" */
static bool peel_bracket(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	const char *close;
	char c = aw_text_at(&s, 0);

	if (c >= 'A' && c <= 'Z' && aw_text_at(&s, 1) == '[' && line->mono_us >= 0)
		s.p++;
	if (!aw_text_skip_char(&s, '['))
		return false;
	close = memchr(s.p, ']', aw_text_left(&s) < 48 ? aw_text_left(&s) : 48);
	if (!close || !bracket_content((struct aw_text){ s.p, close }, line))
		return false;
	t->p = close + 1;
	return true;
}

/* MediaTek: "(3)[123:comm]" */
static bool peel_paren(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t cpu;

	if (!aw_text_skip_char(&s, '(') || !aw_text_u64(&s, &cpu) || cpu > 4096 ||
	    !aw_text_skip_char(&s, ')') || aw_text_at(&s, 0) != '[')
		return false;
	line->cpu = (int64_t)cpu;
	*t = s;
	return true;
}

/* Behind a time stamp: "c0 123 insmod: ...", "c1   1234 ..." */
static bool peel_cpu_pid(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t cpu, pid;

	if (line->mono_us < 0 || line->cpu >= 0 || !aw_text_skip_char(&s, 'c') ||
	    !aw_text_u64(&s, &cpu) || cpu > 4096 || !aw_text_spaces(&s))
		return false;
	line->cpu = (int64_t)cpu;
	*t = s;
	if (aw_text_u64(&s, &pid) && pid <= INT32_MAX && aw_text_spaces(&s)) {
		line->tid = (int64_t)pid;
		*t = s;
	}
	return true;
}

/* "W Thread-2: ...", "I       : [<...>]", "W/Thread-2(    0): ..." behind the date and ids */
static bool logcat_tag(struct aw_text *t)
{
	struct aw_text s = *t;
	const char *close;

	if (!aw_text_at(&s, 0) || !strchr("VDIWEFS", *s.p))
		return false;
	s.p++;
	if (aw_text_skip_char(&s, '/')) {
		close = memchr(s.p, '(', aw_text_left(&s) < 40 ? aw_text_left(&s) : 40);
		if (!close)
			return false;
		s.p = close + 1;
		if (!aw_text_skip_past(&s, "): "))
			return false;
		*t = s;
		return true;
	}
	if (!aw_text_spaces(&s))
		return false;
	*t = s;
	aw_text_skip(&s, "kernel");
	aw_text_spaces(&s);
	if (aw_text_skip_char(&s, ':')) {
		aw_text_skip_char(&s, ' ');
		*t = s;
	}
	return true;
}

/* "01-09 04:55:23.878     0     0 W Thread-2: ..." */
static bool logcat(struct aw_text *t)
{
	struct aw_text s = *t;
	uint64_t pid, tid;

	aw_text_spaces(&s);
	if (aw_text_u64(&s, &pid)) {
		aw_text_spaces(&s);
		if (!aw_text_u64(&s, &tid) || !aw_text_spaces(&s))
			return false;
	}
	if (!logcat_tag(&s))
		return false;
	*t = s;
	return true;
}

/* "myhost kernel: ", "kernel: " */
static void host_kernel(struct aw_text *t)
{
	struct aw_text s = *t;

	aw_text_spaces(&s);
	if (!aw_text_starts(&s, "kernel")) {
		while (s.p < s.end && !aw_is_space(*s.p) && s.p - t->p < 80)
			s.p++;
		if (!aw_text_skip_char(&s, ' '))
			return;
	}
	if (!aw_text_skip(&s, "kernel"))
		return;
	if (aw_text_skip_char(&s, '[') && !aw_text_skip_past(&s, "]"))
		return;
	if (aw_text_skip(&s, ": "))
		*t = s;
}

/* A date at the start of the line, and what loggers write behind it. */
static bool peel_date(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	int64_t us;
	bool year;

	if (line->wall_us >= 0 || !aw_klog_date(&s, &us, &year))
		return false;
	if (s.p < s.end && !aw_is_space(*s.p))
		return false;
	line->wall_us = us;
	line->wall_has_year = year;
	if (logcat(&s))
		line->logcat = true;
	else
		host_kernel(&s);
	*t = s;
	return true;
}

/* journalctl -o short-monotonic: "[    1.2] myhost kernel: ...", -o cat has none */
static bool peel_host(struct aw_text *t, struct aw_klog_line *line)
{
	const char *was = t->p;

	if (line->mono_us >= 0 || aw_text_starts(t, "kernel: "))
		host_kernel(t);
	return t->p != was;
}

/* dmesg -x: "kern  :warn  : [    1.2] ..." */
static bool peel_facility(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;

	(void)line;
	if (!aw_text_skip(&s, "kern"))
		return false;
	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, ':'))
		return false;
	while (s.p < s.end && aw_is_alpha(*s.p))
		s.p++;
	aw_text_spaces(&s);
	if (!aw_text_skip(&s, ": "))
		return false;
	*t = s;
	return true;
}

typedef bool (*peel_fn)(struct aw_text *t, struct aw_klog_line *line);

static const peel_fn peels[] = {
	peel_quote, peel_level, peel_bracket, peel_paren, peel_devkmsg,
	peel_cpu_pid, peel_facility, peel_date, peel_host,
};

static bool peel_one(struct aw_text *t, struct aw_klog_line *line)
{
	for (size_t i = 0; i < sizeof(peels) / sizeof(peels[0]); i++)
		if (peels[i](t, line))
			return true;
	return false;
}

void aw_klog_line_parse(const char *raw, size_t len, struct aw_klog_line *out)
{
	struct aw_text t = aw_text_of(raw, len);

	*out = (struct aw_klog_line){ .mono_us = -1, .wall_us = -1, .tid = -1, .cpu = -1 };
	aw_text_trim(&t);
	out->raw = t;
	for (int i = 0; i < MAX_PEELS; i++) {
		struct aw_text s = t;

		aw_text_spaces(&s);
		if (!peel_one(&s, out))
			break;
		t = s;
	}
	out->prefixed = out->mono_us >= 0 || out->wall_us >= 0 || out->tid >= 0 || out->cpu >= 0;
	aw_text_spaces(&t);
	out->text = t;
}
