/* SPDX-License-Identifier: GPL-2.0 */
/* Events as a source delivers them, made up: for driver.c. */
#ifndef AW_TESTS_SCREEN_EVENTS_H
#define AW_TESTS_SCREEN_EVENTS_H

#include <stdint.h>

#include "event/event.h"
#include "kernel/kernel.h"

#define SECOND 1000000000ull
#define NOW (5000 * SECOND)	/* the time of all tests */

struct feed {
	const struct aw_kernel *kernel;
	void (*deliver)(void *arg, const struct aw_event *event);
	void *arg;
};

/* What a test of the workload looks like: five groups, steals, slow successes. */
void feed_case(const struct feed *feed);
/* Task names that attack the terminal. */
void feed_hostile(const struct feed *feed);
/* 100,000 groups. */
void feed_many(const struct feed *feed);
/* Nothing. */
void feed_empty(const struct feed *feed);

#endif
