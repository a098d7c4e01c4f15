/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What explain keeps of a report besides its event: the origin, and what only a
 * log has.
 */
#ifndef AW_EXPLAIN_LOGGED_H
#define AW_EXPLAIN_LOGGED_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "klog/era.h"
#include "klog/klog.h"
#include "verdict/verdict.h"

#define AW_LOGGED_VICTIMS 16

/* When a report was printed, as far as its lines say. */
struct aw_logged_time {
	int64_t mono_us;	/* time stamp [    1.234567]; -1 none */
	int64_t wall_us;	/* date; from 1970, from 2000 without a year; -1 none */
};

struct aw_logged {
	struct aw_origin origin;	/* first: the event's */
	struct aw_klog_era era;
	bool page_size_taken;		/* nothing tells it */

	/* Of all reports that are counted together; this one is the first of them. */
	struct aw_logged_time first, last;
	bool has_year;
	const char *last_file;		/* as origin.file */
	uint64_t last_line;
	bool several_tasks;
	uint64_t least_bytes, most_bytes;	/* that vmalloc or a pool was asked for, of all occurrences; 0: not known */
	bool range_of_pages;			/* these two are pages */

	char comm[AW_KLOG_COMM];	/* longer than the event's, in pasted text */
	int64_t pid, cpu;		/* -1 not known */
	int order;			/* -1 not known */
	bool has_mode;
	uint64_t mode;
	bool of_2_4;
	bool mask_2_4;			/* as in the report */
	int64_t slab_node;		/* that SLUB was to allocate from; -1 any, or not printed */
	uint64_t slab_nodes;		/* nodes 0..63 that its line lists behind that */
	char release[65];		/* as the log names it; "" it does not */
	char hardware[128];
	struct aw_klog_totals totals;	/* who holds memory */
	char slab_cache[65];		/* SLUB's cache that asked; "" none */
	char work_func[AW_KLOG_NAME], work_module[AW_KLOG_MODULE];	/* the work item that the task ran; "" not known */
	int64_t trace_gap_us;		/* the trace is stamped this long after the header; 0 within a minute */
	bool has_trace, has_zones;
	bool lists_no_zone;		/* Mem-Info is there to its end, without any */
	bool trace_in_kill;		/* it is cut inside the OOM killer, before who asked */
	unsigned int nr_victims;	/* OOM kills: the tasks that were killed; only the first are kept */
	struct aw_logged_victim {
		int64_t pid;
		char comm[AW_KLOG_COMM];
		uint64_t anon_kb;	/* anonymous memory that it had; 0: not printed */
	} victims[AW_LOGGED_VICTIMS];
	char lmk_reason[96];		/* why lmkd killed, in its words; "" not printed */
	bool killed_globally;		/* the log says that no memory cgroup was out of memory */
	uint64_t lines, unknown_lines;	/* of the report, and how many of them were not understood */
	uint64_t suppressed_lines;	/* before it, of vmalloc or of others */
	bool too_long;			/* more frames or zones than are kept */
	char cut_zone[17];		/* a zone without its free blocks; "" none */

	/* What tells reports apart, besides the keys of the event. */
	char type[224];			/* "cma-failure of reserved, 256 pages, error -12" */
	char site[AW_KLOG_NAME + 56];	/* "excam_start [excam]", "0xffffffc0001868fc"; "" not known */
	enum aw_cause likely_cause;
};

/*
 * Made from a report; the caller fills kernel, era and page_size_taken, calls
 * aw_logged_name(), and drops the origin in the end.  NULL: no memory.
 */
struct aw_logged *aw_logged_new(const struct aw_klog_report *report, const char *file);

/* Fills type and site from the event of the report. */
void aw_logged_name(struct aw_logged *logged, const struct aw_event *event);

/* Notes another report that counts together with the first one. */
void aw_logged_repeat(struct aw_logged *first, const struct aw_logged *other);

static inline struct aw_logged *aw_logged_of(struct aw_origin *origin)
{
	return (struct aw_logged *)origin;
}

#endif
