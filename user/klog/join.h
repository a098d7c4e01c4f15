/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Putting the pieces of a line together.
 */
#ifndef AW_KLOG_JOIN_H
#define AW_KLOG_JOIN_H

#include "klog/window.h"

/* How whole a line is: more is better, 0 is nothing. */
typedef int (*aw_klog_rank_fn)(const struct aw_klog_line *line);

/*
 * Takes `drop` bytes off the end of the window's first line and appends `gap` and
 * line `i`, which leaves the window.  False: there is no room.
 */
bool aw_klog_join(struct aw_klog_window *window, size_t drop, const char *gap, unsigned int i);

/*
 * Joins line `i` in the way that makes most of both, when that is more than
 * `least`; of ways that make as much, as the log is wrapped elsewhere.
 */
bool aw_klog_join_best(struct aw_klog_window *window, unsigned int i, aw_klog_rank_fn rank, int least);

/* Bytes at the end that a wrap may have put there: a hyphen, a backslash, mail's '='. */
size_t aw_klog_extra_at_end(const struct aw_text *text);

#endif
