/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that were cut at a column.
 */
#ifndef AW_KLOG_CUT_H
#define AW_KLOG_CUT_H

#include "klog/window.h"

/* If the window's first line is cut: notes it, and takes off what may be half of a word. */
void aw_klog_note_cut(struct aw_klog_window *window);

#endif
