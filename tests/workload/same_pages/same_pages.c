/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compares the page scan by BPF with /proc/kpageflags, page by page and in one process: it reads the flags, scans, and
 * reads them again.  Only pages whose flags stayed as they were count.
 *
 * usage: same_pages      prints JSON: pages, those that stayed, and of each kind of page how many either calls so alone
 */
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "pages/scan.h"
#include "system/btf.h"
#include "system/running.h"

/* include/uapi/linux/kernel-page-flags.h, and 33 of include/linux/kernel-page-flags.h */
enum { LRU = 5, SLAB = 7, BUDDY = 10, ANON = 12, HEAD = 15, TAIL = 16, HUGE = 17, PGTABLE = 26, RESERVED = 32 };
#define BIT(n) (UINT64_C(1) << (n))

static uint64_t classes(unsigned int first, unsigned int last)
{
	return (BIT(last + 1) - 1) & ~(BIT(first) - 1);
}

/* What the flags of a page, or of the head of a tail page, must say for BPF to say one of `classes`, and the other way. */
struct kind {
	const char *name;
	uint64_t mask, bits;
	uint64_t classes;
	uint64_t both, flags_only, bpf_only;
};

static struct kind kinds[] = {
	{ .name = "slab", .mask = BIT(SLAB), .bits = BIT(SLAB), .classes = BIT(AW_PAGE_SLAB) },
	{ .name = "page-table", .mask = BIT(PGTABLE), .bits = BIT(PGTABLE), .classes = BIT(AW_PAGE_TABLE) },
	{ .name = "hugetlb", .mask = BIT(HUGE), .bits = BIT(HUGE), .classes = BIT(AW_PAGE_HUGETLB) },
	{ .name = "reserved", .mask = BIT(RESERVED), .bits = BIT(RESERVED), .classes = BIT(AW_PAGE_RESERVED) },
	/* of processes and files; PINNED and OWN are both of them */
	{ .name = "user", .mask = BIT(LRU) | BIT(HUGE), .bits = BIT(LRU) },
};

static uint64_t *read_flags(int fd, uint64_t start, uint64_t count)
{
	uint64_t *flags = calloc(count, sizeof(*flags));
	uint64_t done = 0;

	if (!flags)
		err(1, "memory");
	while (done < count) {
		ssize_t got = pread(fd, flags + done, (count - done) * sizeof(*flags), (off_t)((start + done) * sizeof(*flags)));

		if (got < 0)
			err(1, "/proc/kpageflags");
		if (!got)
			break;
		done += (uint64_t)got / sizeof(*flags);
	}
	return flags;
}

static uint64_t pages, stayed, heads, heads_not_free, free_but_flagged;

static void count(uint64_t flags, unsigned int class)
{
	for (unsigned int k = 0; k < ARRAY_SIZE(kinds); k++) {
		bool by_flags = (flags & kinds[k].mask) == kinds[k].bits, by_bpf = kinds[k].classes >> class & 1;

		kinds[k].both += by_flags && by_bpf;
		kinds[k].flags_only += by_flags && !by_bpf;
		kinds[k].bpf_only += !by_flags && by_bpf;
	}
}

/* Later kernels say of a tail page only that it is one. */
static void compare(const struct aw_zone_pages *zone, const uint64_t *before, const uint64_t *after)
{
	uint64_t first = zone->span.start - zone->start, end = first + zone->span.spanned, head = first;

	for (uint64_t i = first; i < end && i < zone->count; i++) {
		unsigned int class = zone->class[i];

		if (!(before[i] & BIT(TAIL)))
			head = i;
		if (class == AW_PAGE_NONE)
			continue;
		pages++;
		if (before[i] != after[i] || before[head] != after[head])
			continue;
		stayed++;
		heads += before[i] >> BUDDY & 1;
		heads_not_free += (before[i] >> BUDDY & 1) && class != AW_PAGE_FREE;
		free_but_flagged += before[i] && !(before[i] >> BUDDY & 1) && class == AW_PAGE_FREE;
		count(before[head], class);
	}
}

static void compare_zone(struct aw_page_scan *scan, unsigned int index, int fd)
{
	struct aw_zone_pages zone;
	struct aw_error error;
	uint64_t *before, *after, start = scan->spans[index].start >> scan->pageblock_order << scan->pageblock_order;
	uint64_t count_max = scan->spans[index].spanned + (UINT64_C(2) << scan->pageblock_order);

	before = read_flags(fd, start, count_max);
	if (aw_page_scan_zone(scan, index, &zone, &error))
		errx(1, "%s", error.text);
	after = read_flags(fd, start, count_max);
	if (zone.start != start || zone.count > count_max)
		errx(1, "the zone lies elsewhere");
	compare(&zone, before, after);
	free(before);
	free(after);
	aw_zone_pages_clear(&zone);
}

static void print(void)
{
	printf("{\"pages\": %" PRIu64 ", \"stayed\": %" PRIu64 ", \"free_heads\": %" PRIu64 ", \"free_heads_not_free\": %" PRIu64
	       ", \"free_but_flagged\": %" PRIu64 ", \"kinds\": {", pages, stayed, heads, heads_not_free, free_but_flagged);
	for (unsigned int k = 0; k < ARRAY_SIZE(kinds); k++)
		printf("%s\"%s\": {\"both\": %" PRIu64 ", \"kpageflags_only\": %" PRIu64 ", \"bpf_only\": %" PRIu64 "}", k ? ", " : "",
		       kinds[k].name, kinds[k].both, kinds[k].flags_only, kinds[k].bpf_only);
	puts("}}");
}

int main(void)
{
	static struct aw_page_scan scan;
	struct aw_kernel kernel = { 0 };
	struct aw_btf *btf = aw_btf_open();
	struct aw_error error;
	int fd = open("/proc/kpageflags", O_RDONLY);

	if (fd < 0)
		err(1, "/proc/kpageflags");
	aw_kernel_running_with(btf, &kernel);
	if (aw_page_scan_open(&scan, AW_PAGES_BPF, &kernel, btf, &error))
		errx(1, "%s", error.text);
	aw_page_scan_refresh(&scan);
	kinds[ARRAY_SIZE(kinds) - 1].classes = classes(AW_PAGE_OWN, AW_PAGE_MLOCKED) |
					       classes(AW_PAGE_FOLIO, AW_PAGE_HUGE) | classes(AW_PAGE_PINNED, AW_PAGE_FILE_STUCK);
	for (unsigned int i = 0; i < scan.nr_spans; i++)
		compare_zone(&scan, i, fd);
	print();
	return 0;
}
