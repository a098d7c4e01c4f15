/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wrapped lines of Mem-Info.  Each function joins the window's second line to
 * the first, if it is the rest of one of its kind.
 */
#ifndef AW_KLOG_UNWRAP_MEM_H
#define AW_KLOG_UNWRAP_MEM_H

#include "klog/window.h"

bool aw_klog_unwrap_zone(struct aw_klog_window *window);	/* torn in its name */
bool aw_klog_unwrap_fields(struct aw_klog_window *window);	/* of a zone or node, or free blocks */
bool aw_klog_unwrap_reserve(struct aw_klog_window *window);	/* "lowmem_reserve[]:" */
bool aw_klog_unwrap_node(struct aw_klog_window *window);	/* of a zone, whose name and figures are on the next line */
bool aw_klog_unwrap_blocks(struct aw_klog_window *window);	/* free blocks, on one line each */

/* The totals in pages. */
bool aw_klog_unwrap_counters(struct aw_klog_window *window);

#endif
