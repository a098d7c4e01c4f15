/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a scan lets others do in between: it takes longer than events may wait.
 */
#ifndef AW_PAGES_PAUSE_H
#define AW_PAGES_PAUSE_H

#include <stdint.h>

#include "base/clock.h"

#define AW_PAUSE_EVERY_NS 2000000

struct aw_pause {
	void (*rest)(void *arg);	/* NULL: nothing waits */
	void *arg;
	uint64_t last_ns;
	uint64_t pages;			/* looked at so far, by all scans with it */
};

/* Calls rest() if it was not called within AW_PAUSE_EVERY_NS. */
static inline void aw_pause(struct aw_pause *pause)
{
	uint64_t now;

	if (!pause->rest)
		return;
	now = aw_now_ns();
	if (now - pause->last_ns < AW_PAUSE_EVERY_NS)
		return;
	pause->rest(pause->arg);
	pause->last_ns = aw_now_ns();
}

#endif
