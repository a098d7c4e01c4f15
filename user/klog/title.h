/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Headers that repeat the one of a report below: titles, and those in a
 * sentence.
 */
#ifndef AW_KLOG_TITLE_H
#define AW_KLOG_TITLE_H

#include "klog/open.h"

/* May the header `r` in this line be said of another report? */
bool aw_klog_is_titled(const struct aw_klog_line *line, const struct aw_klog_report *r);

/* May this be a panic of the OOM killer that is shown first, with its whole report, or with the stamps, below? */
bool aw_klog_may_be_shown_first(const struct aw_klog_report *r);

/* Does the report `r` below end in the panic that was shown first?  A machine panics once in a boot. */
bool aw_klog_shows_panic(const struct aw_klog_report *first, const struct aw_klog_report *r);

/* Was `r`, which is below, printed before it, so that the whole report may still follow? */
bool aw_klog_is_before_panic(const struct aw_klog_report *first, const struct aw_klog_report *r);

#endif
