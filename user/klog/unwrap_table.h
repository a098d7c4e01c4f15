/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wrapped lines of the OOM killer's table of tasks.
 */
#ifndef AW_KLOG_UNWRAP_TABLE_H
#define AW_KLOG_UNWRAP_TABLE_H

#include "klog/window.h"

/* "[   4721]     0  4721 ...": a pid and more than three numbers */
bool aw_klog_is_row(struct aw_text t);

/* Joins what follows the window's first line to it, if that is the table's header or a row. */
bool aw_klog_unwrap_table(struct aw_klog_window *window);

/* The first line may be the table's header: how many columns there are. */
void aw_klog_note_columns(struct aw_klog_window *window);

#endif
