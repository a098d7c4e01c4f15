/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel log text of any era -> reports of failed requests.
 *
 * Takes text in pieces and hands out one struct aw_klog_report for every page
 * allocation failure, OOM kill, CMA and vmalloc failure, and for every pool that
 * is used up (swiotlb, binder, ...) that it finds, with
 * the trace and the Mem-Info that the log gives.  Numbers stay as printed
 * (kB, raw masks): klog/event.h gives them their meaning.  Memory is
 * bounded whatever the text is.
 */
#ifndef AW_KLOG_KLOG_H
#define AW_KLOG_KLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "klog/totals.h"

#define AW_KLOG_FRAMES 64
#define AW_KLOG_ZONES 16
#define AW_KLOG_ORDERS 16
#define AW_KLOG_RESERVES 6
#define AW_KLOG_NAME 128	/* longest function name kept, NUL included */
#define AW_KLOG_SUFFIX 48	/* longest compiler suffix kept, NUL included */
#define AW_KLOG_MODULE 64	/* MODULE_NAME_LEN, NUL included */
#define AW_KLOG_CGROUP 384	/* of a pod in a container, NUL included */
#define AW_KLOG_COMM 32		/* 15 bytes on Linux; pasted text may be longer */

enum aw_klog_type {
	AW_KLOG_FAILURE,	/* page allocation failure */
	AW_KLOG_STALL,		/* page allocation stalls for ... (4.9 to 4.14) */
	AW_KLOG_OOM,		/* invoked oom-killer */
	AW_KLOG_CMA,		/* cma: alloc failed */
	AW_KLOG_VMALLOC,
	AW_KLOG_POOL,		/* memory that is not the page allocator's: swiotlb, binder, ... */
	AW_KLOG_TYPES
};

/* How the header is worded, which dates it (kernel-facts 8). */
enum aw_klog_form {
	AW_KLOG_FORM_OTHER,
	AW_KLOG_FORM_XFS,	/* up to 6.8: "possible memory allocation deadlock" */
	AW_KLOG_FORM_DOT,	/* 2.6: "failure. order:2, mode:0x20" */
	AW_KLOG_FORM_ADJ,	/* 2.6.36 to 3.6, of the OOM killer: "oom_adj=0, oom_score_adj=0" */
	AW_KLOG_FORM_COLON,	/* 3.0 to 4.5: "failure: order:2, mode:0x20" */
	AW_KLOG_FORM_NAMES,	/* 4.6 to 4.10: "mode:0x20(GFP_ATOMIC)" */
	AW_KLOG_FORM_NODEMASK,	/* 4.11 to 4.19: ", nodemask=(null)" */
	AW_KLOG_FORM_CPUSET	/* 5.0 on: ",cpuset=/,mems_allowed=0" */
};

struct aw_klog_frame {
	uint64_t addr;		/* 0: not printed */
	uint64_t offset, size;	/* size 0: not printed */
	char name[AW_KLOG_NAME];	/* of the function; "" not resolved */
	char suffix[AW_KLOG_SUFFIX];	/* ".isra.0", which the compiler put behind it; "" none */
	char module[AW_KLOG_MODULE];	/* "" the kernel itself */
	bool guess;		/* x86's "?": seen on the stack, perhaps stale */
	bool irq;		/* of an interrupt, before </IRQ> or <EOI> */
	bool pc;		/* from a register ("RIP: 0010:f+0x1/0x2"), not from the stack */
};

/* A zone as Mem-Info prints it: kB, except the reserves (pages). */
struct aw_klog_zone {
	int node;		/* 0 where the log has none */
	char name[17];
	uint32_t has;		/* AW_KLOG_ZONE_* */
	uint64_t free_kb, min_kb, low_kb, high_kb, boost_kb;
	uint64_t present_kb, managed_kb;
	uint64_t highatomic_kb, free_highatomic_kb, free_cma_kb;
	/* 4.8 on, and before that; the LRU lists of the zone */
	uint64_t active_anon_kb, inactive_anon_kb, active_file_kb, inactive_file_kb, unevictable_kb;
	uint64_t writepending_kb;	/* 4.8 on */
	unsigned int nr_reserves;
	int64_t reserve[AW_KLOG_RESERVES];
	unsigned int nr_orders;
	uint64_t block_kb;	/* of order 0: the page size */
	uint64_t blocks[AW_KLOG_ORDERS];
	char types[AW_KLOG_ORDERS][8];	/* letters, "UME" */
	uint64_t blocks_total_kb;	/* behind the "="; for checks */
};
#define AW_KLOG_ZONE_FREE		0x1u	/* the "free:" line was seen */
#define AW_KLOG_ZONE_BLOCKS		0x2u	/* the "17664*4kB" line was seen */
#define AW_KLOG_ZONE_TYPES		0x4u	/* with letters */
#define AW_KLOG_ZONE_CMA		0x8u
#define AW_KLOG_ZONE_HIGHATOMIC		0x10u
#define AW_KLOG_ZONE_FREE_HIGHATOMIC	0x20u
#define AW_KLOG_ZONE_BOOST		0x40u
#define AW_KLOG_ZONE_MANAGED		0x80u
#define AW_KLOG_ZONE_PRESENT		0x100u
#define AW_KLOG_ZONE_WATERMARKS		0x200u
#define AW_KLOG_ZONE_LRU		0x800u
#define AW_KLOG_ZONE_PENDING		0x1000u
#define AW_KLOG_ZONE_CUT		0x400u	/* the blocks line ends in the middle */

