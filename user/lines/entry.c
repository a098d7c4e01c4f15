// SPDX-License-Identifier: GPL-2.0
/*
 * One entry of a structured log: which of its fields is the message, and when
 * it was logged.
 */
#include "lines/entry.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "lines/date.h"

#define SHORTEST_MESSAGE 8	/* of a field whose name says nothing */

/* The better ones first: an entry may have several. */
static const char *const message_keys[] = {
	"message",		/* journalctl, CloudWatch, Elasticsearch, Azure */
	"msg",			/* dmesg --json, logrus, zap */
	"textPayload",		/* Google Cloud */
	"log",			/* Docker, Kubernetes */
	"line",			/* Loki */
	"@message", "SyslogMessage", "RawData", "LogEntry", "LogMessage", "EventMessage", "eventMessage", "_raw", "raw",
	"short_message", "full_message", "content", "body", "text", "event", "data", "output", "stdout", "dmesg",
	"lines", "logs", "entries", "messages", "values",
};

enum unit { MONO_US, MONO_IF_NONE_US, WALL_US, ANY };

static const struct {
	const char *key;
	enum unit unit;
} time_keys[] = {
	{ "_SOURCE_MONOTONIC_TIMESTAMP", MONO_US },
	{ "__MONOTONIC_TIMESTAMP", MONO_IF_NONE_US },
	{ "_SOURCE_REALTIME_TIMESTAMP", WALL_US },
	{ "__REALTIME_TIMESTAMP", WALL_US },
	{ "time", ANY }, { "timestamp", ANY }, { "@timestamp", ANY }, { "ts", ANY }, { "date", ANY },
	{ "TimeGenerated", ANY }, { "eventTime", ANY },
};

static bool is_key(const char *key, size_t len, const char *name)
{
	return strlen(name) == len && !strncasecmp(key, name, len);
}

static int message_rank(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(message_keys); i++)
		if (is_key(key, len, message_keys[i]))
			return (int)i;
	return -1;
}

static int time_key(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(time_keys); i++)
		if (is_key(key, len, time_keys[i].key))
			return (int)i;
	return -1;
}

void aw_log_entry_clear(struct aw_log_entry *entry)
{
	entry->times = AW_LOG_NO_TIMES;
	entry->rank = INT_MAX;
	entry->len = 0;
}

bool aw_log_entry_is_message(const char *key, size_t len)
{
	return message_rank(key, len) >= 0;
}

static void take_date(struct aw_log_entry *entry, const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);
	bool year;
	int64_t us;

	if (!aw_log_date(&t, &us, &year))
		return;
	entry->times.wall_us = us;
	entry->times.wall_has_year = year;
}

static bool is_number(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!aw_is_digit(text[i]) && text[i] != '.')
			return false;
	return len > 0;
}

static void keep(struct aw_log_entry *entry, int rank, const char *text, size_t len)
{
	if (len > sizeof(entry->text))
		len = sizeof(entry->text);
	memcpy(entry->text, text, len);
	entry->len = len;
	entry->rank = rank;
	entry->times.line = entry->now ? *entry->now : 0;
}

void aw_log_entry_text(struct aw_log_entry *entry, const char *key, size_t key_len, const char *text, size_t len)
{
	int rank = message_rank(key, key_len);
	bool sentence = memchr(text, ' ', len) && len >= SHORTEST_MESSAGE;

	if (time_key(key, key_len) >= 0) {
		if (is_number(text, len))
			aw_log_entry_number(entry, key, key_len, text, len);
		else
			take_date(entry, text, len);
		return;
	}
	if (rank < 0)
		rank = sentence ? (int)ARRAY_SIZE(message_keys) : INT_MAX;
	if (rank < entry->rank || (rank == (int)ARRAY_SIZE(message_keys) && rank == entry->rank && len > entry->len))
		keep(entry, rank, text, len);
}

/* A number of seconds, or of thousands, millions, ... of them, from 1970 or from boot. */
static void take_any(struct aw_log_entry *entry, uint64_t whole, uint64_t micro)
{
	static const struct { uint64_t from, per_us; } units[] = {
		{ 100000000000000000, 1000 }, { 100000000000000, 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (whole >= units[i].from) {
			entry->times.wall_us = (int64_t)(whole / units[i].per_us);
			return;
		}
	if (whole >= 100000000000)
		entry->times.wall_us = (int64_t)(whole * 1000);
	else if (whole >= 100000000)
		entry->times.wall_us = (int64_t)(whole * 1000000 + micro);
	else
		entry->times.mono_us = (int64_t)(whole * 1000000 + micro);
}

static void take_number(struct aw_log_entry *entry, enum unit unit, uint64_t whole, uint64_t micro)
{
	struct aw_log_times *times = &entry->times;

	if (whole > INT64_MAX)
		return;
	if (unit == MONO_US || (unit == MONO_IF_NONE_US && times->mono_us < 0))
		times->mono_us = (int64_t)whole;
	else if (unit == WALL_US)
		times->wall_us = (int64_t)whole;
	else if (unit == ANY)
		take_any(entry, whole, micro);
	times->wall_has_year = times->wall_us >= 0;
}

void aw_log_entry_number(struct aw_log_entry *entry, const char *key, size_t key_len, const char *text, size_t len)
{
	struct aw_text t = aw_text_of(text, len);
	int at = time_key(key, key_len);
	uint64_t whole, micro = 0;

	if (at < 0 || !aw_text_u64(&t, &whole))
		return;
	if (aw_text_skip_char(&t, '.'))
		for (uint64_t scale = 100000; t.p < t.end && aw_is_digit(*t.p); t.p++, scale /= 10)
			micro += (uint64_t)(*t.p - '0') * scale;
	take_number(entry, time_keys[at].unit, whole, micro);
}

void aw_log_entry_end(struct aw_log_entry *entry, aw_log_entry_fn fn, void *ctx)
{
	if (entry->rank != INT_MAX)
		fn(ctx, entry->text, entry->len, &entry->times);
	aw_log_entry_clear(entry);
}
