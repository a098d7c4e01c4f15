/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the lines of a log are wrapped: at which column, in words or between
 * them, with which indent.
 */
#ifndef AW_KLOG_WRAP_H
#define AW_KLOG_WRAP_H

#include "klog/window.h"

#define AW_KLOG_LEAST_WIDTH 40	/* bytes; nobody wraps at less */

/* Begins a report: what the lines of the window show, as far as they show it. */
void aw_klog_wrap_survey(struct aw_klog_window *window);

/* `next` is the rest of `slot`, a piece before the last. */
void aw_klog_wrap_note(struct aw_klog_window *window, const struct aw_klog_slot *slot, const struct aw_klog_slot *next);

/* What the wrap between the first two lines took, most likely: " " or "". */
const char *aw_klog_wrap_gap(const struct aw_klog_window *window);

/* Is it certain whether a wrap behind this piece broke a word, or took a space? */
bool aw_klog_wrap_is_sure(const struct aw_klog_window *window, const struct aw_klog_slot *slot);

/* Does the line reach the column of the wrap, but for a word that did not fit? */
bool aw_klog_wrap_is_wide(const struct aw_klog_window *window, const struct aw_klog_slot *slot);

/* Bytes of the last word; 0: the text ends in a space. */
size_t aw_klog_last_word(const struct aw_text *text);

#endif