#define AW_KLOG_VICTIMS 15	/* kept besides the first */

struct aw_klog_victim {
	int64_t pid;
	char comm[AW_KLOG_COMM];
	uint64_t anon_kb;	/* that it had; 0 not printed */
};

/* POOL: what its line says, in bytes; of hugetlb in pages. */
struct aw_klog_pool {
	enum aw_pool pool;
	char name[65];		/* device, process, size of a huge page, reason; "" not printed */
	bool knows_total, knows_free, knows_largest, never_had;
	bool coherent;		/* SWIOTLB: the page allocator was asked before */
	uint64_t total, free, largest;
	uint64_t asked, got;
};

struct aw_klog_report {
	enum aw_klog_type type;
	enum aw_klog_form form;
	bool no_header;		/* a FAILURE of which the log lacks the header: no order, no mask */
	uint64_t line;		/* number of the header's line, or the first line, from 1 */
	int64_t mono_us;	/* time stamp [    1.234567]; -1 none */
	int64_t wall_us;	/* date in the line, from 1970 (from 2000 without a year); -1 none */
	bool wall_has_year;
	uint64_t lines;		/* from the header to the last line of its own */
	uint64_t unknown_lines;	/* of these, not understood, or of something else */
	int64_t trace_gap_us;	/* the trace is stamped this long after the header; 0 within a minute */
	bool logcat;
	uint32_t host;		/* hash of the machine's name in front of its header; 0 not known */

	char comm[AW_KLOG_COMM];
	int64_t pid, cpu;	/* -1 not known */
	bool has_task;		/* a CPU:/PID: line was seen */
	char release[65];	/* "" not known */
	bool release_near;	/* from this report's own lines; else from elsewhere in the log */
	bool release_guess;	/* only from the words around the log */
	uint32_t upstream;	/* AW_VERSION of the stable release that it is based on, where the log names it; 0 not known */
	char hardware[128];	/* as long as the kernel's own */

	int order;		/* -1 not known */
	bool has_mode;
	uint64_t mode;
	char mode_names[160];	/* "GFP_KERNEL|__GFP_COMP"; "" not printed */
	char mems_allowed[64];	/* "0", "0-1"; "" not printed */
	char nodemask[64];	/* "(null)", "1"; "" not printed */
	enum aw_vmalloc_failed vmalloc_failed;
	bool vmalloc_gives_none;	/* "vmalloc: allocation failure: N bytes" of up to 5.12, read whole: no reason is printed */
	bool above_limit;	/* "WARNING: ... at mm/page_alloc.c": the order is above the largest */
	bool of_slowpath;	/* that is by __alloc_pages_slowpath() */
	bool of_mask;		/* the same words, but no failure: of what the mask asks for */
	bool vmemmap;		/* "vmemmap alloc failure: order:9" */
	bool loops;		/* "XFS: ... possible memory allocation deadlock" */
	bool kill_alone;	/* only "Killed process ...", or also some lines before it */
	bool fault_kill;	/* "VM: killing process ...": a page fault ended its own process */
	bool of_2_4;		/* the wording is that of 2.4 */
	bool mask_2_4;		/* the mask, if it is read at all, is of 2.4, whose rules are others */
	bool slab_line;		/* only "SLUB: Unable to allocate memory on node ..." and its lines */
	int64_t slab_node;	/* ... that it was to allocate from; -1 any */
	uint64_t slab_nodes;	/* ... and those that are listed behind it, 0..63 */
	bool quoted;		/* a line in quotes, amid a sentence */
	bool slab_seen;		/* a report of another form has these lines behind it */
	bool slab_of_another;	/* ... and these are of another request */
	bool one_line;		/* no trace and no Mem-Info are printed with it */
	uint64_t suppressed;	/* "N callbacks suppressed" before it */
	uint64_t suppressed_lines;	/* ... of the rate limit that vmalloc shares with others */
	bool suspended;		/* the log says that the OOM killer was disabled for suspend */
	bool nommu;		/* mm/nommu.c says that a mapping of a process failed */
	bool kdump;		/* the log says that this kernel was booted to save a crash: elfcorehdr= */
	bool has_highmem;	/* "327680 pages HighMem/MovableOnly": there is a HighMem or Movable zone */

