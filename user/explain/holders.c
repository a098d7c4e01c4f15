// SPDX-License-Identifier: GPL-2.0
/*
 * Who held the memory, from the totals of a report.
 */
#include "explain/holders.h"

#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "base/units.h"
#include "base/wrap.h"

#define BAR 40
#define MOST_PAGES (UINT64_C(1) << 32)	/* 16 TiB of 4 KiB; 64 zones of it, in bytes times 100, fit into 64 bits */
#define MOST_RAM (UINT64_C(1) << 40)	/* pages; in bytes times 100 it fits into 64 bits, with pages of 64 KiB, too */
#define LEAST_SWAP (1024 * 1024)	/* of a task, to be told */

enum account {
	ANON, SHMEM, FILE_CACHE, UNEVICTABLE, SLAB_UNRECLAIMABLE, SLAB_RECLAIMABLE, PAGE_TABLES, STACKS, ZSPAGES, ION, HUGETLB,
	RESERVED, UNACCOUNTED, FREE_CMA, FREE, ACCOUNTS
};

static const struct {
	char letter;		/* in the bar */
	const char *name, *key;	/* for people, in JSON */
} accounts[] = {
	[ANON] = { 'a', "anon", "anon" },
	[SHMEM] = { 'm', "shmem", "shmem" },
	[FILE_CACHE] = { 'f', "file", "file" },
	[UNEVICTABLE] = { 'u', "unevictable", "unevictable" },
	[SLAB_UNRECLAIMABLE] = { 'S', "slab", "slab_unreclaimable" },
	[SLAB_RECLAIMABLE] = { 's', "slab reclaimable", "slab_reclaimable" },
	[PAGE_TABLES] = { 't', "page tables", "page_tables" },
	[STACKS] = { 'k', "kernel stacks", "kernel_stacks" },
	[ZSPAGES] = { 'z', "zram and zswap", "zspages" },
	[ION] = { 'i', "ION", "ion" },
	[HUGETLB] = { 'h', "huge pages", "hugetlb" },
	[RESERVED] = { 'r', "reserved at boot", "reserved" },
	[UNACCOUNTED] = { '?', "in no account (drivers, pipes, vmalloc, leaks)", "unaccounted" },
	[FREE_CMA] = { 'c', "free in CMA", "free_cma" },
	[FREE] = { '.', "free", "free" },
};
_Static_assert(ARRAY_SIZE(accounts) == ACCOUNTS, "a row for every account");
_Static_assert(ACCOUNTS == AW_HOLDINGS, "room for every account");

/* Bytes of each account; they add up to `ram` where that is known, and else are what the counters of Mem-Info say. */
struct shares {
	uint64_t bytes[ACCOUNTS];
	uint64_t ram;		/* 0: not known, and so is what is in no account */
	bool shmem_in_anon;	/* it was not printed by itself */
	bool nommu;		/* mappings of processes are in no account */
};

/* shmem pages are on the anon lists, or unevictable where they are locked. */
static uint64_t anon_without_shmem(const struct aw_klog_totals *totals)
{
	return totals->anon > totals->shmem ? totals->anon - totals->shmem : 0;
}

/* Numbers of pages that no machine has. */
static bool is_damaged(const struct aw_klog_totals *totals)
{
	return (totals->ram | totals->free | totals->free_pcp | totals->anon | totals->file | totals->isolated_anon | totals->isolated_file | totals->unevictable |
		totals->shmem | totals->slab_reclaimable | totals->slab_unreclaimable | totals->misc_reclaimable |
		totals->page_tables | totals->reserved) >= MOST_RAM;
}

/* False: the report has no counters, or how large a page is is not known.  Of a front that is cut the rest is told. */
static bool find_shares(const struct aw_klog_totals *totals, uint64_t page_size, struct shares *out)
{
	const uint32_t rest = AW_KLOG_HAS_SLAB | AW_KLOG_HAS_FREE;
	const bool lru = totals->has & AW_KLOG_HAS_LRU;
	const uint64_t page = page_size;

	*out = (struct shares){ .shmem_in_anon = !(totals->has & AW_KLOG_HAS_SHMEM) };
	if ((!lru && (totals->has & rest) != rest) || page < 1024 || is_damaged(totals))
		return false;
	out->bytes[ANON] = (anon_without_shmem(totals) + totals->isolated_anon) * page;
	out->bytes[SHMEM] = (totals->shmem < totals->anon || !lru ? totals->shmem : totals->anon) * page;
	out->bytes[FILE_CACHE] = (totals->file + totals->isolated_file) * page;
	out->bytes[UNEVICTABLE] = totals->unevictable * page;
	out->bytes[SLAB_UNRECLAIMABLE] = totals->slab_unreclaimable * page;
	out->bytes[SLAB_RECLAIMABLE] = (totals->slab_reclaimable + totals->misc_reclaimable) * page;
	out->bytes[PAGE_TABLES] = totals->page_tables * page;
	out->bytes[STACKS] = totals->kernel_stack_kb * 1024;
	out->bytes[ZSPAGES] = totals->zspages_kb * 1024;
	out->bytes[ION] = totals->ion_kb * 1024;
	out->bytes[HUGETLB] = totals->hugetlb_kb * 1024;
	out->bytes[FREE_CMA] = (totals->free_cma < totals->free ? totals->free_cma : totals->free) * page;
	out->bytes[FREE] = (totals->free + totals->free_pcp) * page - out->bytes[FREE_CMA];
	if ((totals->has & AW_KLOG_HAS_ACCOUNTS) != AW_KLOG_HAS_ACCOUNTS)
		return true;
	out->ram = totals->ram * page;
	out->bytes[RESERVED] = totals->reserved * page;
	out->bytes[UNACCOUNTED] = aw_klog_unaccounted(totals, page / 1024) * page;
	return true;
}

