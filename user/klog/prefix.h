/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Prefixes of a form that nobody listed, learned from the lines of a report.
 */
#ifndef AW_KLOG_PREFIX_H
#define AW_KLOG_PREFIX_H

#include "klog/line.h"
#include "lines/shape.h"

struct aw_klog_prefix {
	struct aw_log_shape shape;	/* behind the known prefixes; count 0: nothing was learned */
};

/* Begins to learn: forgets what was learned. */
struct aw_klog_lesson {
	unsigned int plain;	/* lines that begin as the kernel's do */
	unsigned int nr_seen;	/* lines with something before the kernel's words */
	struct aw_log_shape seen[8];
	unsigned int votes[8];
};

/* A line without its known prefixes: does it show what stands before the kernel's words? */
void aw_klog_lesson_line(struct aw_klog_lesson *lesson, const struct aw_text *text);

/*
 * What most lines showed, or one line if the first line of the report has it,
 * too; false: they begin with the kernel's words, or do not agree.
 */
bool aw_klog_lesson_end(const struct aw_klog_lesson *lesson, const struct aw_text *first, struct aw_klog_prefix *prefix);

/*
 * Parses a line as aw_klog_line_parse() does, and takes the learned prefix off.
 * Of a line that lacks it, what is the same on all lines is taken off: a
 * quote's mark before the second half of a wrapped line.
 */
void aw_klog_prefix_parse(const struct aw_klog_prefix *prefix, const char *raw, size_t len, struct aw_klog_line *out);

#endif