	uint64_t stall_ms;
	uint64_t bytes;		/* VMALLOC, POOL: asked for; 0 not known */
	struct aw_klog_pool pool;
	uint64_t cma_pages;	/* CMA: asked for; POOL: of the range */
	uint64_t cma_free, cma_total;	/* pages of the area; 0 0 not printed */
	int error;		/* CMA: -errno, 0 not known */
	char cma_name[65];

	enum aw_low_memory_killer lmk;	/* OOM: it was one of these */
	bool lmk_in_use;	/* it ended more than an application in the background */
	uint64_t lmk_cache_kb, lmk_limit_kb;	/* 0 0 not printed */
	char lmk_reason[96];
	int64_t victim_pid;	/* OOM: -1 not known */
	char victim_comm[AW_KLOG_COMM];
	uint64_t victim_vm_kb, victim_anon_kb;	/* that it had; 0 not printed */
	unsigned int nr_others;	/* killed with it: the rest of its cgroup, tasks with the same memory; more than are kept */
	struct aw_klog_victim others[AW_KLOG_VICTIMS];
	bool memcg;		/* OOM: of a memory cgroup */
	bool policy_kill;	/* OOM: the same of a memory policy (CONSTRAINT_MEMORY_POLICY) */
	bool cpuset_kill;	/* OOM: the request was bound to a cpuset's nodes (CONSTRAINT_CPUSET) */
	bool no_victim;		/* OOM: no task was left that may be killed */
	bool panics;		/* OOM: the kernel panicked, for that or for vm.panic_on_oom */
	bool global_kill;	/* OOM: a line says that it is not of one */
	uint64_t memcg_usage_kb, memcg_limit_kb;
	char memcg_name[AW_KLOG_CGROUP];

	char slab_cache[65];	/* "SLUB: Unable to allocate memory", the cache's name */

	/* "Workqueue: events FUNC [MODULE]": who runs this worker; "" not printed */
	char workqueue[33];
	char workqueue_func[AW_KLOG_NAME];
	char workqueue_module[AW_KLOG_MODULE];

	uint32_t trace_has;	/* AW_KLOG_TRACE_* */
	bool site_guess;	/* the site is only likely, or none is left and workqueue_func is the hint */
	unsigned int nr_frames;	/* innermost first */
	bool ends_in_kill;	/* OOM: it is cut inside the OOM killer; its frames are dropped */
	bool trace_cut;		/* a line of it was cut at a column, and what it named is not known */
	bool frames_cut;	/* more than AW_KLOG_FRAMES */
	struct aw_klog_frame frames[AW_KLOG_FRAMES];
	struct aw_klog_totals totals;
	unsigned int nr_zones;
	bool zones_cut;		/* more than AW_KLOG_ZONES */
	bool mem_info;		/* "Mem-Info:" was seen */
	bool mem_info_end;	/* and its last lines */
	struct aw_klog_zone zones[AW_KLOG_ZONES];
};

/*
 * What a trace says by the functions that stand in it, among those of the
 * context that asked (not of what an interrupt interrupted).
 */