/* 40 columns, the largest remainders rounded up, so that small accounts do not disappear first. */
static void draw_bar(const struct shares *shares, char bar[BAR + 1])
{
	uint64_t sum = 0, before = 0;
	unsigned int at = 0;

	for (unsigned int i = 0; i < ACCOUNTS; i++)
		sum += shares->bytes[i];
	for (unsigned int i = 0; i < ACCOUNTS && sum; i++) {
		unsigned int end;

		before += shares->bytes[i];
		end = (unsigned int)((before * BAR + sum / 2) / sum);
		while (at < end && at < BAR)
			bar[at++] = accounts[i].letter;
	}
	bar[at] = '\0';
}

static const char *name_of(const struct shares *shares, enum account account)
{
	if (account == ANON && shares->shmem_in_anon)
		return "anon and shmem";
	if (account == UNACCOUNTED && shares->nommu)
		return "in no account (mappings of processes, drivers, leaks)";
	return accounts[account].name;
}

/* The accounts that hold anything, the largest first. */
static unsigned int sort_accounts(const struct shares *shares, struct aw_holding out[AW_HOLDINGS])
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < ACCOUNTS; i++) {
		unsigned int at = count;

		if (!shares->bytes[i])
			continue;
		for (; at && out[at - 1].bytes < shares->bytes[i]; at--)
			out[at] = out[at - 1];
		out[at] = (struct aw_holding){ accounts[i].letter, name_of(shares, i), shares->bytes[i] };
		count++;
	}
	return count;
}

/* "a anon 2.6 GiB 84 %", without a bar "anon 2.6 GiB" */
static void print_accounts(struct aw_wrap *page, const struct shares *shares)
{
	struct aw_holding sorted[AW_HOLDINGS];
	unsigned int count = sort_accounts(shares, sorted);

	for (unsigned int i = 0; i < count; i++) {
		char text[160], size[AW_UNITS_TEXT];

		aw_format_bytes(sorted[i].bytes, size);
		if (shares->ram)
			snprintf(text, sizeof(text), "%s%c %s %s", i ? ", " : "", sorted[i].letter, sorted[i].name, size);
		else
			snprintf(text, sizeof(text), "%s%s %s", i ? ", " : "", sorted[i].name, size);
		aw_wrap_text(page, text);
		if (shares->ram && sorted[i].bytes * 100 / shares->ram) {
			snprintf(text, sizeof(text), " %" PRIu64 " %%", sorted[i].bytes * 100 / shares->ram);
			aw_wrap_text(page, text);
		}
	}
}

unsigned int aw_holders_sorted(const struct aw_failure *failure, const struct aw_klog_totals *totals, uint64_t page_size,
			       struct aw_holding out[AW_HOLDINGS], uint64_t *ram)
{
	struct shares shares;

	if (!find_shares(totals, page_size, &shares))
		return 0;
	shares.nommu = failure->nommu;
	*ram = shares.ram;
	return sort_accounts(&shares, out);
}

static void print_bar(FILE *out, const struct shares *shares, unsigned int width)
{
	struct aw_wrap page = { .out = out, .width = width };
	char bar[BAR + 1], text[BAR + 64], ram[AW_UNITS_TEXT];

	draw_bar(shares, bar);
	aw_format_bytes(shares->ram, ram);
	snprintf(text, sizeof(text), "[%s] of %s", bar, ram);
	aw_wrap_row(out, "held by", text, width);
	aw_wrap_label(&page, "");
	print_accounts(&page, shares);
	aw_wrap_end(&page);
}

