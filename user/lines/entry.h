/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One entry of a structured log (JSON, journal fields): which of its fields
 * is the message, and when it was logged.
 */
#ifndef AW_LINES_ENTRY_H
#define AW_LINES_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AW_LOG_ENTRY_TEXT (32 * 1024)

/* When a line was logged, as far as what it lies in says so, and where it began. */
struct aw_log_times {
	int64_t mono_us;	/* since boot; -1 not known */
	int64_t wall_us;	/* see aw_log_date(); -1 not known */
	bool wall_has_year;
	uint64_t line;		/* the number of the line with the message, from 1; 0: the one that is read now */
};
#define AW_LOG_NO_TIMES ((struct aw_log_times){ .mono_us = -1, .wall_us = -1 })

struct aw_log_entry {
	struct aw_log_times times;
	const uint64_t *now;	/* number of the line that is read */
	int rank;		/* of the field that the text is from; less is better; INT_MAX: no text */
	size_t len;
	char text[AW_LOG_ENTRY_TEXT];
};

/* The times are those of the entry; text is valid during the call only. */
typedef void (*aw_log_entry_fn)(void *ctx, const char *text, size_t len, const struct aw_log_times *times);

void aw_log_entry_clear(struct aw_log_entry *entry);

/* Is `key` the name of a field that holds messages ("MESSAGE", "log", "textPayload")? */
bool aw_log_entry_is_message(const char *key, size_t len);

/* A field with text: kept when it is the message or may be, a time when the key says so. */
void aw_log_entry_text(struct aw_log_entry *entry, const char *key, size_t key_len, const char *text, size_t len);

/* A field that is a number, as it stands in the log: a time when the key says so. */
void aw_log_entry_number(struct aw_log_entry *entry, const char *key, size_t key_len, const char *text, size_t len);

/* The entry is over: hands on its message, if it has one, and clears it. */
void aw_log_entry_end(struct aw_log_entry *entry, aw_log_entry_fn fn, void *ctx);

#endif
