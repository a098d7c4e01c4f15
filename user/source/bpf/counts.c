// SPDX-License-Identifier: GPL-2.0
/*
 * The failures that the BPF programs only counted, read as records.
 */
#include "source/bpf/counts.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/table.h"
#include "source/bpf/internal.h"

/* How many failures of a signature were delivered. */
struct delivered {
	UT_hash_handle hh;
	struct aw_count_key key;
	uint64_t unsampled;
};

static const enum aw_bpf_map maps[] = { AW_MAP_COUNTS, AW_MAP_SITE_COUNTS };
#define AW_COUNT_MAPS ARRAY_SIZE(maps)

struct aw_bpf_counts {
	const struct aw_bpf_object *bpf;
	struct delivered *delivered[AW_COUNT_MAPS];
	uint64_t all;				/* delivered so far */
	uint64_t other[AW_WIRE_ORDERS];
	uint64_t succeeded[AW_WIRE_ORDERS];
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
	struct delivered *delivered, *next;

	if (!counts)
		return;
	for (size_t map = 0; map < AW_COUNT_MAPS; map++)
		HASH_ITER(hh, counts->delivered[map], delivered, next) {
			HASH_DEL(counts->delivered[map], delivered);
			free(delivered);
		}
	free(counts);
}

static struct delivered *delivered_of(struct delivered **all, const struct aw_count_key *key)
{
	struct delivered *delivered;

	HASH_FIND(hh, *all, key, sizeof(*key), delivered);
	if (delivered)
		return delivered;
	delivered = calloc(1, sizeof(*delivered));
	if (!delivered)
		return NULL;
	delivered->key = *key;
	HASH_ADD(hh, *all, key, sizeof(*key), delivered);
	if (aw_table_took(delivered))
		return delivered;
	free(delivered);
	return NULL;
}

static struct aw_wire_failure *new_record(struct aw_bpf_counts *counts, uint64_t unsampled)
{
	counts->record = (struct aw_wire_failure){
		.request = { .gfp = ~UINT64_C(0), .migratetype = -1, .unsampled = unsampled },
	};
	aw_wire_start(&counts->record.head, sizeof(counts->record), AW_WIRE_FAILURE, aw_now_ns());
	aw_wire_size_failure(&counts->record);
	return &counts->record;
}

static struct aw_wire_failure *record_of(struct aw_bpf_counts *counts, const struct aw_count_key *key,
					 const struct aw_count *count, uint64_t unsampled)
{
	struct aw_wire_failure *record = new_record(counts, unsampled);

	record->request.gfp = key->gfp;
	record->request.order = key->order;
	record->request.migratetype = key->migratetype;
	record->request.seen = key->seen;
	record->request.caller = count->caller;
	record->stack.nr_frames = count->nr_frames;
	memcpy(record->stack.frames, count->stack, sizeof(record->stack.frames));
	return record;
}

/* Entries are never removed, so one that is added during a walk is found by the next walk. */
static int read_map(struct aw_bpf_counts *counts, size_t map, aw_bpf_record_fn take, void *arg)
{
	int fd = aw_bpf_map_fd(counts->bpf, maps[map]);
	struct aw_count_key key, *last = NULL;

	while (!bpf_map_get_next_key(fd, last, &key)) {
		struct aw_count count;
		struct delivered *delivered;

		last = &key;
		if (bpf_map_lookup_elem(fd, &key, &count) || !count.unsampled)
			continue;
		delivered = delivered_of(&counts->delivered[map], &key);
		if (!delivered)
			return -ENOMEM;
		if (count.unsampled == delivered->unsampled)
			continue;
		take(arg, record_of(counts, &key, &count, count.unsampled - delivered->unsampled));
		counts->all += count.unsampled - delivered->unsampled;
		delivered->unsampled = count.unsampled;
	}
	return 0;
}

/* Failures whose signatures found no room, by order. */
static void read_other(struct aw_bpf_counts *counts, const uint64_t *other, aw_bpf_record_fn take, void *arg)
{
	for (unsigned int order = 0; order < AW_WIRE_ORDERS; order++) {
		uint64_t more = other[order] - counts->other[order];
		struct aw_wire_failure *record;

		if (!more)
			continue;
		record = new_record(counts, more);
		record->request.order = order;
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

/* There is a value for each possible cpu. */
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
	int fd = aw_bpf_map_fd(counts->bpf, AW_MAP_ALLOCATIONS), cpus = libbpf_num_possible_cpus();
	AW_FREE uint64_t *values = cpus > 0 ? calloc(cpus, sizeof(*values)) : NULL;

	for (uint32_t order = 0; values && order < AW_WIRE_ORDERS; order++) {
		uint64_t succeeded = sum_of(fd, order, values, cpus);

		if (succeeded > counts->succeeded[order]) {
			take(arg, order, succeeded - counts->succeeded[order]);
			counts->succeeded[order] = succeeded;
		}
	}
}
