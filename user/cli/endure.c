// SPDX-License-Identifier: GPL-2.0
/*
 * Makes a run last while memory is short: locked memory, and the OOM killer.
 */
#include "cli/endure.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "base/cleanup.h"
#include "cli/say.h"
#include "source/source.h"

/* For the groups, samples and stacks of what comes: an event finds its memory in the heap. */
#define HEAP_RESERVE (1u << 20)

/* The heap keeps the pages of its free end, so that they are locked, too. */
static void reserve_heap(void)
{
	void *reserve;

	mallopt(M_MMAP_THRESHOLD, 2 * HEAP_RESERVE);
	mallopt(M_TRIM_THRESHOLD, 4 * HEAP_RESERVE);
	reserve = malloc(HEAP_RESERVE);
	if (reserve)
		memset(reserve, 1, HEAP_RESERVE);
	/* Not optimised away: the compiler may not know what is in it. */
	__asm__ volatile("" : : "r"(reserve) : "memory");
	free(reserve);
}

/*
 * What the first event runs, too, so that it need not be read from a disk then.
 * Of libraries, only what ran.
 */
static void lock_code(void)
{
	extern const char __executable_start[], etext[];

	mlock(__executable_start, (size_t)(etext - __executable_start));
}

/*
 * Only pages that were used: MCL_ONFAULT, 4.4 on.  Not those to come: with
 * MCL_FUTURE and without CAP_IPC_LOCK, a mapping beyond RLIMIT_MEMLOCK would fail.
 */
static int lock_memory(void)
{
	if (!mlockall(MCL_CURRENT | MCL_ONFAULT))
		return 0;
	return errno == EINVAL && !mlockall(MCL_CURRENT) ? 0 : -errno;
}

/*
 * In a container without CAP_IPC_LOCK the limit is that of its runtime; raising
 * it beyond the hard one needs CAP_SYS_RESOURCE.
 */
static void raise_limit(void)
{
	struct rlimit limit = { .rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY };

	if (!setrlimit(RLIMIT_MEMLOCK, &limit) || getrlimit(RLIMIT_MEMLOCK, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_MEMLOCK, &limit);
}

static int oom_score_adj = AW_OOM_SCORE_ADJ;	/* what it was */

/* Writing a lower one needs CAP_SYS_RESOURCE. */
static void write_oom_score_adj(FILE *file, int value)
{
	rewind(file);
	fprintf(file, "%d\n", value);
}

/* A lower value that was set for the process stays. */
void aw_endure_begin(void)
{
	AW_FCLOSE FILE *file = fopen("/proc/self/oom_score_adj", "r+e");

	if (file && fscanf(file, "%d", &oom_score_adj) == 1 && oom_score_adj > AW_OOM_SCORE_ADJ)
		write_oom_score_adj(file, AW_OOM_SCORE_ADJ);
}

void aw_endure_undo(void)
{
	AW_FCLOSE FILE *file = oom_score_adj > AW_OOM_SCORE_ADJ ? fopen("/proc/self/oom_score_adj", "we") : NULL;

	if (file)
		write_oom_score_adj(file, oom_score_adj);
}

void aw_endure(struct aw_source *source)
{
	int err;

	if (source->ops->prepare)
		source->ops->prepare(source);
	reserve_heap();
	err = lock_memory();
	if (err) {
		raise_limit();
		err = lock_memory();
	}
	if (!err)
		lock_code();
	else
		aw_say("memory is not locked: %s; give CAP_IPC_LOCK or raise RLIMIT_MEMLOCK (ulimit -l)", strerror(-err));
}