/* Counters may be cut away as well, so they are the least. */
static void print_counted(FILE *out, const struct shares *shares, bool knows_ram, unsigned int width)
{
	struct aw_wrap page = { .out = out, .width = width };
	struct aw_holding sorted[AW_HOLDINGS];

	if (!sort_accounts(shares, sorted))
		return;
	aw_wrap_label(&page, "held by");
	aw_wrap_text(&page, knows_ram ? "at least (some of the totals are not in the log): " :
					"at least (how much RAM there is is not in the log): ");
	print_accounts(&page, shares);
	aw_wrap_end(&page);
}

static void print_swap(FILE *out, const struct aw_klog_totals *totals, unsigned int width)
{
	char text[120], free[AW_UNITS_TEXT], total[AW_UNITS_TEXT];

	if (!(totals->has & AW_KLOG_HAS_SWAP))
		return;
	aw_format_bytes(totals->swap_free_kb * 1024, free);
	aw_format_bytes(totals->swap_total_kb * 1024, total);
	if (totals->swap_total_kb)
		snprintf(text, sizeof(text), "swap: %s of %s free", free, total);
	else
		snprintf(text, sizeof(text), "no swap");
	aw_wrap_row(out, "", text, width);
}

/* `label`: "held by", unless the bar or the zones stand above. */
static void print_tasks(FILE *out, const char *label, const struct aw_klog_totals *totals, uint64_t page_size, unsigned int width)
{
	struct aw_wrap page = { .out = out, .width = width };

	if (!totals->nr_tasks || !totals->tasks[0].rss)
		return;
	aw_wrap_label(&page, label);
	aw_wrap_text(&page, "largest tasks: ");
	for (unsigned int i = 0; i < totals->nr_tasks && totals->tasks[i].rss; i++) {
		const struct aw_klog_holder *task = &totals->tasks[i];
		char text[300], comm[4 * AW_KLOG_TASK_NAME], size[AW_UNITS_TEXT];

		aw_escape_terminal(task->comm, comm, sizeof(comm));
		aw_format_bytes(task->rss * page_size, size);
		snprintf(text, sizeof(text), "%s%s[%" PRId64 "] %s", i ? ", " : "", comm, task->pid, size);
		if (task->swap * page_size >= LEAST_SWAP) {
			aw_format_bytes(task->swap * page_size, size);
			snprintf(text + strlen(text), sizeof(text) - strlen(text), " (%s in swap)", size);
		}
		aw_wrap_text(&page, text);
	}
	aw_wrap_end(&page);
}

static void print_caches(FILE *out, const char *label, const struct aw_klog_totals *totals, unsigned int width)
{
	struct aw_wrap page = { .out = out, .width = width };

	if (!totals->nr_caches)
		return;
	aw_wrap_label(&page, label);
	aw_wrap_text(&page, "largest slab caches that cannot be reclaimed: ");
	for (unsigned int i = 0; i < totals->nr_caches; i++) {
		const struct aw_klog_cache *cache = &totals->caches[i];
		char text[200], name[4 * sizeof(cache->name)], size[AW_UNITS_TEXT];

		aw_escape_terminal(cache->name, name, sizeof(name));
		aw_format_bytes(cache->kb * 1024, size);
		snprintf(text, sizeof(text), "%s%s %s", i ? ", " : "", name, size);
		aw_wrap_text(&page, text);
	}
	aw_wrap_end(&page);
}

/* "anon 3.0 GiB 91 %" */
static void print_share(struct aw_wrap *page, const char **before, const char *name, uint64_t bytes, uint64_t all)
{
	char text[96], size[AW_UNITS_TEXT];

	if (!bytes)
		return;
	snprintf(text, sizeof(text), "%s %s %s", *before, name, aw_format_bytes(bytes, size));
	*before = ",";
	aw_wrap_text(page, text);
	if (bytes * 100 / all) {
		snprintf(text, sizeof(text), " %" PRIu64 " %%", bytes * 100 / all);
		aw_wrap_text(page, text);
	}
}

static uint64_t counted_pages(const struct shares *shares, uint64_t page_size)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < ACCOUNTS; i++)
		sum += shares->bytes[i];
	return page_size ? sum / page_size : 0;
}

/*
 * What the zones' own rows tell where the report has no totals: pages on the lists of reclaim.  `shares`: what the
 * totals tell, where some of them are left, else NULL: all zones have to be there then, and to tell of as much anonymous
 * memory, and of more in all.
 */
