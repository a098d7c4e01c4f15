// SPDX-License-Identifier: GPL-2.0
/*
 * Events per second over the last seconds.
 */
#include "screen/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"

#define SECOND 1000000000ull

/*
 * Circular arrays of counts by second, of two sizes.  `*newest` is the second
 * of the newest count.
 */
static void counts_add(uint64_t *counts, unsigned int size, uint64_t *newest, uint64_t second, uint64_t count)
{
	if (second > *newest) {
		uint64_t gap = second - *newest;

		if (gap >= size)
			memset(counts, 0, size * sizeof(*counts));
		else
			for (uint64_t s = *newest + 1; s <= second; s++)
				counts[s % size] = 0;
		*newest = second;
	}
	if (*newest - second < size)
		counts[second % size] += count;
}

static uint64_t counts_at(const uint64_t *counts, unsigned int size, uint64_t newest, uint64_t second)
{
	return second > newest || newest - second >= size ? 0 : counts[second % size];
}

/* Includes the current second although it is not over, so that new events show at once. */
static double counts_rate(const uint64_t *counts, unsigned int size, uint64_t newest, uint64_t second,
			unsigned int seconds)
{
	uint64_t sum = 0;

	for (unsigned int ago = 0; ago < seconds && ago <= second; ago++)
		sum += counts_at(counts, size, newest, second - ago);
	return seconds ? (double)sum / seconds : 0;
}

void aw_history_add(struct aw_history *history, uint64_t time_ns, uint64_t count)
{
	counts_add(history->counts, AW_HISTORY_SECONDS, &history->second, time_ns / SECOND, count);
}

uint64_t aw_history_at(const struct aw_history *history, uint64_t now_ns, unsigned int ago)
{
	uint64_t second = now_ns / SECOND;

	return ago > second ? 0 : counts_at(history->counts, AW_HISTORY_SECONDS, history->second, second - ago);
}

double aw_history_rate(const struct aw_history *history, uint64_t now_ns, unsigned int seconds)
{
	return counts_rate(history->counts, AW_HISTORY_SECONDS, history->second, now_ns / SECOND, seconds);
}

struct entry {
	UT_hash_handle hh;
	uint64_t group_id;
	uint64_t second;
	uint64_t counts[AW_RATE_SECONDS];
};

struct aw_rates {
	struct entry *entries;
};

struct aw_rates *aw_rates_new(void)
{
	return calloc(1, sizeof(struct aw_rates));
}

void aw_rates_clear(struct aw_rates *rates)
{
	struct entry *entry, *next;

	HASH_ITER(hh, rates->entries, entry, next) {
		HASH_DEL(rates->entries, entry);
		free(entry);
	}
}

void aw_rates_free(struct aw_rates *rates)
{
	if (rates)
		aw_rates_clear(rates);
	free(rates);
}

static struct entry *find(const struct aw_rates *rates, uint64_t group_id)
{
	struct entry *entry;

	HASH_FIND(hh, rates->entries, &group_id, sizeof(group_id), entry);
	return entry;
}

/* NULL: no memory. */
static struct entry *add(struct aw_rates *rates, uint64_t group_id)
{
	struct entry *entry = calloc(1, sizeof(*entry));

	if (!entry)
		return NULL;
	entry->group_id = group_id;
	HASH_ADD(hh, rates->entries, group_id, sizeof(group_id), entry);
	if (aw_table_took(entry))
		return entry;
	free(entry);
	return NULL;
}

void aw_rates_add(struct aw_rates *rates, uint64_t group_id, uint64_t time_ns, uint64_t count)
{
	struct entry *entry = find(rates, group_id);

	if (!entry)
		entry = add(rates, group_id);
	if (entry)
		counts_add(entry->counts, AW_RATE_SECONDS, &entry->second, time_ns / SECOND, count);
}

double aw_rates_of(const struct aw_rates *rates, uint64_t group_id, uint64_t now_ns, unsigned int seconds)
{
	const struct entry *entry = find(rates, group_id);

	return entry ? counts_rate(entry->counts, AW_RATE_SECONDS, entry->second, now_ns / SECOND, seconds) : 0;
}

unsigned int aw_rates_expire(struct aw_rates *rates, uint64_t now_ns)
{
	struct entry *entry, *next;

	HASH_ITER(hh, rates->entries, entry, next) {
		if (now_ns / SECOND < entry->second + AW_RATE_SECONDS)
			continue;
		HASH_DEL(rates->entries, entry);
		free(entry);
	}
	return HASH_COUNT(rates->entries);
}
