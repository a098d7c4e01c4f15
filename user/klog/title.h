/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Headers that repeat the one of a report below: titles, and those in a
 * sentence.
 */
#ifndef AW_KLOG_TITLE_H
#define AW_KLOG_TITLE_H

#include "klog/klog.h"
#include "klog/line.h"

/* May the header `r` in this line be said of another report? */
bool aw_klog_is_titled(const struct aw_klog_line *line, const struct aw_klog_report *r);

#endif
