/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The prefixes of loggers: syslog, the journal, containers, Android's logcat.
 */
#ifndef AW_KLOG_LOGGER_H
#define AW_KLOG_LOGGER_H

#include "klog/line.h"

/* Each steps over its prefix at the cursor and notes what it says; false: not here, and no step. */
bool aw_klog_peel_syslog(struct aw_text *t, struct aw_klog_line *line);	/* RFC 5424: "<4>1 2023-... " */
bool aw_klog_peel_date(struct aw_text *t, struct aw_klog_line *line);	/* a date and what loggers write behind it */
bool aw_klog_peel_clock(struct aw_text *t, struct aw_klog_line *line);	/* "04:55:23.123 " without a date */
bool aw_klog_peel_epoch(struct aw_text *t, struct aw_klog_line *line);	/* "1673240123.123456 " */
bool aw_klog_peel_host(struct aw_text *t, struct aw_klog_line *line);	/* "myhost kernel: " behind a time */
bool aw_klog_peel_facility(struct aw_text *t, struct aw_klog_line *line);	/* dmesg -x */
bool aw_klog_peel_logcat(struct aw_text *t, struct aw_klog_line *line);	/* without a date */

#endif
