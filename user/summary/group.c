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

#include "base/intern.h"
#include "summary/kept_stacks.h"

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
	struct aw_kept_stacks *stacks;
	uint64_t other;
};

struct aw_groups *aw_groups_new(const struct aw_key *const *keys, unsigned int nr_keys)
{
	struct aw_groups *groups = calloc(1, sizeof(*groups));

	if (!groups)
		return NULL;
	groups->texts = aw_intern_new();
	groups->stacks = aw_kept_stacks_new(groups->texts);
	if (!groups->texts || !groups->stacks) {
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
		free((void *)entry->group.sample.failure.zones);
		free(entry);
	}
	aw_kept_stacks_free(groups->stacks);
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

/* The stack of the event, which the sample holds already when it is the same. */
static void copy_stack(struct aw_groups *groups, const struct aw_stack *held, const struct aw_event *event,
		       struct aw_event *sample)
{
	ptrdiff_t site = event->site ? event->site - event->stack->frames : -1;

	sample->stack = held;
	if (!held || held->id != event->stack->id) {
		sample->stack = aw_kept_stacks_hold(groups->stacks, event->stack);
		aw_kept_stacks_drop(groups->stacks, held);
	}
	sample->site = site >= 0 && site < sample->stack->count ? &sample->stack->frames[site] : NULL;
}

/* Into `room`, which the zones of the last sample need no more. */
static void copy_zones(const struct aw_event *event, struct aw_zone *room, unsigned int nr_room,
		       struct aw_failure *sample)
{
	size_t bytes = event->failure.nr_zones * sizeof(*room);

	if (event->failure.nr_zones != nr_room) {
		free(room);
		room = bytes ? malloc(bytes) : NULL;
	}
	sample->zones = room;
	sample->nr_zones = room ? event->failure.nr_zones : 0;
	if (room)
		memcpy(room, event->failure.zones, bytes);
}

/*
 * The sample is the last failure, but one with a picture of the zones is not
 * given up for one without.
 */
static void take_sample(struct aw_groups *groups, const struct aw_event *event, struct aw_event *sample)
{
	const struct aw_stack *held = sample->stack;
	struct aw_zone *zones = (struct aw_zone *)sample->failure.zones;
	unsigned int nr_zones = sample->failure.nr_zones;

	if (nr_zones && !event->failure.nr_zones)
		return;
	*sample = *event;
	sample->task.cgroup = aw_intern(groups->texts, event->task.cgroup);
	sample->failure.gfp.names = aw_intern(groups->texts, event->failure.gfp.names);
	copy_stack(groups, held, event, sample);
	copy_zones(event, zones, nr_zones, &sample->failure);
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
	struct identity identity;
	struct entry *entry;
	struct aw_group *group;

	identify(groups, event, &identity);
	HASH_FIND(hh, groups->entries, &identity, identity_size(groups), entry);
	if (!entry)
		entry = new_entry(groups, &identity);
	if (!entry) {
		groups->other++;
		return;
	}
	group = &entry->group;
	if (!group->count++)
		group->first_ns = event->time_ns;
	group->last_ns = event->time_ns;
	group->by_class[event->failure.class]++;
	group->by_log[event->failure.log]++;
	take_sample(groups, event, &group->sample);
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
