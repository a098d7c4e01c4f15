// SPDX-License-Identifier: GPL-2.0
/*
 * What changed between two sets of groups.
 */
#include "summary/compare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/table.h"

#define SECOND UINT64_C(1000000000)
#define HOUR_NS 3600e9

struct entry {
	UT_hash_handle hh;
	char *identity;
	struct aw_change change;
};

static const char *const names[] = {
	[AW_CHANGE_NEW] = "new", [AW_CHANGE_WORSE] = "worse", [AW_CHANGE_SAME] = "same",
	[AW_CHANGE_BETTER] = "better", [AW_CHANGE_GONE] = "gone",
};
_Static_assert(ARRAY_SIZE(names) == AW_CHANGES, "every type of change needs a name");

const char *aw_change_name(enum aw_change_type type)
{
	return names[type];
}

static void put_stack(FILE *out, const struct aw_stack *stack)
{
	for (unsigned int i = 0; i < stack->count; i++)
		fprintf(out, "%s\x1e%s\x1e", stack->frames[i].name, stack->frames[i].module);
}

/* The values of the keys as one string, with separators that occur in no value. */
static char *identity_of(const struct aw_groups *groups, const struct aw_group *group)
{
	unsigned int nr_keys;
	const struct aw_key *const *keys = aw_groups_keys(groups, &nr_keys);
	char *text = NULL;
	size_t len;
	FILE *out = aw_memory_open(&text, &len);

	for (unsigned int k = 0; out && k < nr_keys; k++) {
		struct aw_sample_room room;
		char value[512];

		if (!(group->has >> k & 1))
			fputs("\x1d", out);
		else if (keys[k] == &aw_keys[AW_BY_STACK])
			put_stack(out, aw_group_sample(group, &room)->stack);
		else
			fputs(aw_key_format(keys[k], &group->values[k], value, sizeof(value)), out);
		putc('\x1f', out);
	}
	if (aw_memory_close(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* NULL: no memory. */
static struct entry *find(struct entry **entries, const struct aw_groups *groups, const struct aw_group *group)
{
	AW_FREE char *identity = identity_of(groups, group);
	AW_FREE struct entry *entry = NULL;
	struct entry *found;

	if (!identity)
		return NULL;
	HASH_FIND_STR(*entries, identity, found);
	if (found)
		return found;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	HASH_ADD_KEYPTR(hh, *entries, identity, strlen(identity), entry);
	if (!aw_table_took(entry))
		return NULL;
	entry->identity = TAKE_PTR(identity);
	return TAKE_PTR(entry);
}

static void free_entries(struct entry *entries)
{
	struct entry *entry, *next;

	HASH_ITER(hh, entries, entry, next) {
		HASH_DEL(entries, entry);
		free(entry->identity);
		free(entry);
	}
}

static int add_side(struct entry **entries, const struct aw_side *side, bool is_after)
{
	unsigned int count = aw_groups_count(side->groups);
	AW_FREE const struct aw_group **sorted = aw_groups_sorted(side->groups, "count");

	if (count && !sorted)
		return -ENOMEM;
	for (unsigned int i = 0; i < count; i++) {
		struct entry *entry = find(entries, side->groups, sorted[i]);
		struct aw_side_count *of;

		if (!entry)
			return -ENOMEM;
		of = is_after ? &entry->change.after : &entry->change.before;
		if (!of->group)
			of->group = sorted[i];
		of->failures += sorted[i]->count;
		of->hard += sorted[i]->by_class[AW_CLASS_HARD];
	}
	return 0;
}

static double hours(const struct aw_side *side)
{
	return (double)(side->window_ns > SECOND ? side->window_ns : SECOND) / HOUR_NS;
}

/* A count of n has the variance n, so a rate of n / t has n / t^2. */
static enum aw_change_type judge(const struct aw_change *change, double before_hours, double after_hours)
{
	double difference = change->after.per_hour - change->before.per_hour;
	double variance = change->before.per_hour / before_hours + change->after.per_hour / after_hours;

	if (!change->before.failures)
		return AW_CHANGE_NEW;
	if (!change->after.failures)
		return AW_CHANGE_GONE;
	if (difference * difference <= 4 * variance)
		return AW_CHANGE_SAME;
	return difference > 0 ? AW_CHANGE_WORSE : AW_CHANGE_BETTER;
}

static double distance(const struct aw_change *change)
{
	double difference = change->after.per_hour - change->before.per_hour;

	return difference < 0 ? -difference : difference;
}

static int by_type(const void *left, const void *right)
{
	const struct aw_change *a = left, *b = right;

	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (distance(a) != distance(b))
		return distance(a) > distance(b) ? -1 : 1;
	return a->after.failures > b->after.failures ? -1 : a->after.failures < b->after.failures;
}

static struct aw_change *changes_of(const struct entry *entries, double before_hours, double after_hours)
{
	unsigned int n = HASH_COUNT(entries), i = 0;
	struct aw_change *changes = calloc(n ? n : 1, sizeof(*changes));

	if (!changes)
		return NULL;
	for (const struct entry *entry = entries; entry; entry = entry->hh.next) {
		struct aw_change *change = &changes[i++];

		*change = entry->change;
		change->before.per_hour = (double)change->before.failures / before_hours;
		change->after.per_hour = (double)change->after.failures / after_hours;
		change->type = judge(change, before_hours, after_hours);
	}
	qsort(changes, n, sizeof(*changes), by_type);
	return changes;
}

int aw_compare(const struct aw_side *before, const struct aw_side *after, struct aw_change **out,
	       unsigned int *count)
{
	struct entry *entries = NULL;
	struct aw_change *changes = NULL;
	int err = add_side(&entries, before, false);

	if (!err)
		err = add_side(&entries, after, true);
	if (!err) {
		changes = changes_of(entries, hours(before), hours(after));
		err = changes ? 0 : -ENOMEM;
	}
	if (!err) {
		*out = changes;
		*count = HASH_COUNT(entries);
	}
	free_entries(entries);
	return err;
}
