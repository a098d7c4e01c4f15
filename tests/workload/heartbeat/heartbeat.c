/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Measures how long a process of normal priority waits for the cpu: sleeps 10 ms
 * at a time until SIGTERM, then prints the longest delay in milliseconds.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

static volatile sig_atomic_t over;

static void on_signal(int number)
{
	(void)number;
	over = 1;
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int main(void)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	struct sigaction action = { .sa_handler = on_signal };
	int64_t longest = 0;

	sigaction(SIGTERM, &action, NULL);
	while (!over) {
		int64_t start = now(), waited;

		nanosleep(&pause, NULL);
		waited = now() - start - pause.tv_nsec;
		if (waited > longest)
			longest = waited;
	}
	printf("longest wait %lld ms\n", (long long)(longest / 1000000));
	return 0;
}
