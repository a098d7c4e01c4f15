// SPDX-License-Identifier: GPL-2.0
/*
 * Shows how far a compaction is.
 */
#include "trial/watch.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "trial/compact.h"

#define EVERY_MS 200

static void *watch_it(void *arg)
{
	struct aw_compact_watch *watch = arg;
	struct pollfd stop = { .fd = watch->stop, .events = POLLIN };
	uint64_t counter[AW_COMPACT_COUNTERS], looked_at;

	while (!poll(&stop, 1, EVERY_MS)) {
		if (!aw_compact_counters_read(counter))
			break;
		looked_at = aw_compact_looked_at(counter) - watch->before;
		aw_progress_show(watch->progress, looked_at * watch->page_size, watch->total * watch->page_size);
	}
	return NULL;
}

void aw_compact_watch_begin(struct aw_compact_watch *watch, struct aw_progress *progress, uint64_t looked_at,
			    uint64_t in_use, unsigned int page_size)
{
	sigset_t all, before;

	*watch = (struct aw_compact_watch){ .progress = progress, .before = looked_at, .total = in_use,
		.page_size = page_size, .stop = -1 };
	if (progress->fd < 0)
		return;
	watch->stop = eventfd(0, EFD_CLOEXEC);
	if (watch->stop < 0)
		return;
	/* signals are for the thread that compacts */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	watch->runs = !pthread_create(&watch->thread, NULL, watch_it, watch);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void aw_compact_watch_end(struct aw_compact_watch *watch)
{
	if (watch->runs && !eventfd_write(watch->stop, 1))
		pthread_join(watch->thread, NULL);
	if (watch->stop >= 0)
		close(watch->stop);
}
