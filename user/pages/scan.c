// SPDX-License-Identifier: GPL-2.0
/*
 * The page scan of the running kernel: the best source that works here.
 */
#include "pages/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "pages/kpageflags.h"
#include "pages/lists.h"
#include "pages/memcg.h"
#include "pages/own.h"
#include "pages/page_owner.h"
#include "pages/processes.h"
#include "system/pageblock.h"
#include "system/zoneinfo.h"

static int open_bpf(struct aw_page_scan *scan, const struct aw_btf *btf, struct aw_error *error)
{
	int err = aw_page_reader_open(btf, &scan->reader, error);

	if (!err)
		scan->compaction.moves_folios = aw_page_reader_layout(scan->reader)->moves_folios;
	return err;
}

static int open_kpageflags(struct aw_page_scan *scan, const struct aw_btf *btf, struct aw_error *error)
{
	(void)btf;
	scan->kpageflags = aw_kpageflags_open(error);
	if (scan->kpageflags < 0)
		return scan->kpageflags;
	/* "mm/compaction: enable compacting >0 order folios" */
	scan->compaction.moves_folios = scan->kernel->version >= AW_VERSION(6, 9, 0);
	return 0;
}

static int open_counts(struct aw_page_scan *scan, const struct aw_btf *btf, struct aw_error *error)
{
	(void)btf;
	if (aw_pagetypes_read(&scan->types) || !scan->types.nr_zones)
		return aw_error_set(error, -EACCES, "can't read /proc/pagetypeinfo: run as root");
	return 0;
}

static const struct {
	const char *name, *limits;
	int (*open)(struct aw_page_scan *scan, const struct aw_btf *btf, struct aw_error *error);
} sources[] = {
	[AW_PAGES_BPF] = { "bpf", "", open_bpf },
	[AW_PAGES_KPAGEFLAGS] = {
		"kpageflags",
		"it does not show which pages are pinned or on lists of cpus, the migratetypes of pageblocks, CMA among them, nor how "
		"large each free block is: numbers are likely ones",
		open_kpageflags },
	[AW_PAGES_COUNTS] = {
		"pagetypeinfo",
		"it counts free blocks, and does not show what lies between them; for it the kernel walks the free lists with interrupts "
		"off, which can hold a cpu for milliseconds",
		open_counts },
};
_Static_assert(ARRAY_SIZE(sources) == AW_PAGES_SOURCES, "a source has no row");

const char *aw_page_source_name(enum aw_page_source source)
{
	return sources[source].name;
}

const char *aw_page_source_limits(enum aw_page_source source)
{
	return sources[source].limits;
}

static int read_zones(struct aw_page_scan *scan, struct aw_error *error)
{
	AW_FREE char *text = NULL;
	size_t len;
	int err = aw_file_read("/proc/zoneinfo", &text, &len);

	if (err)
		return aw_error_set(error, err, "can't read /proc/zoneinfo: %s", strerror(-err));
	scan->nr_spans = aw_zone_spans_parse(text, len, scan->spans, AW_SCAN_ZONES);
	if (!scan->nr_spans)
		return aw_error_set(error, -EINVAL, "/proc/zoneinfo lists no zone with memory");
	scan->pageblock_order = aw_pageblock_order(scan->kernel, &scan->pageblock_from);
	return 0;
}

/* CmaTotal:          65536 kB.  What cannot be read stays as it was. */
static uint64_t all_cma_pages(const struct aw_kernel *kernel, uint64_t before)
{
	static const char key[] = "\nCmaTotal:";
	AW_FREE char *text = NULL;
	const char *line;

	if (aw_file_read("/proc/meminfo", &text, NULL))
		return before;
	line = strstr(text, key);
	return line ? strtoull(line + sizeof(key) - 1, NULL, 10) * 1024 / kernel->page_size : 0;
}

