// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that agree in chosen keys, counted together.
 */
#include "summary/group.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/intern.h"

/* What groups are told apart by: numbers, and pointers of interned texts. */
struct identity {
	uint64_t has;
	uint64_t values[AW_MAX_KEYS];
};

struct entry {
	UT_hash_handle hh;
	struct identity identity;
	struct aw_group group;
	struct aw_stack stack;
	struct aw_zone *zones;
};

struct aw_groups {
	unsigned int nr_keys;
	const struct aw_key *keys[AW_MAX_KEYS];
	struct entry *entries;
	struct aw_intern *texts;
	uint64_t other;
};

struct aw_groups *aw_groups_new(const struct aw_key *const *keys, unsigned int nr_keys)
{
	struct aw_groups *groups = calloc(1, sizeof(*groups));

	if (!groups)
		return NULL;
	groups->texts = aw_intern_new();
	if (!groups->texts) {
		free(groups);
		return NULL;
	}
	groups->nr_keys = nr_keys;
	memcpy(groups->keys, keys, nr_keys * sizeof(*keys));
	return groups;
}

void aw_groups_free(struct aw_groups *groups)
{
	struct entry *entry, *next;

	if (!groups)
		return;
	HASH_ITER(hh, groups->entries, entry, next) {
		HASH_DEL(groups->entries, entry);
		free(entry->zones);
		free(entry);
	}
	aw_intern_free(groups->texts);
	free(groups);
}

static void identify(struct aw_groups *groups, const struct aw_event *event,
		     struct identity *identity, struct aw_value *values)
{
	memset(identity, 0, sizeof(*identity));
	for (unsigned int k = 0; k < groups->nr_keys; k++) {
		struct aw_value value = { 0 };

		if (!groups->keys[k]->get(event, &value))
			continue;
		if (groups->keys[k]->kind == AW_KEY_TEXT) {
			value.text = aw_intern(groups->texts, value.text);
			identity->values[k] = (uintptr_t)value.text;
		} else {
			identity->values[k] = value.number;
		}
		identity->has |= UINT64_C(1) << k;
		values[k] = value;
	}
}

static void copy_stack(struct aw_groups *groups, const struct aw_event *event, struct entry *entry)
{
	struct aw_event *sample = &entry->group.sample;

	entry->stack.id = event->stack->id;
	entry->stack.count = event->stack->count;
	for (unsigned int i = 0; i < event->stack->count; i++) {
		entry->stack.frames[i] = event->stack->frames[i];
		entry->stack.frames[i].name = aw_intern(groups->texts, event->stack->frames[i].name);
		entry->stack.frames[i].module = aw_intern(groups->texts, event->stack->frames[i].module);
	}
	sample->stack = &entry->stack;
	sample->site = event->site ? &entry->stack.frames[event->site - event->stack->frames] : NULL;
}

static void copy_zones(const struct aw_event *event, struct entry *entry)
{
	struct aw_failure *sample = &entry->group.sample.failure;
	size_t bytes = event->failure.nr_zones * sizeof(struct aw_zone);
	struct aw_zone *zones = bytes ? realloc(entry->zones, bytes) : NULL;

	sample->zones = NULL;
	sample->nr_zones = 0;
	if (!zones)
		return;
	entry->zones = zones;
	memcpy(zones, event->failure.zones, bytes);
	sample->zones = zones;
	sample->nr_zones = event->failure.nr_zones;
}

/*
 * The sample is the last failure, but one with a picture of the zones is not
 * given up for one without, nor one that was seen for what was only counted.
 */
static void take_sample(struct aw_groups *groups, const struct aw_event *event, struct entry *entry)
{
	struct aw_event *sample = &entry->group.sample;
	bool same_stack = sample->stack && sample->stack->id == event->stack->id;

	if (sample->stack && sample->failure.nr_zones && !event->failure.nr_zones)
		return;
	if (entry->group.sampled && event->failure.unsampled)
		return;
	*sample = *event;
	sample->task.cgroup = aw_intern(groups->texts, event->task.cgroup);
	sample->failure.gfp.names = aw_intern(groups->texts, event->failure.gfp.names);
	if (same_stack) {
		sample->stack = &entry->stack;
		sample->site = event->site ? &entry->stack.frames[event->site - event->stack->frames] : NULL;
	} else {
		copy_stack(groups, event, entry);
	}
	copy_zones(event, entry);
}

