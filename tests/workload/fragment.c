/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fills memory with unmovable pages, then frees every other page.
 *
 * A page written to a pipe is unmovable, so compaction cannot help. Pages are written to pipes A and B
 * alternately, so that neighbouring pages belong to different pipes; then all pipes B are closed.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fragment.h"
#include "memory.h"

#define PIPE_PAGES 16 /* PIPE_DEF_BUFFERS: the capacity of a new pipe */
#define SPARE_BYTES (12 << 20) /* above the watermarks, for other programs */

struct pipe_list {
	int (*ends)[2];
	long count, room;
};

void allow_many_pipes(void)
{
	struct rlimit limit = { 1 << 20, 1 << 20 };

	if (setrlimit(RLIMIT_NOFILE, &limit))
		err(1, "cannot raise the limit of open files (root is needed)");
}

void pipe_open(int ends[2])
{
	if (pipe2(ends, O_NONBLOCK | O_CLOEXEC))
		err(1, "pipe");
}

static void list_add(struct pipe_list *list)
{
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 1024;
		list->ends = reallocarray(list->ends, list->room, sizeof(*list->ends));
		if (!list->ends)
			err(1, "list of pipes");
	}
	pipe_open(list->ends[list->count++]);
}

static void page_write(int fd, const char *page, size_t size)
{
	if (write(fd, page, size) != (ssize_t)size)
		err(1, "a pipe does not take a page");
}

static void fill_pair(struct pipe_list *list, const char *page, size_t size)
{
	list_add(list);
	list_add(list);
	for (int i = 0; i < PIPE_PAGES; i++) {
		page_write(list->ends[list->count - 2][1], page, size);
		page_write(list->ends[list->count - 1][1], page, size);
	}
}

/* Takes half of the rest each time, because the pipes themselves need memory, too, and watermarks are
 * boosted for a while when a block changes its migratetype. */
static void fill(struct pipe_list *list, const char *watermark, long spare)
{
	size_t size = sysconf(_SC_PAGESIZE);
	char *page = calloc(1, size);
	long surplus;

	if (!page)
		err(1, "a page to write");
	while ((surplus = memory_free_unmovable() - memory_reserve(watermark) - spare) > 0)
		for (long pairs = surplus / 2 / (2 * PIPE_PAGES) + 1; pairs > 0; pairs--)
			fill_pair(list, page, size);
	free(page);
}

void fill_memory(long spare)
{
	struct pipe_list list = {};

	fill(&list, "min", spare);
	free(list.ends);
}

long fragment_memory(void)
{
	struct pipe_list list = {};

	fill(&list, "high", SPARE_BYTES / sysconf(_SC_PAGESIZE));
	for (long i = 1; i < list.count; i += 2) {
		close(list.ends[i][0]);
		close(list.ends[i][1]);
	}
	free(list.ends);
	return list.count / 2 * PIPE_PAGES;
}
