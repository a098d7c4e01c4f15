// SPDX-License-Identifier: GPL-2.0
/*
 * A number that identifies a group: FNV-1a over the values of its keys.
 */
#include "screen/group_id.h"

#include <string.h>

#define FNV_START 0xcbf29ce484222325ull
#define FNV_PRIME 0x100000001b3ull

static uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ byte[i]) * FNV_PRIME;
	return hash;
}

/* A missing value differs from an empty one. */
static uint64_t mix_value(uint64_t hash, const struct aw_key *key, bool has, const struct aw_value *value)
{
	hash = mix(hash, &has, sizeof(has));
	if (!has)
		return hash;
	if (key->type == AW_KEY_TEXT)
		return mix(hash, value->text, strlen(value->text) + 1);
	return mix(hash, &value->number, sizeof(value->number));
}

uint64_t aw_group_id_of_event(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_event *event)
{
	uint64_t hash = FNV_START;

	for (unsigned int k = 0; k < nr_keys; k++) {
		struct aw_value value = { 0 };
		bool has = keys[k]->get(event, &value);

		hash = mix_value(hash, keys[k], has, &value);
	}
	return hash;
}

uint64_t aw_group_id(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_group *group)
{
	uint64_t hash = FNV_START;

	for (unsigned int k = 0; k < nr_keys; k++)
		hash = mix_value(hash, keys[k], group->has >> k & 1, &group->values[k]);
	return hash;
}
