/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports without their header: which lines may begin one, and what proves
 * that a request failed.
 */
#ifndef AW_KLOG_HEADLESS_H
#define AW_KLOG_HEADLESS_H

#include "klog/open.h"

#define AW_KLOG_HEADLESS_WORDS 8

/* Words of which every report without its header has one at least.  How many. */
size_t aw_klog_headless_words(const char *words[AW_KLOG_HEADLESS_WORDS]);

/*
 * Is the report, begun without a header, one of a failed request?  It is when
 * its trace says so, when Mem-Info follows its trace as warn_alloc() and the OOM
 * killer print them, or when the log begins in the middle of it.
 */
bool aw_klog_headless_is_failure(const struct aw_klog_open *o);

/* Does the log begin behind the zones of Mem-Info: "120 total pagecache pages", ..., "258016 pages RAM"? */
bool aw_klog_is_tail(const struct aw_klog_open *o);

/* Is the first line that is left of the report a frame of the OOM killer? */
bool aw_klog_begins_in_kill(const struct aw_klog_open *o);

#endif