/* A log that tells of other areas than the kernel counts, as one of them could not be activated, is not believed. */
static void find_cma(struct aw_page_scan *scan)
{
	scan->cma_pages = all_cma_pages(scan->kernel, 0);
	if (!scan->cma_pages)
		return;
	aw_cma_log_read(scan->kernel->page_size, &scan->cma_ranges);
	if (aw_cma_ranges_pages(&scan->cma_ranges) != scan->cma_pages)
		scan->cma_ranges.count = 0;
}

int aw_page_scan_open(struct aw_page_scan *scan, enum aw_page_source only, const struct aw_kernel *kernel,
		      const struct aw_btf *btf, struct aw_error *error)
{
	int err;

	memset(scan, 0, sizeof(*scan));
	scan->kernel = kernel;
	scan->kpageflags = -1;
	scan->compaction.samples_free = scan->compaction.finishes_blocks = kernel->version >= AW_VERSION(5, 1, 0);
	scan->compaction.max_order = kernel->max_order;
	scan->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	find_cma(scan);
	err = read_zones(scan, error);
	if (err) {
		aw_page_scan_close(scan);
		return err;
	}
	for (scan->source = 0; scan->source < AW_PAGES_SOURCES; scan->source++) {
		if (only != AW_PAGES_SOURCES && scan->source != only)
			continue;
		err = sources[scan->source].open(scan, btf, &scan->fallback[scan->source]);
		if (!err)
			return 0;
		*error = scan->fallback[scan->source];
	}
	aw_page_scan_close(scan);
	return err;
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void aw_page_scan_close(struct aw_page_scan *scan)
{
	aw_page_reader_close(scan->reader);
	scan->reader = NULL;
	close_file(&scan->kpageflags);
	close_file(&scan->pagemap);
}

void aw_page_scan_refresh(struct aw_page_scan *scan)
{
	struct aw_zone zones[AW_SCAN_ZONES];
	struct aw_pagetypes types;
	unsigned int count = aw_zones_read_counts(zones, AW_SCAN_ZONES);

	if (count) {
		memcpy(scan->zones, zones, count * sizeof(zones[0]));
		scan->nr_zones = count;
	}
	if (scan->source == AW_PAGES_COUNTS && !aw_pagetypes_read(&types))
		scan->types = types;
	scan->cma_pages = all_cma_pages(scan->kernel, scan->cma_pages);
	scan->cost = (struct aw_scan_cost){ 0 };
}

int aw_page_scan_try(struct aw_page_scan *scan)
{
	uint64_t word;

	if (scan->reader)
		return aw_page_reader_try(scan->reader);
	if (scan->kpageflags >= 0)
		return pread(scan->kpageflags, &word, sizeof(word), 0) < 0 ? -errno : 0;
	return 0;
}

const struct aw_zone *aw_page_scan_counted(const struct aw_page_scan *scan, const struct aw_zone_span *span)
{
	static const struct aw_zone none;

	for (unsigned int i = 0; i < scan->nr_zones; i++)
		if (scan->zones[i].node == span->node && !strcmp(scan->zones[i].name, span->name))
			return &scan->zones[i];
	return &none;
}

/* An area lies in one zone. */
static uint64_t told_cma(const struct aw_cma_ranges *ranges, const struct aw_zone_span *span)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < ranges->count; i++)
		if (ranges->list[i].start >= span->start && ranges->list[i].start - span->start < span->spanned)
			pages += ranges->list[i].pages;
	return pages;
}

/*
 * From 5.12 on /proc/zoneinfo has a number for each zone ("count CMA pages per zone and print them in /proc/zoneinfo").
 * Before, CmaTotal is that of all zones, and it is taken for that of the only one which has a free page there: it has no
 * more.  Others may have areas that are full, which only the kernel log tells.
 */
