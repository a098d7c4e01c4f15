// SPDX-License-Identifier: GPL-2.0
/*
 * The prefixes of loggers: syslog, the journal, containers, Android's logcat.
 */
#include "klog/logger.h"

#include <strings.h>

#include "base/array.h"
#include "lines/date.h"

#define LONGEST_WORD 80
#define WORDS_BEFORE_KERNEL 3	/* a time zone, the host, "kern.warn" */

static bool word(struct aw_text *t)
{
	const char *start = t->p;

	while (t->p < t->end && !aw_is_space(*t->p) && t->p - start < LONGEST_WORD)
		t->p++;
	return t->p > start;
}

/* "kernel: ", "kernel[0]: ", "kernel - - - " */
static bool kernel(struct aw_text *t)
{
	struct aw_text s = *t;

	if (!aw_text_skip(&s, "kernel"))
		return false;
	if (aw_text_skip_char(&s, '[') && !aw_text_skip_past(&s, "]"))
		return false;
	if (!aw_text_skip(&s, ": ") && !(s.p + 1 == s.end && *s.p == ':'))
		return false;
	*t = s;
	return true;
}

/*
 * The machine's name, as far as the first '.'.  A number, a time zone, "warning" or "kern.warn" is none, and "localhost" is
 * any: the same log may be written down with the name elsewhere.
 */
static uint32_t hash_host(struct aw_text name)
{
	static const char *const levels[] = { "emerg", "alert", "crit", "err", "error", "warn", "warning", "notice", "info", "debug" };
	const char *dot = memchr(name.p, '.', aw_text_left(&name));
	struct aw_text level = { dot ? dot + 1 : name.p, name.end };
	uint32_t hash = 2166136261u;
	bool lower = false;

	if (aw_text_starts(&name, "localhost"))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
		if (aw_text_left(&level) == strlen(levels[i]) && aw_text_starts(&level, levels[i]))
			return 0;
	for (; name.p < name.end && *name.p != '.'; name.p++) {
		lower = lower || (*name.p >= 'a' && *name.p <= 'z');
		hash = (hash ^ (unsigned char)*name.p) * 16777619u;
	}
	return lower ? hash : 0;
}

/* "myhost kernel: ", "kernel: ", "CET myhost kernel: ", "myhost kern.warn kernel: " */
static bool host_kernel(struct aw_text *t, int most, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint32_t host = 0;

	for (int words = 0; words <= most; words++) {
		const char *start;

		aw_text_spaces(&s);
		if (kernel(&s)) {
			line->host = host ? host : line->host;
			*t = s;
			return true;
		}
		start = s.p;
		if (!word(&s))
			return false;
		if (!host)
			host = hash_host((struct aw_text){ start, s.p });
	}
	return false;
}

/* "-" or "[name key=\"value\"][...]" */
static bool structured_data(struct aw_text *t)
{
	if (aw_text_skip_char(t, '-'))
		return true;
	if (aw_text_at(t, 0) != '[')
		return false;
	while (aw_text_skip_char(t, '[')) {
		bool quoted = false;

		for (; t->p < t->end && (quoted || *t->p != ']'); t->p++) {
			if (*t->p == '\\' && t->p + 1 < t->end)
				t->p++;
			else if (*t->p == '"')
				quoted = !quoted;
		}
		if (!aw_text_skip_char(t, ']'))
			return false;
	}
	return true;
}

/* A message's length before it: "123 <4>1 ..." */
static void octet_count(struct aw_text *t)
{
	struct aw_text s = *t;
	uint64_t count;

	if (aw_text_u64(&s, &count) && count < 100000 && aw_text_skip_char(&s, ' ') && aw_text_at(&s, 0) == '<')
		*t = s;
}

/* "<4>1 2023-01-09T04:55:23.123456+01:00 myhost kernel - - - ", "... 0 ID47 [meta sequenceId=\"1\"] " */
bool aw_klog_peel_syslog(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint32_t host = 0;
	uint64_t level;
	int64_t us;
	bool year;

	octet_count(&s);
	if (!aw_text_skip_char(&s, '<') || !aw_text_u64(&s, &level) || !aw_text_skip(&s, ">1 ") ||
	    !aw_log_date(&s, &us, &year))
		return false;
	for (int i = 0; i < 4; i++) {
		const char *start;

		if (!aw_text_spaces(&s))
			return false;
		start = s.p;
		if (!word(&s))
			return false;
		host = i ? host : hash_host((struct aw_text){ start, s.p });
	}
	if (!aw_text_spaces(&s) || !structured_data(&s))
		return false;
	aw_text_spaces(&s);
	line->wall_us = us;
	line->wall_has_year = year;
	line->host = host;
	*t = s;
	return true;
}

/* Containers, behind the date: "stdout F ", "stderr P " */
static bool container(struct aw_text *t)
{
	struct aw_text s = *t;

	aw_text_spaces(&s);
	if (!aw_text_skip(&s, "stdout ") && !aw_text_skip(&s, "stderr "))
		return false;
	if (!aw_text_skip(&s, "F ") && !aw_text_skip(&s, "P "))
		return false;
	*t = s;
	return true;
}

