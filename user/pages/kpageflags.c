// SPDX-License-Identifier: GPL-2.0
/*
 * The page scan by /proc/kpageflags.
 */
#include "pages/kpageflags.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "mm/kernel.h"

/* Bits of include/uapi/linux/kernel-page-flags.h and, from 32 on, of include/linux/kernel-page-flags.h. */
enum kpf {
	KPF_DIRTY = 4, KPF_LRU = 5, KPF_SLAB = 7, KPF_WRITEBACK = 8, KPF_BUDDY = 10, KPF_ANON = 12, KPF_SWAPBACKED = 14,
	KPF_HEAD = 15, KPF_TAIL = 16, KPF_HUGE = 17, KPF_HWPOISON = 19, KPF_NOPAGE = 20, KPF_OFFLINE = 23,
	KPF_PGTABLE = 26, KPF_RESERVED = 32, KPF_MLOCKED = 33
};
#define BIT(n) (1ull << (n))

/* The first row whose bits are all set decides. */
static const struct {
	uint64_t bits;
	enum aw_page_class class;
} rows[] = {
	{ BIT(KPF_NOPAGE), AW_PAGE_NONE },
	{ BIT(KPF_BUDDY), AW_PAGE_FREE },
	{ BIT(KPF_HWPOISON), AW_PAGE_POISONED },
	{ BIT(KPF_SLAB), AW_PAGE_SLAB },
	{ BIT(KPF_PGTABLE), AW_PAGE_TABLE },
	{ BIT(KPF_HUGE), AW_PAGE_HUGETLB },
	{ BIT(KPF_OFFLINE), AW_PAGE_OFFLINE },
	{ BIT(KPF_RESERVED), AW_PAGE_RESERVED },
	{ BIT(KPF_LRU) | BIT(KPF_HEAD), AW_PAGE_FOLIO },
	{ BIT(KPF_MLOCKED), AW_PAGE_MLOCKED },
	{ BIT(KPF_ANON), AW_PAGE_ANON },
	{ BIT(KPF_LRU) | BIT(KPF_SWAPBACKED), AW_PAGE_SHMEM },
	{ BIT(KPF_LRU) | BIT(KPF_WRITEBACK), AW_PAGE_WRITEBACK },
	{ BIT(KPF_LRU) | BIT(KPF_DIRTY), AW_PAGE_FILE_DIRTY },
	{ BIT(KPF_LRU), AW_PAGE_FILE },
};

static enum aw_page_class class_of(uint64_t flags)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++)
		if ((flags & rows[i].bits) == rows[i].bits)
			return rows[i].class;
	return AW_PAGE_KERNEL;
}

/* KPF_PGTABLE came with 4.18 ("mm: mark pages in use for page tables"), KPF_OFFLINE with 5.1 ("mm: convert PG_balloon to PG_offline"). */
bool aw_kpageflags_shows(enum aw_page_class class, uint32_t version)
{
	if (class == AW_PAGE_TABLE)
		return version >= AW_VERSION(4, 18, 0);
	if (class == AW_PAGE_OFFLINE)
		return version >= AW_VERSION(5, 1, 0);
	if (class == AW_PAGE_KERNEL || class == AW_PAGE_HUGE || class == AW_PAGE_OWN)
		return true;
	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].class == class)
			return true;
	return false;
}

/*
 * What a tail page shows depends on the release; from 6.10 on only that it is one.
 * It is what its head is, and a folio of a pageblock is a huge page.
 */
static void decode_tail(struct aw_zone_pages *zone, uint64_t head, uint64_t i)
{
	enum aw_page_class class = zone->class[head];

	if (class == AW_PAGE_FOLIO && i - head + 1 == 1ull << zone->pageblock_order) {
		class = AW_PAGE_HUGE;
		memset(&zone->class[head], class, i - head);
	}
	zone->class[i] = (uint8_t)class;
}

/* The first pages of free blocks, with the largest order that there is room for. */
struct heads {
	uint64_t *at;		/* indices into the zone */
	uint8_t *room;
	uint64_t count;
};

