// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that agree in chosen keys, counted together.
 */
#include "summary/group.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/hash.h"
#include "base/intern.h"
#define AW_TABLE_BITS 11
#include "base/table.h"

struct entry {
	UT_hash_handle hh;
	uint64_t head_start;	/* added to its count when the rarest groups are evicted */
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
	unsigned int most;
	bool evicts, keeps_first;
	uint64_t head_start;	/* of new entries */
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
	groups->most = AW_MAX_GROUPS;
	groups->nr_keys = nr_keys;
	if (nr_keys)	/* keys may be NULL otherwise */
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

void aw_groups_keep_frequent(struct aw_groups *groups, unsigned int most)
{
	groups->most = most;
	groups->evicts = true;
}

void aw_groups_keep_first(struct aw_groups *groups)
{
	groups->keeps_first = true;
}

/* Identifies a group: numbers, and pointers to interned texts. */
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
		if (groups->keys[k]->type == AW_KEY_TEXT)
			value.text = aw_intern_lasting(groups->texts, value.text,
						       groups->keys[k]->lasting ? event->texts : 0);
		identity->values[k] = value;
		identity->has |= UINT64_C(1) << k;
	}
}

static size_t identity_size(const struct aw_groups *groups)
{
	return sizeof(uint64_t) + groups->nr_keys * sizeof(struct aw_value);
}

/*
 * The sample is the last failure, but a failure with a zone snapshot is not
 * replaced by one without, and a sampled one is not replaced by a counted one.
 * If all failures were counted only, the largest count is the sample.
 */
static bool makes_better_sample(const struct aw_groups *groups, const struct aw_group *group,
				const struct aw_event *event)
{
	const struct aw_failure *failure = &event->failure;

	if (groups->keeps_first)
		return !group->sampled;
	if (group->sample.nr_zones && !failure->nr_zones)
		return false;
	return !failure->unsampled || (!group->sampled && failure->unsampled >= group->sample_unsampled);
}

static void take_sample(struct aw_groups *groups, struct aw_group *group, const struct aw_event *event)
{
	if (!makes_better_sample(groups, group, event))
		return;
	group->sample_unsampled = event->failure.unsampled;
	group->sample_ns = event->time_ns;
	aw_sample_set(groups->samples, &group->sample, event);
}

const struct aw_event *aw_group_sample(const struct aw_group *group, struct aw_sample_room *room)
{
	return aw_sample_get(&group->sample, room);
}

static int ascending(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static uint64_t rank_of(const struct entry *entry)
{
	return entry->head_start + entry->group.count;
}

/* The rank that `count` groups do not exceed, when they are the rarest; 0: no memory. */
static uint64_t rank_of_rarest(const struct aw_groups *groups, unsigned int count)
{
	unsigned int all = HASH_COUNT(groups->entries), i = 0;
	AW_FREE uint64_t *ranks = malloc(all * sizeof(*ranks));

	if (!ranks) {
		aw_intern_note_failure(groups->texts);
		return 0;
	}
	for (const struct entry *entry = groups->entries; entry; entry = entry->hh.next)
		ranks[i++] = rank_of(entry);
	qsort(ranks, all, sizeof(*ranks), ascending);
	return ranks[count - 1];
}

static void evict(struct aw_groups *groups, struct entry *entry)
{
	groups->other += entry->group.count;
	HASH_DEL(groups->entries, entry);
	aw_sample_drop(groups->samples, &entry->group.sample);
	free(entry);
}

/*
 * Evicts the rarest quarter.  The rank of new groups starts where that of the
 * evicted ones ended, so that ever new rare groups cannot push out, time and again,
 * one that is frequent: Space-Saving (Metwally, Agrawal, El Abbadi 2005), a quarter
 * at a time.
 */
static void evict_rarest(struct aw_groups *groups)
{
	unsigned int count = groups->most / 4;
	uint64_t rank = rank_of_rarest(groups, count);
	struct entry *entry, *next;

	if (!rank)
		return;
	HASH_ITER(hh, groups->entries, entry, next)
		if (rank_of(entry) < rank) {
			evict(groups, entry);
			count--;
		}
	HASH_ITER(hh, groups->entries, entry, next)
		if (count && rank_of(entry) == rank) {
			evict(groups, entry);
			count--;
		}
	groups->head_start = rank;
}

/* NULL: no memory. */
static struct entry *add_entry(struct aw_groups *groups, const struct identity *identity)
{
	AW_FREE struct entry *entry = calloc(1, sizeof(*entry));

	if (!entry)
		return NULL;
	entry->head_start = groups->head_start;
	entry->group.has = identity->has;
	memcpy(entry->group.values, identity->values, sizeof(identity->values));
	HASH_ADD(hh, groups->entries, group.has, identity_size(groups), entry);
	return aw_table_took(entry) ? TAKE_PTR(entry) : NULL;
}

static struct entry *new_entry(struct aw_groups *groups, const struct identity *identity)
{
	struct entry *entry;

	if (HASH_COUNT(groups->entries) >= groups->most && groups->evicts)
		evict_rarest(groups);
	if (HASH_COUNT(groups->entries) >= groups->most)
		return NULL;
	entry = add_entry(groups, identity);
	if (!entry)
		aw_intern_note_failure(groups->texts);
	return entry;
}

const struct aw_group *aw_groups_add(struct aw_groups *groups, const struct aw_event *event)
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
		return NULL;
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
	return group;
}

