// SPDX-License-Identifier: GPL-2.0
/*
 * Which process maps pages that compaction cannot move, by /proc/PID/pagemap.
 */
#include "pages/processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "pages/pagemap.h"

#define MOST_NS 1000000000
#define BATCH 4096

struct search {
	struct aw_zone_pages *zone;
	struct aw_holders *holders;
	bool wanted[AW_PAGE_CLASSES];
	uint64_t page_size, until;
	uint64_t entries[BATCH];
};

/* A process says more than the file that it maps, and knows what is its own better than who made it. */
static bool is_held(const struct search *search, uint64_t i)
{
	uint16_t holder = search->zone->holder[i];
	enum aw_holder_type type = holder ? search->holders->list[holder - 1].type : AW_HOLDER_FILE;

	return type != AW_HOLDER_FILE && type != AW_HOLDER_ANON;
}

static void take(struct search *search, uint64_t pid, uint64_t entry)
{
	struct aw_zone_pages *zone = search->zone;
	uint64_t pfn = entry & AW_PAGEMAP_FRAME, i;

	if (!(entry & AW_PAGEMAP_PRESENT) || !aw_zone_has(zone, pfn))
		return;
	i = pfn - zone->start;
	if (search->wanted[zone->class[i]] && !is_held(search, i))
		zone->holder[i] = aw_holder_of(search->holders, AW_HOLDER_PROCESS, zone->class[i], pid);
}

static void look_at_range(struct search *search, uint64_t pid, int pagemap, uint64_t first, uint64_t pages)
{
	while (pages && !search->holders->cut) {
		size_t count = pages < BATCH ? pages : BATCH;
		ssize_t got = pread(pagemap, search->entries, count * sizeof(search->entries[0]),
				    (off_t)(first * sizeof(search->entries[0])));

		if (got <= 0)
			return;
		for (size_t i = 0; i < (size_t)got / sizeof(search->entries[0]); i++)
			take(search, pid, search->entries[i]);
		first += count;
		pages -= count;
		search->holders->cut = aw_now_ns() > search->until;
	}
}

/* 7f1c8000-7f1d9000 rw-p 00000000 00:00 0   [heap] */
static void look_at_process(struct search *search, uint64_t pid)
{
	char path[64], line[512], access[8];
	uint64_t start, end;
	AW_FCLOSE FILE *maps = NULL;
	AW_CLOSE int pagemap = -1;

	snprintf(path, sizeof(path), "/proc/%" PRIu64 "/maps", pid);
	maps = fopen(path, "re");
	snprintf(path, sizeof(path), "/proc/%" PRIu64 "/pagemap", pid);
	pagemap = open(path, O_RDONLY | O_CLOEXEC);
	while (maps && pagemap >= 0 && !search->holders->cut && fgets(line, sizeof(line), maps)) {
		/* What nobody may touch is address space only; it can be very large. */
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s", &start, &end, access) == 3 && access[0] == 'r')
			look_at_range(search, pid, pagemap, start / search->page_size, (end - start) / search->page_size);
	}
}

/* comm without its newline. */
static void name_process(struct aw_holder *holder)
{
	char path[64];
	AW_FREE char *comm = NULL;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%" PRIu64 "/comm", holder->key);
	if (aw_file_read(path, &comm, &len) || !len)
		return;
	comm[len - 1] = '\0';
	snprintf(holder->name, sizeof(holder->name), "%s", comm);
}

static bool is_any_wanted(const struct search *search)
{
	for (uint64_t i = 0; i < search->zone->count; i++)
		if (search->wanted[search->zone->class[i]])
			return true;
	return false;
}

static void look_at_all(struct search *search)
{
	DIR *proc = opendir("/proc");
	const struct dirent *entry;

	while (proc && !search->holders->cut && (entry = readdir(proc))) {
		char *end;
		uint64_t pid = strtoull(entry->d_name, &end, 10);

		if (pid && !*end && pid != (uint64_t)getpid())
			look_at_process(search, pid);
	}
	if (proc)
		closedir(proc);
}

void aw_processes_find(struct aw_zone_pages *zone, bool moves_folios, struct aw_holders *holders)
{
	AW_FREE struct search *search = calloc(1, sizeof(*search));

	if (!search || !zone->holder)
		return;
	search->zone = zone;
	search->holders = holders;
	search->page_size = (uint64_t)sysconf(_SC_PAGESIZE);
	search->until = aw_now_ns() + MOST_NS;
	search->wanted[AW_PAGE_PINNED] = search->wanted[AW_PAGE_HUGE] = search->wanted[AW_PAGE_HUGETLB] = true;
	search->wanted[AW_PAGE_FOLIO] = !moves_folios;
	if (is_any_wanted(search))
		look_at_all(search);
	for (unsigned int i = 0; i < holders->count; i++)
		if (holders->list[i].type == AW_HOLDER_PROCESS && !holders->list[i].name[0])
			name_process(&holders->list[i]);
}
