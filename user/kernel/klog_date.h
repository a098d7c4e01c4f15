/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dates as loggers write them in front of a kernel line.
 */
#ifndef AW_KERNEL_KLOG_DATE_H
#define AW_KERNEL_KLOG_DATE_H

#include "kernel/klog_text.h"

/*
 * Steps over a date at the cursor and gives microseconds from 1970 (from 2000
 * where the line has no year).  Time zones are stepped over, not applied:
 * only differences within one log matter.  False: no date here.
 */
bool aw_klog_date(struct aw_text *t, int64_t *us, bool *has_year);

#endif
