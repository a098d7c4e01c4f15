/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A trace that somebody wrote down as a list of functions.
 */
#ifndef AW_KLOG_LISTED_H
#define AW_KLOG_LISTED_H

#include "klog/open.h"

/* Is the line the next function of such a list under the header of `o`?  It is noted there that it has one. */
bool aw_klog_listed(const struct aw_klog_line *line, struct aw_klog_open *o, uint64_t serial, struct aw_klog_trace_line *out);

#endif