#define AW_KLOG_TRACE_WARN_ALLOC	0x1u	/* warn_alloc(): a request failed, or stalled (4.10 to 4.14) */
#define AW_KLOG_TRACE_SLOW_PATH		0x2u	/* __alloc_pages_slowpath(), where it was not inlined */
#define AW_KLOG_TRACE_MEMCG_OOM		0x4u	/* mem_cgroup_out_of_memory(), mem_cgroup_oom_synchronize() */
#define AW_KLOG_TRACE_MEMCG_CHARGE	0x8u	/* try_charge() and its callers: over a cgroup's limit */
#define AW_KLOG_TRACE_PAGEFAULT_OOM	0x10u	/* pagefault_out_of_memory(): a fault said VM_FAULT_OOM, no request is known */
#define AW_KLOG_TRACE_GLOBAL_OOM	0x20u	/* out_of_memory() from the page allocator */
#define AW_KLOG_TRACE_KSWAPD		0x40u	/* kswapd(): PF_MEMALLOC */
#define AW_KLOG_TRACE_RECLAIM		0x80u	/* try_to_free_pages() and its like: PF_MEMALLOC */
#define AW_KLOG_TRACE_COMPACT		0x100u	/* __alloc_pages_direct_compact(): PF_MEMALLOC */
#define AW_KLOG_TRACE_SUSPEND		0x200u	/* devices are suspended or resumed: no __GFP_IO, no __GFP_FS, no OOM killer */
#define AW_KLOG_TRACE_HIBERNATE		0x400u	/* the machine hibernates: the same for most of the time */
#define AW_KLOG_TRACE_LOOP		0x800u	/* a loop device's worker: PF_MEMALLOC_NOIO */
#define AW_KLOG_TRACE_SWAP_OUT		0x1000u	/* nbd, iscsi, nvme-tcp, xfsaild, cifsd: PF_MEMALLOC while they write */
#define AW_KLOG_TRACE_OOM_REPORT	0x2000u	/* dump_header(): the OOM killer printed it */
#define AW_KLOG_TRACE_NOMMU	0x4000u	/* do_mmap_private() of mm/nommu.c: a kernel without an MMU */
#define AW_KLOG_TRACE_MEMALLOC	\
	(AW_KLOG_TRACE_KSWAPD | AW_KLOG_TRACE_RECLAIM | AW_KLOG_TRACE_COMPACT | AW_KLOG_TRACE_SWAP_OUT)
#define AW_KLOG_TRACE_MEMCG	(AW_KLOG_TRACE_MEMCG_OOM | AW_KLOG_TRACE_MEMCG_CHARGE)

/* "WARNING: ... mm/page_alloc.c": of what a request asks for, which is no failure. */
struct aw_klog_mask_warning {
	uint64_t line;
	int64_t pid;			/* -1 not known */
	bool of_order;			/* __GFP_NOFAIL with an order above 1, by get_page_from_freelist() up to 6.11 */
	char comm[AW_KLOG_COMM];	/* "" not known; so are those below */
	char release[65];
	char function[AW_KLOG_NAME], module[AW_KLOG_MODULE];	/* who asked */
};

struct aw_klog_stats {
	uint64_t bytes, lines;
	uint64_t long_lines;	/* cut: longer than anything that a kernel prints */
	uint64_t reports[AW_KLOG_TYPES];
	uint64_t report_lines, unknown_lines;	/* of all reports: see struct aw_klog_report */
	uint64_t incomplete;	/* failures without a trace or without Mem-Info */
	uint64_t copies;	/* reports that the text holds again; not among those above */
	uint64_t suppressed;	/* "N callbacks suppressed" of warn_alloc, swiotlb and CMA, added up */
	uint64_t suppressed_told;	/* of them, at most so many are told by a line of vmalloc, too, and so among the reports */
	uint64_t overwritten;	/* records of this kernel's log that were gone before it was read */
	uint64_t mask_warnings;
	struct aw_klog_mask_warning mask_warning;	/* the first of them */
};

struct aw_klog;

/* Called once for each report, in the order of their headers. */
typedef void (*aw_klog_fn)(void *ctx, const struct aw_klog_report *report);

/* NULL: out of memory. */
struct aw_klog *aw_klog_new(aw_klog_fn fn, void *ctx);
void aw_klog_free(struct aw_klog *klog);	/* NULL allowed */

/* Pieces of any size, cut anywhere. */
void aw_klog_feed(struct aw_klog *klog, const char *text, size_t len);

/* The text is over, or nothing came for long: hands out what is still open. */
void aw_klog_finish(struct aw_klog *klog);

/* As new: what is fed then is another text, which has nothing to do with the one before. */
void aw_klog_restart(struct aw_klog *klog);

/*
 * The same, and that text is of the same machine, such as what the console and what a crash left of one boot: what it has
 * in common with those before are copies.
 */
void aw_klog_another_file(struct aw_klog *klog);

/* Notes that so many records in front of the text are gone. */
void aw_klog_miss(struct aw_klog *klog, uint64_t records);

const struct aw_klog_stats *aw_klog_stats(const struct aw_klog *klog);

/* kB of a page, from the zone lines, the task table or the release; 0 not known. */
uint64_t aw_klog_page_kb(const struct aw_klog_report *report);

/* What most kernels of that architecture have, where it is not known. */
uint64_t aw_klog_usual_page_kb(const struct aw_klog_report *report);

#endif
