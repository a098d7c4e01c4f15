/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that a terminal or a mailer wrapped, put together again.
 */
#ifndef AW_KERNEL_KLOG_JOIN_H
#define AW_KERNEL_KLOG_JOIN_H

#include "kernel/klog_line.h"
#include "kernel/klog_meminfo.h"

#define AW_KLOG_JOINED 2048	/* bytes of the longest line put together */

enum aw_klog_joining {
	AW_KLOG_JOIN_NOTHING,
	AW_KLOG_JOIN_HEADER,
	AW_KLOG_JOIN_MEM,	/* a zone's line */
	AW_KLOG_JOIN_FRAME,
	AW_KLOG_JOIN_TASK	/* "CPU: 0 PID: 306 Comm: ..." without its release */
};

struct aw_klog_join {
	enum aw_klog_joining what;
	enum aw_klog_mem mem;
	unsigned int pieces;
	uint64_t number;		/* of the first piece's line */
	struct aw_klog_line line;	/* text points into buffer */
	size_t len;
	char buffer[AW_KLOG_JOINED];
};

/* Is the line the beginning of a longer one?  Then it is kept here. */
bool aw_klog_join_begin(struct aw_klog_join *join, const struct aw_klog_line *line, uint64_t number);

/* Does the line go on where the kept one ends?  Then it is added. */
bool aw_klog_join_add(struct aw_klog_join *join, const struct aw_klog_line *line);

/* Is the kept line whole by now? */
bool aw_klog_join_whole(const struct aw_klog_join *join);

#endif
