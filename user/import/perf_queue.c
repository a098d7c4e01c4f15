// SPDX-License-Identifier: GPL-2.0
/*
 * Sorts the records of perf.data by time.
 */
#include "import/perf_queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST_QUEUED (1u << 16)		/* beyond, a round is taken for finished */

static int by_time(const void *left, const void *right)
{
	const struct aw_perf_queued *one = *(struct aw_perf_queued *const *)left;
	const struct aw_perf_queued *other = *(struct aw_perf_queued *const *)right;
	uint64_t a = one->item.record.time_ns, b = other->item.record.time_ns;

	return a != b ? (a > b) - (a < b) : (one->number > other->number) - (one->number < other->number);
}

/* What is not newer than `until_ns` can be handed out. */
static void release(struct aw_perf_queue *queue, uint64_t until_ns)
{
	if (!queue->count)
		return;
	qsort(queue->queued, queue->count, sizeof(queue->queued[0]), by_time);
	while (queue->ready < queue->count && queue->queued[queue->ready]->item.record.time_ns <= until_ns)
		queue->ready++;
}

static bool has_room(struct aw_perf_queue *queue)
{
	unsigned int room = queue->room ? 2 * queue->room : 256;
	struct aw_perf_queued **larger;

	if (queue->count < queue->room)
		return true;
	larger = realloc(queue->queued, room * sizeof(*larger));
	if (!larger)
		return false;
	queue->queued = larger;
	queue->room = room;
	return true;
}

int aw_perf_queue_add(struct aw_perf_queue *queue, const struct aw_import_item *item, bool is_name)
{
	struct aw_perf_queued *queued = has_room(queue) ? malloc(sizeof(*queued)) : NULL;

	if (!queued)
		return -ENOMEM;
	queued->item = *item;
	queued->is_name = is_name;
	queued->number = queue->number++;
	queue->queued[queue->count++] = queued;
	if (item->record.time_ns > queue->newest_ns)
		queue->newest_ns = item->record.time_ns;
	if (queue->count > MOST_QUEUED && !queue->ready)
		release(queue, queue->newest_ns);
	return 0;
}

void aw_perf_queue_end_round(struct aw_perf_queue *queue)
{
	release(queue, queue->round_ns);
	queue->round_ns = queue->newest_ns;
}

void aw_perf_queue_end(struct aw_perf_queue *queue)
{
	release(queue, UINT64_MAX);
}

static void drop_taken(struct aw_perf_queue *queue)
{
	if (!queue->taken)
		return;
	memmove(queue->queued, queue->queued + queue->taken, (queue->count - queue->taken) * sizeof(queue->queued[0]));
	queue->count -= queue->taken;
	queue->taken = queue->ready = 0;
}

struct aw_perf_queued *aw_perf_queue_take(struct aw_perf_queue *queue)
{
	if (queue->taken < queue->ready)
		return queue->queued[queue->taken++];
	drop_taken(queue);
	return NULL;
}

void aw_perf_queue_clear(struct aw_perf_queue *queue)
{
	for (unsigned int i = queue->taken; i < queue->count; i++)
		free(queue->queued[i]);
	free(queue->queued);
	memset(queue, 0, sizeof(*queue));
}
