// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in front of a kernel line: times, priorities, who printed it.
 *
 * Loggers stack their prefixes, so they are peeled off one by one until none
 * fits any more.
 */
#include "klog/line.h"

#include "base/array.h"
#include "klog/logger.h"
#include "lines/date.h"

#define MAX_PEELS 16
#define LONGEST_BRACKET 64
#define LONGEST_UNKNOWN 160	/* bytes of a prefix of an unknown form */
#define SECONDS_OF_EPOCH 1000000000	/* a stamp of so many is one from 1970, not from boot */

/* Mail quotes of any depth: "> > [    1.2] insmod: ...", ">>> [    1.2]" */
static bool peel_quote(struct aw_text *t, struct aw_klog_line *line)
{
	const char *was = t->p;

	(void)line;
	while (aw_text_skip_char(t, '>'))
		aw_text_spaces(t);
	return t->p != was;
}

/* "`Jan 25 15:25:20 host kernel: ...", in front of the first line of what is marked as code */
static bool peel_tick(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;

	while (aw_text_skip_char(&s, '`'))
		;
	if (s.p == t->p)
		return false;
	aw_text_spaces(&s);
	if (!aw_klog_peel_date(&s, line) && !aw_klog_peel_syslog(&s, line))
		return false;
	*t = s;
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
	char letter = aw_text_at(&s, 0);
	uint64_t id;

	if (letter != 'T' && letter != 'C')
		return false;
	s.p++;
	if (!aw_text_u64(&s, &id) || id > INT32_MAX)
		return false;
	if (letter == 'T')
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
	/* no machine is up for thirty years */
	if (sec < SECONDS_OF_EPOCH) {
		line->mono_us = (int64_t)(sec * 1000000 + frac);
	} else {
		line->wall_us = (int64_t)(sec * 1000000 + frac);
		line->wall_has_year = true;
	}
	*t = s;
	return true;
}

/* "pid:1361,cpu5,kworker/5:2", "cpu:1 pid:45" */
static bool named_ids(struct aw_text t, struct aw_klog_line *line)
{
	uint64_t id;
	struct aw_text s = t;

	if (!aw_text_skip_past(&s, "pid:") || !aw_text_u64(&s, &id) || id > INT32_MAX)
		return false;
	line->tid = (int64_t)id;
	s = t;
	if (aw_text_skip_past(&s, "cpu")) {
		aw_text_skip_char(&s, ':');
		if (aw_text_u64(&s, &id) && id <= 4096)
			line->cpu = (int64_t)id;
	}
	return true;
}

/* "      swapper/0:    1" behind "0:": comm and pid, padded; "kworker/0:1" is a comm */
static bool last_number(struct aw_text t, uint64_t *number)
{
	struct aw_text digits = { t.end, t.end };
	bool padded = aw_text_spaces(&t);

	while (digits.p > t.p && aw_is_digit(digits.p[-1]))
		digits.p--;
	t.end = digits.p;
	for (; t.end > t.p && aw_is_space(t.end[-1]); t.end--)
		padded = true;
	return padded && t.end - t.p > 1 && t.end[-1] == ':' && aw_text_u64(&digits, number);
}

/* Vendors: "318, insmod", "0:      swapper/0:    1" (cpu:comm:pid), "123:comm", "c0", "pid:1361,cpu5,comm" */
static bool vendor(struct aw_text t, struct aw_klog_line *line)
{
	struct aw_text s;
	uint64_t first, last;

	aw_text_spaces(&t);
	s = t;
	if (aw_text_skip_char(&s, 'c') && aw_text_u64(&s, &first) && s.p == s.end) {
		line->cpu = (int64_t)(first & INT32_MAX);
		return true;
	}
	if (named_ids(t, line))
		return true;
	if (!aw_text_u64(&t, &first) || first > INT32_MAX)
		return false;
	if (aw_text_skip_char(&t, ',')) {
		line->tid = (int64_t)first;
		return true;
	}
	if (!aw_text_skip_char(&t, ':') || t.p == t.end)
		return false;
	if (last_number(t, &last)) {
		line->cpu = (int64_t)first;
		line->tid = (int64_t)(last & INT32_MAX);
	} else {
		line->tid = (int64_t)first;
	}
	return true;
}

/* dmesg -T in a language whose months are not known: "... ...  9 04:55:23 2023" */
static bool is_foreign_date(struct aw_text t)
{
	uint64_t year;

	while ((t.p = memchr(t.p, ' ', aw_text_left(&t)))) {
		aw_text_spaces(&t);
		if (aw_log_clock(&t))
			return aw_text_skip_char(&t, ' ') && aw_text_u64(&t, &year) && t.p == t.end && year > 1990 && year < 2100;
	}
	return false;
}

/* A date; times of day alone say nothing that could be compared */
static bool bracket_date(struct aw_text content, struct aw_klog_line *line)
{
	int64_t us;
	bool year;

	aw_text_spaces(&content);
	if (aw_log_date(&content, &us, &year)) {
		line->wall_us = us;
		line->wall_has_year = year;
		return true;
	}
	return (aw_log_clock(&content) && content.p == content.end) || is_foreign_date(content);
}

/* "<    0.000011>": dmesg -d --notime */
static bool is_delta(struct aw_text t)
{
	uint64_t v;

	if (!aw_text_skip_char(&t, '<'))
		return false;
	aw_text_spaces(&t);
	return aw_text_u64(&t, &v) && aw_text_skip_char(&t, '.') && aw_text_u64(&t, &v) && aw_text_skip_char(&t, '>') && t.p == t.end;
}

