/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sorts the records of perf.data by time.
 *
 * perf writes what it finds in the buffer of one cpu after the other.  After a
 * round over all cpus (FINISHED_ROUND), nothing older than the newest record of
 * the round before can follow.
 */
#ifndef AW_IMPORT_PERF_QUEUE_H
#define AW_IMPORT_PERF_QUEUE_H

#include "import/reader.h"

/* A sample, or the name that a thread has from now on. */
struct aw_perf_queued {
	struct aw_import_item item;
	bool is_name;
	uint64_t number;	/* equal times keep the order of the file */
};

/* Starts as zeros. */
struct aw_perf_queue {
	struct aw_perf_queued **queued;	/* owned */
	unsigned int count, room;
	unsigned int ready, taken;	/* the first `ready` can be handed out; `taken` of them were */
	uint64_t number, newest_ns, round_ns;
};

/* Copies the item.  0 or -ENOMEM. */
int aw_perf_queue_add(struct aw_perf_queue *queue, const struct aw_import_item *item, bool is_name);
/* At FINISHED_ROUND. */
void aw_perf_queue_end_round(struct aw_perf_queue *queue);
/* Nothing follows. */
void aw_perf_queue_end(struct aw_perf_queue *queue);

/* The next item that nothing older can follow; the caller frees it.  NULL: more has to be read, or nothing is left. */
struct aw_perf_queued *aw_perf_queue_take(struct aw_perf_queue *queue);
void aw_perf_queue_clear(struct aw_perf_queue *queue);

#endif
