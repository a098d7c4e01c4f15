// SPDX-License-Identifier: GPL-2.0
/*
 * The journal's own forms: NAME=value lines of `journalctl -o export` and
 * `-o verbose`.
 *
 *   __CURSOR=s=...                                Mon 2023-01-09 04:55:23.123456 CET [s=...;i=...]
 *   __REALTIME_TIMESTAMP=1673240123123456             _TRANSPORT=kernel
 *   MESSAGE=insmod: page allocation failure: ...      MESSAGE=insmod: page allocation failure: ...
 *
 * Only names that the journal itself writes begin an entry, so that a line of
 * a log that happens to look like NAME=value is left alone.
 */
#include "lines/fields.h"

#include "base/array.h"
#include "base/cursor.h"
#include "lines/date.h"

#define LENGTH_BYTES 8	/* in front of a binary field */

static bool is_name_byte(char c)
{
	return (c >= 'A' && c <= 'Z') || aw_is_digit(c) || c == '_';
}

/* "_SOURCE_MONOTONIC_TIMESTAMP=": steps behind the '='. */
static bool name(struct aw_text *t, const char **key, size_t *len)
{
	struct aw_text s = *t;

	*key = s.p;
	while (s.p < s.end && is_name_byte(*s.p))
		s.p++;
	*len = (size_t)(s.p - *key);
	if (*len < 3 || !aw_text_skip_char(&s, '='))
		return false;
	t->p = s.p;
	return true;
}

static bool begins_entry(const char *key, size_t len)
{
	static const char *const names[] = { "MESSAGE", "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_IDENTIFIER" };

	if (key[0] == '_')
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == len && !memcmp(key, names[i], len))
			return true;
	return false;
}

void aw_log_fields_clear(struct aw_log_fields *fields)
{
	fields->inside = fields->binary = false;
	aw_log_entry_clear(&fields->entry);
}

void aw_log_fields_finish(struct aw_log_fields *fields, aw_log_entry_fn fn, void *ctx)
{
	aw_log_entry_end(&fields->entry, fn, ctx);
	fields->inside = fields->binary = false;
}

/* "Mon 2023-01-09 04:55:23.123456 CET [s=2a;i=1f;b=...]" */
static bool verbose_head(struct aw_log_fields *fields, struct aw_text t, aw_log_entry_fn fn, void *ctx)
{
	int64_t us;
	bool year;

	if (t.p == t.end || t.end[-1] != ']' || !aw_text_find(&t, " [s=") || !aw_text_find(&t, ";i=") || !aw_log_date(&t, &us, &year))
		return false;
	aw_log_fields_finish(fields, fn, ctx);
	fields->inside = true;
	fields->entry.times.wall_us = us;
	fields->entry.times.wall_has_year = year;
	return true;
}

static bool is_message(const char *key, size_t len)
{
	return len == 7 && !memcmp(key, "MESSAGE", 7);
}

static void take(struct aw_log_fields *fields, const char *key, size_t len, struct aw_text value)
{
	if (is_message(key, len))
		aw_log_entry_text(&fields->entry, key, len, value.p, aw_text_left(&value));
	else
		aw_log_entry_number(&fields->entry, key, len, value.p, aw_text_left(&value));
}

bool aw_log_fields_line(struct aw_log_fields *fields, const char *text, size_t len, aw_log_entry_fn fn, void *ctx)
{
	struct aw_text t = aw_text_of(text, len);
	const char *key;
	size_t key_len;

	if (fields->binary && len >= LENGTH_BYTES) {
		fields->binary = false;
		take(fields, "MESSAGE", 7, (struct aw_text){ text + LENGTH_BYTES, text + len });
		return true;
	}
	aw_text_trim(&t);
	if (fields->inside && t.p == t.end)
		return true;
	if (fields->inside && aw_text_left(&t) == 7 && is_message(t.p, 7))
		return fields->binary = true;
	if (verbose_head(fields, t, fn, ctx))
		return true;
	if (!name(&t, &key, &key_len) || !(fields->inside || begins_entry(key, key_len))) {
		aw_log_fields_finish(fields, fn, ctx);
		return false;
	}
	/* export begins an entry with its cursor; of a part of one the message is all that there is */
	if ((key_len == 8 && !memcmp(key, "__CURSOR", 8)) || (is_message(key, key_len) && fields->entry.len))
		aw_log_fields_finish(fields, fn, ctx);
	fields->inside = true;
	take(fields, key, key_len, t);
	return true;
}
