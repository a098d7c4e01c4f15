// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that agree in chosen keys, counted together.
 */
#include "summary/group.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include <uthash.h>

#include "base/cleanup.h"
#include "base/intern.h"

struct entry {
	UT_hash_handle hh;
	struct aw_group group;	/* its `has` and the values after it are the key */
};
_Static_assert(offsetof(struct aw_group, values) == offsetof(struct aw_group, has) + sizeof(uint64_t),
	       "the values follow `has`");

struct aw_groups {
	unsigned int nr_keys;
	const struct aw_key *keys[AW_MAX_KEYS];
	struct entry *entries;
	struct aw_intern *texts;
	struct aw_samples_kept *samples;
	uint64_t other;
};

struct aw_groups *aw_groups_new(const struct aw_key *const *keys, unsigned int nr_keys)
{
	struct aw_groups *groups = calloc(1, sizeof(*groups));

	if (!groups)
		return NULL;
	groups->texts = aw_intern_new();
	groups->samples = aw_samples_kept_new(groups->texts);
	if (!groups->texts || !groups->samples) {
		aw_groups_free(groups);
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
		aw_sample_clear(&entry->group.sample);
		free(entry);
	}
	aw_samples_kept_free(groups->samples);
	aw_intern_free(groups->texts);
	free(groups);
}

/* What groups are told apart by: numbers, and pointers of interned texts. */
struct identity {
	uint64_t has;
	struct aw_value values[AW_MAX_KEYS];
};

static void identify(struct aw_groups *groups, const struct aw_event *event, struct identity *identity)
{
	memset(identity, 0, sizeof(*identity));
	for (unsigned int k = 0; k < groups->nr_keys; k++) {
		struct aw_value value;

		if (!groups->keys[k]->get(event, &value))
			continue;
		if (groups->keys[k]->kind == AW_KEY_TEXT)
			value.text = aw_intern(groups->texts, value.text);
		identity->values[k] = value;
		identity->has |= UINT64_C(1) << k;
	}
}

static size_t identity_size(const struct aw_groups *groups)
{
	return sizeof(uint64_t) + groups->nr_keys * sizeof(struct aw_value);
}

/*
 * The sample is the last failure, but one with a picture of the zones is not
 * given up for one without, nor one that was seen for what was only counted.
 * Of what was only counted the kind with the most stands for the others.
 */
static void take_sample(struct aw_groups *groups, struct aw_group *group, const struct aw_event *event)
{
	if (group->sample.nr_zones && !event->failure.nr_zones)
		return;
	if (event->failure.unsampled && (group->sampled || event->failure.unsampled < group->sample_unsampled))
		return;
	group->sample_unsampled = event->failure.unsampled;
	group->sample_ns = event->time_ns;
	aw_sample_set(groups->samples, &group->sample, event);
}

const struct aw_event *aw_group_sample(const struct aw_group *group, struct aw_sample_room *room)
{
	return aw_sample_get(&group->sample, room);
}

static struct entry *new_entry(struct aw_groups *groups, const struct identity *identity)
{
	struct entry *entry;

	if (HASH_COUNT(groups->entries) >= AW_MAX_GROUPS)
		return NULL;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return NULL;
	entry->group.has = identity->has;
	memcpy(entry->group.values, identity->values, sizeof(identity->values));
	HASH_ADD(hh, groups->entries, group.has, identity_size(groups), entry);
	return entry;
}

void aw_groups_add(struct aw_groups *groups, const struct aw_event *event)
{
	uint64_t count = aw_failure_count(&event->failure);
	struct identity identity;
	struct entry *entry;
	struct aw_group *group;

	identify(groups, event, &identity);
	HASH_FIND(hh, groups->entries, &identity, identity_size(groups), entry);
	if (!entry)
		entry = new_entry(groups, &identity);
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
	take_sample(groups, group, event);
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

/* A group, and what it is sorted by. */
struct ranked {
	const struct aw_group *group;
	bool has;
	struct aw_value value;
};

/* What a sort needs to know besides the two groups. */
struct order {
	bool by_last;
	const struct aw_key *key;	/* NULL: count */
};

static void rank(const struct aw_groups *groups, const struct aw_key *key, struct ranked *ranked)
{
	struct aw_sample_room room;

	ranked->has = key->get(aw_group_sample(ranked->group, &room), &ranked->value);
	if (ranked->has && key->kind == AW_KEY_TEXT)
		ranked->value.text = aw_intern(groups->texts, ranked->value.text);
}

static int by_key(const struct aw_key *key, const struct ranked *a, const struct ranked *b)
{
	if (a->has != b->has)
		return a->has ? -1 : 1;
	if (!a->has)
		return 0;
	if (key->kind == AW_KEY_TEXT)
		return strcmp(a->value.text, b->value.text);
	return a->value.number > b->value.number ? -1 : a->value.number < b->value.number;
}

static int compare(const void *left, const void *right, void *arg)
{
	const struct aw_group *a = ((const struct ranked *)left)->group;
	const struct aw_group *b = ((const struct ranked *)right)->group;
	const struct order *order = arg;
	int result = order->key ? by_key(order->key, left, right) : 0;

	if (!result && !order->by_last)
		result = a->count > b->count ? -1 : a->count < b->count;
	if (!result)
		result = a->last_ns > b->last_ns ? -1 : a->last_ns < b->last_ns;
	return result;
}

const struct aw_group **aw_groups_sorted(const struct aw_groups *groups, const char *sort)
{
	unsigned int count = HASH_COUNT(groups->entries), i = 0;
	struct order order = {
		.by_last = !strcmp(sort, "last"),
		.key = aw_key_find(sort, strlen(sort)),
	};
	AW_FREE struct ranked *ranked = count ? calloc(count, sizeof(*ranked)) : NULL;
	const struct aw_group **sorted = ranked ? malloc(count * sizeof(*sorted)) : NULL;

	if (!sorted)
		return NULL;
	for (const struct entry *entry = groups->entries; entry; entry = entry->hh.next, i++) {
		ranked[i].group = &entry->group;
		if (order.key)
			rank(groups, order.key, &ranked[i]);
	}
	qsort_r(ranked, count, sizeof(*ranked), compare, &order);
	for (i = 0; i < count; i++)
		sorted[i] = ranked[i].group;
	return sorted;
}
