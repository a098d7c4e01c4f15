// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds memory, as the totals of Mem-Info and the OOM killer's task table
 * say.
 */
#include "klog/totals.h"

#include <stddef.h>

#include "base/array.h"
#include "base/cursor.h"

#define SURE_PAGES 64
#define SURE_ROWS 4	/* of the task table */

/* " active_anon:680 inactive_anon:0 isolated_anon:0", in pages; several of them make one figure. */
static const struct {
	const char *key;
	size_t at;
	uint32_t has;
} counters[] = {
	{ "active_anon", offsetof(struct aw_klog_totals, anon), AW_KLOG_HAS_LRU },
	{ "inactive_anon", offsetof(struct aw_klog_totals, anon), 0 },
	{ "active_file", offsetof(struct aw_klog_totals, file), 0 },
	{ "inactive_file", offsetof(struct aw_klog_totals, file), 0 },
	{ "Active_anon", offsetof(struct aw_klog_totals, anon), AW_KLOG_HAS_LRU },	/* 2.6.28 to 2.6.31 */
	{ "isolated_anon", offsetof(struct aw_klog_totals, isolated_anon), 0 },
	{ "isolated_file", offsetof(struct aw_klog_totals, isolated_file), 0 },
	{ "unevictable", offsetof(struct aw_klog_totals, unevictable), 0 },
	{ "shmem", offsetof(struct aw_klog_totals, shmem), AW_KLOG_HAS_SHMEM },
	{ "slab_reclaimable", offsetof(struct aw_klog_totals, slab_reclaimable), AW_KLOG_HAS_SLAB },
	{ "slab", offsetof(struct aw_klog_totals, slab_unreclaimable), AW_KLOG_HAS_SLAB },	/* up to 2.6.31: both kinds */
	{ "slab_unreclaimable", offsetof(struct aw_klog_totals, slab_unreclaimable), 0 },
	{ "kernel_misc_reclaimable", offsetof(struct aw_klog_totals, misc_reclaimable), 0 },
	{ "pagetables", offsetof(struct aw_klog_totals, page_tables), AW_KLOG_HAS_PAGE_TABLES },
	{ "sec_pagetables", offsetof(struct aw_klog_totals, page_tables), 0 },
	{ "free", offsetof(struct aw_klog_totals, free), AW_KLOG_HAS_FREE },
	{ "free_pcp", offsetof(struct aw_klog_totals, free_pcp), 0 },
	{ "free_cma", offsetof(struct aw_klog_totals, free_cma), AW_KLOG_HAS_FREE_CMA },
};

static void add(struct aw_klog_totals *totals, size_t at, uint64_t value)
{
	uint64_t *to = (uint64_t *)(void *)((char *)totals + at);

	*to = value < UINT64_MAX / 4 - *to % (UINT64_MAX / 4) ? *to + value : UINT64_MAX / 4;
}

/* "slab_reclaimable:4107" -> its row; the value must be a number of pages, not kB. */
static bool counter(struct aw_text *t, struct aw_klog_totals *totals)
{
	const char *key;
	size_t len;
	uint64_t value;

	aw_text_spaces(t);
	key = t->p;
	while (t->p < t->end && aw_is_word(*t->p))
		t->p++;
	len = (size_t)(t->p - key);
	if (!len || !aw_text_skip_char(t, ':') || !aw_text_u64(t, &value) ||
	    (t->p < t->end && !aw_is_space(*t->p) && !aw_text_skip(t, "\\x0a")))	/* /dev/kmsg's line end */
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		if (strlen(counters[i].key) == len && !memcmp(counters[i].key, key, len)) {
			add(totals, counters[i].at, value);
			totals->has |= counters[i].has;
		}
	return true;
}

static bool counters_line(struct aw_text t, struct aw_klog_totals *totals)
{
	bool any = false;

	while (counter(&t, totals))
		any = true;
	return any;
}

