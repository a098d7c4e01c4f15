/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel log text of any era -> reports of failed requests.
 *
 * Takes text in pieces and hands out one struct aw_klog_report for every page
 * allocation failure, OOM kill, CMA and vmalloc failure that it finds, with
 * the trace and the Mem-Info that the log gives.  Numbers stay as printed
 * (kB, raw masks): event/klog_event.h gives them their meaning.  Memory is
 * bounded whatever the text is.
 */
#ifndef AW_KERNEL_KLOG_H
#define AW_KERNEL_KLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AW_KLOG_FRAMES 64
#define AW_KLOG_ZONES 16
#define AW_KLOG_ORDERS 16
#define AW_KLOG_RESERVES 6
#define AW_KLOG_NAME 80		/* longest function name kept, NUL included */
#define AW_KLOG_COMM 32		/* 15 bytes on Linux; pasted text may be longer */

enum aw_klog_kind {
	AW_KLOG_FAILURE,	/* page allocation failure */
	AW_KLOG_STALL,		/* page allocation stalls for ... (4.9 to 4.14) */
	AW_KLOG_OOM,		/* invoked oom-killer */
	AW_KLOG_CMA,		/* cma: alloc failed */
	AW_KLOG_VMALLOC,
	AW_KLOG_KINDS
};

/* How the header is worded, which dates it (kernel-facts 8). */
enum aw_klog_form {
	AW_KLOG_FORM_OTHER,
	AW_KLOG_FORM_DOT,	/* 2.6: "failure. order:2, mode:0x20" */
	AW_KLOG_FORM_COLON,	/* 3.0 to 4.5: "failure: order:2, mode:0x20" */
	AW_KLOG_FORM_NAMES,	/* 4.6 to 4.10: "mode:0x20(GFP_ATOMIC)" */
	AW_KLOG_FORM_NODEMASK,	/* 4.11 to 4.19: ", nodemask=(null)" */
	AW_KLOG_FORM_CPUSET	/* 5.0 on: ",cpuset=/,mems_allowed=0" */
};

struct aw_klog_frame {
	uint64_t addr;		/* 0: not printed */
	uint64_t offset, size;	/* size 0: not printed */
	char name[AW_KLOG_NAME];	/* "" not resolved */
	char module[48];	/* "" the kernel itself */
	bool guess;		/* x86's "?": seen on the stack, perhaps stale */
	bool irq;		/* between <IRQ> and </IRQ> (<EOI>) */
};

/* A zone as Mem-Info prints it: kB, except the reserves (pages). */
struct aw_klog_zone {
	int node;		/* 0 where the log has none */
	char name[17];
	uint32_t has;		/* AW_KLOG_ZONE_* */
	uint64_t free_kb, min_kb, low_kb, high_kb, boost_kb;
	uint64_t present_kb, managed_kb;
	uint64_t highatomic_kb, free_highatomic_kb, free_cma_kb;
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
#define AW_KLOG_ZONE_CUT		0x400u	/* the blocks line ends in the middle */

struct aw_klog_report {
	enum aw_klog_kind kind;
	enum aw_klog_form form;
	uint64_t line;		/* number of the header's line, from 1 */
	int64_t mono_us;	/* time stamp [    1.234567]; -1 none */
	int64_t wall_us;	/* date in the line, from 1970 (from 2000 without a year); -1 none */
	bool wall_has_year;
	int64_t trace_gap_us;	/* the trace is stamped this long after the header; 0 within a minute */
	bool logcat;

	char comm[AW_KLOG_COMM];
	int64_t pid, cpu;	/* -1 not known */
	bool has_task;		/* a CPU:/PID: line was seen */
	char release[65];	/* "" not known */
	bool release_near;	/* from this report's own lines; else from elsewhere in the log */
	bool release_guess;	/* only from the words around the log */
	char hardware[97];

	int order;		/* -1 not known */
	bool has_mode;
	uint64_t mode;
	char mode_names[160];	/* "GFP_KERNEL|__GFP_COMP"; "" not printed */
	char mems_allowed[64];	/* "0", "0-1"; "" not printed */

	uint64_t stall_ms;
	uint64_t bytes;		/* VMALLOC: asked for; 0 not known */
	uint64_t cma_pages;	/* CMA: asked for */
	uint64_t cma_free, cma_total;	/* pages of the area; 0 0 not printed */
	int error;		/* CMA: -errno, 0 not known */
	char cma_name[65];

	int64_t victim_pid;	/* OOM: -1 not known */
	char victim_comm[AW_KLOG_COMM];
	bool memcg;		/* OOM: of a memory cgroup */
	uint64_t memcg_usage_kb, memcg_limit_kb;
	char memcg_name[128];

	char slab_cache[65];	/* "SLUB: Unable to allocate memory", the cache's name */

	unsigned int nr_frames;	/* innermost first */
	bool frames_cut;	/* more than AW_KLOG_FRAMES */
	struct aw_klog_frame frames[AW_KLOG_FRAMES];
	unsigned int nr_zones;
	bool zones_cut;		/* more than AW_KLOG_ZONES */
	bool mem_info;		/* "Mem-Info:" was seen */
	bool mem_info_end;	/* and its last lines */
	struct aw_klog_zone zones[AW_KLOG_ZONES];
};

struct aw_klog_stats {
	uint64_t bytes, lines;
	uint64_t long_lines;	/* cut: longer than anything that a kernel prints */
	uint64_t reports[AW_KLOG_KINDS];
	uint64_t incomplete;	/* failures without a trace or without Mem-Info */
	uint64_t suppressed;	/* "N callbacks suppressed" of warn_alloc, added up */
};

struct aw_klog;

/* Called once for each report, in the order of their headers. */
typedef void (*aw_klog_fn)(void *ctx, const struct aw_klog_report *report);

/* NULL: out of memory. */
struct aw_klog *aw_klog_new(aw_klog_fn fn, void *ctx);
void aw_klog_free(struct aw_klog *klog);	/* NULL allowed */

/* Pieces of any size, cut anywhere. */
void aw_klog_feed(struct aw_klog *klog, const char *text, size_t len);

/* The text is over: hands out what is still open. */
void aw_klog_finish(struct aw_klog *klog);

const struct aw_klog_stats *aw_klog_stats(const struct aw_klog *klog);

const char *aw_klog_kind_name(enum aw_klog_kind kind);	/* "page allocation failure" */

/* kB of a page, from the zone lines; 0 not known. */
uint64_t aw_klog_page_kb(const struct aw_klog_report *report);

#endif
