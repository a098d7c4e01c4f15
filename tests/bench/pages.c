/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Measures the time of page allocations that succeed at once.  On a machine whose
 * time counts instructions (QEMU's -icount shift=0), a nanosecond is an
 * instruction.
 *
 * usage: pages [ROUNDS]      prints the minimum time per touched page over all rounds
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/*
 * Few enough for the per-cpu list of free pages.  The cost of a refill depends on
 * the contents of the buddy lists, which any program started in between changes
 * (58 instructions per page on arm64 6.1).
 */
#define PAGES 30
#define CHUNKS 16	/* of a round, which is shorter than a tick of 4 ms: some rounds have none */

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static uint64_t touch(char *memory, size_t page)
{
	uint64_t start = now();

	for (size_t i = 0; i < PAGES; i++)
		memory[i * page] = 1;
	return now() - start;
}

/* Each page is one fault with one request of order 0.  The pages are freed before the next chunk. */
static uint64_t round_of(char *memory, size_t page)
{
	uint64_t took = 0;

	for (int i = 0; i < CHUNKS; i++) {
		took += touch(memory, page);
		if (madvise(memory, PAGES * page, MADV_DONTNEED))
			err(1, "madvise");
	}
	return took;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 20;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t least = UINT64_MAX;

	if (memory == MAP_FAILED)
		err(1, "mmap");

	for (int i = 0; i < rounds; i++) {
		uint64_t took = round_of(memory, page);

		if (took < least)
			least = took;
	}
	printf("%.1f\n", (double)least / (PAGES * CHUNKS));
	return 0;
}
