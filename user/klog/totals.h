/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who holds memory, as the totals of Mem-Info and the OOM killer's task table
 * say: show_free_areas(), show_mem() and dump_tasks() of mm/.
 */
#ifndef AW_KLOG_TOTALS_H
#define AW_KLOG_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

#define AW_KLOG_TASKS 5
#define AW_KLOG_TASK_NAME 32

/* A row of the OOM killer's task table. */
struct aw_klog_holder {
	char comm[AW_KLOG_TASK_NAME];
	int64_t pid;
	uint64_t rss, swap;		/* pages */
};

#define AW_KLOG_CACHES 3	/* of slab, the largest are kept */

/* A row of "Unreclaimable slab info:", which the OOM killer prints from 4.15 on. */
struct aw_klog_cache {
	char name[40];
	uint64_t kb;
};

/* Pages, but for what is in kB.  AW_KLOG_HAS_* of `has`: which were printed. */
struct aw_klog_totals {
	uint32_t has;
	uint64_t ram, reserved, cma_reserved;
	uint64_t highmem;			/* of `ram`: in HighMem and Movable */
	uint64_t free, free_pcp, free_cma;
	uint64_t anon, file, unevictable;	/* on the LRU lists */
	uint64_t isolated_anon, isolated_file;	/* taken from them, for reclaim or to be moved */
	uint64_t shmem;				/* in `anon` */
	uint64_t slab_reclaimable, slab_unreclaimable, misc_reclaimable, page_tables;
	uint64_t nodes_anon_kb;			/* of the nodes' lines (4.8 on): the same as `anon`, in kB */
	uint64_t nodes_huge_kb;			/* the same lines: transparent huge pages, which are on the LRU lists */
	unsigned int nr_nodes_huge;		/* lines that have these */
	uint64_t kernel_stack_kb;
	uint64_t hugetlb_kb, hugetlb_free_kb;
	uint64_t swap_total_kb, swap_free_kb;
	uint64_t zspages_kb;			/* zram and zswap, where the zones' lines have it */
	uint64_t ion_kb;			/* buffers of devices, where a vendor's kernel says it */
	unsigned int nr_caches;
	struct aw_klog_cache caches[AW_KLOG_CACHES];	/* the largest first */
	uint64_t task_rss;			/* of all tasks in the table */
	unsigned int nr_tasks;			/* of tasks[] */
	struct aw_klog_holder tasks[AW_KLOG_TASKS];	/* the largest first */
	unsigned int tables_rows;		/* of the task table, that say how large a task's page tables are */
	uint64_t tables_bits;			/* all of these sizes, or'ed: bytes, whole pages */
	/* Of the table's header: which column has what; 0: not seen. */
	uint8_t rss_column, swap_column, tables_column, name_column;
};
#define AW_KLOG_HAS_RAM		0x1u
#define AW_KLOG_HAS_FREE	0x2u
#define AW_KLOG_HAS_LRU		0x4u
#define AW_KLOG_HAS_SLAB	0x8u
#define AW_KLOG_HAS_PAGE_TABLES	0x10u
#define AW_KLOG_HAS_SWAP	0x20u
#define AW_KLOG_HAS_SHMEM	0x40u
#define AW_KLOG_HAS_STACKS	0x80u
#define AW_KLOG_HAS_FREE_CMA	0x100u

/* Everything that decides what is unaccounted was printed. */
#define AW_KLOG_HAS_ACCOUNTS (AW_KLOG_HAS_RAM | AW_KLOG_HAS_FREE | AW_KLOG_HAS_LRU | AW_KLOG_HAS_SLAB)

struct aw_text;

/* A line behind the zones of Mem-Info, or of the task table; false: neither. */
bool aw_klog_totals_line(const struct aw_text *text, struct aw_klog_totals *totals);

/* "kmalloc-2k            814056KB     814056KB": a row of the table of slab caches; false: none. */
bool aw_klog_totals_cache(const struct aw_text *text, struct aw_klog_totals *totals);

/* Kernel stacks, which kernels up to 5.8 print in the line of each zone; zspages, which newer ones do. */
void aw_klog_totals_of_zone(const struct aw_text *text, struct aw_klog_totals *totals);

/* kB of a page, as the sizes of page tables in the task table tell; 0: they do not. */
uint64_t aw_klog_totals_page_kb(const struct aw_klog_totals *totals);

/*
 * Where "pages RAM" is missing: what the zones have, if their free memory is that of the totals, so that no zone is
 * missing, and have room for what the totals count.  kB of all zones.
 */
void aw_klog_totals_ram(struct aw_klog_totals *totals, uint64_t free_kb, uint64_t present_kb, uint64_t managed_kb);

/*
 * Pages of RAM in no account: not free, on no LRU list, not slab, page tables,
 * kernel stacks, huge pages or reserved at boot.  Drivers, vmalloc, per-cpu
 * data and leaks.  0 where AW_KLOG_HAS_ACCOUNTS are not all there.
 */
uint64_t aw_klog_unaccounted(const struct aw_klog_totals *totals, uint64_t page_kb);

#endif