static bool is_level(char c)
{
	return c && strchr("VDIWEFS", c);
}

/* "kernel  : ", "KERNEL  : ", "       : " */
static void kernel_tag(struct aw_text *t)
{
	struct aw_text s = *t;

	if (aw_text_left(&s) >= 6 && !strncasecmp(s.p, "kernel", 6))
		s.p += 6;
	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, ':'))
		return;
	aw_text_skip_char(&s, ' ');
	*t = s;
}

/* Behind the date: "    0     0 W Thread-2: ...", " W kernel  : ...", "root     0     0 I       : [<...>]" */
static bool logcat(struct aw_text *t)
{
	struct aw_text s = *t;
	uint64_t id;

	for (int i = 0; i < 3; i++) {	/* uid or its name, pid, tid */
		aw_text_spaces(&s);
		if (!aw_text_u64(&s, &id) && (i || !aw_text_skip(&s, "root")))
			break;
		if (!aw_is_space(aw_text_at(&s, 0)))
			return false;
	}
	aw_text_spaces(&s);
	/* of a blank line nothing stands behind the level */
	if (!is_level(aw_text_at(&s, 0)) || (aw_text_left(&s) > 1 && !aw_is_space(s.p[1])))
		return false;
	s.p++;
	aw_text_spaces(&s);
	kernel_tag(&s);
	*t = s;
	return true;
}

/* Without a date: "W(    0:    0) " */
bool aw_klog_peel_logcat(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t id;

	if (!is_level(aw_text_at(&s, 0)) || aw_text_at(&s, 1) != '(')
		return false;
	s.p += 2;
	aw_text_spaces(&s);
	if (!aw_text_u64(&s, &id))
		return false;
	if (aw_text_skip_char(&s, ':')) {
		aw_text_spaces(&s);
		if (!aw_text_u64(&s, &id))
			return false;
	}
	if (!aw_text_skip(&s, ") ") && !(aw_text_at(&s, 0) == ')' && ++s.p == s.end))
		return false;
	line->logcat = true;
	*t = s;
	return true;
}

/* What a logger writes behind its date; false: nothing that is known. */
static bool behind_date(struct aw_text *t, struct aw_klog_line *line)
{
	if (logcat(t)) {
		line->logcat = true;
		return true;
	}
	return host_kernel(t, WORDS_BEFORE_KERNEL, line) || container(t);
}

bool aw_klog_peel_date(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	int64_t us;
	bool year, known;

	if (!aw_log_date(&s, &us, &year))
		return false;
	if (s.p < s.end && !aw_is_space(*s.p) && !strchr("|,;:", *s.p))
		return false;
	known = behind_date(&s, line);
	/* a second date is a logger's only if it says so: the log was logged again */
	if (line->wall_us >= 0 && !known)
		return false;
	line->wall_us = us;
	line->wall_has_year = year;
	*t = s;
	return true;
}

bool aw_klog_peel_clock(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;

	(void)line;
	if (!aw_log_clock(&s) || !aw_is_space(aw_text_at(&s, 0)))
		return false;
	*t = s;
	return true;
}

bool aw_klog_peel_epoch(struct aw_text *t, struct aw_klog_line *line)
{
	struct aw_text s = *t;
	uint64_t seconds, micro = 0, scale = 100000;

	if (line->wall_us >= 0 || !aw_text_u64(&s, &seconds) || seconds < 100000000 || seconds > INT32_MAX * UINT64_C(2) ||
	    !aw_text_skip_char(&s, '.') || !aw_is_digit(aw_text_at(&s, 0)))
		return false;
	for (; aw_is_digit(aw_text_at(&s, 0)); s.p++, scale /= 10)
		micro += (uint64_t)(*s.p - '0') * scale;
	if (!aw_is_space(aw_text_at(&s, 0)))
		return false;
	line->wall_us = (int64_t)(seconds * 1000000 + micro);
	line->wall_has_year = true;
	if (logcat(&s))
		line->logcat = true;
	else
		host_kernel(&s, WORDS_BEFORE_KERNEL, line);
	*t = s;
	return true;
}

/* journalctl -o short-monotonic: "[    1.2] myhost kernel: ...", -o cat has none */
bool aw_klog_peel_host(struct aw_text *t, struct aw_klog_line *line)
{
	if (line->mono_us < 0 && !aw_text_starts(t, "kernel"))
		return false;
	return host_kernel(t, 1, line);
}

static bool one_of(struct aw_text *t, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (aw_text_skip(t, list[i]))
			return true;
	return false;
}

/* "kern  :warn  : [    1.2] ..." */
bool aw_klog_peel_facility(struct aw_text *t, struct aw_klog_line *line)
{
	static const char *const facilities[] = { "kern", "user", "daemon", "syslog", "auth" };
	static const char *const levels[] = { "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug" };
	struct aw_text s = *t;

	(void)line;
	if (!one_of(&s, facilities, ARRAY_SIZE(facilities)))
		return false;
	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, ':') || !one_of(&s, levels, ARRAY_SIZE(levels)))
		return false;
	aw_text_spaces(&s);
	if (!aw_text_skip(&s, ": "))
		return false;
	*t = s;
	return true;
}
