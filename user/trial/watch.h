/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Shows how far a compaction is, from a thread of its own: the one that compacts is in the kernel until it is done.
 */
#ifndef AW_TRIAL_WATCH_H
#define AW_TRIAL_WATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/progress.h"

struct aw_compact_watch {
	struct aw_progress *progress;
	uint64_t before, total;		/* pages that were looked at when it began; pages in use */
	uint64_t page_size;
	int stop;			/* eventfd, readable when the thread has to end */
	bool runs;
	pthread_t thread;
};

/* Nothing is shown where it is no terminal, or there is no thread to be had. */
void aw_compact_watch_begin(struct aw_compact_watch *watch, struct aw_progress *progress, uint64_t looked_at,
			    uint64_t in_use, unsigned int page_size);
void aw_compact_watch_end(struct aw_compact_watch *watch);

#endif
