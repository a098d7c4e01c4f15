/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Measures how late a real-time thread wakes up on one cpu: what holds that cpu shows.
 *
 * usage: heartbeat CPU SECONDS      prints "BEATS MEDIAN P99 P99.9 MAX", times in ns
 */
#include <err.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#define PERIOD 250000		/* ns */
#define SECOND 1000000000L

static uint64_t ns(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
}

static void add(struct timespec *time, long more)
{
	time->tv_nsec += more;
	if (time->tv_nsec >= SECOND) {
		time->tv_nsec -= SECOND;
		time->tv_sec++;
	}
}

/* Sleeps until the next beat.  Returns how late it was; beats that were missed meanwhile do not count again. */
static uint64_t beat(struct timespec *next)
{
	struct timespec now;
	uint64_t late;

	add(next, PERIOD);
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL))
		;
	clock_gettime(CLOCK_MONOTONIC, &now);
	late = ns(&now) - ns(next);
	if (late > PERIOD)
		*next = now;
	return late;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	const struct sched_param priority = { .sched_priority = 50 };
	long count = argc == 3 ? atol(argv[2]) * (SECOND / PERIOD) : 0;
	uint64_t *lateness = calloc((size_t)count + 1, sizeof(*lateness));
	struct timespec next;
	cpu_set_t cpu;

	if (count <= 0 || !lateness)
		errx(2, "usage: heartbeat CPU SECONDS");
	CPU_ZERO(&cpu);
	CPU_SET(atoi(argv[1]), &cpu);
	if (sched_setaffinity(0, sizeof(cpu), &cpu) || sched_setscheduler(0, SCHED_FIFO, &priority) || mlockall(MCL_CURRENT))
		err(1, "a real-time thread (root is needed)");
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (long i = 0; i < count; i++)
		lateness[i] = beat(&next);
	qsort(lateness, (size_t)count, sizeof(*lateness), compare);
	printf("%ld %lu %lu %lu %lu\n", count, lateness[count / 2], lateness[count * 99 / 100], lateness[count * 999 / 1000],
	       lateness[count - 1]);
	return 0;
}