/* "524288 pages RAM", "5180 pages reserved", "16384 pages cma reserved" */
static bool pages_line(struct aw_text t, struct aw_klog_totals *totals)
{
	uint64_t pages;

	if (!aw_text_u64(&t, &pages))
		return false;
	if (aw_text_starts(&t, " pages RAM") || aw_text_starts(&t, " pages of RAM")) {
		totals->ram = pages;
		totals->has |= AW_KLOG_HAS_RAM;
	} else if (aw_text_starts(&t, " pages reserved") || aw_text_starts(&t, " reserved pages")) {
		totals->reserved = pages;
	} else if (aw_text_starts(&t, " pages cma reserved")) {
		totals->cma_reserved = pages;
	} else if (aw_text_starts(&t, " pages HighMem")) {
		totals->highmem = pages;
	} else {
		return false;
	}
	return true;
}

/* "Free swap  = 0kB", "Total swap = 2097148kB" */
static bool swap_line(struct aw_text t, struct aw_klog_totals *totals)
{
	bool is_free = aw_text_skip(&t, "Free swap");
	uint64_t kb;

	if (!is_free && !aw_text_skip(&t, "Total swap"))
		return false;
	aw_text_spaces(&t);
	aw_text_skip_char(&t, '=');
	aw_text_skip_char(&t, ':');
	aw_text_spaces(&t);
	if (!aw_text_u64(&t, &kb))
		return false;
	*(is_free ? &totals->swap_free_kb : &totals->swap_total_kb) = kb;
	totals->has |= AW_KLOG_HAS_SWAP;
	return true;
}

static bool number_behind(const struct aw_text *text, const char *key, uint64_t *out)
{
	struct aw_text t = *text;

	return aw_text_skip_past(&t, key) && aw_text_u64(&t, out);
}

/* "Node 0 active_anon:19776kB inactive_anon:125745984kB active_file:6016kB ..." */
static void node_line(struct aw_text t, struct aw_klog_totals *totals)
{
	uint64_t node, active, inactive, shmem, anon;

	if (aw_text_skip(&t, "Node ") && aw_text_u64(&t, &node) && aw_text_skip(&t, " active_anon:") && aw_text_u64(&t, &active) &&
	    aw_text_skip(&t, "kB inactive_anon:") && aw_text_u64(&t, &inactive) && active < UINT32_MAX && inactive < UINT32_MAX)
		totals->nodes_anon_kb += active + inactive;
	else
		return;
	if (!number_behind(&t, " shmem_thp: ", &shmem) || !number_behind(&t, " anon_thp: ", &anon) || shmem >= UINT32_MAX ||
	    anon >= UINT32_MAX)
		return;
	totals->nodes_huge_kb += shmem + anon;
	totals->nr_nodes_huge++;
}

/* "Node 0 hugepages_total=4 hugepages_free=4 hugepages_surp=0 hugepages_size=2048kB" */
static bool hugetlb_line(const struct aw_text *t, struct aw_klog_totals *totals)
{
	uint64_t total, free, size;

	if (!number_behind(t, "hugepages_total=", &total) || !number_behind(t, "hugepages_free=", &free) ||
	    !number_behind(t, "hugepages_size=", &size) || total > UINT32_MAX || size > UINT32_MAX)
		return false;
	totals->hugetlb_kb += total * size;
	totals->hugetlb_free_kb += (free < total ? free : total) * size;
	return true;
}

/* "Node 0 active_anon:2720kB ... kernel_stack:1456kB pagetables:416kB", a zone's line before that */
static bool stacks_line(const struct aw_text *t, struct aw_klog_totals *totals)
{
	uint64_t kb;

	if (!number_behind(t, " kernel_stack:", &kb) || kb > UINT32_MAX)
		return false;
	totals->kernel_stack_kb += kb;
	totals->has |= AW_KLOG_HAS_STACKS;
	return true;
}

/* "zspages:916780kB" of a zone: "mm: show_mem: show number of zspages in show_free_areas" */
static void zspages(const struct aw_text *t, struct aw_klog_totals *totals)
{
	uint64_t kb;

	if (number_behind(t, " zspages:", &kb) && kb <= UINT32_MAX)
		totals->zspages_kb += kb;
}

/* "ion total size:183500800", in bytes: drivers/staging/android/ion/hisi/hisi_ion_dump.c */
static bool ion_line(struct aw_text t, struct aw_klog_totals *totals)
{
	uint64_t bytes;

	if (!aw_text_skip(&t, "ion total size:") || !aw_text_u64(&t, &bytes))
		return false;
	totals->ion_kb = bytes / 1024;
	return true;
}