/* What stands between brackets; false: not a prefix. */
static bool bracket_content(struct aw_text content, struct aw_klog_line *line)
{
	if (stamp(&content, line) || bracket_date(content, line) || is_delta(content))
		return true;
	aw_text_spaces(&content);
	if (caller(&content, line) && content.p == content.end)
		return true;
	if (aw_text_skip_char(&content, '+')) /* dmesg -d, -H: "[  +0.000012]" */
		return aw_is_digit(aw_text_at(&content, 0));
	return vendor(content, line);
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
	close = memchr(s.p, ']', aw_text_left(&s) < LONGEST_BRACKET ? aw_text_left(&s) : LONGEST_BRACKET);
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

typedef bool (*peel_fn)(struct aw_text *t, struct aw_klog_line *line);

static const peel_fn peels[] = {
	peel_quote, peel_tick, aw_klog_peel_syslog, peel_level, peel_bracket, peel_paren, peel_devkmsg, peel_cpu_pid, aw_klog_peel_facility,
	aw_klog_peel_date, aw_klog_peel_epoch, aw_klog_peel_clock, aw_klog_peel_host, aw_klog_peel_logcat,
};

static bool peel_one(struct aw_text *t, struct aw_klog_line *line)
{
	for (size_t i = 0; i < ARRAY_SIZE(peels); i++)
		if (peels[i](t, line))
			return true;
	return false;
}

void aw_klog_line_peel(struct aw_text *t, struct aw_klog_line *line)
{
	for (int i = 0; i < MAX_PEELS; i++) {
		struct aw_text s = *t;

		aw_text_spaces(&s);
		if (!peel_one(&s, line))
			return;
		*t = s;
	}
}

void aw_klog_line_harvest(struct aw_text prefix, struct aw_klog_line *line)
{
	while (prefix.p < prefix.end) {
		const char *was = prefix.p;

		aw_klog_line_peel(&prefix, line);
		if (prefix.p == was) {
			/* to the next word or bracket */
			while (prefix.p < prefix.end && aw_is_word(*prefix.p))
				prefix.p++;
			if (prefix.p == was)
				prefix.p++;
		}
	}
}

void aw_klog_line_settle(struct aw_klog_line *line)
{
	line->prefixed = line->mono_us >= 0 || line->wall_us >= 0 || line->tid >= 0 || line->cpu >= 0;
}

/* "board-1 tty0(9600) 17 -- [    1.234567] " */
void aw_klog_line_find_stamp(struct aw_klog_line *line)
{
	struct aw_text *t = &line->text, s = *t;

	if (aw_text_left(&s) > LONGEST_UNKNOWN)
		s.end = s.p + LONGEST_UNKNOWN;
	for (; (s.p = memchr(s.p, '[', aw_text_left(&s))); s.p++) {
		struct aw_text behind = { s.p + 1, t->end };
		struct aw_klog_line stamped = *line;

		if (!stamp(&behind, &stamped) || !aw_text_skip_char(&behind, ']'))
			continue;
		aw_klog_line_harvest((struct aw_text){ t->p, s.p }, &stamped);
		aw_klog_line_peel(&behind, &stamped);
		aw_text_spaces(&behind);
		*line = stamped;
		line->text = behind;
		line->found = line->prefixed = true;
		return;
	}
}

/* "+0x63/0xcd", "+0x88/0xd0 [ring]": does a frame end here, behind `start`? */
static bool is_end_of_frame(const char *start, const char *end)
{
	if (end > start && end[-1] == ']') {
		for (end--; end > start && (aw_is_word(end[-1]) || end[-1] == '-');)
			end--;
		if (end - start < 2 || end[-1] != '[' || end[-2] != ' ')
			return false;
		end -= 2;
	}
	return end > start && aw_hex_digit(end[-1]) >= 0;
}

/*
 * " entry_SYSCALL_64+0x63/0xcd[  165.818200] vmap allocation ...", "ring_up+0x88/0xd0 [ring][   14.324006]  ring_open+0x23/0x180":
 * a line that was pasted behind a frame, without a line's end
 */
static void take_second_line(struct aw_klog_line *line)
{
	struct aw_text s = line->text;

	if (line->mono_us < 0 || !aw_text_find(&s, "/0x"))
		return;
	for (; (s.p = memchr(s.p, '[', aw_text_left(&s))); s.p++) {
		struct aw_text behind = { s.p + 1, s.end };
		struct aw_klog_line stamped = *line;

		if (!is_end_of_frame(line->text.p, s.p) || !stamp(&behind, &stamped) || !aw_text_skip(&behind, "] "))
			continue;
		*line = stamped;
		line->text = behind;
		line->behind = true;
		return;
	}
}

void aw_klog_line_parse_known(const char *raw, size_t len, struct aw_klog_line *out)
{
	struct aw_text t = aw_text_of(raw, len);

	*out = (struct aw_klog_line){ .mono_us = -1, .wall_us = -1, .tid = -1, .cpu = -1 };
	aw_text_trim(&t);
	while (t.p < t.end && t.end[-1] == '`')	/* ends what is marked as code */
		t.end--;
	out->raw = t;
	aw_klog_line_peel(&t, out);
	aw_klog_line_settle(out);
	aw_text_spaces(&t);
	out->text = t;
	take_second_line(out);
}

void aw_klog_line_parse(const char *raw, size_t len, struct aw_klog_line *out)
{
	aw_klog_line_parse_known(raw, len, out);
	if (out->mono_us < 0)
		aw_klog_line_find_stamp(out);
}
