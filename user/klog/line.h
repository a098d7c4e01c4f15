/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What stands in front of a kernel line: times, priorities, who printed it.
 */
#ifndef AW_KLOG_LINE_H
#define AW_KLOG_LINE_H

#include "base/cursor.h"
#include "lines/entry.h"

struct aw_klog_line {
	struct aw_text text;	/* what the kernel said */
	struct aw_text raw;	/* with everything in front of it */
	int64_t mono_us;	/* [    1.234567]; -1 none */
	int64_t wall_us;	/* see aw_log_date(); -1 none */
	bool wall_has_year;
	bool prefixed;		/* with a time, a task, or what the other lines have */
	bool logcat;
	bool found;		/* the stamp was found behind something unknown */
	bool has_word;		/* one of aw_klog_header_words() */
	bool may_begin;		/* one of aw_klog_headless_words() */
	bool cut;		/* ends at the column where lines are cut; its last word was taken off */
	bool behind;		/* it was pasted behind a frame of a trace, which is lost */
	int64_t tid;		/* printk's [T123], or the pid of a vendor's prefix; -1 none */
	uint32_t host;		/* hash of the machine's name in a logger's prefix; 0 not known */
	int64_t cpu;		/* printk's [C1] or a vendor's; -1 none */
};

/* `raw` without the line end. */
void aw_klog_line_parse(const char *raw, size_t len, struct aw_klog_line *out);

/* The same, but for a stamp behind something unknown, which stays. */
void aw_klog_line_parse_known(const char *raw, size_t len, struct aw_klog_line *out);

/* Looks for printk's stamp behind a prefix of an unknown form, and takes both off the line's text. */
void aw_klog_line_find_stamp(struct aw_klog_line *line);

/* Steps over the known prefixes at the cursor, and notes what they say. */
void aw_klog_line_peel(struct aw_text *t, struct aw_klog_line *line);

/* Notes the times and tasks that stand anywhere in a prefix of an unknown form. */
void aw_klog_line_harvest(struct aw_text prefix, struct aw_klog_line *line);

/* Decides `prefixed`, as far as times and tasks tell. */
void aw_klog_line_settle(struct aw_klog_line *line);

#endif