static struct entry *new_entry(struct aw_groups *groups, const struct identity *identity,
			       const struct aw_value *values)
{
	struct entry *entry;

	if (HASH_COUNT(groups->entries) >= AW_MAX_GROUPS)
		return NULL;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	entry->identity = *identity;
	entry->group.has = identity->has;
	memcpy(entry->group.values, values, sizeof(entry->group.values));
	HASH_ADD(hh, groups->entries, identity, sizeof(*identity), entry);
	return entry;
}

void aw_groups_add(struct aw_groups *groups, const struct aw_event *event)
{
	struct aw_value values[AW_MAX_KEYS] = { 0 };
	uint64_t count = event->type == AW_EVENT_FAILURE ? aw_failure_count(&event->failure) : 1;
	struct identity identity;
	struct entry *entry;
	struct aw_group *group;

	identify(groups, event, &identity, values);
	HASH_FIND(hh, groups->entries, &identity, sizeof(identity), entry);
	if (!entry)
		entry = new_entry(groups, &identity, values);
	if (!entry) {
		groups->other += count;
		return;
	}
	group = &entry->group;
	if (!group->count)
		group->first_ns = event->time_ns;
	group->count += count;
	group->last_ns = event->time_ns;
	group->by_class[event->failure.class] += count;
	group->by_log[event->failure.log] += count;
	take_sample(groups, event, entry);
	group->sampled += !event->failure.unsampled;
}

unsigned int aw_groups_count(const struct aw_groups *groups)
{
	return HASH_COUNT(groups->entries);
}

uint64_t aw_groups_other(const struct aw_groups *groups)
{
	return groups->other;
}

const struct aw_key *const *aw_groups_keys(const struct aw_groups *groups, unsigned int *nr_keys)
{
	*nr_keys = groups->nr_keys;
	return groups->keys;
}

/* What a sort needs to know besides the two groups. */
struct order {
	bool by_last;
	const struct aw_key *key;	/* NULL: count */
};

static int by_key(const struct aw_key *key, const struct aw_group *a, const struct aw_group *b)
{
	struct aw_value left, right;
	bool has_left = key->get(&a->sample, &left), has_right = key->get(&b->sample, &right);

	if (has_left != has_right)
		return has_left ? -1 : 1;
	if (!has_left)
		return 0;
	if (key->kind == AW_KEY_TEXT)
		return strcmp(left.text, right.text);
	return left.number > right.number ? -1 : left.number < right.number;
}

static int compare(const void *left, const void *right, void *arg)
{
	const struct aw_group *a = *(const struct aw_group *const *)left;
	const struct aw_group *b = *(const struct aw_group *const *)right;
	const struct order *order = arg;
	int result = order->key ? by_key(order->key, a, b) : 0;

	if (!result && !order->by_last)
		result = a->count > b->count ? -1 : a->count < b->count;
	if (!result)
		result = a->last_ns > b->last_ns ? -1 : a->last_ns < b->last_ns;
	return result;
}

const struct aw_group **aw_groups_sorted(const struct aw_groups *groups, const char *sort)
{
	unsigned int count = HASH_COUNT(groups->entries), i = 0;
	const struct aw_group **sorted = count ? malloc(count * sizeof(*sorted)) : NULL;
	struct order order = {
		.by_last = !strcmp(sort, "last"),
		.key = aw_key_find(sort, strlen(sort)),
	};

	if (!sorted)
		return NULL;
	for (const struct entry *entry = groups->entries; entry; entry = entry->hh.next)
		sorted[i++] = &entry->group;
	qsort_r(sorted, count, sizeof(*sorted), compare, &order);
	return sorted;
}