/* The largest aligned block from page `i` on in which no other page has a flag. */
static unsigned int room_at(const uint64_t *flags, const struct aw_zone_pages *zone, uint64_t i, unsigned int orders)
{
	unsigned int order = 0;

	while (order + 1 < orders && !((zone->start + i) >> order & 1) && i + (2ull << order) <= zone->count) {
		for (uint64_t k = i + (1ull << order); k < i + (2ull << order); k++)
			if (flags[k])
				return order;
		order++;
	}
	return order;
}

static void set_free(struct aw_zone_pages *zone, uint64_t i, unsigned int order)
{
	memset(&zone->class[i], AW_PAGE_FREE, 1ull << order);
}

/* Gives the largest orders first: `counted` says how many blocks of each there are. */
static void place_orders(const struct heads *heads, const struct aw_zone *counted, struct aw_zone_pages *zone)
{
	for (unsigned int order = counted->nr_orders; order-- > 0; ) {
		uint64_t left = counted->nr_free[order];

		for (unsigned int room = order; left && room < counted->nr_orders; room++)
			for (uint64_t i = 0; left && i < heads->count; i++) {
				if (heads->room[i] != room)
					continue;
				set_free(zone, heads->at[i], order);
				heads->room[i] = UINT8_MAX;
				left--;
			}
	}
}

int aw_kpageflags_decode(const uint64_t *flags, const struct aw_zone *counted, struct aw_zone_pages *zone)
{
	struct heads heads = { .count = 0 };
	AW_FREE uint64_t *at = malloc((zone->count + 1) * sizeof(*at));
	AW_FREE uint8_t *room = malloc(zone->count + 1);

	if (!at || !room)
		return -ENOMEM;
	heads.at = at;
	heads.room = room;
	for (uint64_t i = 0, head = 0; i < zone->count; i++) {
		if (flags[i] & BIT(KPF_TAIL)) {
			decode_tail(zone, head, i);
			continue;
		}
		head = i;
		zone->class[i] = (uint8_t)class_of(flags[i]);
		if (zone->class[i] != AW_PAGE_FREE)
			continue;
		at[heads.count] = i;
		room[heads.count++] = (uint8_t)room_at(flags, zone, i, counted->nr_orders);
	}
	place_orders(&heads, counted, zone);
	return 0;
}

#define SLICE_BYTES 65536	/* about a millisecond */

/* Reads up to the end of the file, which may lie before the end of the zone's last pageblock. */
static int read_words(int fd, uint64_t first, uint64_t *words, uint64_t count, struct aw_pause *pause)
{
	uint64_t done = 0, size = count * sizeof(*words);

	while (done < size) {
		ssize_t got = pread(fd, (char *)words + done, size - done < SLICE_BYTES ? size - done : SLICE_BYTES,
				    (off_t)(first * sizeof(*words) + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		done += (uint64_t)got;
		pause->pages += (uint64_t)got / sizeof(*words);
		aw_pause(pause);
	}
	for (done /= sizeof(*words); done < count; done++)
		words[done] = BIT(KPF_NOPAGE);
	return 0;
}

/* The first and the last pageblock may have pages of other zones. */
static void drop_others(const struct aw_zone_pages *zone, uint64_t *flags)
{
	uint64_t first = zone->span.start - zone->start;

	for (uint64_t i = 0; i < zone->count; i++)
		if (i < first || i >= first + zone->span.spanned)
			flags[i] = BIT(KPF_NOPAGE);
}

int aw_kpageflags_open(struct aw_error *error)
{
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		return fd;
	return aw_error_set(error, -errno, "can't read /proc/kpageflags: %s", errno == ENOENT ?
			    "this kernel lacks CONFIG_PROC_PAGE_MONITOR" : strerror(errno));
}

int aw_kpageflags_scan(int fd, const struct aw_zone *counted, struct aw_zone_pages *zone, struct aw_pause *pause,
		       struct aw_error *error)
{
	AW_FREE uint64_t *flags = malloc(zone->count * sizeof(*flags));
	int err;

	if (!flags)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = read_words(fd, zone->start, flags, zone->count, pause);
	if (err)
		return aw_error_set(error, err, "can't read /proc/kpageflags: %s", strerror(-err));
	drop_others(zone, flags);
	err = aw_kpageflags_decode(flags, counted, zone);
	return err ? aw_error_set(error, err, "out of memory") : 0;
}
