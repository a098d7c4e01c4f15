// SPDX-License-Identifier: GPL-2.0
/*
 * The failures that the BPF programs only counted, read as records.
 */
#include "source/bpf_counts.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uthash.h>

#include "base/cleanup.h"
#include "source/bpf_parts.h"

/* How many of a kind were handed over. */
struct told {
	UT_hash_handle hh;
	struct aw_count_key key;
	uint64_t unsampled;
};

static const char *const maps[] = { "counts", "place_counts" };
#define AW_COUNT_MAPS (sizeof(maps) / sizeof(maps[0]))

struct aw_bpf_counts {
	const struct aw_bpf_object *bpf;
	struct told *told[AW_COUNT_MAPS];
	uint64_t all;				/* handed over so far */
	uint64_t other[AW_WIRE_ORDERS];
	uint64_t served[AW_WIRE_ORDERS];
	struct aw_wire_failure record;
};

struct aw_bpf_counts *aw_bpf_counts_new(const struct aw_bpf_object *bpf)
{
	struct aw_bpf_counts *counts = calloc(1, sizeof(*counts));

	if (counts)
		counts->bpf = bpf;
	return counts;
}

void aw_bpf_counts_free(struct aw_bpf_counts *counts)
{
	struct told *told, *next;

	if (!counts)
		return;
	for (size_t map = 0; map < AW_COUNT_MAPS; map++)
		HASH_ITER(hh, counts->told[map], told, next) {
			HASH_DEL(counts->told[map], told);
			free(told);
		}
	free(counts);
}

static struct told *told_of(struct told **all, const struct aw_count_key *key)
{
	struct told *told;

	HASH_FIND(hh, *all, key, sizeof(*key), told);
	if (told)
		return told;
	told = calloc(1, sizeof(*told));
	if (!told)
		return NULL;
	told->key = *key;
	HASH_ADD(hh, *all, key, sizeof(*key), told);
	return told;
}

static struct aw_wire_failure *new_record(struct aw_bpf_counts *counts, uint64_t unsampled)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	counts->record = (struct aw_wire_failure){
		.head = {
			.size = sizeof(counts->record), .version = AW_WIRE_VERSION, .type = AW_WIRE_FAILURE,
			.time_ns = (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec,
		},
		.gfp = ~UINT64_C(0), .migratetype = -1, .unsampled = unsampled,
	};
	return &counts->record;
}

static struct aw_wire_failure *record_of(struct aw_bpf_counts *counts, const struct aw_count_key *key,
					 const struct aw_count *count, uint64_t unsampled)
{
	struct aw_wire_failure *record = new_record(counts, unsampled);

	record->gfp = key->gfp;
	record->order = key->order;
	record->migratetype = key->migratetype;
	record->seen = key->seen;
	record->caller = count->caller;
	record->nr_frames = count->nr_frames;
	memcpy(record->stack, count->stack, sizeof(record->stack));
	return record;
}

/* Entries are never removed: what a walk misses, as it comes meanwhile, the next one meets. */
static int read_map(struct aw_bpf_counts *counts, size_t map, aw_bpf_record_fn take, void *arg)
{
	int fd = aw_bpf_map_fd(counts->bpf, maps[map]);
	struct aw_count_key key, *last = NULL;

	while (!bpf_map_get_next_key(fd, last, &key)) {
		struct aw_count count;
		struct told *told;

		last = &key;
		if (bpf_map_lookup_elem(fd, &key, &count) || !count.unsampled)
			continue;
		told = told_of(&counts->told[map], &key);
		if (!told)
			return -ENOMEM;
		if (count.unsampled == told->unsampled)
			continue;
		take(arg, record_of(counts, &key, &count, count.unsampled - told->unsampled));
		counts->all += count.unsampled - told->unsampled;
		told->unsampled = count.unsampled;
	}
	return 0;
}

/* Those of several kinds, by order. */
static void read_other(struct aw_bpf_counts *counts, const uint64_t *other, aw_bpf_record_fn take, void *arg)
{
	for (unsigned int order = 0; order < AW_WIRE_ORDERS; order++) {
		uint64_t more = other[order] - counts->other[order];
		struct aw_wire_failure *record;

		if (!more)
			continue;
		record = new_record(counts, more);
		record->order = order;
		take(arg, record);
		counts->all += more;
		counts->other[order] = other[order];
	}
}

int aw_bpf_counts_read(struct aw_bpf_counts *counts, aw_bpf_record_fn take, void *arg)
{
	struct aw_bpf_counters counters;
	int err = aw_bpf_counters(counts->bpf, &counters);

	if (err || counters.unsampled == counts->all)
		return err;
	for (size_t map = 0; !err && map < AW_COUNT_MAPS; map++)
		err = read_map(counts, map, take, arg);
	if (!err)
		read_other(counts, (const uint64_t *)counters.other, take, arg);
	return err;
}

/* One value a possible cpu. */
static uint64_t sum_of(int fd, uint32_t order, uint64_t *values, int cpus)
{
	uint64_t sum = 0;

	if (bpf_map_lookup_elem(fd, &order, values))
		return 0;
	for (int cpu = 0; cpu < cpus; cpu++)
		sum += values[cpu];
	return sum;
}

void aw_bpf_counts_allocations(struct aw_bpf_counts *counts,
			       void (*take)(void *arg, unsigned int order, uint64_t count), void *arg)
{
	int fd = aw_bpf_map_fd(counts->bpf, "allocations"), cpus = libbpf_num_possible_cpus();
	AW_FREE uint64_t *values = cpus > 0 ? calloc(cpus, sizeof(*values)) : NULL;

	for (uint32_t order = 0; values && order < AW_WIRE_ORDERS; order++) {
		uint64_t served = sum_of(fd, order, values, cpus);

		if (served > counts->served[order]) {
			take(arg, order, served - counts->served[order]);
			counts->served[order] = served;
		}
	}
}
