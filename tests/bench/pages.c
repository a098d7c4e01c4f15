/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Page requests that succeed at once, and how long each takes: on a machine
 * whose time counts instructions (QEMU's -icount shift=0) a nanosecond is one.
 *
 * usage: pages [ROUNDS]      prints the least time per touched page of all rounds
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PAGES 2000

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* One fault, one request of order 0 each: huge pages would serve many at once. */
static uint64_t touch(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t start;

	if (memory == MAP_FAILED)
		err(1, "mmap");
	madvise(memory, PAGES * page, MADV_NOHUGEPAGE);
	start = now();
	for (size_t i = 0; i < PAGES; i++)
		memory[i * page] = 1;
	start = now() - start;
	munmap(memory, PAGES * page);
	return start;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 20;
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < rounds; i++) {
		uint64_t took = touch();

		if (took < least)
			least = took;
	}
	printf("%.1f\n", (double)least / PAGES);
	return 0;
}