static void keep_cache(struct aw_klog_totals *totals, const struct aw_klog_cache *cache)
{
	unsigned int at = totals->nr_caches;

	while (at && totals->caches[at - 1].kb < cache->kb)
		at--;
	if (at >= AW_KLOG_CACHES)
		return;
	if (totals->nr_caches < AW_KLOG_CACHES)
		totals->nr_caches++;
	memmove(&totals->caches[at + 1], &totals->caches[at], (totals->nr_caches - at - 1) * sizeof(totals->caches[0]));
	totals->caches[at] = *cache;
}

bool aw_klog_totals_cache(const struct aw_text *text, struct aw_klog_totals *totals)
{
	struct aw_klog_cache cache;
	struct aw_text t = *text;
	const char *name = t.p;
	uint64_t used;

	while (t.p < t.end && !aw_is_space(*t.p))
		t.p++;
	aw_text_copy(cache.name, sizeof(cache.name), name, (size_t)(t.p - name));
	if (!aw_text_spaces(&t) || !aw_text_u64(&t, &used) || !aw_text_skip(&t, "KB") || !aw_text_spaces(&t) ||
	    !aw_text_u64(&t, &cache.kb) || !aw_text_skip(&t, "KB"))
		return false;
	aw_text_spaces(&t);
	if (t.p != t.end || used > cache.kb || cache.kb > UINT32_MAX)
		return false;
	keep_cache(totals, &cache);
	return true;
}

/* "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name" */
static bool table_header(struct aw_text t, struct aw_klog_totals *totals)
{
	unsigned int column = 0;

	if (!aw_text_skip_char(&t, '['))
		return false;
	aw_text_spaces(&t);
	if (!aw_text_skip(&t, "pid"))
		return false;
	aw_text_spaces(&t);
	aw_text_skip_char(&t, ']');
	totals->rss_column = totals->swap_column = totals->tables_column = totals->name_column = 0;
	while (t.p < t.end && column < 16) {
		const char *word;
		size_t len;

		aw_text_spaces(&t);
		word = t.p;
		while (t.p < t.end && !aw_is_space(*t.p))
			t.p++;
		len = (size_t)(t.p - word);
		column++;
		if (len == 3 && !memcmp(word, "rss", 3))
			totals->rss_column = (uint8_t)column;
		else if (len == 8 && !memcmp(word, "swapents", 8))
			totals->swap_column = (uint8_t)column;
		else if (len == 14 && !memcmp(word, "pgtables_bytes", 14))
			totals->tables_column = (uint8_t)column;
		else if (len == 4 && !memcmp(word, "name", 4))
			totals->name_column = (uint8_t)column;
	}
	return true;
}

static void keep_largest(struct aw_klog_totals *totals, const struct aw_klog_holder *task)
{
	unsigned int at = totals->nr_tasks;

	while (at && totals->tasks[at - 1].rss + totals->tasks[at - 1].swap < task->rss + task->swap)
		at--;
	if (at >= AW_KLOG_TASKS)
		return;
	if (totals->nr_tasks < AW_KLOG_TASKS)
		totals->nr_tasks++;
	memmove(&totals->tasks[at + 1], &totals->tasks[at],
		(totals->nr_tasks - at - 1) * sizeof(totals->tasks[0]));
	totals->tasks[at] = *task;
}

/* "-500", "0" */
static bool column_value(struct aw_text *t, uint64_t *value)
{
	bool zeros;

	aw_text_spaces(t);
	aw_text_skip_char(t, '-');
	zeros = aw_text_at(t, 0) == '0' && aw_is_digit(aw_text_at(t, 1));
	return aw_text_u64(t, value) && !zeros && aw_is_space(aw_text_at(t, 0));
}

/* The name begins with one more number: the row was torn, and put together in the wrong way. */
static bool has_more_columns(struct aw_text t)
{
	uint64_t value;

	return column_value(&t, &value);
}

