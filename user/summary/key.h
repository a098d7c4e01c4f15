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

enum aw_key_type {
	AW_KEY_NUMBER,		/* compared as numbers */
	AW_KEY_TEXT		/* compared as text, with globs */
};

/* A row each in aw_keys[]; help and messages list them in this order. */
enum aw_key_id {
	AW_BY_ORDER,
	AW_BY_BYTES,
	AW_BY_GFP,
	AW_BY_MIGRATETYPE,
	AW_BY_STACK,
	AW_BY_SITE,
	AW_BY_MODULE,
	AW_BY_COMM,
	AW_BY_PID,
	AW_BY_TID,
	AW_BY_CGROUP,
	AW_BY_CONTAINER,
	AW_BY_POD,
	AW_BY_NAMESPACE,
	AW_BY_CONTEXT,
	AW_BY_CLASS,
	AW_BY_LOG,
	AW_BY_CAUSE,
	AW_BY_RULE,
	AW_BY_CPU,
	AW_KEYS
};

/* By the key's type; a text is valid as long as the event. */
struct aw_value {
	union {
		uint64_t number;
		const char *text;
	};
};

struct aw_key {
	const char *name;
	const char *help;
	enum aw_key_type type;
	bool of_task;		/* who ran: events of all types have it, but none that an interrupt caused */
	bool of_sample;		/* not known of failures that were only counted: each may have another value */
	bool lasting;		/* a text that is a constant, or in the pool of the event's texts */
	bool of_mixed;		/* known even of failures that were counted together although their masks differ */
	/* False: this event has no such value (shown as "-"). */
	bool (*get)(const struct aw_event *event, struct aw_value *value);
	/* A number as people read it; NULL: decimal. */
	const char *(*format)(uint64_t number, char *text, size_t size);
	/* What people type for it; NULL: decimal or 0x. 0 or -errno. */
	int (*parse)(const char *text, uint64_t *number);
};

extern const struct aw_key aw_keys[];	/* AW_KEYS of them, by enum aw_key_id */

/* Of a key of the table. */
static inline enum aw_key_id aw_key_id(const struct aw_key *key)
{
	return (enum aw_key_id)(key - aw_keys);
}

/* A set of keys: AW_KEY_BIT(AW_BY_ORDER) | AW_KEY_BIT(AW_BY_GFP). */
#define AW_KEY_BIT(id) (UINT32_C(1) << (id))
_Static_assert(AW_KEYS <= 32, "a set of keys has 32 bits");

/* What every description of a group with its verdict shows. */
#define AW_KEYS_OF_VERDICT (AW_KEY_BIT(AW_BY_ORDER) | AW_KEY_BIT(AW_BY_BYTES) | AW_KEY_BIT(AW_BY_GFP) | \
			    AW_KEY_BIT(AW_BY_STACK) | AW_KEY_BIT(AW_BY_SITE) | AW_KEY_BIT(AW_BY_CLASS) | \
			    AW_KEY_BIT(AW_BY_CAUSE) | AW_KEY_BIT(AW_BY_RULE))

/* Is it in the set?  A key from elsewhere than the table is in none. */
bool aw_key_in(const struct aw_key *key, uint32_t set);

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
