/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The clock of event timestamps, and that of a thread's work.
 */
#ifndef AW_BASE_CLOCK_H
#define AW_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* CLOCK_MONOTONIC, ns. */
static inline uint64_t aw_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Time of this thread on a cpu, ns: not what others took of it meanwhile. */
static inline uint64_t aw_thread_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

#endif
