/* SPDX-License-Identifier: GPL-2.0 */
/* Reads free memory from /proc, on any kernel from 3.10 on. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"

#define LINE 1024

static FILE *proc_open(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file)
		err(1, "%s", path);
	return file;
}

long memory_total(void)
{
	FILE *file = proc_open("/proc/meminfo");
	long kib = 0;

	if (fscanf(file, "MemTotal: %ld", &kib) != 1)
		errx(1, "/proc/meminfo does not begin with MemTotal");
	fclose(file);
	return kib / (sysconf(_SC_PAGESIZE) / 1024);
}

/* protection: (0, 0, 1923, 1923) */
static long largest_protection(const char *line)
{
	long largest = 0;
	char *end;

	for (line = strchr(line, '('); line && *line && *line != ')'; line = end) {
		long pages = strtol(line + 1, &end, 10);

		if (pages > largest)
			largest = pages;
	}
	return largest;
}

long memory_reserve(const char *watermark)
{
	FILE *file = proc_open("/proc/zoneinfo");
	char line[LINE], name[32];
	long pages, sum = 0;

	while (fgets(line, sizeof(line), file)) {
		/* "        high     1423" is the watermark; "high:  378", with a colon, belongs to the per-cpu lists. */
		if (sscanf(line, " %31s %ld", name, &pages) == 2 && !strcmp(name, watermark))
			sum += pages;
		else if (strstr(line, "protection:"))
			sum += largest_protection(line);
	}
	fclose(file);
	return sum;
}

/* Node    0, zone      DMA, type    Unmovable      2      0     >3 ...: free blocks of order 0, 1, 2 ...
 * `row` starts after the type; the caller gives the weight of a block. */
static long row_sum(const char *row, long (*weight)(int order, int from), int from)
{
	long sum = 0, blocks;
	int order, length;

	for (order = 0; sscanf(row, " %*[>]%ld%n", &blocks, &length) == 1 ||
			sscanf(row, " %ld%n", &blocks, &length) == 1; order++, row += length)
		sum += blocks * weight(order, from);
	return sum;
}

/* An unmovable request may not use free blocks of these types. */
static int is_closed(const char *type)
{
	return !strcmp(type, "CMA") || !strcmp(type, "Isolate") || !strcmp(type, "HighAtomic");
}

static long free_sum(long (*weight)(int order, int from), int from)
{
	FILE *file = proc_open("/proc/pagetypeinfo");
	char line[LINE], type[32];
	int end;
	long sum = 0;

	while (fgets(line, sizeof(line), file)) {
		/* Rows without a type are of the tables of pageblocks, which each node has behind its free blocks. */
		if (sscanf(line, "Node %*d, zone %*31[^,], type %31s%n", type, &end) == 1 && !is_closed(type))
			sum += row_sum(line + end, weight, from);
	}
	fclose(file);
	return sum;
}

static long weigh_pages(int order, int from)
{
	return order >= from ? 1L << order : 0;
}

static long weigh_blocks(int order, int from)
{
	return order >= from;
}

long memory_free_unmovable(void)
{
	return free_sum(weigh_pages, 0);
}

long memory_blocks(int order)
{
	return free_sum(weigh_blocks, order);
}
