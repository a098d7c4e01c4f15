/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines that show_mem prints behind "Mem-Info:".
 */
#ifndef AW_KLOG_MEMINFO_H
#define AW_KLOG_MEMINFO_H

#include "klog/klog.h"
#include "klog/line.h"

enum aw_klog_mem {
	AW_KLOG_MEM_NONE,
	AW_KLOG_MEM_START,	/* "Mem-Info:" */
	AW_KLOG_MEM_ZONE,	/* "Node 0 DMA free:..." */
	AW_KLOG_MEM_RESERVE,	/* "lowmem_reserve[]: 0 0 0" */
	AW_KLOG_MEM_BLOCKS,	/* "Node 0 DMA: 17664*4kB ..." */
	AW_KLOG_MEM_OTHER,	/* per-cpu lists, totals */
	AW_KLOG_MEM_END		/* "5180 pages reserved" and what may follow it */
};

/*
 * Which of them a line is.  ZONE, RESERVE and BLOCKS fill `zone`, which is
 * cleared before: only what the line says.
 */
enum aw_klog_mem aw_klog_mem_line(const struct aw_text *text, struct aw_klog_zone *zone);

/* Is a ZONE or BLOCKS line cut in the middle, to go on in the next one? */
bool aw_klog_mem_cut(enum aw_klog_mem line, const struct aw_text *text,
		     const struct aw_klog_zone *zone);

/* Does a line without a prefix go on in the middle of a ZONE or BLOCKS line? */
bool aw_klog_mem_goes_on(enum aw_klog_mem line, const struct aw_text *text);

#endif