void aw_groups_join(struct aw_groups *groups, struct aw_scan *scan)
{
	struct aw_sample_room room;

	for (struct entry *entry = groups->entries; entry; entry = entry->hh.next) {
		struct aw_sample *sample = &entry->group.sample;

		if (aw_scan_tells_of(scan, aw_sample_get(sample, &room)))
			aw_sample_join(sample, scan);
	}
}

unsigned int aw_groups_count(const struct aw_groups *groups)
{
	return HASH_COUNT(groups->entries);
}

bool aw_groups_incomplete(const struct aw_groups *groups)
{
	return aw_intern_failed(groups->texts);
}

uint64_t aw_groups_other(const struct aw_groups *groups)
{
	return groups->other;
}

bool aw_groups_by(const struct aw_groups *groups, enum aw_key_id id)
{
	for (unsigned int k = 0; k < groups->nr_keys; k++)
		if (groups->keys[k] == &aw_keys[id])
			return true;
	return false;
}

const struct aw_key *const *aw_groups_keys(const struct aw_groups *groups, unsigned int *nr_keys)
{
	*nr_keys = groups->nr_keys;
	return groups->keys;
}

/* A group, and what it is sorted by. */
struct ranked {
	const struct aw_group *group;
	unsigned int came;	/* so many were there before it */
	bool has;
	struct aw_value value;
};

/* What a sort needs to know besides the two groups. */
struct order {
	bool by_last, worst;
	const struct aw_key *key;	/* NULL: count */
};

static void rank(const struct aw_groups *groups, const struct aw_key *key, struct ranked *ranked)
{
	struct aw_sample_room room;

	ranked->has = key->get(aw_group_sample(ranked->group, &room), &ranked->value);
	if (ranked->has && key->type == AW_KEY_TEXT)
		ranked->value.text = aw_intern(groups->texts, ranked->value.text);
}

static int by_key(const struct aw_key *key, const struct ranked *a, const struct ranked *b)
{
	if (a->has != b->has)
		return a->has ? -1 : 1;
	if (!a->has)
		return 0;
	if (key->type == AW_KEY_TEXT)
		return strcmp(a->value.text, b->value.text);
	return a->value.number > b->value.number ? -1 : a->value.number < b->value.number;
}

static int by_worst(const struct ranked *a, const struct ranked *b)
{
	bool a_hard = a->group->by_class[AW_CLASS_HARD], b_hard = b->group->by_class[AW_CLASS_HARD];

	if (a_hard != b_hard)
		return a_hard ? -1 : 1;
	if (a->group->count != b->group->count)
		return a->group->count > b->group->count ? -1 : 1;
	return a->came < b->came ? -1 : 1;
}

static int compare(const void *left, const void *right, void *arg)
{
	const struct aw_group *a = ((const struct ranked *)left)->group;
	const struct aw_group *b = ((const struct ranked *)right)->group;
	const struct order *order = arg;
	int result = order->key ? by_key(order->key, left, right) : 0;

	if (order->worst)
		return by_worst(left, right);
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
		.worst = !strcmp(sort, "worst"),
		.key = aw_key_find(sort, strlen(sort)),
	};
	AW_FREE struct ranked *ranked = count ? calloc(count, sizeof(*ranked)) : NULL;
	const struct aw_group **sorted = ranked ? malloc(count * sizeof(*sorted)) : NULL;

	if (count && !sorted)
		aw_intern_note_failure(groups->texts);
	if (!sorted)
		return NULL;
	for (const struct entry *entry = groups->entries; entry; entry = entry->hh.next, i++) {
		ranked[i].group = &entry->group;
		ranked[i].came = i;
		if (order.key)
			rank(groups, order.key, &ranked[i]);
	}
	qsort_r(ranked, count, sizeof(*ranked), compare, &order);
	for (i = 0; i < count; i++)
		sorted[i] = ranked[i].group;
	return sorted;
}