static bool print_zones(FILE *out, const struct aw_failure *failure, const struct aw_klog_totals *totals, const struct shares *shares,
			uint64_t page_size, unsigned int width)
{
	const uint32_t knows = AW_ZONE_KNOWS_LRU | AW_ZONE_KNOWS_MANAGED;
	struct aw_wrap page = { .out = out, .width = width };
	uint64_t anon = 0, file = 0, unevictable = 0, free = 0, all = 0;
	uint64_t counted = shares ? counted_pages(shares, page_size) : 0, others, told = 0;
	const char *before = "";
	char text[160], size[AW_UNITS_TEXT];

	if (!page_size || (totals->has & AW_KLOG_HAS_LRU && (failure->zones_partial || failure->zones_hidden)))
		return false;
	for (unsigned int i = 0; i < failure->nr_zones; i++) {
		const struct aw_zone *zone = &failure->zones[i];

		/* a damaged number says nothing */
		if ((zone->known & knows) != knows || zone->managed > MOST_PAGES || zone->lru_anon > MOST_PAGES ||
		    zone->lru_file > MOST_PAGES || zone->unevictable > MOST_PAGES || zone->free > MOST_PAGES)
			return false;
		anon += zone->lru_anon;
		file += zone->lru_file;
		unevictable += zone->unevictable;
		free += zone->free;
		all += zone->managed;
	}
	if (!all || anon + file + unevictable + free > all || anon + file + unevictable + free <= counted)
		return false;
	if (shares && anon * page_size < shares->bytes[ANON] + shares->bytes[SHMEM])
		return false;
	snprintf(text, sizeof(text), "of %s in the zones that are %s (%s totals are not in the log):",
		 aw_format_bytes(all * page_size, size), failure->zones_partial || failure->zones_front_cut ? "left" : "printed", counted ? "some" : "the");
	aw_wrap_label(&page, "held by");
	aw_wrap_text(&page, text);
	print_share(&page, &before, "anon and shmem", anon * page_size, all * page_size);
	print_share(&page, &before, "file", file * page_size, all * page_size);
	print_share(&page, &before, "unevictable", unevictable * page_size, all * page_size);
	others = (all - anon - file - unevictable - free) * page_size;
	/* what the totals that are left count, and zones do not */
	for (unsigned int i = SLAB_UNRECLAIMABLE; shares && i <= HUGETLB; i++) {
		if (i == ION || i == HUGETLB || shares->bytes[i] > others - told)
			continue;	/* they may be in another account, too */
		print_share(&page, &before, accounts[i].name, shares->bytes[i], all * page_size);
		told += shares->bytes[i];
	}
	print_share(&page, &before, "free", free * page_size, all * page_size);
	print_share(&page, &before, "all others", others - told, all * page_size);
	aw_wrap_end(&page);
	print_swap(out, totals, width);
	return true;
}

void aw_holders_print(FILE *out, const struct aw_failure *failure, const struct aw_klog_totals *totals, uint64_t page_size, unsigned int width)
{
	struct shares shares;
	bool above = find_shares(totals, page_size, &shares);

	shares.nommu = failure->nommu;
	if (above && shares.ram) {
		print_bar(out, &shares, width);
		print_swap(out, totals, width);
	} else if (!print_zones(out, failure, totals, above ? &shares : NULL, page_size, width)) {
		if (above) {
			print_counted(out, &shares, totals->has & AW_KLOG_HAS_RAM, width);
			print_swap(out, totals, width);
		}
	} else {
		above = true;
	}
	print_tasks(out, above ? "" : "held by", totals, page_size, width);
	above = above || (totals->nr_tasks && totals->tasks[0].rss);
	print_caches(out, above ? "" : "held by", totals, width);
}

static void put_caches(struct aw_json *json, const char *key, const struct aw_klog_totals *totals)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < totals->nr_caches; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "name", totals->caches[i].name);
		aw_json_number(json, "bytes", totals->caches[i].kb * 1024);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_tasks(struct aw_json *json, const char *key, const struct aw_klog_totals *totals, uint64_t page_size)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < totals->nr_tasks; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "comm", totals->tasks[i].comm);
		aw_json_integer(json, "pid", totals->tasks[i].pid);
		aw_json_number(json, "rss", totals->tasks[i].rss * page_size);
		aw_json_number(json, "swap", totals->tasks[i].swap * page_size);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

void aw_holders_json(struct aw_json *json, const char *key, const struct aw_klog_totals *totals, uint64_t page_size)
{
	bool swap = totals->has & AW_KLOG_HAS_SWAP;
	struct shares shares;

	if (!find_shares(totals, page_size, &shares) && !totals->nr_tasks && !totals->nr_caches) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_known(json, "ram", shares.ram, shares.ram);
	aw_json_known(json, "swap_total", swap, totals->swap_total_kb * 1024);
	aw_json_known(json, "swap_free", swap, totals->swap_free_kb * 1024);
	put_tasks(json, "tasks", totals, page_size);
	put_caches(json, "slab_caches", totals);
	for (unsigned int i = 0; i < ACCOUNTS; i++)
		aw_json_known(json, accounts[i].key, shares.ram || shares.bytes[i], shares.bytes[i]);
	aw_json_object_end(json);
}
