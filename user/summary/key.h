/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The keys of a failure that grouping, sorting and filtering share: one const
 * table.
 */
#ifndef AW_SUMMARY_KEY_H
#define AW_SUMMARY_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"

#define AW_MAX_KEYS 8		/* of one --by */

enum aw_key_kind {
	AW_KEY_NUMBER,		/* compared as numbers */
	AW_KEY_TEXT		/* compared as text, with globs */
};

/* By the key's kind; a text is valid as long as the event. */
struct aw_value {
	union {
		uint64_t number;
		const char *text;
	};
};

struct aw_key {
	const char *name;
	const char *help;
	enum aw_key_kind kind;
	bool of_task;		/* who ran: any kind of event has it, none that an interrupt caused */
	/* False: this event has no such value (shown as "-"). */
	bool (*get)(const struct aw_event *event, struct aw_value *value);
	/* A number as people read it; NULL: decimal. */
	const char *(*format)(uint64_t number, char *text, size_t size);
	/* What people type for it; NULL: decimal or 0x. 0 or -errno. */
	int (*parse)(const char *text, uint64_t *number);
};

extern const struct aw_key aw_keys[];
extern const unsigned int aw_keys_count;

/* By name; NULL. */
const struct aw_key *aw_key_find(const char *name, size_t len);

/*
 * "order,gfp,stack" -> keys. Returns how many, or -EINVAL with the bad name in
 * `bad` (size bytes) and `keys` untouched.
 */
int aw_keys_parse(const char *list, const struct aw_key *keys[AW_MAX_KEYS], char *bad, size_t size);

/* "order, bytes, gfp, ..." for messages. */
const char *aw_keys_names(char *text, size_t size);

/* The value as text. */
const char *aw_key_format(const struct aw_key *key, const struct aw_value *value, char *text, size_t size);

#endif
