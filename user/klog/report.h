/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines -> reports: which line belongs to which report, when several cpus
 * print at once.
 */
#ifndef AW_KLOG_REPORT_H
#define AW_KLOG_REPORT_H

#include "klog/copies.h"
#include "klog/klog.h"
#include "klog/line.h"

#define AW_KLOG_OPEN 16		/* reports printed at the same time at most */

struct aw_klog_open;

struct aw_klog_assembly {
	aw_klog_fn fn;
	void *ctx;
	struct aw_klog_stats *stats;
	struct aw_klog_open *free[AW_KLOG_OPEN];
	struct aw_klog_open *open[AW_KLOG_OPEN];	/* in the order of their headers */
	struct aw_klog_open *title;	/* the text's first report, if it may only be named there; NULL: none waits */
	unsigned int nr_free, nr_open;
	uint64_t emitted;		/* reports of this text */
	struct aw_klog_copies copies;
	uint64_t serial;		/* of the line, counts only lines that came here */
	uint64_t unknown;		/* of them, lines that nothing was made of while a report was open */
	uint64_t suppressed;		/* failures not printed since the last report began */
	uint64_t suppressed_lines;	/* ... and lines, of vmalloc or of others */
	uint64_t vmap_lines;		/* lines of vmalloc's addresses since then whose header did not follow */
	uint64_t foreign_until;		/* serial up to which a trace is of something else */
	bool foreign_trace;		/* a trace that nobody waited for is being printed */
	bool after_line;		/* the line before this one has a prefix, so it is a kernel's */
	bool after_text;		/* it is not blank */
	bool suspended;			/* the OOM killer was disabled, and not enabled again */
	bool nommu;			/* a line of mm/nommu.c was seen */
	bool kdump;			/* the kernel that prints was booted to save a crash */
	char release[65];		/* last one that the log named ... */
	uint64_t release_line;		/* ... in this line ... */
	int64_t release_us;		/* ... at this time since boot; -1 not known */
	char based[65];			/* the last one that the log named the stable release of ... */
	uint32_t upstream;		/* ... and that; 0: none */
	char release_guess[65];		/* from words around the log */
};

/* 0 or -ENOMEM. */
int aw_klog_assembly_init(struct aw_klog_assembly *a, aw_klog_fn fn, void *ctx,
			  struct aw_klog_stats *stats);
void aw_klog_assembly_clear(struct aw_klog_assembly *a);

/* `number` of the line in the text, from 1. */
void aw_klog_assembly_line(struct aw_klog_assembly *a, const struct aw_klog_line *line,
			   uint64_t number);

/* Hands out everything. */
void aw_klog_assembly_finish(struct aw_klog_assembly *a);

/* Forgets what the text said outside of reports; nothing is open.  `of_same`: the next one is of the same machine. */
void aw_klog_assembly_restart(struct aw_klog_assembly *a, bool of_same);

static inline bool aw_klog_assembly_idle(const struct aw_klog_assembly *a)
{
	return a->nr_open == 0;
}

#endif