/* "[    123]     0   123     1234      567    45056        0             0 my daemon": a name may hold blanks */
static bool table_row(struct aw_text t, struct aw_klog_totals *totals)
{
	struct aw_klog_holder task = { .pid = -1 };
	uint64_t value, tables = 0;

	if (!totals->rss_column || !totals->name_column || !aw_text_skip_char(&t, '['))
		return false;
	aw_text_spaces(&t);
	if (!aw_text_u64(&t, &value) || value > INT32_MAX)
		return false;
	aw_text_spaces(&t);
	if (!aw_text_skip_char(&t, ']'))
		return false;
	task.pid = (int64_t)value;
	for (unsigned int column = 1; column < totals->name_column; column++) {
		if (!column_value(&t, &value))
			return false;
		if (column == totals->rss_column)
			task.rss = value;
		else if (column == totals->swap_column)
			task.swap = value;
		else if (column == totals->tables_column)
			tables = value;
	}
	aw_text_spaces(&t);
	aw_text_trim(&t);
	if (t.p == t.end || has_more_columns(t))
		return false;
	aw_text_copy(task.comm, sizeof(task.comm), t.p, aw_text_left(&t));
	if (task.rss > UINT32_MAX || task.swap > UINT32_MAX)
		return false;
	totals->task_rss += task.rss;
	totals->tables_rows += tables > 0;
	totals->tables_bits |= tables;
	keep_largest(totals, &task);
	return true;
}

bool aw_klog_totals_line(const struct aw_text *text, struct aw_klog_totals *totals)
{
	node_line(*text, totals);
	return table_row(*text, totals) || table_header(*text, totals) || pages_line(*text, totals) ||
	       swap_line(*text, totals) || hugetlb_line(text, totals) || ion_line(*text, totals) || stacks_line(text, totals) ||
	       counters_line(*text, totals);
}

void aw_klog_totals_of_zone(const struct aw_text *text, struct aw_klog_totals *totals)
{
	stacks_line(text, totals);
	zspages(text, totals);
}

/* Page tables are whole pages (mm_pgtables_bytes(), 4.15 on): few tasks have even numbers of them, all do by chance only. */
uint64_t aw_klog_totals_page_kb(const struct aw_klog_totals *totals)
{
	static const unsigned int usual[] = { 4, 16, 64 };

	/* the same memory in pages and in kB; few pages may be so by chance */
	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		if (totals->anon >= SURE_PAGES && totals->nodes_anon_kb == totals->anon * usual[i])
			return usual[i];
	if (totals->tables_rows < SURE_ROWS)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		if ((totals->tables_bits & -totals->tables_bits) == usual[i] * UINT64_C(1024))
			return usual[i];
	return 0;
}

/* Pages in some account, but for those reserved at boot. */
static uint64_t counted(const struct aw_klog_totals *totals, uint64_t page_kb)
{
	return totals->free + totals->free_pcp + totals->anon + totals->file + totals->isolated_anon + totals->isolated_file +
	       totals->unevictable + totals->slab_reclaimable + totals->slab_unreclaimable + totals->misc_reclaimable +
	       totals->page_tables + (totals->kernel_stack_kb + totals->hugetlb_kb + totals->zspages_kb + totals->ion_kb) / page_kb;
}

void aw_klog_totals_ram(struct aw_klog_totals *totals, uint64_t free_kb, uint64_t present_kb, uint64_t managed_kb)
{
	static const unsigned int page_kb[] = { 4, 16, 64 };

	if (totals->has & AW_KLOG_HAS_RAM || !(totals->has & AW_KLOG_HAS_FREE) || !totals->free || managed_kb > present_kb)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(page_kb); i++)
		if (free_kb / page_kb[i] == totals->free && free_kb % page_kb[i] == 0 &&
		    counted(totals, page_kb[i]) <= managed_kb / page_kb[i]) {
			totals->ram = present_kb / page_kb[i];
			totals->reserved = (present_kb - managed_kb) / page_kb[i];
			totals->has |= AW_KLOG_HAS_RAM;
		}
}

uint64_t aw_klog_unaccounted(const struct aw_klog_totals *totals, uint64_t page_kb)
{
	uint64_t held;

	if ((totals->has & AW_KLOG_HAS_ACCOUNTS) != AW_KLOG_HAS_ACCOUNTS || !page_kb)
		return 0;
	held = totals->reserved + counted(totals, page_kb);
	return totals->ram > held ? totals->ram - held : 0;
}
