/* SPDX-License-Identifier: GPL-2.0 */
/*
 * "WARNING: ... mm/page_alloc.c:N ..." by which the allocator complains of a request's mask, and refuses nothing.
 */
#ifndef AW_KLOG_MASK_WARNING_H
#define AW_KLOG_MASK_WARNING_H

#include "base/cursor.h"
#include "klog/klog.h"

/* `function`: the text behind the line's number.  Does it warn of a mask whatever the kernel is? */
bool aw_klog_warns_of_mask(struct aw_text function);

/* The same of a report that is over, when its kernel is known as far as it will be. */
bool aw_klog_is_mask_warning(const struct aw_klog_report *r);

void aw_klog_note_mask_warning(struct aw_klog_stats *stats, const struct aw_klog_report *r);

#endif