uint64_t aw_page_scan_cma(const struct aw_page_scan *scan, const struct aw_zone_span *span)
{
	const struct aw_zone *zone = aw_page_scan_counted(scan, span);
	unsigned int with_free = 0;

	if (!scan->cma_pages || zone->cma)
		return scan->cma_pages ? zone->cma : 0;
	for (unsigned int i = 0; i < scan->nr_zones; i++) {
		if (scan->zones[i].cma)
			return 0;
		with_free += scan->zones[i].free_cma != 0;
	}
	if (scan->cma_ranges.count)
		return told_cma(&scan->cma_ranges, span);
	if (scan->nr_zones == 1 || (with_free == 1 && zone->free_cma))
		return scan->cma_pages;
	return AW_CMA_NOT_KNOWN;
}

static void take_isolated(struct aw_zone_pages *zone)
{
	for (uint64_t i = 0; i < zone->nr_blocks; i++)
		if (zone->type[i] == AW_MT_ISOLATE)
			zone->type[i] = AW_MT_CMA;
	/* A free page that went to the list of the isolated ones while the links were read is on none that is known. */
	aw_zone_fill_cma(zone);
}

static int scan_bpf(struct aw_page_scan *scan, struct aw_zone_pages *zone, struct aw_holders *holders, struct aw_error *error)
{
	uint64_t cma = aw_page_scan_cma(scan, &zone->span);
	int err;

	err = aw_page_reader_scan(scan->reader, scan->kernel, zone, holders, &scan->pause, &scan->cost, error);
	if (!err && scan->isolated_is_cma)
		take_isolated(zone);
	for (unsigned int i = 0; !err && cma && i < scan->cma_ranges.count; i++)
		aw_zone_set_cma(zone, scan->cma_ranges.list[i].start, scan->cma_ranges.list[i].pages);
	if (!err && cma != AW_CMA_NOT_KNOWN)
		aw_zone_extend_cma(zone, cma >> zone->pageblock_order);
	return err;
}

static int scan_kpageflags(struct aw_page_scan *scan, struct aw_zone_pages *zone, struct aw_error *error)
{
	uint64_t start = aw_now_ns(), cpu_start = aw_thread_ns();
	int err = aw_kpageflags_scan(scan->kpageflags, aw_page_scan_counted(scan, &zone->span), zone, &scan->pause, error);

	scan->cost.pages += zone->span.spanned;
	scan->cost.ns += aw_now_ns() - start;
	scan->cost.cpu_ns += aw_thread_ns() - cpu_start;
	return err;
}

/* Beyond those that the source itself told. */
static void find_holders(struct aw_page_scan *scan, struct aw_zone_pages *zone, struct aw_holders *holders)
{
	if (!scan->no_processes)
		aw_processes_find(zone, scan->compaction.moves_folios, holders);
	if (scan->reader)
		aw_page_reader_owners(scan->reader, zone, holders);
	if (!scan->no_processes)
		aw_page_owner_find_here(zone, holders);
	if (scan->steals)
		aw_steals_mark(scan->steals, zone, holders);
	aw_memcg_find(zone, holders);
}

int aw_page_scan_zone_holders(struct aw_page_scan *scan, unsigned int index, struct aw_zone_pages *out,
			      struct aw_holders *holders, struct aw_error *error)
{
	const struct aw_zone_span *span = &scan->spans[index];
	int err = aw_zone_pages_init(out, span, scan->pageblock_order);

	if (!err && holders)
		err = aw_zone_pages_add_holders(out);
	if (err) {
		aw_zone_pages_clear(out);
		return aw_error_set(error, err, "out of memory");
	}
	if (scan->source == AW_PAGES_BPF)
		err = scan_bpf(scan, out, holders, error);
	else
		err = scan_kpageflags(scan, out, error);
	if (!err && holders)
		find_holders(scan, out, holders);
	if (err)
		aw_zone_pages_clear(out);
	else
		aw_zone_mark_own(out, scan->pagemap);
	return err;
}

int aw_page_scan_zone(struct aw_page_scan *scan, unsigned int index, struct aw_zone_pages *out, struct aw_error *error)
{
	return aw_page_scan_zone_holders(scan, index, out, NULL, error);
}
